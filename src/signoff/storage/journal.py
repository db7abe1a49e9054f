"""What the file of a session does not have yet, kept in the state folder.

Two things go here: the note being typed, which is no edit before it is left, and the whole session while its file
cannot be saved. A record is added at the end and is on the disk before it counts. The last one of each kind says what
is kept; where nothing is, there is no file.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from signoff.atomic_file import write_atomically
from signoff.errors import StorageError
from signoff.folder import Folder
from signoff.regular_file import read_bytes
from signoff.storage.journal_record import Kept, Note, Unsaved, note_record, read_records, unsaved_record
from signoff.storage.locations import make_folder
from signoff.storage.path_hash import path_hash

_LARGE: Final = 4 * 1024 * 1024
"""From how many bytes on a journal is written anew, with only what still counts."""
_LARGEST: Final = 256 * 1024 * 1024
_FLAGS: Final = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


def journals(state: Path) -> list[Path]:
    """The journals there are."""
    return sorted((state / "journal").glob("*.jsonl"))


def read_journal(path: Path) -> Kept:
    """What a journal holds; nothing where there is none that can be read."""
    try:
        return read_records(read_bytes(path, most=_LARGEST))
    except StorageError:
        return Kept()


class Journal:
    """The journal of one session. Not for use by two threads at once."""

    def __init__(self, state: Path, session: Path, clock: Callable[[], datetime]) -> None:
        """Name it; nothing is made before something is kept.

        Args:
            state: The state folder.
            session: The session's file.
            clock: Tells the aware present.
        """
        self._session = Path(os.path.realpath(session))
        self._clock = clock
        self.path = state / "journal" / f"{path_hash(session)}.jsonl"
        """The journal's own file."""
        self.kept = Kept()
        """What it holds."""

    def read(self) -> Kept:
        """Read what was left here when the session was last open."""
        self.kept = read_journal(self.path)
        return self.kept

    def keep_note(self, note: Note | None) -> None:
        """Keep a note being typed in place of the one before; None drops it: it became an edit.

        Raises:
            StorageError: When it cannot be kept.
        """
        now = self._clock()
        kept = replace(self.kept, path=self._session, at=now, note=note)
        self._keep(kept, note_record(self._session, now, note))

    def keep_unsaved(self, unsaved: Unsaved | None) -> None:
        """Keep a session in place of the one before; None drops it: its file has it.

        Raises:
            StorageError: When it cannot be kept.
        """
        now = self._clock()
        kept = replace(self.kept, path=self._session, at=now, unsaved=unsaved)
        self._keep(kept, unsaved_record(self._session, now, unsaved))

    def set_aside(self) -> Path:
        """Give what is kept another name: it does not fit the session's file, and what comes next must not hide it.

        Returns:
            Where it is now.

        Raises:
            StorageError: When that fails.
        """
        aside = self.path.with_name(f"{self.path.stem}.{self._clock():%Y%m%dT%H%M%S}.jsonl")
        try:
            self.path.rename(aside)
        except OSError as error:
            raise StorageError(f"Cannot set {self.path} aside: {error.strerror or error}.") from error
        self.kept = Kept()
        return aside

    def _keep(self, kept: Kept, record: bytes) -> None:
        try:
            if kept.is_empty:
                self.path.unlink(missing_ok=True)
            else:
                make_folder(self.path.parent)
                self._add(record, kept)
        except OSError as error:
            raise StorageError(
                f"Cannot keep what is not saved yet: {error.strerror or error}, in {self.path}."
            ) from error
        self.kept = kept

    def _add(self, record: bytes, kept: Kept) -> None:
        descriptor = os.open(self.path, _FLAGS, 0o600)
        try:
            size = os.lseek(descriptor, 0, os.SEEK_END)
            if size > _LARGE:
                self._write_anew(kept)
                return
            if size and os.pread(descriptor, 1, size - 1) != b"\n":
                record = b"\n" + record  # the one before was never finished
            rest = memoryview(record)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            (os.fsync if size == 0 else getattr(os, "fdatasync", os.fsync))(descriptor)
        finally:
            os.close(descriptor)
        if size == 0:
            with Folder(self.path.parent) as folder:
                folder.sync()

    def _write_anew(self, kept: Kept) -> None:
        now = self._clock()
        records = note_record(self._session, now, kept.note), unsaved_record(self._session, now, kept.unsaved)
        write_atomically(self.path, b"".join(records))
