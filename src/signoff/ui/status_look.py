"""How a status looks: always a box and a word, colour only adds."""

from __future__ import annotations

from typing import Final

from signoff.domain.answer import Answer, Status
from signoff.domain.meeting import Choice, Verdict
from signoff.domain.rules import RuleState

STATUS_CLASSES: Final = {f"status--{status.value}" for status in Status}
"""The component classes of the statuses, for the widgets that show them."""


def status_class(status: Status) -> str:
    """The component class of a status."""
    return f"status--{status.value}"


def status_style(status: Status) -> str:
    """The style of a status in content."""
    weight = {Status.FAIL: " bold", Status.CONDITION: " bold", Status.RISK: " underline"}.get(status, "")
    return f"$status-{status.value}{weight}"


def answer_look(answer: Answer) -> Status:
    """The status whose colour an answer wears: one that is to be re-confirmed wears that of an open one."""
    return Status.OPEN if answer.carried else answer.status


def verdict_look(verdict: Verdict) -> Status:
    """The status whose colour a verdict or a decision wears."""
    return {
        Verdict.GO: Status.PASS,
        Verdict.CONDITIONAL: Status.CONDITION,
        Verdict.NO_GO: Status.FAIL,
        Verdict.UNDECIDED: Status.OPEN,
    }[verdict]


def choice_look(choice: Choice) -> Status:
    """The status whose box and colour a vote wears."""
    return {
        Choice.NONE: Status.OPEN,
        Choice.GO: Status.PASS,
        Choice.NO_GO: Status.FAIL,
        Choice.GO_IF: Status.CONDITION,
        Choice.ABSENT: Status.NA,
    }[choice]


def rule_look(state: RuleState) -> Status:
    """The status whose box and colour a rule wears."""
    return {
        RuleState.MET: Status.PASS,
        RuleState.BROKEN: Status.FAIL,
        RuleState.UNDECIDED: Status.OPEN,
        RuleState.OVERRIDDEN: Status.RISK,
    }[state]
