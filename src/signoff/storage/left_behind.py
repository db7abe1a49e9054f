"""What the last run of the program could not finish, read when its session is opened again."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from signoff.domain.continuation import continues
from signoff.domain.session import Session
from signoff.errors import StorageError
from signoff.storage.journal import Journal
from signoff.storage.journal_record import Note
from signoff.storage.readers import Fault
from signoff.storage.session_reader import read_session

if TYPE_CHECKING:
    from signoff.domain.merge import Merge


@dataclass(frozen=True, slots=True, repr=False)
class LeftBehind:
    """What a journal held when its session was opened."""

    note: Note | None = None
    """The note that was being typed; None for none."""
    unsaved: Session | None = None
    """The session with the edits that its file does not have; None where it has them all."""
    merged: Merge | None = None
    """What came of these edits and of what somebody else wrote since; None where nobody did."""
    aside: Path | None = None
    """The journal whose edits do not go together with the file; None where they do."""

    @property
    def conflict(self) -> Merge | None:
        """What came of them, where theirs says something that is not in the session."""
        return self.merged if self.merged and self.merged.is_conflict else None


def left_behind(journal: Journal, session: Session) -> LeftBehind:
    """Read a journal.

    Where somebody else wrote the file since, the edits that it does not have are brought together with it as they would
    have been in the open window. Edits that do not go together with it are set aside and nothing is changed: `signoff
    recover` shows them.

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
    if unsaved and (merged := _merged(unsaved, session)):
        return LeftBehind(kept.note, merged.session, merged) if merged.session != session else LeftBehind(kept.note)
    try:
        return LeftBehind(kept.note, aside=journal.set_aside())
    except StorageError:
        return LeftBehind(kept.note)


def _merged(unsaved: Session, session: Session) -> Merge | None:
    from signoff.domain.merge import OutsideChange

    if unsaved.sign_offs != session.sign_offs:
        return None
    # The edits are told by their lines of history, so what they began with need not be known.
    merged = OutsideChange.of(unsaved, session).merged_with(unsaved)
    return None if merged.is_apart else merged
