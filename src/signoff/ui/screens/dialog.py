"""What all questions have in common: a box in the middle, a title, a line of help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

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

if TYPE_CHECKING:
    from signoff.ui.app import SignoffApp

_AROUND: Final = 8
"""How many lines border, title, error and help take."""

Answered = TypeVar("Answered")


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
            width: 76;
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
        .dialog-error { color: $status-fail; text-style: bold; height: auto; }
        .dialog-help { color: $muted; height: auto; margin-top: 1; }
        Input, TextArea, OptionList { background: $background; }
        OptionList, OptionList:focus { border: none; }
        Input > .input--placeholder, Input > .input--suggestion { color: $muted; text-style: none; }
    }
    """

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

    def on_resize(self) -> None:
        """Keep the lines of error and help on the screen, however long the text between is: it scrolls."""
        for body in self.query(".dialog-body"):
            body.styles.max_height = max(self.size.height - _AROUND, 1)

    def body(self) -> Iterable[Widget]:
        """What is asked."""
        return ()

    def help_line(self) -> str:
        """The last line of the box: what its keys do. Only words of the program."""
        return f"{self.app.key(LEAVE)} close"

    def show_error(self, text: str) -> None:
        """Say what is wrong with an answer; nothing that was typed is lost."""
        self.query_one(".dialog-error", Static).update(Content(safe_text(text)))

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Show the keys of the question."""
        from signoff.ui.screens.help import show_commands

        show_commands(self, self.PLACE, explains=False)
