"""The question before something is left that its file does not have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import ClassVar, Final

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from signoff.domain.safe_text import safe_text
from signoff.ui.bindings import bindings
from signoff.ui.keyboard.dialog_keys import DIALOG_KEYS, LEAVE, UNSAVED_KEYS
from signoff.ui.screens.dialog import Dialog

_MOST: Final = 5
"""How many edits are named: the last ones."""


class Leave(StrEnum):
    """What to do about edits that are not in their file."""

    RETRY = "retry"
    SAVE_AS = "save as"
    KEEP = "keep"


class Unsaved(Dialog[Leave | None]):
    """Names what is not saved, and asks what to do about it. None stays."""

    PLACE = "Not saved"
    KEYS = (*UNSAVED_KEYS, *DIALOG_KEYS)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(UNSAVED_KEYS)]

    def __init__(self, problem: str, edits: Sequence[str], *, place: str, unkept: str) -> None:
        """Make the question.

        Args:
            problem: Why it is not saved.
            edits: What is not saved, the oldest first; may hold text that a user typed.
            place: Where the journal is.
            unkept: Why the journal takes nothing either; empty where it does.
        """
        count = f"{len(edits)} edits are" if len(edits) != 1 else "One edit is"
        super().__init__(f"{count} not saved")
        self._problem = problem
        self._edits = edits
        self._unkept = unkept
        self._keep = f"The journal does not take them either: {unkept}" if unkept else f"The journal is {place}."

    def help_line(self) -> str:
        """What each key would do; above all whether something would be lost."""
        retry, save_as, keep, stay = (self.app.key(key) for key in (*UNSAVED_KEYS, LEAVE))
        goes = "leave and LOSE them" if self._unkept else "keep in the journal and leave"
        return f"{retry} retry   {save_as} save as   {keep} {goes}   {stay} stay"

    def body(self) -> Iterable[Widget]:
        """What is not saved, and why."""
        more = len(self._edits) - _MOST
        edits = [f"... and {more} before"] if more > 0 else []
        for text in (*edits, *(f"- {edit}" for edit in self._edits[-_MOST:]), "", self._problem, self._keep):
            yield Static(Content(safe_text(text)))

    def action_leave_by(self, how: str) -> None:
        """Answer."""
        self.dismiss(Leave(how))
