"""The order in which a meeting goes through the items."""

from __future__ import annotations

from signoff.domain.checklist import Checklist, Item
from signoff.domain.session import Session


def next_open(session: Session, after: str) -> str | None:
    """The next item that still has to be asked.

    Args:
        session: The session.
        after: The id of the item from which to look; the search goes round to it and not past.

    Returns:
        The id of the next item that is open or to re-confirm; parked ones come last. None when there is none.
    """
    items = session.checklist.items
    start = next((position for position, item in enumerate(items) if item.id == after), -1) + 1
    parked = None
    for item in (*items[start:], *items[:start]):
        answer = session.answers[item.id]
        if answer.is_settled or item.id == after:
            continue
        if not answer.parked:
            return item.id
        parked = parked or item.id
    return parked


def item_after(checklist: Checklist, item_id: str) -> Item | None:
    """The item that follows another in the order of the checklist; None after the last one."""
    position = checklist.position_by_id[item_id] + 1
    return checklist.items[position] if position < len(checklist.items) else None


def item_before(checklist: Checklist, item_id: str) -> Item | None:
    """The item before another in the order of the checklist; None before the first one."""
    position = checklist.position_by_id[item_id] - 1
    return checklist.items[position] if position >= 0 else None
