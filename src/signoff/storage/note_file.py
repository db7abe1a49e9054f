"""A note as a file of its own, for as long as another program edits it."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import Final

from signoff.errors import StorageError
from signoff.regular_file import read_bytes
from signoff.storage.locations import make_folder

_LARGEST: Final = 1024 * 1024
"""How many bytes a note may have."""


class NoteFile:
    """A note in a file that only its user can read. It stays until it is removed: what is in it was typed."""

    def __init__(self, path: Path, text: str, written: bytes) -> None:
        self.path = path
        """The file."""
        self._text = text
        self._written = written

    @classmethod
    def create(cls, state: Path, text: str) -> NoteFile:
        """Write a note to a new file in the state folder.

        Args:
            state: The state folder.
            text: The note so far.

        Raises:
            StorageError: When it cannot be written.
        """
        folder = state / "notes"
        make_folder(folder)
        written = f"{text}\n".encode("utf-8", "replace") if text else b""
        try:
            descriptor, name = tempfile.mkstemp(prefix="note-", suffix=".md", dir=folder)  # readable by nobody else
            with os.fdopen(descriptor, "wb") as file:
                file.write(written)
        except OSError as error:
            raise StorageError(f"Cannot write the note to {folder}: {error.strerror or error}.") from error
        return cls(Path(name), text, written)

    def read(self) -> str:
        """The note as it stands in the file; to the letter what it was where nothing was changed.

        Raises:
            StorageError: When it cannot be read as text; the file is then left where it is.
        """
        data = read_bytes(self.path, most=_LARGEST)
        if data == self._written:
            return self._text
        try:
            return data.decode("utf-8-sig").replace("\r\n", "\n").rstrip()
        except UnicodeDecodeError as error:
            raise StorageError(f"What the editor wrote to {self.path} is not UTF-8 text; it is left there.") from error

    def remove(self) -> None:
        """Drop the file: the note is where it belongs."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)
