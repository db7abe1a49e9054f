"""A few lines to fill in, as one small question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from signoff.domain.safe_text import safe_text
from signoff.ui.bindings import bindings
from signoff.ui.keyboard.dialog_keys import DIALOG_KEYS, FORM_KEYS, LEAVE
from signoff.ui.screens.dialog import Dialog
from signoff.ui.widgets.line_field import LineField


def as_typed(text: str) -> str:
    """Text as it is, without blanks around it."""
    return text.strip()


@dataclass(frozen=True, slots=True, repr=False)
class Field:
    """One line of a form."""

    name: str
    """The key of its value in the form's answer."""
    label: str
    """What is asked; may hold text that a user typed."""
    value: str = ""
    """What stands in it at first."""
    hint: str = ""
    """What may be typed; only words of the program."""
    read: Callable[[str], Any] = as_typed
    """Turns what was typed into a value; raises ValueError with a sentence when it cannot."""
    required: bool = False
    """Whether Enter on the last line needs it."""
    suggestions: tuple[str, ...] = ()
    """What is offered while it is typed."""
    secret: bool = False
    """Whether what is typed is not shown."""


class FieldRow(Horizontal):
    """A label and its line."""

    DEFAULT_CSS = """
    FieldRow {
        height: 1;
        margin-bottom: 1;
        &:last-child { margin-bottom: 0; }
        Static { width: 16; color: $muted; }
        Input { width: 1fr; }
        /* Textual looks at a row again when the focus moves only where the row itself has such a rule. */
        &:focus-within { color: $accent; }
        &:focus-within Static { color: $accent; text-style: bold; }
    }
    """

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._field = field

    def compose(self) -> ComposeResult:
        """The label and its line."""
        field = self._field
        yield Static(Content(safe_text(field.label)))
        yield LineField(
            field.value,
            placeholder=field.hint,
            password=field.secret,
            suggestions=field.suggestions,
            id=f"field-{field.name}",
        )


class Form(Dialog[dict[str, Any] | None]):
    """A form. Its answer has a value for each line, or is None when there is none."""

    DEFAULT_CSS = """
    Form .form-text { height: auto; margin-bottom: 1; }
    Form.-tight FieldRow { margin-bottom: 0; }
    """

    PLACE = "Form"
    KEYS = (*FORM_KEYS, *DIALOG_KEYS)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FORM_KEYS)]

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        *,
        text: str = "",
        keeps: bool = False,
        check: Callable[[dict[str, Any]], str] | None = None,
        focus: str = "",
        verb: str = "saves",
    ) -> None:
        """Make the form.

        Args:
            title: Its title; may hold text that a user typed.
            fields: Its lines.
            text: A paragraph above them; may hold text that a user typed.
            keeps: Whether Escape keeps what was typed, as it does where an answer may be completed later; otherwise it
                leaves without an answer.
            check: Says what is wrong with the values together, or nothing; asked on Enter only.
            focus: The name of the line to start in; empty for the first one.
            verb: What Enter does in the end, for the line of help; only words of the program.
        """
        super().__init__(title)
        self._fields = fields
        self._text = text
        self._keeps = keeps
        self._check = check
        self._first = focus or fields[0].name
        self._warned = False
        self._verb = verb

    def help_line(self) -> str:
        """What the keys do."""
        enter = self._verb if len(self._fields) == 1 else f"next line, on the last one {self._verb}"
        return f"Enter {enter}   {self.app.key(LEAVE)} {'keeps it and closes' if self._keeps else 'closes'}"

    def body(self) -> Iterable[Widget]:
        """The paragraph and the lines."""
        if self._text:
            yield Static(Content(safe_text(self._text, multiline=True)), classes="form-text")
        for field in self._fields:
            yield FieldRow(field)

    def on_mount(self) -> None:
        """Start in the first line."""
        self.set_class(len(self._fields) > 4, "-tight")
        self._start_in(self._first)

    @on(Input.Changed)
    def _forget_error(self, event: Input.Changed) -> None:
        event.stop()
        self._warned = False
        self.show_error("")

    def line_done(self, line: LineField) -> None:
        """Go to the next line; on the last one finish."""
        position = next(n for n, field in enumerate(self._fields) if line.id == f"field-{field.name}")
        if position + 1 < len(self._fields):
            self._start_in(self._fields[position + 1].name)
        else:
            self._finish()

    def _start_in(self, name: str) -> None:
        # Not `focus`, which waits for its turn: the next letter may be on its way already.
        self.set_focus(self.query_one(f"#field-{name}", Input))

    def _finish(self) -> None:
        values, error = self._values(strict=True)
        error = error or (self._check(values) if self._check else "")
        if error:
            self.show_error(error)
        else:
            self.dismiss(values)

    def action_leave(self) -> None:
        """Keep what was typed, or leave. What would be lost is pointed out once before it is given up."""
        if not self._keeps:
            if self._is_touched() and not self._warned:
                self._warned = True
                self.show_error(f"{self.app.key(LEAVE)} again discards what you typed; Enter goes on.")
            else:
                self.dismiss(None)
            return
        values, error = self._values(strict=False)
        if error and not self._warned:
            self._warned = True
            self.show_error(f"{error}. {self.app.key(LEAVE)} again leaves without it.")
            return
        self.dismiss(values)

    def _is_touched(self) -> bool:
        return any(self.query_one(f"#field-{field.name}", Input).value != field.value for field in self._fields)

    def _values(self, *, strict: bool) -> tuple[dict[str, Any], str]:
        """The values that can be read, and what is wrong with the first that cannot."""
        values: dict[str, Any] = {}
        error = ""
        for field in self._fields:
            typed = self.query_one(f"#field-{field.name}", Input).value
            if strict and field.required and not typed.strip():
                error = error or f"{field.label} is needed."
                continue
            try:
                values[field.name] = field.read(typed)
            except ValueError as problem:
                error = error or str(problem)
        if error and strict:
            self._focus_first_wrong(values)
        return values, error

    def _focus_first_wrong(self, values: dict[str, Any]) -> None:
        self._start_in(next(field.name for field in self._fields if field.name not in values))
