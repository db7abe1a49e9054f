"""The keys of the review screen."""

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
from signoff.ui.keyboard.session_keys import COPY, LOCK, PREVIEW, REDO, UNDO

CATEGORY_KEYS: Final = tuple(
    Key(f"review.category_{n}", str(n), f"show_category({n - 1})", f"Category {n}", "Move") for n in range(1, 10)
)
CONFIRM: Final = Key(
    "review.confirm", "full_stop", "confirm_carried", "Confirm a carried-over answer", "Answer", changes=True
)
OPEN_LINK: Final = Key("review.open_link", "o", "open_link", "Open a link of the evidence", "Details")
REOPEN: Final = Key("review.reopen", "R", "reopen", "Start a revision after signing", "Meeting")
CLOSE: Final = Key("review.close", "escape", "close", "Back: detail, find, marks", "Screen")

REVIEW_KEYS: Final = (
    *ANSWER_KEYS.values(),
    CLEAR,
    CONFIRM,
    PARK,
    Key("review.mark", "m", "mark", "Mark, to answer many at once", "Answer"),
    Key("review.mark_all", "M", "mark_all", "Mark all that are shown", "Answer"),
    UNDO,
    REDO,
    COPY,
    LOCK,
    Key("review.next_open", "space", "next_open", "Next open item", "Move", "next open", 3),
    Key("review.back", "backspace", "back", "Back to the item before", "Move"),
    Key("review.next_category", "l,right,right_square_bracket", "next_category", "Next category", "Move"),
    Key("review.previous_category", "h,left,left_square_bracket", "previous_category", "Previous category", "Move"),
    *CATEGORY_KEYS,
    Key("review.other_pane", "tab,shift+tab", "other_pane", "Other pane", "Move"),
    Key("review.find", "slash,ctrl+f", "find", "Find: text, note, owner, link", "Move", "find", 1),
    Key("review.show", "F", "show", "What to show: open, failed, parked ...", "Move"),
    OWNER,
    EVIDENCE,
    OPEN_LINK,
    NOTE,
    NOTE_OUTSIDE,
    ACTIONS,
    DETAILS,
    Key("review.presenter", "v,f5", "presenter", "Presenter: one item, large", "Meeting", "present", 2),
    FINISH,
    PREVIEW,
    Key("review.release", "w", "release", "Release and window", "Meeting", changes=True),
    REOPEN,
    THEME,
    CLOSE,
    Key("review.leave", "q", "leave", "Back to the sessions; everything is saved", "Screen", "leave", 1),
    COMMANDS,
    HELP,
)
