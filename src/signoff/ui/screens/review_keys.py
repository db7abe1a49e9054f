"""The keys of the review screen."""

from __future__ import annotations

from typing import Final

from signoff.ui.keys import Key

REVIEW_KEYS: Final = (
    Key("review.pass", "y", "answer('pass')", "PASS: it is so", "Answer", "answer", 4),
    Key("review.fail", "n", "answer('fail')", "FAIL: it is not so", "Answer", "answer", 4),
    Key("review.condition", "c", "answer('condition')", "COND: go if ..., by when", "Answer", "answer", 4),
    Key("review.risk", "r", "answer('risk')", "RISK: accepted by, until, why", "Answer", "answer", 4),
    Key("review.na", "a", "answer('na')", "N/A: with a reason", "Answer", "answer", 4),
    Key("review.clear", "delete", "answer('open')", "Clear the answer", "Answer"),
    Key("review.confirm", "full_stop", "confirm_carried", "Confirm a carried-over answer", "Answer"),
    Key("review.park", "P", "park", "Park: ask later", "Answer"),
    Key("review.mark", "m", "mark", "Mark, to answer many at once", "Answer"),
    Key("review.mark_all", "M", "mark_all", "Mark all that are shown", "Answer"),
    Key("review.undo", "u,ctrl+z", "undo", "Undo, also after a restart", "Answer", "undo", 1),
    Key("review.redo", "U,ctrl+y", "redo", "Redo", "Answer"),
    Key("review.next_open", "space", "next_open", "Next open item", "Move", "next open", 3),
    Key("review.back", "backspace", "back", "Back to the item before", "Move"),
    Key("review.next_category", "l,right,right_square_bracket", "next_category", "Next category", "Move"),
    Key("review.previous_category", "h,left,left_square_bracket", "previous_category", "Previous category", "Move"),
    *(Key(f"review.category_{n}", str(n), f"show_category({n - 1})", f"Category {n}", "Move") for n in range(1, 10)),
    Key("review.find", "slash,ctrl+f", "find", "Find: text, note, owner, link", "Move", "find", 1),
    Key("review.show", "F", "show", "What to show: open, failed, parked ...", "Move"),
    Key("review.other_pane", "tab,shift+tab", "other_pane", "Other pane", "Move"),
    Key("review.owner", "p,at", "owner", "Owner", "Details", "owner", 2),
    Key("review.evidence", "e", "evidence", "Evidence: add, edit, remove", "Details", "evidence", 2),
    Key("review.open_link", "o", "open_link", "Open a link of the evidence", "Details"),
    Key("review.note", "i", "note", "Note", "Details", "note", 2),
    Key("review.actions", "t", "actions", "Actions: text @owner !due", "Details", "action", 1),
    Key("review.details", "d", "details", "What the status asks for", "Details"),
    Key("review.presenter", "v,f5", "presenter", "Presenter: one item, large", "Meeting", "present", 2),
    Key("review.finish", "f", "finish", "Finish: verdict, decision, signature", "Meeting", "finish", 3),
    Key("review.preview", "x", "preview", "Preview of the report", "Meeting"),
    Key("review.release", "w", "release", "Release and window", "Meeting"),
    Key("review.reopen", "R", "reopen", "Start a revision after signing", "Meeting"),
    Key("review.theme", "T", "app.toggle_light", "Light or dark", "Screen"),
    Key("review.close", "escape", "close", "Back: detail, find, marks", "Screen"),
    Key("review.leave", "q", "leave", "Back to the sessions; everything is saved", "Screen", "leave", 1),
    Key("review.help", "question_mark,f1", "help", "Help", "Screen", "help", 4),
)
