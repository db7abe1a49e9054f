"""A choice of one among a few."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from signoff.domain.safe_text import safe_text
from signoff.ui.bindings import bindings
from signoff.ui.keyboard.dialog_keys import DIALOG_KEYS, LEAVE, PICK_KEYS
from signoff.ui.screens.dialog import Dialog


class Pick(Dialog[int | None]):
    """Asks for one of some texts; the answer is its position."""

    DEFAULT_CSS = """
    Pick OptionList { height: auto; max-height: 12; border: none; }
    """

    PLACE = "Choice"
    KEYS = (*PICK_KEYS, *DIALOG_KEYS)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PICK_KEYS)]

    def __init__(self, title: str, choices: Sequence[str]) -> None:
        """Make the question.

        Args:
            title: What is chosen; may hold text that a user typed.
            choices: What there is to choose from; may hold text that a user typed.
        """
        super().__init__(title)
        self._choices = choices

    def help_line(self) -> str:
        """What the keys do."""
        return f"Enter chooses   {self.app.key(LEAVE)} closes"

    def body(self) -> Iterable[Widget]:
        """The choices."""
        yield OptionList(*(Option(Content(safe_text(choice))) for choice in self._choices))

    def on_mount(self) -> None:
        """Start on the first choice."""
        self.query_one(OptionList).focus()

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        choices = self.query_one(OptionList)
        choices.action_cursor_down() if step > 0 else choices.action_cursor_up()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_index)
