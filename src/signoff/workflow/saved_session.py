"""A session whose every edit is on the disk before the next one: for a program that has no screen to keep going."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from signoff.domain.history import Change
from signoff.domain.session import Session
from signoff.errors import LeftBrokenError, OutsideChangeError, SessionError
from signoff.storage.session_file import SessionFile
from signoff.storage.shared_file import SharedFile


class SavedSession:
    """A session that is answered without a screen."""

    def __init__(self, file: SessionFile, clock: Callable[[], datetime], user: str) -> None:
        """Take a file over; see `open`."""
        self.session = file.session
        """The session as it is now, saved or not."""
        self.user = user
        """Who makes the edits, as history names them."""
        self.clock = clock
        """Tells the aware present."""
        self.kept: list[Path] = []
        """The files in which that is kept of what somebody else wrote meanwhile which is not in the session."""
        self._file = file
        self._shared = SharedFile(file, None, self.kept.append)
        self._saved = file.session

    @classmethod
    def open(cls, path: Path, clock: Callable[[], datetime], user: str) -> SavedSession:
        """Open a session for edits.

        Args:
            path: Its file.
            clock: Tells the aware present.
            user: Who makes the edits.

        Raises:
            StorageError: When the file cannot be read.
            BrokenFileError: When it is not a session.
            SessionError: When the session is signed, or made by a newer signoff.
        """
        file = SessionFile.open(path)
        if file.read_only:
            raise SessionError(file.read_only)
        if file.session.is_signed:
            raise SessionError(
                f"{file.session.id} is signed and read-only; R in `signoff open {file.session.id}` starts a revision "
                "that supersedes it."
            )
        return cls(file, clock, user)

    @classmethod
    def edited(
        cls, path: Path, clock: Callable[[], datetime], user: str, change: Callable[..., Session]
    ) -> tuple[SavedSession, bool]:
        """Open a session, change it once and save it.

        Where somebody else saves it in between, the change is made anew on what they left: it is never one of something
        that is in the file no longer.

        Args:
            path: Its file.
            clock: Tells the aware present.
            user: Who makes the edit.
            change: Makes a session of a session; it is given the present and the user as well.

        Returns:
            The session, and whether anything changed.

        Raises:
            StorageError: When the file cannot be read or saved.
            BrokenFileError: When it is not a session.
            SessionError: When it is signed, or made by a newer signoff, or the change does not fit it.
        """
        while True:
            opened = cls.open(path, clock, user)
            with contextlib.suppress(OutsideChangeError, LeftBrokenError):
                return opened, opened._change(change, is_of_file=True)

    @property
    def path(self) -> Path:
        """The file."""
        return self._file.path

    @property
    def is_saved(self) -> bool:
        """Whether the file holds the session as it is now."""
        return self._saved is self.session

    @property
    def unsaved(self) -> tuple[Change, ...]:
        """The lines of history that the file does not hold."""
        return self.session.history[len(self._saved.history) :]

    def edit(self, change: Callable[..., Session], *args: Any, **kwargs: Any) -> bool:
        """Change the session and save it.

        Args:
            change: An editing method of `Session`; it is given the present and the user besides the arguments.
            args: Its arguments.
            kwargs: Its named arguments.

        Returns:
            Whether anything changed.

        Raises:
            SessionError: When the edit does not fit the session.
            StorageError: When it cannot be saved. It is kept here, and saved along with the next edit.
        """
        return self._change(lambda session, **by_whom: change(session, *args, **by_whom, **kwargs))

    def _change(self, change: Callable[..., Session], *, is_of_file: bool = False) -> bool:
        before = self.session
        after = change(before, now=self.clock().replace(microsecond=0), by=self.user)
        self._file.check_room(after)
        self.session = after
        self.save(is_of_file=is_of_file)
        return after is not before

    def save(self, *, is_of_file: bool = False) -> None:
        """Save what is not saved yet, brought together with what somebody else wrote meanwhile.

        Args:
            is_of_file: Whether it may only be saved where nobody wrote meanwhile.

        Raises:
            OutsideChangeError: When somebody did.
            StorageError: When that is not possible.
        """
        if self.is_saved:
            return
        while not self._shared.save(self.session, self.clock()):
            if is_of_file and not self._shared.is_displaced:
                raise OutsideChangeError(self.path)
            self.session = self._shared.bring_together_here(self.session)
        self._saved = self.session  # not before: Ctrl+C may come in the middle
        self._shared.tell_kept()
