"""Which items are shown: those that match what is looked for, or those that stand in one way."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from signoff.domain.answer import Answer, Status
from signoff.domain.checklist import Checklist, Item
from signoff.domain.session import Session
from signoff.errors import SessionError

_MOST_NAMED: Final = 4
"""How many of the items that a name can mean are named."""


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


def item_named(checklist: Checklist, name: str) -> Item:
    """The one item that a name means.

    Args:
        checklist: The checklist.
        name: Its id, the beginning of its id, or words that stand in its text; case is ignored.

    Raises:
        SessionError: When there is no such item, or more than one.
    """
    said = name.strip().casefold()
    if said in checklist.item_by_id:
        return checklist.item_by_id[said]
    found = [item for item in checklist.items if said and item.id.startswith(said)] or [
        item for item in checklist.items if said and all(word in item.text.casefold() for word in said.split())
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise SessionError(f'This checklist has no item "{name}"; `signoff show` lists its items.')
    first = ", ".join(item.id for item in found[:_MOST_NAMED])
    more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    raise SessionError(f'"{name}" can mean {first}{more}; say more of it.')


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
