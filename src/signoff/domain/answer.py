"""What a session says about an item.

The six statuses are six different things: they are counted apart and nothing but a pass is ever shown as passed. An
answer may be kept before it has all that its status asks for, because a meeting moves on; it is then incomplete.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from signoff.domain.action import Action
from signoff.domain.checklist import Demand, Item
from signoff.domain.evidence import Evidence
from signoff.domain.when import When


class Status(StrEnum):
    """The six statuses, by the words that stand in a session file."""

    OPEN = "open"
    PASS = "pass"
    FAIL = "fail"
    CONDITION = "condition"
    RISK = "risk"
    NA = "na"

    @property
    def word(self) -> str:
        """The word that screens and reports show beside the box."""
        return _WORDS[self]

    @property
    def glyph(self) -> str:
        """The character in the box."""
        return _GLYPHS[self]

    @property
    def box(self) -> str:
        """The box, such as `[✓]`."""
        return f"[{_GLYPHS[self]}]"


_WORDS = {
    Status.OPEN: "OPEN",
    Status.PASS: "PASS",
    Status.FAIL: "FAIL",
    Status.CONDITION: "COND",
    Status.RISK: "RISK",
    Status.NA: "N/A",
}
_GLYPHS = {
    Status.OPEN: " ",
    Status.PASS: "✓",
    Status.FAIL: "✗",
    Status.CONDITION: "~",
    Status.RISK: "!",
    Status.NA: "-",
}

PARKED_BOX = "[»]"
"""The box of an open item that was asked and put off."""
CARRIED_BOX = "[↻]"
"""The box of an answer that was carried over and not yet re-confirmed."""


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """One answer. The last five fields are what some statuses ask for."""

    status: Status = Status.OPEN
    """What was said."""
    owner: str = ""
    """Who answers for the item; for a condition, who fulfils it. Empty while nobody does."""
    note: str = ""
    """Free text, lines separated by line feeds."""
    evidence: tuple[Evidence, ...] = ()
    """What backs the answer, in the order in which it was added."""
    actions: tuple[Action, ...] = ()
    """What is to be done after the meeting, in the order in which it was added."""
    parked: bool = False
    """Whether it was asked and put off."""
    carried: bool = False
    """Whether it comes from an earlier session and was not yet re-confirmed; it counts as open until then."""
    what: str = ""
    """Condition: what has to be fulfilled."""
    due: When | None = None
    """Condition: until when."""
    accepted_by: str = ""
    """Risk: who accepted it."""
    until: When | None = None
    """Risk: until when it is accepted."""
    reason: str = ""
    """Risk and N/A: why."""

    @property
    def is_settled(self) -> bool:
        """Whether a status was given and confirmed; it may still be incomplete."""
        return self.status is not Status.OPEN and not self.carried

    def lacks_of(self, evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
        """What of some evidence it does not have yet."""
        known = {entry.target for entry in self.evidence}
        return tuple(entry for entry in evidence if entry.target not in known)

    @property
    def box(self) -> str:
        """The box with its flag where one applies: carried over, or parked while open."""
        if self.carried and self.status is not Status.OPEN:
            return CARRIED_BOX
        if self.parked and self.status is Status.OPEN:
            return PARKED_BOX
        return self.status.box

    @property
    def word(self) -> str:
        """The word beside the box; in lower case while it is to be re-confirmed."""
        carried = self.carried and self.status is not Status.OPEN
        return self.status.word.lower() if carried else self.status.word


ASKED_FIELDS = ("what", "due", "accepted_by", "until", "reason")
"""The fields of an answer that only some statuses have; a change of the status empties the others."""

_KEPT_FIELDS: dict[Status, frozenset[str]] = {
    Status.CONDITION: frozenset({"what", "due"}),
    Status.RISK: frozenset({"accepted_by", "until", "reason"}),
    Status.NA: frozenset({"reason"}),
}


def fields_kept_by(status: Status) -> frozenset[str]:
    """Which of `ASKED_FIELDS` a status has."""
    return _KEPT_FIELDS.get(status, frozenset())


def missing(item: Item, answer: Answer) -> tuple[str, ...]:
    """What an answer must also have and does not.

    Args:
        item: The item that is answered.
        answer: What is said about it.

    Returns:
        The words for what is missing, in the order in which it is asked; empty for a complete or an open answer.
    """
    match answer.status:
        case Status.PASS:
            needs_evidence = item.evidence is Demand.REQUIRED and not any(e.is_backing for e in answer.evidence)
            return ("evidence",) if needs_evidence else ()
        case Status.FAIL:
            return () if item.must or answer.actions else ("an action",)
        case Status.CONDITION:
            wanted = {"a condition": answer.what, "an owner": answer.owner, "a due date": answer.due}
        case Status.RISK:
            wanted = {"who accepts it": answer.accepted_by, "until when": answer.until, "a reason": answer.reason}
        case Status.NA:
            wanted = {"a reason": answer.reason}
        case Status.OPEN:
            return ()
    return tuple(word for word, value in wanted.items() if not value or not str(value).strip())
