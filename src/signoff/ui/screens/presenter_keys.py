"""The keys of the presenter. A slide clicker sends PageDown and PageUp, F5, Escape, and `b` or `.` for a black screen.

The next item is the next in order, answered or not: a slide show that leaves slides out confuses whoever follows along
on a printed list, and the way back must be the way one came. Enter is for the meeting that is late: it goes to the next
item that is still open.
"""

from __future__ import annotations

from typing import Final

from signoff.ui.keys import Key

PRESENTER_KEYS: Final = (
    Key("presenter.next", "space,right,pagedown", "step(1)", "Next item in order", "Move", "next", 5),
    Key("presenter.back", "pageup,left,backspace", "step(-1)", "The item before", "Move", "back", 4),
    Key("presenter.next_open", "enter", "next_open", "Next open item", "Move", "next open", 2),
    Key("presenter.pass", "y", "answer('pass')", "PASS: it is so", "Answer", "answer", 4),
    Key("presenter.fail", "n", "answer('fail')", "FAIL: it is not so", "Answer", "answer", 4),
    Key("presenter.condition", "c", "answer('condition')", "COND: go if ..., by when", "Answer", "answer", 4),
    Key("presenter.risk", "r", "answer('risk')", "RISK: accepted by, until, why", "Answer", "answer", 4),
    Key("presenter.na", "a", "answer('na')", "N/A: with a reason", "Answer", "answer", 4),
    Key("presenter.clear", "delete", "answer('open')", "Clear the answer", "Answer"),
    Key("presenter.park", "P", "park", "Park: ask later", "Answer"),
    Key("presenter.undo", "u,ctrl+z", "undo", "Undo, also after a restart", "Answer", "undo", 1),
    Key("presenter.redo", "U,ctrl+y", "redo", "Redo", "Answer"),
    Key("presenter.owner", "p,at", "owner", "Owner", "Details"),
    Key("presenter.evidence", "e", "evidence", "Evidence: add, edit, remove", "Details"),
    Key("presenter.note", "i", "note", "Note", "Details"),
    Key("presenter.details", "d", "details", "What the status asks for", "Details"),
    Key("presenter.finish", "f", "finish", "Finish: verdict, decision, signature", "Meeting", "finish", 1),
    Key("presenter.clock", "0", "clock_anew", "Start the meeting's clock now", "Meeting"),
    Key("presenter.blank", "b,full_stop", "blank", "Blank the screen; any key brings it back", "Screen", "blank", 2),
    Key("presenter.theme", "T", "app.toggle_light", "Light or dark", "Screen"),
    Key("presenter.leave", "v,f5,escape,q,ctrl+q", "leave", "Back to the review, at this item", "Screen", "leave", 3),
    Key("presenter.help", "question_mark,f1", "help", "Help", "Screen", "help", 3),
)
