"""All answers of a session, with their tally."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from signoff.domain.answer import Answer
from signoff.domain.checklist import Checklist
from signoff.domain.tally import Standing, Tally

_OPEN = Answer()


class Answers(Mapping[str, Answer]):
    """Answers by item id. Every item of the checklist has one; those nobody spoke about are open."""

    __slots__ = ("_given", "checklist", "tally")

    def __init__(self, checklist: Checklist, given: Mapping[str, Answer], tally: Tally | None = None) -> None:
        """Make the answers to a checklist.

        Args:
            checklist: What is asked.
            given: The answers that differ from an open one; ids the checklist does not have are kept but not counted.
            tally: Their tally where it is known already.
        """
        self.checklist = checklist
        """What is asked."""
        self._given = given
        self.tally = tally if tally is not None else self._counted()
        """How many items stand how."""

    def _counted(self) -> Tally:
        given, categories = self._given, self.checklist.categories
        return Tally.of(
            Standing.of(index, item, given.get(item.id, _OPEN))
            for index, category in enumerate(categories)
            for item in category.items
        )

    def __getitem__(self, item_id: str) -> Answer:
        if item_id not in self.checklist.item_by_id:
            raise KeyError(item_id)
        return self._given.get(item_id, _OPEN)

    def __eq__(self, other: object) -> bool:
        # What `Mapping` does asks for each of ten thousand answers, twice, and every edit is compared with what it was.
        if not isinstance(other, Answers):
            return NotImplemented
        return self._given == other._given and self.checklist == other.checklist

    __hash__ = None  # type: ignore[assignment]

    def __iter__(self) -> Iterator[str]:
        return iter(self.checklist.item_by_id)

    def __len__(self) -> int:
        return len(self.checklist.item_by_id)

    @property
    def given(self) -> Mapping[str, Answer]:
        """The answers that were ever given, by item id."""
        return self._given

    def replaced(self, item_id: str, answer: Answer) -> Answers:
        """The answers with one of them changed."""
        item, category = self.checklist.item_by_id[item_id], self.checklist.category_index[item_id]
        tally = self.tally.moved(
            Standing.of(category, item, self._given.get(item_id, _OPEN)), Standing.of(category, item, answer)
        )
        return Answers(self.checklist, {**self._given, item_id: answer}, tally)
