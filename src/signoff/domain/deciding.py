"""Whether a decision may be taken, said before anybody tries to."""

from __future__ import annotations

from collections.abc import Sized

from signoff.domain.answer import Answer, missing
from signoff.domain.checklist import Item
from signoff.domain.meeting import Decision, Verdict
from signoff.domain.roll_call import votes_without_a_name
from signoff.domain.session import Session
from signoff.domain.verdict import items_where, verdict_of


def incomplete_items(session: Session) -> tuple[tuple[Item, Answer], ...]:
    """The items whose answer lacks something that its status asks for."""
    if not session.answers.tally.incomplete():
        return ()
    return tuple(items_where(session, lambda item, answer: answer.is_settled and bool(missing(item, answer))))


def obstacle_to(session: Session, choice: Verdict) -> str:
    """What stands in the way of a decision, as one sentence; empty when nothing does.

    A no-go is never held up: a meeting that has found its reason to stop may stop.
    """
    if session.is_signed:
        return "This session is signed; reopen it to decide again."
    if choice is Verdict.NO_GO:
        return ""
    if incomplete := incomplete_items(session):
        item, answer = incomplete[0]
        lacking = f"{item.text} needs {' and '.join(missing(item, answer))}"
        return f"Incomplete: {lacking}{_more(incomplete)}. Complete it, then decide."
    if nameless := votes_without_a_name(session):
        return (
            f"Incomplete: the vote of {nameless[0].title} needs a name{_more(nameless)}. Name who spoke, then decide."
        )
    return ""


def _more(found: Sized) -> str:
    return f", and {len(found) - 1} more" if len(found) > 1 else ""


def needs_reason(session: Session, choice: Verdict) -> bool:
    """Whether a decision is better than the verdict, so that the report has to say why."""
    return choice.is_better_than(verdict_of(session))


def obstacle_to_signing(session: Session) -> str:
    """What stands in the way of signing, as one sentence; empty when nothing does."""
    decision: Decision = session.decision
    if session.is_signed:
        return "This revision is signed already."
    if not decision.is_taken:
        return "Nothing is decided yet."
    incomplete = obstacle_to(session, decision.choice)
    if incomplete:
        return incomplete
    if needs_reason(session, decision.choice) and not decision.reason.strip():
        rules = verdict_of(session).value
        return f"{decision.choice.value} was decided without a reason, and the rules say {rules} now: decide again."
    return ""
