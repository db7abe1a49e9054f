"""How a status looks: always a box and a word, colour only adds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from signoff.domain.answer import Answer, Status
from signoff.domain.meeting import Choice, Verdict
from signoff.domain.rules import RuleState

Said = Verdict | Choice | RuleState
"""What looks like a status without being one."""

_STYLED: Final = (Status.FAIL, Status.CONDITION, Status.RISK)
"""The statuses that differ from the others by more than their colour."""

STATUS_CLASSES: Final = {f"status--{status.value}" for status in Status}
"""The component classes of the statuses, for the widgets that show them."""


def status_class(status: Status) -> str:
    """The component class of a status."""
    return f"status--{status.value}"


def status_style(status: Status) -> str:
    """The style of a status in content."""
    color = status_color(status)
    return f"{color} {color}-style" if status in _STYLED else color


def status_color(status: Status) -> str:
    """The colour of a status in content: for a whole line, which to underline or to reverse would be too much."""
    return f"$status-{status.value}"


def answer_look(answer: Answer) -> Status:
    """The status whose colour an answer wears: one that is to be re-confirmed wears that of an open one."""
    return Status.OPEN if answer.carried else answer.status


_LOOKS: Final[Mapping[Said, Status]] = {
    Verdict.GO: Status.PASS,
    Verdict.CONDITIONAL: Status.CONDITION,
    Verdict.NO_GO: Status.FAIL,
    Verdict.UNDECIDED: Status.OPEN,
    Choice.GO: Status.PASS,
    Choice.GO_IF: Status.CONDITION,
    Choice.NO_GO: Status.FAIL,
    Choice.ABSENT: Status.NA,
    Choice.NONE: Status.OPEN,
    RuleState.MET: Status.PASS,
    RuleState.BROKEN: Status.FAIL,
    RuleState.OVERRIDDEN: Status.RISK,
    RuleState.UNDECIDED: Status.OPEN,
}


def look_of(said: Said) -> Status:
    """The status whose box and colour a verdict, a decision, a vote or a rule wears."""
    return _LOOKS[said]
