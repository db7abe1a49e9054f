"""Who changed what, and when.

A change keeps only the fields that differ, as they were and as they are now: a reader sees at once what happened, and
putting the old fields back is all that an undo is.

No revision is without a line: from 1 to the session's own each has one or more, in this order. So a history from which
something is gone can be told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, repr=False)
class Change:
    """What one saved edit did to one part of the session."""

    revision: int
    """The session's revision after it."""
    at: datetime
    """When, aware."""
    by: str
    """Who ran the program."""
    subject: str
    """What was changed: `answers.ITEM`, `votes.ROLE`, `overrides.RULE`, `people`, `release`, `watch`, `decision`, …"""
    was: Mapping[str, Any]
    """The fields that differ, as they were; as they are now where somebody else had said the same before."""
    now: Mapping[str, Any]
    """The same fields, as they are now."""
    undoes: int = 0
    """The revision that this one took back; 0 for none."""
    redoes: int = 0
    """The revision that this one brought back; 0 for none."""


def differing_fields(before: Any, after: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields in which two values of one dataclass, or two mappings, differ.

    Returns:
        The fields as they were and as they are now; a key only one mapping has is an empty string in the other.
    """
    if isinstance(before, Mapping):
        names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
        return {n: before.get(n, "") for n in names}, {n: after.get(n, "") for n in names}
    names = [field.name for field in fields(before) if getattr(before, field.name) != getattr(after, field.name)]
    return {n: getattr(before, n) for n in names}, {n: getattr(after, n) for n in names}


def restored(part: Any, fields_kept: Mapping[str, Any]) -> Any:
    """A part with some of its fields as a change kept them; what `differing_fields` took apart."""
    if isinstance(part, Mapping):
        return {name: value for name, value in {**part, **fields_kept}.items() if value}
    return replace(part, **fields_kept)


def first_gap(history: Sequence[Change], revision: int) -> tuple[int, int] | None:
    """Where a history does not tell how it came to a revision.

    Args:
        history: The lines, oldest first.
        revision: The revision of the session.

    Returns:
        The index of the line that does not follow on the one before it, and the revision that should have come; the
        index is that after the last where lines are missing at the end. None where all is there.
    """
    last = 0
    for index, change in enumerate(history):
        if change.revision not in ((last, last + 1) if last else (1,)) or change.revision > revision:
            return index, last + 1
        last = change.revision
    return None if last == revision else (len(history), last + 1)
