"""The evidence of an item: add, edit, remove."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from signoff.domain.evidence import Evidence
from signoff.domain.safe_text import safe_text
from signoff.ui.screens.dialog import Dialog
from signoff.ui.screens.form import Field, FieldRow

_FIELDS = (
    Field("target", "Link or file", hint="paste a URL, or type the path of a file"),
    Field("title", "Title", hint="what it shows; may stay empty"),
    Field("environment", "Environment", hint="where it was gathered, such as staging", suggestions=("staging", "prod")),
)


class EvidenceEditor(Dialog[tuple[Evidence, ...]]):
    """The evidence of one item. It starts where the next link is pasted; the links there are stand above."""

    DEFAULT_CSS = """
    EvidenceEditor OptionList { height: auto; max-height: 6; border: none; margin-bottom: 1; }
    EvidenceEditor FieldRow { margin-bottom: 0; }
    """

    BINDINGS = [("up", "to_list"), ("down", "to_fields"), ("delete", "remove"), ("ctrl+d", "remove")]

    HELP_TEXT = "Enter keeps the entry and closes   Tab next line   Up to edit an entry, Del removes it   Esc closes"

    def __init__(self, title: str, evidence: tuple[Evidence, ...]) -> None:
        """Make the editor.

        Args:
            title: The item; may hold text that a user typed.
            evidence: What there is so far.
        """
        super().__init__(title)
        self._evidence = list(evidence)
        self._edited: int | None = None
        """The position of the entry in the fields; None for a new one."""

    def body(self) -> Iterable[Widget]:
        """The entries and the fields of one of them."""
        entries = OptionList()
        entries.display = bool(self._evidence)
        yield entries
        for field in _FIELDS:
            yield FieldRow(field)

    def on_mount(self) -> None:
        """Start with a new entry."""
        self._show_entries()
        self._field("target").focus()

    def action_to_list(self) -> None:
        """Go to the entries."""
        entries = self.query_one(OptionList)
        if self.focused is entries:
            entries.action_cursor_up()
        elif self._evidence:
            entries.focus()
            entries.highlighted = len(self._evidence) - 1

    def action_to_fields(self) -> None:
        """Go to the next entry or line."""
        entries = self.query_one(OptionList)
        if self.focused is not entries:
            self.focus_next()
        elif entries.highlighted == len(self._evidence) - 1:
            self._edit(None)
        else:
            entries.action_cursor_down()

    def action_remove(self) -> None:
        """Remove the entry under the cursor, or the one being edited."""
        entries = self.query_one(OptionList)
        position = entries.highlighted if self.focused is entries else self._edited
        if position is None or not self._evidence:
            return
        del self._evidence[position]
        self._show_entries()
        self._edit(None)

    def action_leave(self) -> None:
        """Keep what is typed and close."""
        self._take_fields()
        self.dismiss(tuple(self._evidence))

    @on(OptionList.OptionSelected)
    def _entry_chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._edit(event.option_index)

    @on(Input.Submitted)
    def _entry_done(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_leave()

    def _edit(self, position: int | None) -> None:
        self._take_fields()
        self._edited = position
        entry = Evidence("") if position is None else self._evidence[position]
        for field in _FIELDS:
            self._field(field.name).value = getattr(entry, field.name)
        self._field("target").focus()

    def _take_fields(self) -> None:
        typed = {field.name: self._field(field.name).value.strip() for field in _FIELDS}
        if not typed["target"]:
            return
        if self._edited is None:
            self._evidence.append(Evidence(**typed))
        elif self._edited < len(self._evidence):
            before = self._evidence[self._edited]
            same_target = typed["target"] == before.target
            self._evidence[self._edited] = replace(before, **typed, sha256=before.sha256 if same_target else "")
        for field in _FIELDS:
            self._field(field.name).value = ""
        self._edited = None
        self._show_entries()

    def _show_entries(self) -> None:
        entries = self.query_one(OptionList)
        entries.clear_options()
        entries.add_options(
            Option(Content(safe_text(f"{number}  {entry.target}  {entry.title}  {entry.environment}".rstrip())))
            for number, entry in enumerate(self._evidence, 1)
        )
        entries.display = bool(self._evidence)

    def _field(self, name: str) -> Input:
        return self.query_one(f"#field-{name}", Input)
