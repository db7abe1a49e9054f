"""A question that is answered by yes or no."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from signoff.domain.safe_text import safe_text
from signoff.ui.bindings import bindings
from signoff.ui.keyboard.dialog_keys import CONFIRM_KEYS, DIALOG_KEYS, LEAVE, NO, YES, YES_REVISE
from signoff.ui.keyboard.key import Key
from signoff.ui.screens.dialog import Dialog


class Confirm(Dialog[bool]):
    """Asks before something that cannot simply be taken back."""

    KEYS = (*CONFIRM_KEYS, *DIALOG_KEYS)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(CONFIRM_KEYS)]
    HELP_STAYS = True

    def __init__(self, title: str, text: str, *, yes: Key = YES) -> None:
        """Make the question.

        Args:
            title: What would be done; may hold text that a user typed.
            text: What follows from it; may hold text that a user typed.
            yes: The key that says yes; another than y where y is what somebody may press once too often.
        """
        super().__init__(title)
        self._text = text
        self._yes = yes

    def help_line(self) -> str:
        """Yes and no."""
        return f"{self.app.key(self._yes)} yes   {self.app.key(NO)} or {self.app.key(LEAVE)} no"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a key does something: of those that say yes, only this question's."""
        return action not in (YES.action, YES_REVISE.action) or action == self._yes.action

    def body(self) -> Iterable[Widget]:
        """What follows from it."""
        yield Static(Content(safe_text(self._text, multiline=True)))

    def action_yes(self) -> None:
        """Answer yes."""
        self.dismiss(True)

    action_yes_revise = action_yes

    def action_leave(self) -> None:
        """Answer no."""
        self.dismiss(False)
