"""What somebody else did to the file of the open session, on its way from the writer's thread, and in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.message import Message

from signoff.domain.change_text import describe_subject
from signoff.domain.session import Session

if TYPE_CHECKING:
    from signoff.domain.merge import Merge, OutsideChange
    from signoff.ui.open_session import OpenSession

_MOST_NAMED: Final = 2


class OutsideReported(Message):
    """Somebody else wrote the file; posted from the writer's thread."""

    def __init__(self, opened: OpenSession, path: Path, change: OutsideChange) -> None:
        super().__init__()
        self.opened = opened
        """The session whose file it is."""
        self.path = path
        """The file; the session may have moved on to another."""
        self.change = change
        """What they did."""


class KeptReported(Message):
    """What somebody else wrote is kept in a file of its own; posted from the writer's thread."""

    def __init__(self, opened: OpenSession, path: Path, aside: Path) -> None:
        super().__init__()
        self.opened = opened
        """The session that they wrote."""
        self.path = path
        """Its file; the session may have moved on to another."""
        self.aside = aside
        """Where it is kept."""


def describe_merge(merged: Merge, change: OutsideChange) -> str:
    """What came of bringing two sessions together where there is no conflict, as one sentence; empty for nothing.

    Args:
        merged: What came of it.
        change: What was found in the file.
    """
    if merged.taken:
        return f"Changed outside: {_subjects(merged.session, merged.taken)}."
    if change.lost:
        older = change.theirs.revision
        return f"The file was set back to r{older} outside: all that was said since then stays."
    return ""


def describe_conflict(merged: Merge | None, path: Path) -> str:
    """Where that is which somebody else wrote and which is not in the session, and why, as one sentence.

    Args:
        merged: What came of bringing the two together; None where they wrote in the same moment.
        path: Where theirs is.
    """
    if merged is None:
        why = "both wrote in the same moment"
    elif merged.is_apart:
        why = "the two do not go together"
    else:
        why = f"both changed {_subjects(merged.session, merged.kept)}"
    return f"Yours stays, theirs is in {path.name}: {why}."


def _subjects(session: Session, subjects: tuple[str, ...]) -> str:
    named = ", ".join(describe_subject(session, subject) for subject in subjects[:_MOST_NAMED])
    more = len(subjects) - _MOST_NAMED
    return f"{named} and {more} more" if more > 0 else named
