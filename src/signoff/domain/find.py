"""Which items are shown: those that match what is looked for, or those that stand in one way."""

from __future__ import annotations

from enum import StrEnum

from signoff.domain.answer import Answer, Status
from signoff.domain.checklist import Item
from signoff.domain.session import Session


class Show(StrEnum):
    """What to show of a session."""

    ALL = "all"
    OPEN = "open"
    FAILED = "failed"
    RECONFIRM = "to re-confirm"
    PARKED = "parked"

    def includes(self, answer: Answer) -> bool:
        """Whether an item with this answer is shown."""
        match self:
            case Show.ALL:
                return True
            case Show.OPEN:
                return not answer.is_settled
            case Show.FAILED:
                return answer.status is Status.FAIL and answer.is_settled
            case Show.RECONFIRM:
                return answer.carried and answer.status is not Status.OPEN
            case Show.PARKED:
                return answer.parked and answer.status is Status.OPEN


def find_items(session: Session, query: str) -> tuple[Item, ...]:
    """The items that match what is looked for, in the order in which they are asked.

    Args:
        session: The session.
        query: Words, all of which must stand somewhere in an item's text, note, owner or evidence; case is ignored.
    """
    words = query.casefold().split()
    return tuple(item for item in session.checklist.items if _matches(words, item, session.answers[item.id]))


def shown_items(session: Session, show: Show, owner: str = "") -> tuple[Item, ...]:
    """The items that are shown, in the order in which they are asked.

    Args:
        session: The session.
        show: Which of them.
        owner: Only those of this owner; empty for those of all.
    """
    answers = session.answers
    return tuple(
        item
        for item in session.checklist.items
        if show.includes(answers[item.id]) and owner in ("", answers[item.id].owner)
    )


def _matches(words: list[str], item: Item, answer: Answer) -> bool:
    links = (part for entry in answer.evidence for part in (entry.target, entry.title))
    said = "\n".join((item.text, answer.owner, answer.note, *links)).casefold()
    return all(word in said for word in words)
