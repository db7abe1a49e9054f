"""What all questions have in common: a box in the middle, a title, a line of help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from signoff.domain.safe_text import safe_text
from signoff.ui.bindings import bindings
from signoff.ui.keyboard.dialog_keys import DIALOG_KEYS, LEAVE
from signoff.ui.keyboard.key import Key
from signoff.ui.screens.too_small import TooSmall

if TYPE_CHECKING:
    from signoff.ui.app import SignoffApp

Answered = TypeVar("Answered")

_WIDTH: Final = 80
"""Cells of a box; stands in the style below as well."""
_FRAME: Final = 4
"""How many of them are its lines and its padding."""
_LINES: Final = 2
"""The lines above and below it."""
_ROOM_FOR_HELP: Final = 14
_BETWEEN: Final = "   "


class Dialog(ModalScreen[Answered]):
    """A question over a screen. It is a value that is waited for: it changes nothing by itself."""

    app: SignoffApp

    PLACE: ClassVar[str] = "Question"
    """What the help calls it."""
    KEYS: ClassVar[Sequence[Key]] = DIALOG_KEYS
    """Its keys; those of a subclass come on top, and so do their bindings."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 60%;
        .dialog {
            width: 80;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            background: $surface;
            border: solid $rule;
            padding: 0 1;
        }
        Static { link-color: $accent; link-style: bold; link-background: transparent; }
        .dialog-title { text-style: bold; color: $accent; height: auto; margin-bottom: 1; }
        .dialog-body { height: auto; scrollbar-size-vertical: 1; }
        .dialog-error { color: $status-fail; text-style: bold; height: auto; margin-top: 1; display: none; }
        .dialog-help { color: $muted; height: auto; margin-top: 1; }
        Input, TextArea, OptionList { background: $background; background-tint: transparent; }
        Input:focus { background: $panel; background-tint: transparent; }
        /* Textual cannot break an option into lines of no width. */
        OptionList, OptionList:focus { border: none; background-tint: transparent; min-width: 8; }
        Input > .input--placeholder, Input > .input--suggestion { color: $muted; text-style: none; }
    }
    """

    HELP_STAYS: ClassVar[bool] = False
    """Whether nobody would know what to press without the line of help, so that it stays where there is hardly room."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(DIALOG_KEYS)]

    def __init__(self, title: str) -> None:
        """Make the question.

        Args:
            title: Its title; may hold text that a user typed.
        """
        super().__init__()
        self._dialog_title = title

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical(classes="dialog"):
            yield Static(Content(safe_text(self._dialog_title)), classes="dialog-title")
            with VerticalScroll(classes="dialog-body", can_focus=False):
                yield from self.body()
            yield Static("", classes="dialog-error", markup=False)
            yield Static(self.help_line(), classes="dialog-help", markup=False)
        yield TooSmall()

    def on_resize(self, event: events.Resize) -> None:
        """Break the line of help between two keys, not within one; cover what there is no room for."""
        for help_line in self.query(".dialog-help").results(Static):
            help_line.update(in_groups(self.help_line(), min(event.size.width, _WIDTH) - _FRAME))
            help_line.display = True
            self.call_after_refresh(self._fit)
        self.query_one(TooSmall).fit(event.size)

    def _fit(self) -> None:
        """Have the body scroll where there is no room for all of it: what is asked and what is wrong always stand."""
        # There is nothing in a dialog that was answered before its turn came.
        for body, help_line in zip(self.query(".dialog-body"), self.query(".dialog-help"), strict=False):
            if self._room < body.virtual_size.height and self.size.height < _ROOM_FOR_HELP and not self.HELP_STAYS:
                help_line.display = False
            body.styles.max_height = max(self._room, 1)
        if self.focused:
            self.call_after_refresh(self.focused.scroll_visible, animate=False)

    @property
    def _room(self) -> int:
        """How many lines there are for the body."""
        others = [widget for widget in self.query(".dialog > Static") if widget.display]
        return self.size.height - _LINES - sum(w.outer_size.height + w.styles.margin.height for w in others)

    def body(self) -> Iterable[Widget]:
        """What is asked."""
        return ()

    def help_line(self) -> str:
        """The last line of the box: what its keys do. Only words of the program."""
        return f"{self.app.key(LEAVE)} close"

    def show_error(self, text: str) -> None:
        """Say what is wrong with an answer; nothing that was typed is lost."""
        error = self.query_one(".dialog-error", Static)
        error.update(Content(safe_text(text)))
        error.display = bool(text)
        self.call_after_refresh(self._fit)

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Show the keys of the question."""
        from signoff.ui.screens.help import show_commands

        show_commands(self, self.PLACE, explains=False)


def in_groups(text: str, width: int) -> str:
    """A text of groups, three blanks apart, in lines that hold as many whole groups as there is room for."""
    lines: list[str] = []
    for group in text.split(_BETWEEN):
        if lines and len(lines[-1]) + len(_BETWEEN) + len(group) <= width:
            lines[-1] += _BETWEEN + group
        else:
            lines.append(group)
    return "\n".join(lines)
