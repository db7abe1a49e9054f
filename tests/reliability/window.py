"""A window that has a session open, without a screen: it owns the session and brings in what others write."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

from meeting import NOW
from reliability.faulty_disk import Disk
from signoff.domain.merge import OutsideChange
from signoff.domain.session import Session
from signoff.errors import StorageError
from signoff.storage.session_file import SessionFile
from signoff.storage.session_writer import SessionWriter

PATIENCE = 20.0
"""How many seconds a test waits for what takes milliseconds, before it calls it a failure."""


class Window:
    """A window."""

    def __init__(self, path: Path, clock: Callable[[], datetime] = lambda: NOW) -> None:
        file = SessionFile.open(path)
        self.session = file.session
        """The session as it is in the window."""
        self.saved = [file.session.revision]
        """The revisions that were said to be on the disk."""
        self.failures: list[str] = []
        """What was said to have failed."""
        self.kept: list[Path] = []
        """Where something is kept that others wrote."""
        self._mutex = threading.RLock()
        self.writer = SessionWriter(file, clock, self._on_saved, self._on_failed, self._on_outside, self.kept.append)

    def edit(self, change: Callable[[Session], Session]) -> None:
        """Change the session and have it saved."""
        with self._mutex:
            self.session = change(self.session)
            self.writer.save(self.session)

    def busy(self) -> AbstractContextManager[object]:
        """Have the window take note of nothing that others do, for as long as this is open."""
        return self._mutex

    def flush(self, seconds: float = PATIENCE) -> bool:
        """Wait for the disk; returns whether everything is there."""
        return self.writer.flush(seconds)

    def _on_saved(self, revision: int, _: datetime) -> None:
        self.saved.append(revision)

    def _on_failed(self, error: StorageError) -> None:
        self.failures.append(str(error))

    def _on_outside(self, change: OutsideChange) -> None:
        with self._mutex:
            merged = change.merged_with(self.session)
            self.session = merged.session
            self.writer.bring_together(merged)


@contextmanager
def a_window(path: Path, clock: Callable[[], datetime] = lambda: NOW) -> Iterator[Window]:
    """Open a session in a window, and close that in the end."""
    window = Window(path, clock)
    try:
        yield window
    finally:
        window.writer.close(PATIENCE)


def wait_until(is_so: Callable[[], object]) -> None:
    """Wait until something is so."""
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.001)


def wait_until_nothing_is_done(window: Window) -> None:
    """Wait until a window has done all that it does between two saves."""
    writer = window.writer
    wait_until(lambda: not (writer._working or writer._gets_ready or writer._file._spare.is_wanted))


def wait_for_a_copy(disk: Disk, first: int = 0) -> None:
    """Wait until the copy for the next save is on the disk, since a call."""

    def is_there() -> bool:
        calls = disk.calls[first:]
        copies = [call.path for call in calls if call.opens_without_a_name]
        return bool(copies) and any(call.name == "fsync" and call.path == copies[-1] for call in calls)

    wait_until(is_there)
