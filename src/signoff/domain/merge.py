"""What two people did to one session without knowing of each other, brought together item by item.

Every edit of ours is a line of history, so what the other side cannot know is what it has no line of. Those lines are
done again on top of theirs: history then tells what happened in the order in which it came together, and undo takes
back our own edits first. Where both changed the same part ours stays, and the caller has to keep theirs elsewhere. No
line ever goes: one that changes nothing any more, since they said the same, is there all the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final

from signoff.domain.answer import Answer
from signoff.domain.answers import Answers
from signoff.domain.history import Change, restored
from signoff.domain.meeting import Override, Vote
from signoff.domain.session import Session
from signoff.errors import SessionError

_SINGLE: Final = ("release", "people", "watch", "decision", "supersedes")
_OPEN: Final = Answer()


@dataclass(frozen=True, slots=True)
class Merge:
    """What came of bringing two sessions together."""

    session: Session
    """The session from now on."""
    taken: tuple[str, ...] = ()
    """The subjects that only they changed: they are as theirs."""
    kept: tuple[str, ...] = ()
    """The subjects that both changed: they are as ours, and what they said is not in the session."""
    is_apart: bool = False
    """Whether the two do not go together at all: everything is as ours."""

    @property
    def is_conflict(self) -> bool:
        """Whether theirs says something that is not in the session."""
        return self.is_apart or bool(self.kept)


@dataclass(frozen=True, slots=True)
class OutsideChange:
    """What somebody else did to a session. Whatever takes long for a long session is done when this is made."""

    base: Session
    """What they began with, as far as we know."""
    theirs: Session
    """What they made of it."""
    is_apart: bool
    """Whether it is another session by now, or has another checklist."""
    differing: tuple[str, ...]
    """The subjects in which the two differ."""
    lost: tuple[Change, ...]
    """The lines of history that theirs does not have: it is made of an older copy."""
    known: Mapping[tuple[Any, ...], Sequence[Change]]
    """The lines of history that it has."""

    @classmethod
    def of(cls, base: Session, theirs: Session) -> OutsideChange:
        """What was done between two sessions."""
        if (theirs.id, theirs.created, theirs.checklist) != (base.id, base.created, base.checklist):
            return cls(base, theirs, True, (), (), {})
        # The same value as one object: what is compared by identity on the screen is then found to be the same.
        answers = Answers(base.checklist, theirs.answers.given, theirs.answers.tally)
        theirs = replace(theirs, checklist=base.checklist, answers=answers)
        known: dict[tuple[Any, ...], list[Change]] = defaultdict(list)
        for change in theirs.history:
            known[_key(change)].append(change)
        lost = tuple(change for change in base.history if _is_unknown(change, known))
        return cls(base, theirs, False, tuple(differing_subjects(base, theirs)), lost, known)

    def followed(self, shown: Session) -> Merge:
        """Take it as it is, where nothing is done here; what shows a session cannot show another one in its place.

        Args:
            shown: What is shown of the session.
        """
        return Merge(shown, is_apart=True) if self.is_apart else Merge(self.theirs, self.differing)

    def merged_with(self, mine: Session) -> Merge:
        """Bring it together with what was done here.

        Args:
            mine: The session that they began with, or that one after edits of ours.
        """
        if self.is_apart:
            return Merge(mine, is_apart=True)
        base, theirs = self.base, self.theirs
        edits = mine.history[len(base.history) :]
        own = (*self.lost, *(change for change in edits if _is_unknown(change, self.known)))
        before = _before(mine, own)
        touched = dict.fromkeys((*self.differing, *(change.subject for change in edits if _has_part(mine, change))))
        differing = [subject for subject in touched if mine.part(subject) != theirs.part(subject)]
        taken = tuple(subject for subject in differing if subject not in before)
        kept = tuple(s for s in differing if s in before and theirs.part(s) != before[s])
        if not own and mine.sign_offs == base.sign_offs:
            return Merge(theirs, taken)
        they_changed = bool(taken or kept) or theirs.sign_offs != base.sign_offs
        if they_changed and (mine.is_signed or theirs.is_signed):
            # What was signed cannot get another's edits afterwards.
            return Merge(mine, kept=taken + kept, is_apart=True)
        return Merge(replace(_done_again(theirs, own, before), sign_offs=mine.sign_offs), taken, kept)


def differing_subjects(one: Session, other: Session) -> list[str]:
    """The subjects of the parts in which two sessions of one checklist differ."""
    keyed = (
        ("votes", Vote(), one.votes, other.votes),
        ("overrides", Override(), one.overrides, other.overrides),
        ("answers", _OPEN, one.answers.given, other.answers.given),
    )
    return [name for name in _SINGLE if getattr(one, name) != getattr(other, name)] + [
        f"{name}.{key}" for name, blank, left, right in keyed for key in _differing(left, right, blank)
    ]


def _differing(left: Mapping[str, Any], right: Mapping[str, Any], blank: Any) -> list[str]:
    return [key for key in {**right, **left} if left.get(key, blank) != right.get(key, blank)]


def _key(change: Change) -> tuple[Any, ...]:
    return change.revision, change.at, change.subject


def _is_unknown(change: Change, known: Mapping[tuple[Any, ...], Sequence[Change]]) -> bool:
    return change not in known.get(_key(change), ())


def _has_part(session: Session, change: Change) -> bool:
    """Whether a session has what a line of history is about; a newer program may write of other things."""
    try:
        session.part(change.subject)
    except SessionError:
        return False
    return True


def _before(session: Session, own: Sequence[Change]) -> dict[str, Any]:
    """The parts that some edits changed, by their subjects, as they were before them."""
    parts: dict[str, Any] = {}
    for change in (change for change in reversed(own) if _has_part(session, change)):
        part = parts.get(change.subject, session.part(change.subject))
        parts[change.subject] = restored(part, change.was)
    return parts


def _done_again(theirs: Session, own: Sequence[Change], before: Mapping[str, Any]) -> Session:
    """Their session after our edits."""
    last = max((change.revision for change in theirs.history), default=0)
    session = replace(theirs, sign_offs=(), revision=max(theirs.revision, last))
    parts = dict(before)
    numbers: dict[int, int] = {}
    for number, changes in groupby(own, lambda change: change.revision):
        first, *more = changes
        for change in (first, *more):
            if change.subject in parts:
                parts[change.subject] = restored(parts[change.subject], change.now)
        edited = session.edited(
            {change.subject: parts[change.subject] for change in (first, *more) if change.subject in parts},
            now=first.at,
            by=first.by,
            undoes=numbers.get(first.undoes, first.undoes),
            redoes=numbers.get(first.redoes, first.redoes),
        )
        numbers[number] = edited.revision
        session = _with_lines(session, edited, (first, *more))
    return session


def _with_lines(before: Session, edited: Session, changes: Sequence[Change]) -> Session:
    """The session after an edit, with the lines also of what changed nothing in it or is no part of it."""
    told = {change.subject for change in edited.history[len(before.history) :]}
    silent = [
        c for c in changes if c.subject not in told and not any(_says_the_same(line, c) for line in before.history)
    ]
    if not silent:
        return edited
    revision = before.revision + 1
    lines = (replace(c, revision=revision, was=c.now, undoes=0, redoes=0) for c in silent)
    return replace(edited, revision=revision, history=(*edited.history, *lines))


def _says_the_same(line: Change, change: Change) -> bool:
    """Whether a line is of the same edit, perhaps done again elsewhere."""
    is_same = (line.at, line.by, line.subject) == (change.at, change.by, change.subject)
    return is_same and all(change.now.get(name) == value for name, value in line.now.items())
