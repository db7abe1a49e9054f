"""An item as it is read out: one fact a line, the most telling first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from signoff.domain.answer import Answer, missing
from signoff.domain.checklist import Item
from signoff.domain.item_words import asked_words, flag_words, said_words
from signoff.domain.session import Session

_ROOM: Final = 120
"""How many characters of a link are read out; the middle of a longer one says least."""


def item_lines(session: Session, item: Item) -> Iterator[str]:
    """Everything that is read out of an item."""
    checklist = session.checklist
    category = checklist.categories[checklist.category_index[item.id]]
    position = checklist.position_by_id[item.id] + 1
    yield f"Item {position} of {len(checklist.items)}, {category.title}{', must' if item.must else ''}"
    yield item.text
    if item.verify:
        yield f"Check: {item.verify}"
    asked = asked_words(session, item)
    if asked:
        yield f"Asked: {asked}"
    yield from answer_lines(item, session.answers[item.id])


def answer_lines(item: Item, answer: Answer) -> Iterator[str]:
    """What is said about an item so far."""
    yield f"Answer: {answer.word}"
    if answer.owner:
        yield f"Owner: {answer.owner}"
    for label, text in said_words(item, answer, _ROOM):
        for line in text.split("\n") if text else ():
            yield f"{label}: {line}"
    flags = flag_words(item, answer)
    if flags:
        yield flags


def outcome_line(item: Item, answer: Answer) -> str:
    """What an answer came to."""
    lacking = missing(item, answer)
    if lacking:
        return f"{answer.status.word}, incomplete: needs {' and '.join(lacking)}."
    return f"{answer.status.word}."
