"""How many items stand how, kept up to date edit by edit.

Counting ten thousand items anew for every key would cost more than painting the screen. An edit moves one item from
one standing to another, so the counts are moved along with it and every question is a sum over a few dozen standings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from signoff.domain.answer import Answer, Status, missing
from signoff.domain.checklist import Item


class Standing(NamedTuple):
    """Everything about an answered item that counts."""

    category: int
    """The position of the item's category."""
    status: Status
    """The answer's status."""
    must: bool
    """Whether the item is a must."""
    carried: bool
    """Whether the answer is to be re-confirmed."""
    parked: bool
    """Whether the item is parked."""
    incomplete: bool
    """Whether the answer lacks something that its status asks for."""

    @classmethod
    def of(cls, category: int, item: Item, answer: Answer) -> Standing:
        """The standing of one item under one answer."""
        carried = answer.carried and answer.status is not Status.OPEN  # there is nothing to re-confirm in an open one
        return cls(category, answer.status, item.must, carried, answer.parked, bool(missing(item, answer)))

    @property
    def is_answered(self) -> bool:
        """Whether a status was given and confirmed."""
        return self.status is not Status.OPEN and not self.carried


class Tally:
    """Counts of items by their standing. A value: `moved` returns a new one."""

    __slots__ = ("_counts",)

    def __init__(self, counts: Mapping[Standing, int]) -> None:
        self._counts = counts

    @classmethod
    def of(cls, standings: Iterable[Standing]) -> Tally:
        """Count once from the beginning."""
        return cls(Counter(standings))

    def moved(self, old: Standing, new: Standing) -> Tally:
        """The counts after one item went from one standing to another."""
        counts = dict(self._counts)
        counts[old] -= 1
        if not counts[old]:
            del counts[old]
        counts[new] = counts.get(new, 0) + 1
        return Tally(counts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tally) and dict(self._counts) == dict(other._counts)

    __hash__ = None  # type: ignore[assignment]

    def _sum(self, category: int | None, counts: Iterable[tuple[Standing, int]]) -> int:
        return sum(number for standing, number in counts if category is None or standing.category == category)

    def total(self, category: int | None = None) -> int:
        """How many items there are, in one category or in all."""
        return self._sum(category, self._counts.items())

    def answered(self, category: int | None = None) -> int:
        """How many have a confirmed status, in one category or in all."""
        return self._sum(category, (pair for pair in self._counts.items() if pair[0].is_answered))

    def with_status(self, status: Status, category: int | None = None, *, must: bool | None = None) -> int:
        """How many have this status, confirmed; `must` narrows it to items that are (not) a must."""
        return self._sum(
            category,
            (
                pair
                for pair in self._counts.items()
                if pair[0].status is status and not pair[0].carried and must in (None, pair[0].must)
            ),
        )

    def incomplete(self, category: int | None = None, status: Status | None = None) -> int:
        """How many confirmed answers lack something."""
        return self._sum(
            category,
            (
                pair
                for pair in self._counts.items()
                if pair[0].incomplete and pair[0].is_answered and status in (None, pair[0].status)
            ),
        )

    @property
    def open(self) -> int:
        """How many have no status."""
        return self.with_status(Status.OPEN)

    @property
    def to_reconfirm(self) -> int:
        """How many were carried over and not re-confirmed."""
        return sum(n for standing, n in self._counts.items() if standing.carried and standing.status is not Status.OPEN)

    @property
    def parked(self) -> int:
        """How many open items are parked."""
        return sum(n for standing, n in self._counts.items() if standing.parked and standing.status is Status.OPEN)

    @property
    def unfinished(self) -> int:
        """How many are open, to re-confirm or incomplete."""
        return self.total() - self.answered() + self.incomplete()
