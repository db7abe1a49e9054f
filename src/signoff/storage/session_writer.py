"""Saving on every edit, off the screen's thread.

One thread writes; one place holds the newest revision that is to be written. If edits come faster than the disk takes
them the ones between are skipped, since every revision holds all before it. A revision is reported as saved when it is
on the disk and never earlier.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Final

from signoff.domain.session import Session
from signoff.errors import StorageError
from signoff.storage.session_file import SessionFile

_RETRY_SECONDS: Final = (1.0, 2.0, 5.0, 10.0, 30.0)
"""How long it waits before it tries again; the last one from then on."""


class SessionWriter:
    """Writes the revisions of one session to its file."""

    def __init__(
        self,
        file: SessionFile,
        clock: Callable[[], datetime],
        on_saved: Callable[[int, datetime], None],
        on_failed: Callable[[StorageError], None],
    ) -> None:
        """Start the thread.

        Args:
            file: The file; from now on only this writer touches it.
            clock: Tells the aware present.
            on_saved: Called in the writer's thread with the revision that is on the disk, and when.
            on_failed: Called in the writer's thread when saving failed; it is tried again until it works.
        """
        self._file = file
        self._clock = clock
        self._on_saved = on_saved
        self._on_failed = on_failed
        self._pending: Session | None = None
        self._writing = False
        self._changed = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="session writer", daemon=True)
        self._thread.start()

    def save(self, session: Session) -> None:
        """Have a revision written; returns at once."""
        with self._changed:
            self._pending = session
            self._changed.notify_all()

    def flush(self, timeout: float) -> bool:
        """Wait until what is pending is on the disk; the writer goes on afterwards.

        Args:
            timeout: How many seconds to wait at most.

        Returns:
            Whether everything is on the disk.
        """
        with self._changed:
            return self._changed.wait_for(lambda: self._pending is None and not self._writing, timeout)

    def close(self, timeout: float | None = None) -> bool:
        """Write what is pending, then stop.

        Args:
            timeout: How many seconds to wait; None for as long as it takes.

        Returns:
            Whether everything is on the disk.
        """
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(timeout)
        return not self._thread.is_alive() and self._pending is None

    def retry(self) -> None:
        """Try again now what could not be written."""
        with self._changed:
            self._changed.notify_all()

    def _run(self) -> None:
        failures = 0
        while (session := self._next()) is not None:
            written = self._written(session)
            failures = 0 if written else failures + 1
            with self._changed:
                self._writing = False
                self._changed.notify_all()
                if written:
                    continue
                self._pending = self._pending or session
                if self._closing:
                    return
                self._changed.wait(_RETRY_SECONDS[min(failures, len(_RETRY_SECONDS)) - 1])

    def _next(self) -> Session | None:
        with self._changed:
            while self._pending is None and not self._closing:
                self._changed.wait()
            session, self._pending = self._pending, None
            self._writing = session is not None
            return session

    def _written(self, session: Session) -> bool:
        now = self._clock()
        try:
            self._file.save(session, now)
        except StorageError as error:
            self._on_failed(error)
            return False
        except Exception as error:  # noqa: BLE001 - a fault here must be seen; if it ended the thread, nobody would know
            fault = f"Cannot save: a fault of signoff itself ({type(error).__name__}), in {self._file.path}."
            self._on_failed(StorageError(fault))
            return False
        self._on_saved(session.revision, now)
        return True
