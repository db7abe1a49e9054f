"""Undo and redo over the whole session, without limit, across a restart.

Nothing is kept for it: history says what each revision changed, and an undo is one more revision that puts the old
fields back. What an auditor reads is what happened, the taking back included.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from signoff.domain.history import restored
from signoff.domain.session import Session
from signoff.errors import SessionError


def undoable(session: Session) -> int | None:
    """The revision that an undo takes back next; None when there is none."""
    return _stacks(session)[0]


def redoable(session: Session) -> int | None:
    """The revision that a redo brings back next; None when there is none."""
    return _stacks(session)[1]


def undone(session: Session, *, now: datetime, by: str) -> Session:
    """The session with the last edit taken back.

    Raises:
        SessionError: When there is nothing to take back, or the session is signed.
    """
    revision = undoable(session)
    if revision is None:
        raise SessionError("There is nothing to undo.")
    return session.edited(_parts(session, revision, "was"), now=now, by=by, undoes=revision)


def redone(session: Session, *, now: datetime, by: str) -> Session:
    """The session with the edit that was taken back last brought back.

    Raises:
        SessionError: When there is nothing to bring back, or the session is signed.
    """
    revision = redoable(session)
    if revision is None:
        raise SessionError("There is nothing to redo.")
    return session.edited(_parts(session, revision, "now"), now=now, by=by, redoes=revision)


def _stacks(session: Session) -> tuple[int | None, int | None]:
    """The tops of the two stacks, found by going through history once."""
    done: list[int] = []
    taken_back: list[int] = []
    for change in session.history:
        if change.was == change.now:
            continue  # it says what somebody else said as well, and there is nothing to take back
        if change.subject == "supersedes":
            # What a signed report says is not taken back: it is superseded.
            done, taken_back = [], []
        elif change.undoes:
            if done and done[-1] == change.undoes:
                taken_back.append(done.pop())
        elif change.redoes:
            if taken_back and taken_back[-1] == change.redoes:
                done.append(taken_back.pop())
        elif not done or done[-1] != change.revision:
            done.append(change.revision)
            taken_back = []
    return (done[-1] if done else None), (taken_back[-1] if taken_back else None)


def _parts(session: Session, revision: int, fields: str) -> dict[str, Any]:
    """The parts that a revision changed, with the fields that it changed as they were before or after it."""
    parts: dict[str, Any] = {}
    for change in session.history:
        if change.revision == revision:
            parts[change.subject] = restored(session.part(change.subject), getattr(change, fields))
    return parts
