"""Where keys are at work at the same time: no two things in one place can have the same key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from signoff.ui.keyboard.app_keys import QUIT
from signoff.ui.keyboard.dialog_keys import (
    CONFIRM_KEYS,
    DECIDE_KEYS,
    DIALOG_KEYS,
    ENTRIES_DOWN,
    ENTRIES_KEYS,
    ENTRIES_UP,
    FIND_KEYS,
    FORM_KEYS,
    LEAVE,
    NOTE_KEYS,
    PICK_KEYS,
    UNSAVED_KEYS,
)
from signoff.ui.keyboard.finish_keys import FINISH_KEYS
from signoff.ui.keyboard.help_keys import HELP_KEYS
from signoff.ui.keyboard.home_keys import HOME_KEYS
from signoff.ui.keyboard.key import Key
from signoff.ui.keyboard.list_keys import LIST_KEYS, READ_KEYS, SCROLL_KEYS
from signoff.ui.keyboard.presenter_keys import PRESENTER_KEYS
from signoff.ui.keyboard.preview_keys import PREVIEW_KEYS
from signoff.ui.keyboard.review_keys import REVIEW_KEYS
from signoff.ui.keyboard.session_keys import SESSION_KEYS

_IN_A_LINE: Final = (
    "enter left right home end backspace delete shift+left shift+right shift+home shift+end ctrl+left ctrl+right "
    "ctrl+shift+left ctrl+shift+right ctrl+backspace alt+backspace super+backspace ctrl+shift+a super+c "
    "ctrl+a ctrl+c ctrl+d ctrl+e ctrl+k ctrl+u ctrl+v ctrl+w ctrl+x"
)
_IN_A_TEXT: Final = (
    "up down pageup pagedown shift+up shift+down f6 f7 ctrl+y ctrl+z ctrl+shift+k alt+delete super+x super+y super+z"
)
LINE_KEYS: Final = frozenset(_IN_A_LINE.split())
"""The keys that edit a line of text."""
TEXT_KEYS: Final = LINE_KEYS | frozenset(_IN_A_TEXT.split())
"""The keys that edit a text of several lines."""


@dataclass(frozen=True, slots=True, repr=False)
class Place:
    """A screen, or a part of one, with what has the focus there."""

    title: str
    """What it is called in a sentence, with its article."""
    keys: tuple[Key, ...]
    """The keys that are at work there, the outermost last."""
    types: frozenset[str] = frozenset()
    """The keys that edit the text that is typed there, besides the characters; empty where nothing is typed."""


PLACES: Final = (
    Place("the list of sessions", (*HOME_KEYS, *LIST_KEYS, QUIT)),
    Place("the review", (*REVIEW_KEYS, *SESSION_KEYS, *LIST_KEYS, QUIT)),
    Place("the detail of an item", (*REVIEW_KEYS, *SESSION_KEYS, *SCROLL_KEYS, QUIT)),
    Place("the presenter", (*PRESENTER_KEYS, *SESSION_KEYS, *SCROLL_KEYS, QUIT)),
    Place("the finish", (*FINISH_KEYS, *SESSION_KEYS, *LIST_KEYS, QUIT)),
    Place("the preview of the report", (*PREVIEW_KEYS, *READ_KEYS, QUIT)),
    Place("the help", (*HELP_KEYS, QUIT), LINE_KEYS),
    Place("the line to find in", (*FIND_KEYS, QUIT), LINE_KEYS),
    Place("a question", (*CONFIRM_KEYS, *DIALOG_KEYS, QUIT)),
    Place("a choice", (*PICK_KEYS, *DIALOG_KEYS, QUIT)),
    Place("the question about what is not saved", (*UNSAVED_KEYS, *DIALOG_KEYS, QUIT)),
    Place("the decision", (*DECIDE_KEYS, *DIALOG_KEYS, QUIT)),
    Place("a form", (*FORM_KEYS, LEAVE, QUIT), LINE_KEYS),
    Place("the note", (*NOTE_KEYS, LEAVE, QUIT), TEXT_KEYS),
    Place("the entries of evidence or actions", (*ENTRIES_KEYS, *DIALOG_KEYS, QUIT)),
    Place("the lines of an entry", (ENTRIES_UP, ENTRIES_DOWN, LEAVE, QUIT), LINE_KEYS),
)
"""All places of the program."""


def declared_keys() -> dict[str, Key]:
    """Every key of the program by its name, in the order in which one meets them."""
    keys: dict[str, Key] = {}
    for place in PLACES:
        for key in place.keys:
            keys.setdefault(key.id, key)
    return keys
