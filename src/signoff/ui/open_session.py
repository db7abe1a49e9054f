"""The session that is open, and its way to the disk.

This is the one owner of the session: screens ask it for edits and show what it publishes. It runs on the screen's
thread; what keeps the session does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.message import Message
from textual.signal import Signal

from signoff.domain.clock import says_something
from signoff.domain.people import people_of
from signoff.domain.session import Session
from signoff.errors import SessionError
from signoff.storage.saved import Saved
from signoff.storage.session_file import SessionFile
from signoff.storage.session_keeper import SessionKeeper
from signoff.ui.meeting_clock import MeetingClock
from signoff.ui.outside import KeptReported, OutsideReported, describe_conflict, describe_merge
from signoff.ui.widgets.message_line import Said, refusal

if TYPE_CHECKING:
    from signoff.domain.merge import OutsideChange


class SaveReported(Message):
    """Something changed on the disk; posted from the threads that write to it."""

    def __init__(self, opened: OpenSession, path: Path, saved: Saved) -> None:
        super().__init__()
        self.opened = opened
        """The session."""
        self.path = path
        """The file that was meant; the session may have moved on to another."""
        self.saved = saved
        """What is on the disk now."""


class OpenSession:
    """The session that is open."""

    def __init__(
        self,
        app: App[Any],
        file: SessionFile,
        *,
        state: Path,
        clock: Callable[[], datetime],
        user: str,
        take_over: bool = False,
    ) -> None:
        """Open a session. Reads the state folder: not for the screen's thread.

        Args:
            app: Publishes the changes; its message queue is told from the threads that write.
            file: The file; only its keeper touches it from now on.
            state: The state folder.
            clock: Tells the aware present.
            user: Who makes the edits, as history names them.
            take_over: Whether to take the session from whoever has it open.

        Raises:
            StorageError: When it cannot be taken over.
        """
        self.path = file.path
        """The file."""
        self.clock = clock
        """Tells the aware present."""
        self.user = user
        """Who makes the edits."""
        self.changed: Signal[Session] = Signal(app, "session changed")
        """Published with the new session after every edit."""
        self.saving: Signal[Saved] = Signal(app, "session saved")
        """Published when the disk has a revision, or cannot take one."""
        self.outside: Signal[Said] = Signal(app, "session changed outside")
        """Published with what somebody else did to the file."""
        self._earlier_names: tuple[str, ...] = ()
        self.lock = ""
        """Why nothing may be changed at the moment, as a sentence; empty while it may. It is in no file."""
        self.lock_changed: Signal[str] = Signal(app, "answers locked or unlocked")
        """Published with the lock whenever it changes."""
        self._post = app.post_message
        self._state = state
        self._keeper = self._keeper_of(file, take_over=take_over)
        self.left = self._keeper.left
        """What the last run could not finish."""
        self.session = self.left.unsaved or file.session
        """The session as it is now, saved or not."""
        self.saved = self._keeper.saved
        """What is on the disk."""
        self.notice = self._first_notice
        """What everybody has to know about the file, in one word; empty for nothing."""
        self._is_undisturbed = False
        self._waiting: OutsideReported | None = None
        self._conflict = self.left.conflict
        self.meeting = MeetingClock(self.session, clock, user)
        """How long the meeting has lasted."""
        if self.session is not self._keeper.session:
            self._keeper.save(self.session)

    def _keeper_of(self, file: SessionFile, *, take_over: bool = False) -> SessionKeeper:
        path = file.path
        return SessionKeeper(
            file,
            self._state,
            self.clock,
            partial(self._on_saved, path),
            partial(self._on_outside, path),
            partial(self._on_kept, path),
            take_over=take_over,
        )

    def _on_saved(self, path: Path, saved: Saved) -> None:
        self._post(SaveReported(self, path, saved))

    def _on_outside(self, path: Path, change: OutsideChange) -> None:
        self._post(OutsideReported(self, path, change))

    def _on_kept(self, path: Path, aside: Path) -> None:
        self._post(KeptReported(self, path, aside))

    @property
    def read_only(self) -> str:
        """Why the file must not be written by anybody with this program, as one sentence; empty where it may be."""
        return self._keeper.read_only

    @property
    def _first_notice(self) -> str:
        return "READ-ONLY" if self.read_only else ""

    @property
    def why_read_only(self) -> str:
        """Why the session cannot be changed in this window, as one sentence; empty where it can."""
        held = f"It is open in {self.saved.holder}; this window only shows it." if self.saved.holder else ""
        return self.read_only or held or self.lock

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
            SessionError: When the edit does not fit the session, or the session is read-only.
        """
        if self.why_read_only:
            raise SessionError(self.why_read_only)
        now = self.clock().replace(microsecond=0)
        return self.put(change(self.session, *args, now=now, by=self.user, **kwargs))

    def put(self, session: Session) -> bool:
        """Take a later revision for the open one and have it saved; returns whether it differs.

        Raises:
            SessionError: When its file would grow too large to be opened again.
        """
        if session is self.session:
            return False
        self._keeper.check_room(session)
        if says_something(self.session, session):
            self.meeting.begin()
        self.session = session
        self._keeper.save(session)
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

    def note_saved(self, path: Path, saved: Saved, *, may_lose: bool) -> None:
        """Take over what the disk reported.

        Args:
            path: The file that was meant.
            saved: What is on the disk.
            may_lose: Whether this window may become read-only now; otherwise it is reported again later.
        """
        if path != self.path:
            return
        if saved.holder and not self.saved.holder:
            if may_lose:
                self._keeper.only_follow()
            else:
                self._keeper.not_yet()
                saved = replace(saved, holder=None)
        self.saved = saved
        self.saving.publish(saved)

    def look_after(self, *, may_lose: bool) -> None:
        """Notice what nobody reports: a disk that does not answer, another window that took the session over."""
        self._keeper.look_after(may_lose=may_lose)

    # What others do to the file.

    def look(self) -> None:
        """Have the file looked at now; returns at once."""
        self._keeper.look()

    def meet(self, report: OutsideReported) -> None:
        """Bring together what somebody else wrote and what is on the screen."""
        if report.path != self.path:
            return
        if self._is_undisturbed:
            self._waiting = report
            return
        change = report.change
        follows = self.saved.holder and self.session.revision <= self.saved.revision
        merged = change.followed(self.session) if follows else change.merged_with(self.session)
        self.session = merged.session
        self._keeper.bring_together(merged)
        self.changed.publish(merged.session)
        if merged.is_conflict:
            self._conflict = merged  # it is said when theirs is safe
        elif said := describe_merge(merged, change):
            self.outside.publish(Said(said))

    def note_kept(self, report: KeptReported) -> None:
        """Say where something is kept that somebody else wrote."""
        if report.path == self.path:
            merged, self._conflict = self._conflict, None
            self.notice = "CONFLICT"
            self.outside.publish(refusal(describe_conflict(merged, report.aside)))

    @property
    def is_changed_outside(self) -> bool:
        """Whether something that somebody else wrote waits to be seen."""
        return self._waiting is not None

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        """Let what others write wait, while something is made of the session as it is."""
        self._is_undisturbed = True
        try:
            yield
        finally:
            self._is_undisturbed = False
            report, self._waiting = self._waiting, None
            if report:
                self.meet(report)

    # The note being typed.

    def keep_note(self, item_id: str, text: str) -> None:
        """Keep a note being typed; returns at once."""
        self._keeper.keep_note(item_id, text)

    def end_note(self) -> None:
        """The note being typed became an edit, or never was one; returns at once."""
        self._keeper.end_note()

    def retry(self) -> None:
        """Try again now what could not be saved; returns at once."""
        self._keeper.retry()

    # Writing.

    def flush(self, timeout: float) -> bool:
        """Wait for the disk: not on the screen's thread. Returns whether everything is there."""
        return self._keeper.flush(timeout)

    def written_to(self, path: Path) -> SessionKeeper:
        """Write the session to a new file: not on the screen's thread. Whoever is returned can keep it from now on.

        Raises:
            StorageError: When that fails, or there is such a file.
        """
        return self._keeper_of(self._keeper.copy_to(path))

    def taken_over(self) -> SessionKeeper:
        """Take the session from the window that has it: not on the screen's thread. Returns who keeps it from now on.

        Raises:
            SignoffError: When it cannot be taken over or read.
        """
        return self._keeper_of(SessionFile.open(self.path), take_over=True)

    def go_on_with(self, keeper: SessionKeeper, session: Session) -> None:
        """Have another keeper keep the session from now on, and show the session that it is to keep."""
        before, self._keeper = self._keeper, keeper
        before.abandon()
        self.path, self.saved, self.session = keeper.path, keeper.saved, session
        self.notice, self._waiting, self._conflict = self._first_notice, None, keeper.left.conflict
        if session is not keeper.session:
            keeper.save(session)
        self.changed.publish(session)
        self.saving.publish(self.saved)

    def close(self, timeout: float) -> bool:
        """Save what is pending, or keep it: not on the screen's thread. Returns whether the file has everything."""
        return self._keeper.close(timeout)

    @property
    def is_kept(self) -> bool:
        """Whether the journal has all that the file has not."""
        return self._keeper.is_kept
