"""What is asked for with a status: the words of each question, for a form as for a dialogue line by line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from signoff.domain.answer import Status
from signoff.domain.when import EXAMPLES


class Kind(StrEnum):
    """What can be said to a question."""

    TEXT = "text"
    NAME = "name"
    WHEN = "when"


@dataclass(frozen=True, slots=True)
class AskedField:
    """One question."""

    name: str
    """The field of the answer that it fills."""
    label: str
    """What is asked, in a word or two."""
    hint: str
    """What may be said."""
    kind: Kind = Kind.TEXT
    """How it is understood."""


_ASKED: Final = {
    Status.CONDITION: (
        AskedField("what", "Condition", "what has to be fulfilled, so that one can see it"),
        AskedField("owner", "Owner", "who fulfils it", Kind.NAME),
        AskedField("due", "Due", EXAMPLES, Kind.WHEN),
    ),
    Status.RISK: (
        AskedField("accepted_by", "Accepted by", "who takes the risk", Kind.NAME),
        AskedField("until", "Until", EXAMPLES, Kind.WHEN),
        AskedField("reason", "Reason", "why it can be taken"),
    ),
    Status.NA: (AskedField("reason", "Reason", "why it does not apply"),),
}


def asked_with(status: Status) -> tuple[AskedField, ...]:
    """What is asked for with a status; evidence and actions, of which there may be many, apart."""
    return _ASKED.get(status, ())
