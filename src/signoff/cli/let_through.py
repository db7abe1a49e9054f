"""What a report that passed the gate has in it that a plain GO has not: said, so that nobody is let through unseen."""

from __future__ import annotations

from typing import Any

from signoff.cli.report_words import say_fact
from signoff.domain.when import when_text
from signoff.report.facts import ReportFacts
from signoff.report.times import data_when
from signoff.workflow.gate_report import overruled_words


def say_let_through(facts: ReportFacts) -> None:
    """One line for each thing."""
    if facts.overruled:
        say_fact("overruled", overruled_words(facts))
    for condition in facts.conditions:
        say_fact("condition", f"{condition.text}, {condition.by}, due {when_text(condition.until)}")
    for point in _other_open_points(facts):
        say_fact("open", point)
    for rule in facts.overridden:
        say_fact("override", f"{rule.rule}, by {rule.by}: {rule.reason}")
    for risk in facts.risks:
        say_fact("risk", f"{risk.text}, until {when_text(risk.until)}, accepted by {risk.by}")


def let_through_object(facts: ReportFacts) -> dict[str, Any]:
    """The same for machines."""
    overruled = {"verdict": facts.verdict, "reasons": list(facts.overruled)}
    return {
        "overruled": overruled if facts.overruled else None,
        "conditions": [
            {"text": condition.text, "owner": condition.by, "due": data_when(condition.until)}
            for condition in facts.conditions
        ],
        "open_points": _other_open_points(facts),
        "overrides": [{"rule": rule.rule, "by": rule.by, "reason": rule.reason} for rule in facts.overridden],
        "risks": [{"text": risk.text, "accepted_by": risk.by, "until": data_when(risk.until)} for risk in facts.risks],
    }


def _other_open_points(facts: ReportFacts) -> list[str]:
    """What else is open than the conditions: failed items with an action, votes with an if."""
    conditions = {condition.item for condition in facts.conditions}
    return [point.text for point in facts.open_points if point.item not in conditions]
