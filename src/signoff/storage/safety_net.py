"""What is kept in the state folder while a session is open: its journal and its backups.

It has a thread of its own, since the session's file may be on a disk that does not answer while this one does. All that
the thread knows is its own; others only ask.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import datetime
from functools import partial

from signoff.domain.session import Session
from signoff.errors import StorageError
from signoff.storage.backups import Backups
from signoff.storage.journal import Journal
from signoff.storage.journal_record import Note, Unsaved
from signoff.storage.session_text import SessionText
from signoff.storage.side_thread import SideThread


class SafetyNet:
    """Catches what the file of a session cannot take. Its methods return at once."""

    def __init__(
        self,
        journal: Journal,
        backups: Backups,
        in_file: Session,
        clock: Callable[[], datetime],
        on_kept: Callable[[Session | None], None],
        on_failed: Callable[[str], None],
    ) -> None:
        """Make it.

        Args:
            journal: The session's journal, read already.
            backups: Its backups.
            in_file: What is in the session's file.
            clock: Tells the aware present.
            on_kept: Called in its thread when the journal took something: the session, or None for a note.
            on_failed: Called in its thread with the reason why the journal took nothing.
        """
        self._journal, self._backups, self._clock = journal, backups, clock
        self._on_kept, self._on_failed = on_kept, on_failed
        self._side = SideThread("safety net", self._on_fault)
        self._in_file: Session | None = in_file
        self._in_journal: Session | None = None
        self._has_note: Session | None = None

    def keep_note(self, note: Note) -> None:
        """Keep a note being typed."""
        self.ask(partial(self._keep_note, note))

    def end_note(self, session: Session) -> None:
        """Drop the note when this session, which has it, is in the file."""
        self.ask(partial(self._end_note, session))

    def keep_session(self, session: Session, base: Session, text: SessionText) -> None:
        """Keep a session that its file cannot take.

        Args:
            session: The session.
            base: The session that the file holds.
            text: The file's text.
        """
        self.ask(partial(self._keep_session, session, base, text))

    def saved(self, session: Session) -> None:
        """Drop what is kept of a session that its file has now."""
        self.ask(partial(self._saved, session))

    def file_lost(self) -> None:
        """Take note that the file has nothing any more for certain: it is gone, or somebody left it in pieces."""
        self.ask(self._file_lost)

    def back_up(self, session: Session, text: SessionText) -> None:
        """Keep a backup."""
        self.ask(partial(self._back_up, session, text))

    def ask(self, call: Callable[[], None]) -> None:
        """Have something else done in this thread."""
        self._side.ask(call)

    def close(self, timeout: float) -> bool:
        """Do what was asked, then stop; returns whether it was done in so many seconds."""
        return self._side.close(timeout)

    # In its thread.

    def _keep_note(self, note: Note) -> None:
        self._has_note = None
        self._journal.keep_note(note)
        self._on_kept(None)

    def _end_note(self, session: Session) -> None:
        self._has_note = session
        self._tidy()

    def _keep_session(self, session: Session, base: Session, text: SessionText) -> None:
        if _covers(self._in_file, session):
            return  # the file took it in the meantime
        if not _covers(self._in_journal, session):
            whole = text.with_session(base, session, self._clock())
            self._journal.keep_unsaved(Unsaved(session.revision, str(whole)))
            self._in_journal = session
        self._on_kept(session)

    def _saved(self, session: Session) -> None:
        self._in_file = session
        self._tidy()

    def _file_lost(self) -> None:
        self._in_file = None

    def _tidy(self) -> None:
        kept = self._journal.kept
        if self._in_file is None:
            return
        if kept.unsaved and kept.unsaved.revision <= self._in_file.revision:
            self._in_journal = None
            self._journal.keep_unsaved(None)
        if kept.note and self._has_note and _covers(self._in_file, self._has_note):
            self._journal.keep_note(None)

    def _back_up(self, session: Session, text: SessionText) -> None:
        # One that fails is no trouble in a meeting: the session is in its file, or its owner hears that it is not.
        with contextlib.suppress(StorageError):
            self._backups.keep(bytes(text), session.revision, self._clock())

    def _on_fault(self, error: Exception) -> None:
        told = isinstance(error, StorageError)
        self._on_failed(str(error) if told else f"Cannot keep it: a fault of signoff itself ({type(error).__name__}).")


def _covers(held: Session | None, session: Session) -> bool:
    """Whether what is held is a session or a later stage of it; a signature comes after the edits of its revision."""
    return held is not None and _stage(held) >= _stage(session)


def _stage(session: Session) -> tuple[int, int]:
    return session.revision, len(session.sign_offs)
