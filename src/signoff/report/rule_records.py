"""The critical rules for the report: an override never hides how the rule stood without it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from signoff.domain.meeting import Override
from signoff.domain.rules import RuleResult, RuleState, evaluate_rules
from signoff.domain.session import Session


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """One rule, with what it would be had nobody taken it upon themselves."""

    result: RuleResult
    """How the rule stands."""
    plain: RuleResult
    """How it stands without its override; the same where there is none."""
    override: Override | None
    """Who took it upon themselves, and why; None where the rule is not overridden."""


def rule_records(session: Session) -> tuple[RuleRecord, ...]:
    """All rules in the checklist's order."""
    without = evaluate_rules(replace(session, overrides={}))
    return tuple(
        RuleRecord(
            result,
            plain,
            session.override_of(result.rule.id) if result.state is RuleState.OVERRIDDEN else None,
        )
        for result, plain in zip(evaluate_rules(session), without, strict=True)
    )
