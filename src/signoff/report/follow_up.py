"""What has to happen after the meeting, gathered from the answers and the watch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from signoff.domain.session import Session
from signoff.domain.when import When

_WATCH: Final = "Watch the release after the deploy"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One action with where it comes from."""

    text: str
    """What is to be done."""
    owner: str
    """Who does it; empty while nobody said so."""
    due: When | None
    """Until when; None while nobody said so."""
    item: str = ""
    """The id of the item; empty for the watch."""


def follow_ups(session: Session) -> Iterator[FollowUp]:
    """The watch, where somebody or an end was named, then the actions in the order of the items."""
    watch = session.watch
    if watch.watcher or watch.until:
        yield FollowUp(_WATCH, watch.watcher, watch.until)
    for item_id, answer in session.answers.items():
        for action in answer.actions:
            yield FollowUp(action.text, action.owner, action.due, item_id)
