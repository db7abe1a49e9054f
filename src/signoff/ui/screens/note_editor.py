"""The note of an item, typed while others watch: here, or in the user's own editor."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable, Iterable
from typing import ClassVar, Final

from textual import on, work
from textual.binding import BindingType
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import TextArea

from signoff.errors import SignoffError, StorageError
from signoff.storage.note_file import NoteFile
from signoff.ui.bindings import bindings
from signoff.ui.keyboard.dialog_keys import DIALOG_KEYS, LEAVE, NOTE_KEYS, OUTSIDE
from signoff.ui.outside_editor import editor_command, run_outside
from signoff.ui.screens.dialog import Dialog
from signoff.ui.widgets.in_turn import TextField

_KEEP_SECONDS: Final = 0.5
"""How long after a key the text is kept in the journal: what may be lost when the machine goes."""


class NoteEditor(Dialog[str]):
    """A note of several lines. Leaving keeps it; what is typed is in the journal half a second later."""

    DEFAULT_CSS = """
    NoteEditor TextArea, NoteEditor TextArea:focus { height: 10; border: none; padding: 0 1; }
    NoteEditor TextArea .text-area--cursor-line { background: $background; }
    """

    PLACE = "Note"
    KEYS = (*NOTE_KEYS, *DIALOG_KEYS)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(NOTE_KEYS)]

    def __init__(self, title: str, note: str, on_typed: Callable[[str], None], *, outside: bool = False) -> None:
        """Make the editor.

        Args:
            title: The item; may hold text that a user typed.
            note: The note so far.
            on_typed: Called with the text after a short pause in typing.
            outside: Whether to begin in the user's own editor, and to be done when that is.
        """
        super().__init__(title)
        self._note = note
        # Not the note itself: the text area breaks lines at characters that are no line feeds, and joins them by one.
        self._area = TextField(note, soft_wrap=True, tab_behavior="focus", show_line_numbers=False)
        self._untouched = self._area.text
        self._on_typed = on_typed
        self._outside = outside
        self._file: NoteFile | None = None
        self._pause: Timer | None = None

    @property
    def text(self) -> str:
        """The note as it stands; to the letter what it was while nothing is typed."""
        text = self._area.text
        return self._note if text == self._untouched else text.replace("\r\n", "\n").replace("\r", "\n").rstrip()

    def help_line(self) -> str:
        """What the keys do."""
        key = self.app.key
        return f"Enter new line   {key(OUTSIDE)} $EDITOR   {key(LEAVE)} keeps the note and closes"

    def body(self) -> Iterable[Widget]:
        """The text."""
        yield self._area

    def on_mount(self) -> None:
        """Start at the end of the note."""
        self._area.cursor_blink = False
        self._area.focus()
        self._area.move_cursor(self._area.document.end)
        if self._outside:
            self.action_outside()

    @on(TextArea.Changed)
    def _wait_for_pause(self, event: TextArea.Changed) -> None:
        event.stop()
        # Not put off by the next key: somebody who types without a pause would have nothing kept at all.
        if self._pause is None:
            self._pause = self.set_timer(_KEEP_SECONDS, self._keep_typed)

    def _keep_typed(self) -> None:
        self._pause = None
        if self.text != self._note:
            self._on_typed(self.text)

    def keep_typing(self) -> None:
        """Keep the text without waiting for a pause; that of the other editor too, as far as it is saved."""
        if self._file is not None:
            with contextlib.suppress(StorageError):
                self._take(self._file.read(), trusted=False)
        self._keep_typed()

    @work(group="outside", exclusive=True)
    async def action_outside(self) -> None:
        """Go on in the user's own editor."""
        self.show_error("")
        await self._drop_file()
        try:
            command = await asyncio.to_thread(editor_command, os.environ)
            self._file = await asyncio.to_thread(NoteFile.create, self.app.locations.state, self.text)
            problem = await run_outside(self.app, [*command, str(self._file.path)])
            self._take(await asyncio.to_thread(self._file.read), trusted=not problem)
        except SignoffError as error:
            problem, self._file = str(error), None  # what cannot be read is left where it is
        if problem:
            self.show_error(f"{problem} The note stands here as it was typed so far.")
        elif self._outside:
            self.action_leave()

    def _take(self, text: str, *, trusted: bool) -> None:
        """Take over what stands in the file of the other editor.

        Args:
            text: What stands there.
            trusted: Whether that editor ended as it should; otherwise an empty file is one that it had no time to fill.
        """
        if text != self.text and (text or trusted):
            self._area.replace(text, (0, 0), self._area.document.end)  # which can be undone, as another text could not
        self._keep_typed()

    async def _drop_file(self) -> None:
        """Drop the file of the other editor: not before its text has become a draft."""
        file, self._file = self._file, None
        if file is not None:
            await asyncio.to_thread(file.remove)

    def action_leave(self) -> None:
        """Keep the note."""
        if self._pause:
            self._pause.stop()
        self.app.run_worker(self._drop_file())
        self.dismiss(self.text)
