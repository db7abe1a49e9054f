"""The session that is open, and its way to the disk.

This is the one owner of the session: screens ask it for edits and show what it publishes. It runs on the screen's
thread; the writer it drives does not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.message import Message
from textual.signal import Signal

from signoff.domain.clock import says_something
from signoff.domain.people import people_of
from signoff.domain.session import Session
from signoff.errors import SessionError, StorageError
from signoff.storage.drafts import Draft, DraftFile
from signoff.storage.session_file import SessionFile
from signoff.storage.session_writer import SessionWriter
from signoff.ui.meeting_clock import MeetingClock

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor


@dataclass(frozen=True, slots=True, repr=False)
class Saved:
    """What is on the disk."""

    revision: int
    """The last revision that is there for certain."""
    at: datetime | None = None
    """When it was saved; None for one that was there when the session was opened."""
    problem: str = ""
    """Why the newest revision is not there; empty while all is well."""


class SaveReported(Message):
    """The writer saved a revision, or could not; posted from its thread."""

    def __init__(self, saved: Saved) -> None:
        super().__init__()
        self.saved = saved
        """What is on the disk now."""


class OpenSession:
    """The session that is open."""

    def __init__(
        self,
        app: App[Any],
        file: SessionFile,
        *,
        clock: Callable[[], datetime],
        user: str,
        drafts: DraftFile,
    ) -> None:
        """Open a session for edits. Reads its draft: not for the screen's thread.

        Args:
            app: Publishes the changes; its message queue is told from the writer's thread.
            file: The file; only the writer touches it from now on.
            clock: Tells the aware present.
            user: Who makes the edits, as history names them.
            drafts: Keeps the note being typed.
        """
        self.session = file.session
        """The session as it is now, saved or not."""
        self.saved = Saved(file.session.revision)
        """What is on the disk."""
        self.path = file.path
        """The file."""
        self.clock = clock
        """Tells the aware present."""
        self.user = user
        """Who makes the edits."""
        self.meeting = MeetingClock(file.session, clock, user)
        """How long the meeting has lasted."""
        self.changed: Signal[Session] = Signal(app, "session changed")
        """Published with the new session after every edit."""
        self.saving: Signal[Saved] = Signal(app, "session saved")
        """Published when the disk has a revision, or cannot take one."""
        self.draft = drafts.read()
        """The note that was being typed when the session was last left; None for none."""
        self._earlier_names: tuple[str, ...] = ()
        self.lock = ""
        """Why nothing may be changed at the moment, as a sentence; empty while it may. It is in no file."""
        self.lock_changed: Signal[str] = Signal(app, "answers locked or unlocked")
        """Published with the lock whenever it changes."""
        self._draft_ends_at: int | None = None
        self._closed = False
        self._post = app.post_message
        self._drafts = drafts
        self._draft_thread: ThreadPoolExecutor | None = None
        self._writer = SessionWriter(file, clock, self._on_saved, self._on_failed)

    @property
    def people(self) -> tuple[str, ...]:
        """The names that are offered while somebody is named."""
        return people_of(self.session, self._earlier_names)

    def learn_names(self) -> None:
        """Learn the names of earlier sessions of the service. Reads the disk: not on the screen's thread."""
        from signoff.storage.earlier_names import earlier_names

        self._earlier_names = earlier_names(self.path.parent, self.session.release.service, self.path)

    def edit(self, change: Callable[..., Session], *args: Any, **kwargs: Any) -> bool:
        """Change the session and have it saved.

        Args:
            change: An editing method of `Session`; it is given the present and the user besides the arguments.
            args: Its arguments.
            kwargs: Its named arguments.

        Returns:
            Whether anything changed.

        Raises:
            SessionError: When the edit does not fit the session, or the session is locked or signed.
        """
        if self.lock:
            raise SessionError(self.lock)
        now = self.clock().replace(microsecond=0)
        return self.put(change(self.session, *args, now=now, by=self.user, **kwargs))

    def put(self, session: Session) -> bool:
        """Take a later revision for the open one and have it saved; returns whether it differs."""
        if session is self.session:
            return False
        if says_something(self.session, session):
            self.meeting.begin()
        self.session = session
        self._writer.save(session)
        self.changed.publish(session)
        return True

    def set_lock(self, why: str) -> None:
        """Allow no edits from now on, or allow them again.

        Args:
            why: The sentence that says why not, and how to change that; empty to allow them.
        """
        if why != self.lock:
            self.lock = why
            self.lock_changed.publish(why)

    def note_saved(self, saved: Saved) -> None:
        """Take over what the writer reported."""
        self.saved = saved if not saved.problem else Saved(self.saved.revision, self.saved.at, saved.problem)
        self._drop_ended_draft()
        self.saving.publish(self.saved)

    def keep_draft(self, item_id: str, text: str) -> None:
        """Keep a note being typed; returns at once."""
        if not self._closed:
            self._in_draft_thread(self._write_draft, Draft(item_id, text))

    def _in_draft_thread(self, call: Callable[..., None], *args: Draft) -> None:
        from concurrent.futures import ThreadPoolExecutor

        # One thread, so that drafts reach the disk in the order in which they were typed.
        self._draft_thread = self._draft_thread or ThreadPoolExecutor(1, thread_name_prefix="draft")
        self._draft_thread.submit(call, *args)

    def _write_draft(self, draft: Draft) -> None:
        try:
            self._drafts.write(draft)
        except StorageError as error:
            self._on_failed(error)

    def drop_draft(self) -> None:
        """Drop the note being typed: it became an edit. It goes when that edit is on the disk, and not before."""
        self.draft = None
        self._draft_ends_at = self.session.revision
        self._drop_ended_draft()

    def _drop_ended_draft(self) -> None:
        # After the end the draft stays: opened again, it says what the note says already.
        if self._draft_ends_at is not None and self.saved.revision >= self._draft_ends_at and not self._closed:
            self._draft_ends_at = None
            self._in_draft_thread(self._drafts.remove)

    def flush(self, timeout: float) -> bool:
        """Wait for the disk: not on the screen's thread. Returns whether everything is there."""
        return self._writer.flush(timeout)

    def close(self, timeout: float | None = None) -> bool:
        """Save what is pending; returns whether all is on the disk."""
        self._closed = True
        if self._draft_thread is not None:
            self._draft_thread.shutdown(wait=True)  # a draft is a few hundred bytes
        return self._writer.close(timeout)

    def _on_saved(self, revision: int, at: datetime) -> None:
        self._post(SaveReported(Saved(revision, at)))

    def _on_failed(self, error: StorageError) -> None:
        self._post(SaveReported(Saved(0, None, str(error))))
