"""Keeping the session that is open: in its file, and where that fails in the journal.

The screen hands every edit over and goes on; nothing here lets it wait for a disk. One thread writes the file, another
the state folder. So a disk that is full, slow or gone costs no edit, and only ever one of two disks has to answer.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final

from signoff.domain.session import Session
from signoff.errors import StorageError
from signoff.storage.backups import Backups
from signoff.storage.journal import Journal
from signoff.storage.journal_record import Note
from signoff.storage.left_behind import LeftBehind, left_behind
from signoff.storage.safety_net import SafetyNet
from signoff.storage.saved import Saved
from signoff.storage.session_file import SessionFile
from signoff.storage.session_lock import SessionLock
from signoff.storage.session_text import SessionText
from signoff.storage.session_writer import SessionWriter

if TYPE_CHECKING:
    from signoff.domain.merge import Merge, OutsideChange

_STALLED_SECONDS: Final = 2.0
"""How long a save may take before the journal takes what waits."""
_BACKUP_SECONDS: Final = 300.0
_SOON: Final = 0.3
"""How long the end waits for the file before the journal takes what is pending."""


class SessionKeeper:
    """Keeps one session."""

    def __init__(
        self,
        file: SessionFile,
        state: Path,
        clock: Callable[[], datetime],
        tell: Callable[[Saved], None],
        tell_outside: Callable[[OutsideChange], None] | None = None,
        tell_aside: Callable[[Path], None] = lambda _: None,
        *,
        take_over: bool = False,
    ) -> None:
        """Lock the session and read what was left behind: not for the screen's thread.

        Args:
            file: The session's file; only the writer's thread touches it from now on.
            state: The state folder.
            clock: Tells the aware present.
            tell: Called in any thread with what is on the disk whenever that changes; must return at once.
            tell_outside: Called in any thread when somebody else wrote the file; `bring_together` is waited for in
                return. Without it what they wrote is brought together with what is pending.
            tell_aside: Called in any thread with a file that keeps what they wrote and the session does not have.
            take_over: Whether to take the session from whoever has it open.

        Raises:
            StorageError: When it cannot be taken over.
        """
        self.path = file.path
        """The session's file."""
        self._file, self._clock, self._tell = file, clock, tell
        self._lock, holder = SessionLock(state, file.path), None
        if take_over:
            self._lock.take_over(clock())
        else:
            holder = self._lock.acquire(clock())
        journal = Journal(state, file.path, clock)
        self.left = LeftBehind() if holder else left_behind(journal, file.session)
        """What the last run could not finish; nothing where somebody else has the session."""
        self.saved = Saved(file.session.revision, holder=holder)
        """What is on the disk."""
        self.is_kept = False
        """Whether the journal has all that the file has not."""
        self._mutex = threading.Lock()
        self.session = file.session
        """The session that it was given last, saved or not."""
        self._in_file: tuple[Session, SessionText] = file.session, file.text
        self._waits_since: tuple[float, datetime] | None = None
        self._to_back_up = None if holder else self._in_file
        self._backed_up_at = monotonic()
        self._net = SafetyNet(journal, Backups(state, file.path), file.session, clock, self._on_kept, self._on_not_kept)
        self._writer = SessionWriter(file, clock, self._on_saved, self._on_failed, tell_outside, tell_aside)
        if holder:
            self._writer.only_follow()
        if self.left.merged:
            self.bring_together(self.left.merged)

    def save(self, session: Session) -> None:
        """Have a session saved; returns at once."""
        with self._mutex:
            self.session, self.is_kept = session, False
            self._waits_since = self._waits_since or (monotonic(), self._clock())
        self._writer.save(session)
        if self.saved.problem:
            self._keep_latest()
        self._back_up()

    def bring_together(self, merged: Merge) -> None:
        """Go on with what came of the session and of what somebody else wrote; returns at once."""
        with self._mutex:
            self.session, self.is_kept = merged.session, False
            self._to_back_up = None if self.saved.holder else self._in_file
        self._writer.bring_together(merged)
        self._back_up()

    def look(self) -> None:
        """Have it seen now what others did to the file; returns at once."""
        self._writer.look()

    def only_follow(self) -> None:
        """Leave the file to the window that took the session over; what waits already is still saved."""
        self._writer.only_follow()

    def keep_note(self, item: str, text: str) -> None:
        """Keep a note being typed; returns at once."""
        self._net.keep_note(Note(item, text))

    def end_note(self) -> None:
        """Drop the note when the session as it is now, which has it, is in the file; returns at once."""
        self._net.end_note(self.session)

    def look_after(self, *, may_lose: bool) -> None:
        """Notice what nobody reports; to be called every second, returns at once.

        Args:
            may_lose: Whether it may turn out now that somebody took the session over: not in the middle of a question.
        """
        waits = self._waits_since
        if waits and not self.saved.problem and monotonic() - waits[0] > _STALLED_SECONDS:
            self._on_failed(StorageError(f"The disk does not answer: {self._file.path}."))
        if may_lose and self.saved.holder is None:
            self._net.ask(self._look_at_lock)
        self._back_up()

    def not_yet(self) -> None:
        """Take back that somebody took the session over: something is being typed that must not be lost."""
        with self._mutex:
            self.saved = replace(self.saved, holder=None)

    @property
    def read_only(self) -> str:
        """Why the file must not be written, as one sentence; empty where it may be."""
        return self._file.read_only

    def check_room(self, session: Session) -> None:
        """See that the file stays small enough to be opened again when a later revision is put into it.

        Raises:
            SessionError: When it does not.
        """
        self._file.check_room(session)

    def retry(self) -> None:
        """Try again now what could not be saved; returns at once."""
        self._writer.retry()

    def flush(self, timeout: float) -> bool:
        """Wait for the file; returns whether it has everything."""
        return self._writer.flush(timeout)

    def close(self, timeout: float) -> bool:
        """Save what is pending, or keep it in the journal, and stop. Waits; returns whether the file has everything."""
        until = monotonic() + timeout
        done = self._writer.close(min(timeout, _SOON))
        if not done:
            self._keep_latest()
        self._net.close(max(until - monotonic(), 0.0))
        if not self.is_kept:
            done = done or self._writer.close(max(until - monotonic(), 0.0))
        self._lock.release()
        return done

    def copy_to(self, path: Path) -> SessionFile:
        """Write the session as it is now to a new file, and wait for it.

        Raises:
            StorageError: When that fails, or there is such a file.
        """
        session, (base, text), now = self.session, self._in_file, self._clock()
        return SessionFile.create_copy(path, session, text.with_session(base, session, now), now)

    def abandon(self) -> None:
        """Stop without waiting and without another word: all of it is in another file."""
        with self._mutex:
            self._tell = lambda _: None
        self._writer.close(0.0)
        self._net.saved(self.session)
        self._net.close(0.0)
        self._lock.release()

    def _keep_latest(self) -> None:
        self._net.keep_session(self.session, *self._in_file)

    def _back_up(self) -> None:
        with self._mutex:
            due, self._to_back_up = self._to_back_up, None
        if due:
            self._net.back_up(*due)

    def _say(self, saved: Saved) -> None:
        self.saved = saved
        self._tell(saved)

    # In the writer's thread.

    def _on_saved(self, revision: int, at: datetime) -> None:
        session, text = self._file.session, self._file.text
        with self._mutex:
            self._in_file = session, text
            self._waits_since = None if session is self.session else (monotonic(), self._clock())
            if monotonic() - self._backed_up_at > _BACKUP_SECONDS:
                self._to_back_up, self._backed_up_at = self._in_file, monotonic()
            self._say(Saved(revision, at, holder=self.saved.holder))
        self._net.saved(session)

    def _on_failed(self, error: StorageError) -> None:
        with self._mutex:
            since = self._waits_since[1] if self._waits_since else self._clock()
            self._say(replace(self.saved, problem=str(error), since=self.saved.since or since))
        if self.session is self._in_file[0]:
            self._net.file_lost()
        self._keep_latest()

    # In the safety net's thread.

    def _on_kept(self, session: Session | None) -> None:
        with self._mutex:
            self.is_kept = self.is_kept or session is self.session
            kept = session.revision if session and self.saved.problem else self.saved.kept
            if (kept, "") != (self.saved.kept, self.saved.unkept):
                self._say(replace(self.saved, kept=kept, unkept=""))

    def _on_not_kept(self, why: str) -> None:
        with self._mutex:
            self._say(replace(self.saved, unkept=why))

    def _look_at_lock(self) -> None:
        if self._lock.is_lost():
            with self._mutex:
                self._say(replace(self.saved, holder=self._lock.holder()))
