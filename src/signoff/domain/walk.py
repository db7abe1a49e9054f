"""The order in which a meeting goes through the items."""

from __future__ import annotations

from collections.abc import Iterator

from signoff.domain.checklist import Checklist, Item
from signoff.domain.session import Session


def still_to_ask(session: Session, after: str) -> Iterator[str]:
    """The ids of the items that are open or to re-confirm, in the order in which they are asked; parked ones come last.

    Args:
        session: The session.
        after: The id of the item from which to look; the search goes round to it and not past. Empty for all.
    """
    items = session.checklist.items
    start = session.checklist.position_by_id.get(after, -1) + 1
    parked = []
    for item in (*items[start:], *items[:start]):
        answer = session.answers[item.id]
        if answer.is_settled or item.id == after:
            continue
        if answer.parked:
            parked.append(item.id)
        else:
            yield item.id
    yield from parked


def next_open(session: Session, after: str) -> str | None:
    """The next item that still has to be asked, in whatever category; None when there is none.

    Args:
        session: The session.
        after: The id of the item from which to look.
    """
    return next(still_to_ask(session, after), None)


def item_after(checklist: Checklist, item_id: str) -> Item | None:
    """The item that follows another in the order of the checklist; None after the last one."""
    position = checklist.position_by_id[item_id] + 1
    return checklist.items[position] if position < len(checklist.items) else None


def item_before(checklist: Checklist, item_id: str) -> Item | None:
    """The item before another in the order of the checklist; None before the first one."""
    position = checklist.position_by_id[item_id] - 1
    return checklist.items[position] if position >= 0 else None
