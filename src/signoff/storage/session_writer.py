"""Saving on every edit, off the screen's thread.

One thread writes; one place holds the newest revision that is to be written. If edits come faster than the disk takes
them the ones between are skipped, since every revision holds all before it. A revision is reported as saved when it is
on the disk and never earlier.

The same thread looks at the file every second, since others may write it as well.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from signoff.domain.session import Session
from signoff.errors import LeftBrokenError, StorageError
from signoff.storage.session_file import SessionFile
from signoff.storage.shared_file import SharedFile

if TYPE_CHECKING:
    from signoff.domain.merge import Merge, OutsideChange

_RETRY_SECONDS: Final = (1.0, 2.0, 5.0, 10.0, 30.0)
"""How long it waits before it tries again; the last one from then on."""
_REST_SECONDS: Final = 0.01
"""How long after a save it gets ready for the next one: the screen says first that this one is saved."""
_LOOK_SECONDS: Final = 1.0
"""How often the file is looked at: what others do to it is seen within two seconds."""


class SessionWriter:
    """Writes the revisions of one session to its file, and sees what others write there."""

    def __init__(
        self,
        file: SessionFile,
        clock: Callable[[], datetime],
        on_saved: Callable[[int, datetime], None],
        on_failed: Callable[[StorageError], None],
        on_outside: Callable[[OutsideChange], None] | None = None,
        on_kept: Callable[[Path], None] = lambda _: None,
    ) -> None:
        """Start the thread; whatever is called is called there.

        Args:
            file: The file; from now on only this writer touches it.
            clock: Tells the aware present.
            on_saved: Called with the revision that is on the disk, and when.
            on_failed: Called when saving failed; it is tried again until it works.
            on_outside: Called when somebody else wrote the file; `bring_together` is waited for in return. Without it,
                and at the end, what they wrote is brought together here with what is pending.
            on_kept: Called with a file in which that is kept of what somebody else wrote which is not in the session.
        """
        self._file = SharedFile(file, on_outside, on_kept)
        self._path = file.path
        self._clock = clock
        self._on_saved = on_saved
        self._on_failed = on_failed
        self._pending: Session | None = None
        self._working = False
        self._gets_ready = False
        self._failures = 0
        self._look_now = False
        self._is_last_look = False
        self._changed = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="session writer", daemon=True)
        self._thread.start()

    def save(self, session: Session) -> None:
        """Have a revision written; returns at once."""
        with self._changed:
            self._pending = session
            self._changed.notify_all()

    def look(self) -> None:
        """Have the file looked at now; returns at once."""
        with self._changed:
            self._look_now = True
            self._changed.notify_all()

    def bring_together(self, merged: Merge) -> None:
        """Go on with what came of the session and of what somebody else did to its file; returns at once."""
        with self._changed:
            self._file.bring_together(merged)
            self._pending = merged.session
            self._changed.notify_all()

    def flush(self, timeout: float) -> bool:
        """Wait until what is pending is on the disk and what others wrote is seen; the writer goes on afterwards.

        Args:
            timeout: How many seconds to wait at most.

        Returns:
            Whether everything is on the disk.
        """
        with self._changed:
            self._look_now = self._is_last_look = True
            self._changed.notify_all()
            return self._changed.wait_for(self._is_at_rest, timeout) or self._only_gets_ready

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
        return self._only_gets_ready or (self._pending is None and not self._thread.is_alive())

    def retry(self) -> None:
        """Try again now what could not be written."""
        with self._changed:
            self._changed.notify_all()

    def only_follow(self) -> None:
        """Write nothing from now on but what waits already: somebody else has the session, and this window shows it."""
        self._file.only_follows = True

    def _is_at_rest(self) -> bool:
        return not (self._pending or self._working or self._look_now) and self._file.is_settled

    @property
    def _only_gets_ready(self) -> bool:
        """Whether everything is on the disk, and the thread is busy with what the next save might need."""
        return self._gets_ready and self._pending is None

    # In the writer's thread.

    def _run(self) -> None:
        with closing(self._file):
            self._file.sweep(self._clock())
            while (session := self._next()) or not self._closing:
                again_in = self._step(session)
                with self._changed:
                    self._working = False
                    if again_in is not None:
                        self._pending = self._pending or session or self._file.session
                    self._changed.notify_all()
                    if again_in and self._closing:
                        return
                    if again_in:
                        self._changed.wait(again_in)
                self._rest()

    def _rest(self) -> None:
        """Get ready for the next save, in a moment in which nobody waits for anything."""
        with self._changed:
            if self._changed.wait_for(self._is_called, _REST_SECONDS) or self._file.is_waiting:
                return
            self._gets_ready = True
        try:
            self._file.get_ready()
        except Exception:  # noqa: BLE001 - nobody waits for this, and it must not end the thread
            self._file.close()
        self._gets_ready = False

    def _next(self) -> Session | None:
        """The revision that is to be written; None when it is time to look at the file, or to end."""
        with self._changed:
            self._changed.wait_for(self._is_called, _LOOK_SECONDS)
            if self._file.is_waiting:
                if not self._must_merge():
                    return None
                self._pending = self._file.bring_together_here(self._pending)
            session, self._pending = self._pending, None
            self._working, self._look_now = True, False
            return session

    def _is_called(self) -> bool:
        if self._file.is_waiting:
            return self._must_merge()
        return self._closing or self._look_now or self._pending is not None

    def _must_merge(self) -> bool:
        """Whether nobody brings together what others wrote and what is pending."""
        return self._closing or not self._file.has_somebody_to_ask

    def _step(self, session: Session | None) -> float | None:
        """Write a revision, or look at the file. Returns in how many seconds to try again; None when all is well."""
        now = self._clock()
        is_last, self._is_last_look = self._is_last_look, False
        try:
            if session is None:
                return None if self._file.look(is_last=is_last) else 0.0
            if not self._file.save(session, now):
                return 0.0
        except LeftBrokenError as error:
            self._on_failed(error)
            return _LOOK_SECONDS
        except StorageError as error:
            return self._failed(error)
        except Exception as error:  # noqa: BLE001 - a fault here must be seen; if it ended the thread, nobody would know
            fault = f"Cannot save: a fault of signoff itself ({type(error).__name__}), in {self._path}."
            return self._failed(StorageError(fault))
        self._failures = 0
        self._on_saved(session.revision, now)
        self._file.tell_kept()
        return None

    def _failed(self, error: StorageError) -> float:
        self._failures += 1
        self._on_failed(error)
        return _RETRY_SECONDS[min(self._failures, len(_RETRY_SECONDS)) - 1]
