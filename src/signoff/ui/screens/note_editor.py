"""The note of an item, typed while others watch."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from textual import on
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import TextArea

from signoff.ui.keyboard.dialog_keys import LEAVE
from signoff.ui.screens.dialog import Dialog

_DRAFT_SECONDS: Final = 0.5
"""How long after the last key the text is kept as a draft: what a closed terminal may cost."""


class NoteEditor(Dialog[str]):
    """A note of several lines. Leaving keeps it; a draft of it is on the disk half a second after the last key."""

    DEFAULT_CSS = """
    NoteEditor TextArea, NoteEditor TextArea:focus { height: 10; border: none; padding: 0 1; }
    NoteEditor TextArea .text-area--cursor-line { background: $background; }
    """

    PLACE = "Note"

    def __init__(self, title: str, note: str, on_draft: Callable[[str], None]) -> None:
        """Make the editor.

        Args:
            title: The item; may hold text that a user typed.
            note: The note so far.
            on_draft: Called with the text after a short pause in typing.
        """
        super().__init__(title)
        self._note = note
        # Not the note itself: the text area breaks lines at characters that are no line feeds, and joins them by one.
        self._area = TextArea(note, soft_wrap=True, tab_behavior="focus", show_line_numbers=False)
        self._untouched = self._area.text
        self._on_draft = on_draft
        self._pause: Timer | None = None

    @property
    def text(self) -> str:
        """The note as it stands; to the letter what it was while nothing is typed."""
        text = self._area.text
        return self._note if text == self._untouched else text.replace("\r\n", "\n").replace("\r", "\n").rstrip()

    def help_line(self) -> str:
        """What the keys do."""
        return f"Enter new line   {self.app.key(LEAVE)} keeps the note and closes   Ctrl+Z undo"

    def body(self) -> Iterable[Widget]:
        """The text."""
        yield self._area

    def on_mount(self) -> None:
        """Start at the end of the note."""
        self._area.focus()
        self._area.move_cursor(self._area.document.end)

    @on(TextArea.Changed)
    def _wait_for_pause(self, event: TextArea.Changed) -> None:
        event.stop()
        # Not put off by the next key: somebody who types without a pause would have no draft at all.
        if self._pause is None:
            self._pause = self.set_timer(_DRAFT_SECONDS, self._keep_draft)

    def _keep_draft(self) -> None:
        self._pause = None
        if self.text != self._note:
            self._on_draft(self.text)

    def keep_typing(self) -> None:
        """Keep the text as a draft without waiting for a pause."""
        self._keep_draft()

    def action_leave(self) -> None:
        """Keep the note."""
        if self._pause:
            self._pause.stop()
        self.dismiss(self.text)
