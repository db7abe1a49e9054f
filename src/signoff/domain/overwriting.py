"""What of an answer would be overwritten that somebody else said.

A script gives an answer without seeing the one that is there. What it adds is welcome; what it replaces may be what a
person said in the meeting. History tells who said each field last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final

from signoff.domain.answer import ASKED_FIELDS, Answer
from signoff.domain.history import Change
from signoff.domain.session import Session

_FLAGS: Final = ("parked", "carried")
_OF_THE_STATUS: Final = ("status", *ASKED_FIELDS)
_OPEN: Final = Answer()


@dataclass(frozen=True, slots=True)
class Overwritten:
    """Something that somebody else said."""

    field: str
    """The field of the answer."""
    said: Change | None
    """The line of history by which it was said; None where it was written by hand, which history has no line of."""


def overwritten(session: Session, item_id: str, answer: Answer, by: str) -> Overwritten | None:
    """The first field of an answer that another answer would replace although somebody else said it; None for none.

    Args:
        session: The session as it is.
        item_id: The item.
        answer: What is to be its answer.
        by: Whose own words may be replaced.
    """
    lines = session.history_of(f"answers.{item_id}")
    for name in (field.name for field in fields(Answer)):
        if _is_replaced(name, session.answers[item_id], answer):
            said = _said_by(lines, name, getattr(session.answers[item_id], name))
            if said is None or said.by != by:
                return Overwritten(name, said)
    return None


def _is_replaced(name: str, old: Answer, new: Answer) -> bool:
    before, after = getattr(old, name), getattr(new, name)
    if name in _FLAGS or before in (after, getattr(_OPEN, name)):
        return False
    if name in _OF_THE_STATUS and not old.is_settled:
        return False  # what is open, or waits to be confirmed, is there to be answered
    return not isinstance(before, tuple) or after[: len(before)] != before


def _said_by(lines: Sequence[Change], name: str, value: object) -> Change | None:
    last = next((line for line in reversed(lines) if name in line.now), None)
    return last if last and last.now[name] == value else None
