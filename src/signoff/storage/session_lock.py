"""Who has a session open, so that two windows do not answer the same question twice.

A lock of the kernel on a file in the state folder: it is free again the moment its process is gone, however that
ended. It is not on the session's file, which every save replaces, and not beside it, where a synchronised folder would
carry it to other machines. It is a courtesy and not what keeps two writers apart: that is how a file is saved.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from signoff.errors import StorageError
from signoff.regular_file import MEGABYTE, read_bytes
from signoff.storage.locations import make_folder
from signoff.storage.path_hash import path_hash

_FLAGS: Final = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_MOST: Final = 4096
_TRIES: Final = 8


@dataclass(frozen=True, slots=True, repr=False)
class Holder:
    """Who has a session open."""

    process: int = 0
    """The number of the process; 0 where it cannot be told."""
    since: datetime | None = None
    """Since when, aware; None where it cannot be told."""

    def __str__(self) -> str:
        process = f"process {self.process}" if self.process else "another window"
        return f"{process} since {self.since.astimezone():%H:%M}" if self.since else process


class SessionLock:
    """The lock of one session."""

    def __init__(self, state: Path, session: Path) -> None:
        """Name it.

        Args:
            state: The state folder.
            session: The session's file.
        """
        self._path = state / "locks" / f"{path_hash(session)}.lock"
        self._descriptor: int | None = None

    def acquire(self, now: datetime) -> Holder | None:
        """Take the lock if it is free. Where the state folder can hold no lock, the meeting goes on without one.

        Returns:
            Who has it; None when it is ours, or when there is none to have.
        """
        if sys.platform == "win32":  # it has no such lock; saving finds out what others wrote
            return None
        import fcntl

        for _ in range(_TRIES):
            try:
                make_folder(self._path.parent)
                descriptor = os.open(self._path, _FLAGS, 0o600)
            except (OSError, StorageError):
                return None
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(descriptor)
                return self.holder()
            except OSError:  # a file system without locks
                os.close(descriptor)
                return None
            if _is_file(descriptor, self._path):
                self._hold(descriptor, now)
                return None
            os.close(descriptor)  # somebody took it over between the two calls
        return self.holder()

    def take_over(self, now: datetime) -> None:
        """Take the lock from whoever has it: theirs is on a file that has the name no longer, which they will see.

        Raises:
            StorageError: When that fails.
        """
        if sys.platform == "win32":
            return
        import fcntl

        new = self._path.with_name(f"{self._path.name}.{os.getpid()}.tmp")
        try:
            make_folder(self._path.parent)
            descriptor = os.open(new, _FLAGS, 0o600)
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._hold(descriptor, now)
            new.replace(self._path)
        except OSError as error:
            raise StorageError(f"Cannot take the session over: {error.strerror or error}, in {self._path}.") from error

    def is_lost(self) -> bool:
        """Whether somebody took it over. Reads the disk."""
        return self._descriptor is not None and self._path.exists() and not _is_file(self._descriptor, self._path)

    def holder(self) -> Holder:
        """Who has the lock, as far as they said."""
        with contextlib.suppress(StorageError, ValueError, KeyError, TypeError):
            said = json.loads(read_bytes(self._path, most=MEGABYTE, first=_MOST))
            return Holder(int(said["process"]), datetime.fromisoformat(said["since"]))
        return Holder()

    def release(self) -> None:
        """Let others have it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _hold(self, descriptor: int, now: datetime) -> None:
        self._descriptor = descriptor
        said = json.dumps({"process": os.getpid(), "since": now.isoformat()})
        with contextlib.suppress(OSError):  # a full disk: the lock holds, and only cannot say whose it is
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, said.encode("ascii"), 0)


def _is_file(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except OSError:
        return False
