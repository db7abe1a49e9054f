"""One session in one file: opened, created, saved."""

from __future__ import annotations

import errno
import os
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from signoff.domain.checklist import Checklist
from signoff.domain.release import Release
from signoff.domain.session import Session
from signoff.errors import BrokenFileError, OutsideChangeError, StorageError, UnconfirmedError
from signoff.storage.known_file import KnownFile
from signoff.storage.locations import make_folder
from signoff.storage.session_name import free_path, session_name
from signoff.storage.session_reader import last_saved, newer_schema, read_session
from signoff.storage.session_text import SessionText
from signoff.storage.spare import Spare
from signoff.storage.stamp import Stamp
from signoff.storage.toml_file import decode, understand

_TRIES: Final = 3
"""How often a disk that reports a fault of its own is asked, each time with a new temporary file."""


class SessionFile:
    """A session and the file that holds it. Not for use by two threads at once: the writer's thread saves."""

    def __init__(self, path: Path, session: Session, text: SessionText, known: KnownFile | None = None) -> None:
        """Put it together; see `open` and `create`.

        Args:
            path: The file.
            session: What is in it.
            text: Its text.
            known: What is known of it; None where it is not there yet.
        """
        self.path = path
        """The file."""
        self.session = session
        """What is in the file."""
        self.known = known or KnownFile(path)
        """What is known of the file."""
        self.read_only = ""
        """Why it must not be written, as one sentence; empty where it may be."""
        self.saved: datetime | None = None
        """When the file said that it was saved last, as it was opened; None where it did not."""
        self._text = text
        self._broken: tuple[Stamp | None, str, int | None] | None = None

    @property
    def text(self) -> SessionText:
        """The text that is in the file."""
        return self._text

    @classmethod
    def open(cls, path: Path) -> SessionFile:
        """Read a session file.

        Raises:
            StorageError: When it cannot be read.
            BrokenFileError: When it is not a session, with the line.
        """
        known, data = KnownFile.read(path)

        def read(table: dict[str, Any]) -> SessionFile:
            file = cls(path, read_session(table), SessionText.read(data, table), known)
            file.saved = last_saved(table)
            if newer := newer_schema(table):
                file.read_only = f"A newer signoff made this session ({newer}): this one shows it and cannot change it."
            return file

        file = understand(decode(data, path), path, read)
        known.data = file._text
        return file

    @classmethod
    def create(cls, folder: Path, checklist: Checklist, release: Release, now: datetime) -> SessionFile:
        """Start a session in a new file, which is named for the release.

        Raises:
            StorageError: When it cannot be written.
        """
        make_folder(folder)
        while True:
            path = free_path(folder, session_name(release))
            session = Session.start(path.stem, checklist, release, now)
            file = cls(path, session, SessionText.of(session, _to_milliseconds(now)))
            try:
                file._write(file._text, now)
            except OutsideChangeError:  # somebody else has just taken the name
                continue
            return file

    @classmethod
    def create_copy(cls, path: Path, session: Session, text: SessionText, now: datetime) -> SessionFile:
        """Write a session to another file than the one that it came from.

        Args:
            path: The new file.
            session: The session.
            text: Its text.
            now: The aware present.

        Raises:
            StorageError: When it cannot be written, or there is such a file already.
        """
        there = f"{path} is there already; choose another name."
        if os.path.lexists(path):
            raise StorageError(there)
        file = cls(path, session, text)
        try:
            file._write(text, now)
        except OutsideChangeError as error:  # it is there only now
            raise StorageError(there) from error
        return file

    def save(self, session: Session, now: datetime, spare: Spare | None = None) -> Path | None:
        """Put a later revision into the file; when this returns, it is on the disk.

        Without an edit nothing is written, unless the file is gone.

        Args:
            session: The session.
            now: The aware present.
            spare: A copy of the file that may be there already.

        Returns:
            Where that is kept what somebody else wrote in the same moment; None where nobody did.

        Raises:
            OutsideChangeError: When somebody else has written the file since. It is then as they left it.
            UnconfirmedError: When it is in the file, and the disk failed afterwards.
            StorageError: When it cannot be written. The file is then as it was.
        """
        is_edited = session.revision != self.session.revision or session != self.session
        if not is_edited and self._holds(self._text):
            self.session = session
            return None
        if self.read_only:
            raise StorageError(self.read_only)
        text = self._text
        if is_edited:
            text = text.with_session(self.session, session, _to_milliseconds(now))
        kept = self._write(text, now, spare)
        self.session, self._text = session, text
        return kept

    def check_room(self, session: Session) -> None:
        """See that the file stays small enough to be opened again when a later revision is put into it.

        Raises:
            SessionError: When it does not.
        """
        from signoff.storage.session_room import check_room

        check_room(self.known.size, session.history[len(self.session.history) :])

    # What others do to the file.

    def changed_outside(self) -> SessionFile | None:
        """The file as somebody else has left it; None while it is as it was last read or saved.

        Raises:
            StorageError: When it is gone, or cannot be read.
            BrokenFileError: When it is not a session any more, with the line.
        """
        if self.known.is_unchanged():
            return None
        stamp = self.known.stamp_now()
        if self._broken and self._broken[0] == stamp:
            raise BrokenFileError(str(self.path), *self._broken[1:])
        try:
            return SessionFile.open(self.path)
        except BrokenFileError as error:
            # It is looked at every second, and takes seconds to parse where it is large.
            self._broken = (stamp, error.reason, error.line)
            raise

    def adopt(self, theirs: SessionFile) -> None:
        """Take what somebody else wrote for what is in the file, so that the next edit is one of theirs."""
        self.session, self._text, self.known = theirs.session, theirs._text, theirs.known
        self.read_only = theirs.read_only

    def adopt_displaced(self, theirs: SessionFile) -> None:
        """Take what ours replaced unseen for what is to be edited: ours is in the file, and is brought into theirs."""
        self.session, self._text = theirs.session, theirs._text

    def disregard(self, theirs: SessionFile) -> None:
        """Take note of what somebody else wrote, so that the next save replaces it."""
        self.known = theirs.known

    def _holds(self, text: SessionText) -> bool:
        try:
            return self.known.is_unchanged() and self.known.data is text
        except StorageError:
            return False

    def _write(self, text: SessionText, now: datetime, spare: Spare | None = None) -> Path | None:
        # The file bears the time that stands in it: a list sees from that alone whether somebody else wrote it since.
        modified = int(_to_milliseconds(now).timestamp() * 1000) * 1_000_000
        for tries_left in reversed(range(_TRIES)):
            try:
                return self.known.replace(text, now, modified_ns=modified, spare=spare)
            except OutsideChangeError:
                raise
            except StorageError as error:
                raise StorageError(f"Cannot save: {error}") from error
            except OSError as error:
                if error.errno != errno.EIO or not tries_left:
                    raise self._failure(text, error) from error
        raise AssertionError("the last try returns or raises")

    def _failure(self, text: SessionText, error: OSError) -> StorageError:
        """What is true of the file after a save that failed at any of its steps."""
        if self._holds(text):
            return UnconfirmedError(self.path, error)
        return StorageError(f"Cannot save: {error.strerror or error}, in {self.path}.")


def _to_milliseconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
