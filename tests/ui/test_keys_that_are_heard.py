"""A key does at once what it is bound to, unless there is a widget that wants to be told of it."""

from __future__ import annotations

import pytest
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widget import Widget

from signoff.ui.terminal_app import TerminalApp
from signoff.ui.terminal_look import TerminalLook


class Deaf(Widget, can_focus=True):
    """Wants to be told of no key."""

    heard = ""


class Listening(Deaf):
    def on_key(self, event: events.Key) -> None:
        self.heard += event.key


class ListeningToOne(Deaf):
    def key_x(self) -> None:
        self.heard += "x"


class ListeningAsDecorated(Deaf):
    @on(events.Key)
    def listen(self, event: events.Key) -> None:
        self.heard += event.key


class OneWidget(TerminalApp):
    BINDINGS = [Binding("x", "note", "Note")]

    def __init__(self, widget: Deaf) -> None:
        super().__init__(TerminalLook())
        self.widget, self.noted, self.forwarded = widget, 0, 0

    def compose(self) -> ComposeResult:
        yield self.widget

    def action_note(self) -> None:
        self.noted += 1

    def on_key(self, event: events.Key) -> None:
        self.forwarded += event.is_forwarded


@pytest.mark.parametrize("kind", [Listening, ListeningToOne, ListeningAsDecorated])
async def test_a_widget_that_listens_is_told_before_the_key_is_done(kind: type[Deaf]) -> None:
    app = OneWidget(kind())
    async with app.run_test() as pilot:
        app.widget.focus()
        await pilot.press("x")
        assert (app.widget.heard, app.noted, app.forwarded) == ("x", 1, 1)


async def test_where_nobody_listens_the_key_is_handed_to_nobody_on_its_way() -> None:
    app = OneWidget(Deaf())
    async with app.run_test() as pilot:
        app.widget.focus()
        await pilot.press("x")
        assert (app.noted, app.forwarded) == (1, 0)
