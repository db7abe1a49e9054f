"""The keys of the presenter. A slide clicker sends PageDown and PageUp, F5, Escape, and `b` or `.` for a black screen.

The next item is the next in order, answered or not: a slide show that leaves slides out confuses whoever follows along
on a printed list, and the way back must be the way one came. Enter is for the meeting that is late: it goes to the next
item that is still open.
"""

from __future__ import annotations

from typing import Final

from signoff.ui.keyboard.answer_keys import (
    ACTIONS,
    ANSWER_KEYS,
    CLEAR,
    DETAILS,
    EVIDENCE,
    FINISH,
    NOTE,
    NOTE_OUTSIDE,
    OWNER,
    PARK,
)
from signoff.ui.keyboard.app_keys import COMMANDS, HELP, THEME
from signoff.ui.keyboard.key import Key
from signoff.ui.keyboard.session_keys import COPY, LOCK, REDO, UNDO

PRESENTER_KEYS: Final = (
    Key("presenter.next", "space,right,pagedown", "step(1)", "Next item in order", "Move", "next", 5),
    Key("presenter.back", "pageup,left,backspace", "step(-1)", "The item before", "Move", "back", 4),
    Key("presenter.next_open", "enter", "next_open", "Next open item", "Move", "next open", 2),
    *ANSWER_KEYS.values(),
    CLEAR,
    PARK,
    UNDO,
    REDO,
    COPY,
    LOCK,
    OWNER.in_footer(""),
    EVIDENCE.in_footer(""),
    NOTE.in_footer(""),
    NOTE_OUTSIDE,
    ACTIONS.in_footer(""),
    DETAILS,
    FINISH.in_footer("finish", 1),
    Key("presenter.clock", "0", "clock_anew", "Start the meeting's clock now", "Meeting"),
    Key("presenter.blank", "b,full_stop", "blank", "Blank the screen; any key brings it back", "Screen", "blank", 2),
    THEME,
    Key("presenter.leave", "v,f5,escape,q", "leave", "Back to the review, at this item", "Screen", "leave", 3),
    COMMANDS.in_footer(""),
    HELP.in_footer("help", 3),
)
