"""The keys of the finish screen."""

from __future__ import annotations

from typing import Final

from signoff.domain.meeting import Choice
from signoff.domain.spoken_choice import VOTE_KEYS
from signoff.ui.keyboard.app_keys import COMMANDS, HELP, THEME
from signoff.ui.keyboard.key import Key
from signoff.ui.keyboard.session_keys import COPY, LOCK, PREVIEW, REDO, UNDO

VOTES: Final = "Roll call"
"""The group of the keys that vote."""


_LETTERS: Final = {choice: letter for letter, choice in VOTE_KEYS.items()}


def _vote(id_: str, choice: Choice, label: str, word: str) -> Key:
    return Key(id_, _LETTERS[choice], f"vote('{choice.value}')", label, VOTES, word, 4, changes=True)


PEOPLE: Final = Key("finish.people", "p", "people", "The people of the roles", "Meeting", "people", 1, changes=True)
WATCH: Final = Key(
    "finish.watch", "w", "watch", "Who watches the release, until when", "Meeting", "watch", 1, changes=True
)
OVERRIDE: Final = Key(
    "finish.override", "O", "override", "Take the selected rule upon somebody", "Meeting", "override", 1, changes=True
)
DECIDE: Final = Key("finish.decide", "D", "decide", "Decide", "Meeting", "decide", 3, changes=True)
SIGN: Final = Key("finish.sign", "S", "sign", "Sign and export; again, in another role", "Meeting", "sign", 3)
SIGN_OFFS: Final = Key(
    "finish.sign_offs", "s", "sign_offs", "Who has signed, and what changed since", "Meeting", "signed", 1
)
OTHER_PANE: Final = Key("finish.other_pane", "tab,shift+tab", "other_pane", "Other pane", "Move")

FINISH_KEYS: Final = (
    _vote("finish.go", Choice.GO, "The role votes go", "go"),
    _vote("finish.no_go", Choice.NO_GO, "The role votes no-go", "no-go"),
    _vote("finish.go_if", Choice.GO_IF, "The role votes go, if ...", "go if"),
    _vote("finish.absent", Choice.ABSENT, "The role is absent", "absent"),
    Key("finish.clear", "delete", "vote('')", "Clear the vote", VOTES, changes=True),
    PEOPLE,
    WATCH,
    OVERRIDE,
    UNDO,
    REDO,
    COPY,
    LOCK,
    DECIDE,
    SIGN,
    SIGN_OFFS,
    PREVIEW.in_footer("preview"),
    OTHER_PANE,
    THEME,
    Key("finish.leave", "escape,q,f", "leave", "Back to the items", "Screen", "back", 2),
    COMMANDS.in_footer("all"),
    HELP,
)
