"""The line in which one types what to look for; the list follows while it is typed."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from signoff.ui.bindings import bindings
from signoff.ui.keyboard.dialog_keys import FIND_KEYS
from signoff.ui.widgets.line_field import LineField


class FindLine(Horizontal):
    """It is there while one looks for something. Enter keeps what was found, Escape shows everything again."""

    KEYS = FIND_KEYS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FIND_KEYS)]

    DEFAULT_CSS = """
    FindLine {
        height: 1;
        Static { width: 7; color: $accent; text-style: bold; padding-left: 1; }
        Input, Input:focus { width: 1fr; background: $panel; background-tint: transparent; }
    }
    """

    class Looked(Message):
        """Something else is looked for."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query
            """What was typed so far."""

    class Left(Message):
        """The line was left."""

        def __init__(self, *, keep: bool) -> None:
            super().__init__()
            self.keep = keep
            """Whether what was found stays."""

    def compose(self) -> ComposeResult:
        """The word and the field."""
        yield Static("FIND", markup=False)
        yield LineField()

    def on_mount(self) -> None:
        """Start to type."""
        self.query_one(LineField).focus()

    def action_leave(self, keep: bool) -> None:
        """Leave the line."""
        self.post_message(self.Left(keep=keep))
        self.remove()

    @on(Input.Changed)
    def _looked(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Looked(event.value))

    def line_done(self, line: LineField) -> None:
        """Keep what was found."""
        self.action_leave(keep=True)
