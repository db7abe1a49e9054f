"""A short list whose entries are added, edited and removed in one question: evidence, actions."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from signoff.domain.safe_text import safe_text
from signoff.ui.bindings import bindings
from signoff.ui.keyboard.dialog_keys import DIALOG_KEYS, ENTRIES_KEYS, ENTRIES_REMOVE, ENTRIES_UP, LEAVE
from signoff.ui.screens.dialog import Dialog
from signoff.ui.screens.form import Field, FieldRow
from signoff.ui.widgets.line_field import LineField

Entry = TypeVar("Entry")


class EntriesEditor(Dialog[tuple[Entry, ...]], Generic[Entry]):
    """It starts in the lines of a new entry; the entries there are stand above. Subclasses say what an entry is."""

    DEFAULT_CSS = """
    EntriesEditor OptionList { height: auto; max-height: 6; border: none; margin-bottom: 1; }
    EntriesEditor FieldRow { margin-bottom: 0; }
    EntriesEditor .entry-preview { height: auto; color: $muted; padding-left: 16; }
    """

    PLACE = "Entries"
    KEYS = (*ENTRIES_KEYS, *DIALOG_KEYS)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ENTRIES_KEYS)]

    def __init__(self, title: str, entries: tuple[Entry, ...], fields: Sequence[Field]) -> None:
        """Make the editor.

        Args:
            title: What it is about; may hold text that a user typed.
            entries: What there is so far.
            fields: The lines of an entry; the first says whether there is one.
        """
        super().__init__(title)
        self._entries = list(entries)
        self._fields = fields
        self._edited: int | None = None
        """The position of the entry in the lines; None for a new one."""
        self._warned = False

    @abstractmethod
    def entry_from(self, typed: dict[str, str], before: Entry | None) -> Entry:
        """The entry that was typed.

        Args:
            typed: What stands in the lines, by their names.
            before: The entry that is edited; None for a new one.

        Raises:
            ValueError: When it cannot be read; the message says what can.
        """

    @abstractmethod
    def typed_from(self, entry: Entry) -> dict[str, str]:
        """What stands in the lines for an entry."""

    @abstractmethod
    def text_of(self, entry: Entry) -> str:
        """An entry in one line."""

    def preview(self, typed: dict[str, str]) -> str:
        """How what is typed is understood; empty where that is plain."""
        return ""

    def help_line(self) -> str:
        """What the keys do."""
        key = self.app.key
        entries = f"{key(ENTRIES_UP)} edits an entry, {key(ENTRIES_REMOVE)} removes it"
        return f"Enter keeps it and closes   {entries}   {key(LEAVE)} closes"

    def body(self) -> Iterable[Widget]:
        """The entries and the lines of one of them."""
        yield OptionList()
        for field in self._fields:
            yield FieldRow(field)
        yield Static("", classes="entry-preview", markup=False)

    def on_mount(self) -> None:
        """Start with a new entry."""
        self._show_entries()
        self._show_preview()
        self.set_focus(self._first)

    def action_to_entries(self) -> None:
        """Go to the entries."""
        entries = self.query_one(OptionList)
        if self.focused is entries:
            entries.action_cursor_up()
        elif self._entries:
            entries.focus()
            entries.highlighted = len(self._entries) - 1

    def action_to_fields(self) -> None:
        """Go to the next entry or line."""
        entries = self.query_one(OptionList)
        if self.focused is not entries:
            self.focus_next()
        elif entries.highlighted == len(self._entries) - 1:
            self._edit(None)
        else:
            entries.action_cursor_down()

    def action_remove(self) -> None:
        """Remove the entry under the cursor."""
        entries = self.query_one(OptionList)
        position = entries.highlighted
        if self.focused is entries and position is not None:
            del self._entries[position]
            self._edited = None
            self._clear_lines()

    def action_leave(self) -> None:
        """Keep what is typed and close; what cannot be read is pointed out once before it is given up."""
        if self._take_lines() or self._warned:
            self.dismiss(tuple(self._entries))
        else:
            self._warned = True

    @on(OptionList.OptionSelected)
    def _entry_chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._edit(event.option_index)

    def line_done(self, line: LineField) -> None:
        """Keep the entry and close."""
        if self._take_lines():
            self.dismiss(tuple(self._entries))

    @on(Input.Changed)
    def _understand(self, event: Input.Changed) -> None:
        event.stop()
        self._warned = False
        self.show_error("")
        self._show_preview()

    def _show_preview(self) -> None:
        preview, text = self.query_one(".entry-preview", Static), self.preview(self._typed())
        preview.update(Content(safe_text(text)))
        preview.display = bool(text)

    def _edit(self, position: int | None) -> None:
        if self._take_lines():
            self._edited = position
            typed = {} if position is None else self.typed_from(self._entries[position])
            for field in self._fields:
                self._line(field.name).value = typed.get(field.name, "")
            self.set_focus(self._first)

    def _take_lines(self) -> bool:
        """Make an entry of the lines; returns whether that was possible, or there was nothing in them."""
        typed = self._typed()
        if not typed[self._fields[0].name]:
            return self._take_empty_line(typed)
        before = None if self._edited is None else self._entries[self._edited]
        try:
            entry = self.entry_from(typed, before)
        except ValueError as error:
            self.show_error(str(error))
            return False
        if self._edited is None:
            self._entries.append(entry)
        else:
            self._entries[self._edited] = entry
        self._edited = None
        self._clear_lines()
        return True

    def _take_empty_line(self, typed: dict[str, str]) -> bool:
        """An entry that is emptied is removed; a new one needs its first line."""
        if self._edited is not None:
            del self._entries[self._edited]
            self._edited = None
            self._clear_lines()
        elif any(typed.values()):
            self.show_error(f"{self._fields[0].label} is needed.")
            return False
        return True

    def _clear_lines(self) -> None:
        for field in self._fields:
            self._line(field.name).value = ""
        self._show_entries()
        self.set_focus(self._first)

    def _show_entries(self) -> None:
        entries = self.query_one(OptionList)
        entries.clear_options()
        entries.add_options(
            Option(Content(safe_text(f"{number}  {self.text_of(entry)}")))
            for number, entry in enumerate(self._entries, 1)
        )
        entries.display = bool(self._entries)

    def _typed(self) -> dict[str, str]:
        return {field.name: self._line(field.name).value.strip() for field in self._fields}

    def _line(self, name: str) -> Input:
        return self.query_one(f"#field-{name}", Input)

    @property
    def _first(self) -> Input:
        return self._line(self._fields[0].name)
