"""One session in one file: opened, created, saved."""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from signoff.atomic_file import write_atomically
from signoff.domain.checklist import Checklist
from signoff.domain.release import Release
from signoff.domain.session import Session
from signoff.errors import StorageError
from signoff.storage.locations import make_folder
from signoff.storage.session_reader import read_session
from signoff.storage.session_text import SessionText
from signoff.storage.toml_file import decode, read_bytes, understand

_NOT_IN_A_NAME: Final = r"[^a-z0-9.]+"
_DEVICES: Final = r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?"


class SessionFile:
    """A session and the file that holds it. Not for use by two threads at once: the writer's thread saves."""

    def __init__(self, path: Path, session: Session, text: SessionText) -> None:
        self.path = path
        """The file."""
        self.session = session
        """What is in the file."""
        self._text = text

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
        text = decode(read_bytes(path), path)

        def read(data: dict[str, Any]) -> SessionFile:
            return cls(path, read_session(data), SessionText.read(text, data))

        return understand(text, path, read)

    @classmethod
    def create(cls, folder: Path, checklist: Checklist, release: Release, now: datetime) -> SessionFile:
        """Start a session in a new file, which is named for the release.

        Raises:
            StorageError: When it cannot be written.
        """
        make_folder(folder)
        path = free_path(folder, session_name(release))
        session = Session.start(path.stem, checklist, release, now)
        file = cls(path, session, SessionText.of(session, _to_milliseconds(now)))
        file._write(_to_milliseconds(now))
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
        if os.path.lexists(path):
            raise StorageError(f"{path} is there already; choose another name.")
        file = cls(path, session, text)
        file._write(_to_milliseconds(now))
        return file

    def save(self, session: Session, now: datetime) -> None:
        """Put a later revision into the file; when this returns, it is on the disk.

        Raises:
            StorageError: When it cannot be written. The file is then as it was.
        """
        before = self.session, self._text
        saved = _to_milliseconds(now)
        self._text = self._text.with_session(self.session, session, saved)
        self.session = session
        try:
            self._write(saved)
        except StorageError:
            self.session, self._text = before
            raise

    def _write(self, saved: datetime) -> None:
        # The file bears the time that stands in it: a list sees from that alone whether somebody else wrote it since.
        modified = int(saved.timestamp() * 1000) * 1_000_000
        try:
            write_atomically(self.path, bytes(self._text), modified_ns=modified)
        except OSError as error:
            raise StorageError(f"Cannot save: {error.strerror or error}, in {self.path}.") from error


def _to_milliseconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def session_name(release: Release) -> str:
    """A file name for a release, without its ending, that stays in its folder on every system."""
    words = re.sub(_NOT_IN_A_NAME, "-", f"{release.service}-{release.version}-{release.environment}".lower())
    name = re.sub(r"\.{2,}", ".", words).strip("-.")[:64].rstrip("-.")
    return f"release-{name}" if not name or re.fullmatch(_DEVICES, name) else name


def free_path(folder: Path, name: str) -> Path:
    """The path of a session's file of a name, with a number where there is one already."""
    path, number = folder / f"{name}.toml", 1
    while os.path.lexists(path):
        number += 1
        path = folder / f"{name}-{number}.toml"
    return path
