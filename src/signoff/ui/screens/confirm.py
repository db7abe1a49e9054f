"""A question that is answered by yes or no."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from signoff.domain.safe_text import safe_text
from signoff.ui.screens.dialog import Dialog


class Confirm(Dialog[bool]):
    """Asks before something that cannot simply be taken back."""

    BINDINGS = [("n", "leave", "No")]

    def __init__(self, title: str, text: str, *, key: str = "y") -> None:
        """Make the question.

        Args:
            title: What would be done; may hold text that a user typed.
            text: What follows from it; may hold text that a user typed.
            key: The letter that says yes; another than y where y is what somebody may press once too often.
        """
        super().__init__(title)
        self._text = text
        self._key = key
        self.HELP_TEXT = f"{key} yes   n or Esc no"

    def on_key(self, event: events.Key) -> None:
        """Take the letter that says yes."""
        if event.character == self._key:
            event.stop()
            self.action_yes()

    def body(self) -> Iterable[Widget]:
        """What follows from it."""
        yield Static(Content(safe_text(self._text, multiline=True)))

    def action_yes(self) -> None:
        """Answer yes."""
        self.dismiss(True)

    def action_leave(self) -> None:
        """Answer no."""
        self.dismiss(False)
