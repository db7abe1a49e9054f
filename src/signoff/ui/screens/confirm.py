"""A question that is answered by yes or no."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from signoff.domain.safe_text import safe_text
from signoff.ui.screens.dialog import Dialog


class Confirm(Dialog[bool]):
    """Asks before something that cannot simply be taken back."""

    BINDINGS = [("y,enter", "yes", "Yes"), ("n", "leave", "No")]

    HELP_TEXT = "y or Enter yes   n or Esc no"

    def __init__(self, title: str, text: str) -> None:
        """Make the question.

        Args:
            title: What would be done; may hold text that a user typed.
            text: What follows from it; may hold text that a user typed.
        """
        super().__init__(title)
        self._text = text

    def body(self) -> Iterable[Widget]:
        """What follows from it."""
        yield Static(Content(safe_text(self._text, multiline=True)))

    def action_yes(self) -> None:
        """Answer yes."""
        self.dismiss(True)

    def action_leave(self) -> None:
        """Answer no."""
        self.dismiss(False)
