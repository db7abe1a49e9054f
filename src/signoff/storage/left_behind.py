"""What the last run of the program could not finish, read when its session is opened again."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from signoff.domain.continuation import continues
from signoff.domain.session import Session
from signoff.errors import StorageError
from signoff.storage.journal import Journal
from signoff.storage.journal_record import Note
from signoff.storage.readers import Fault
from signoff.storage.session_reader import read_session


@dataclass(frozen=True, slots=True, repr=False)
class LeftBehind:
    """What a journal held when its session was opened."""

    note: Note | None = None
    """The note that was being typed; None for none."""
    unsaved: Session | None = None
    """The session with the edits that its file does not have; None where it has them all."""
    aside: Path | None = None
    """The journal whose edits do not fit the file, which somebody changed since; None where they do."""


def left_behind(journal: Journal, session: Session) -> LeftBehind:
    """Read a journal.

    Edits that the file does not have count only if the file is as it was when they were made. Otherwise they are set
    aside and nothing is changed: `signoff recover` shows them.

    Args:
        journal: The session's journal.
        session: What is in its file.
    """
    kept = journal.read()
    if kept.unsaved is None:
        return LeftBehind(kept.note)
    try:
        unsaved = read_session(tomllib.loads(kept.unsaved.text))
    except (ValueError, RecursionError, Fault):
        unsaved = None
    if unsaved and continues(unsaved, session):
        return LeftBehind(kept.note, unsaved if unsaved != session else None)
    if unsaved and continues(session, unsaved):
        return LeftBehind(kept.note)
    try:
        return LeftBehind(kept.note, aside=journal.set_aside())
    except StorageError:
        return LeftBehind(kept.note)
