"""Taking a decision, whether it may be taken, and whether it still holds.

A decision is bound to what was known when it was taken. Whatever gets worse afterwards was not part of it, so it has to
be taken again before anybody signs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sized
from dataclasses import replace
from datetime import datetime

from signoff.domain.answer import Answer, missing
from signoff.domain.checklist import Item
from signoff.domain.meeting import Decision, Verdict
from signoff.domain.roll_call import votes_without_a_name
from signoff.domain.session import Session
from signoff.domain.verdict import Reason, items_where, reasons_for, verdict_of


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


def decide(session: Session, decision: Decision, *, now: datetime, by: str) -> Session:
    """Record a decision, bound to the verdict and to the reasons that are known now.

    Args:
        session: The session.
        decision: The decision; its verdict and its reasons are filled in here.
        now: The aware present.
        by: Who runs the program.

    Raises:
        SessionError: When the session is signed.
    """
    taken = replace(decision, verdict=verdict_of(session), reasons=())
    if taken.lets_go:
        # Some rules look at whether the release goes, so the reasons are those that there are with the decision.
        reasons = reasons_for(replace(session, decision=taken))
        taken = replace(taken, reasons=tuple(reason.key for reason in reasons))
    return session.edited({"decision": taken}, now=now, by=by)


def worse_since_decided(session: Session) -> Iterator[Reason]:
    """What has got worse since the release was let go, the weightiest first; nothing while the decision holds.

    A reason that was known then is not news, and neither is one that weighs less than what was known of the same thing.
    """
    if not session.decision.lets_go:
        return
    known = frozenset(session.decision.reasons)
    for reason in reasons_for(session):
        heavier = (verdict for verdict in Verdict if reason.verdict.is_better_than(verdict))
        if reason.key not in known and not any(f"{verdict.value} {reason.about}" in known for verdict in heavier):
            yield reason


def is_decided(session: Session) -> bool:
    """Whether a decision is taken and still holds."""
    return session.decision.is_taken and next(worse_since_decided(session), None) is None


def stale_words(session: Session) -> str:
    """What has got worse since the decision, as a clause; empty while it holds. May hold text that a user typed."""
    worse = list(worse_since_decided(session))
    return f"{worse[0].text}{_more(worse)}" if worse else ""


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
    if since := stale_words(session):
        taken = f"{decision.choice.value} was decided at r{session.decided_at_revision}"
        return f"Decide again: {taken}; since then {since}."
    if needs_reason(session, decision.choice) and not decision.reason.strip():
        rules = verdict_of(session).value
        return f"{decision.choice.value} was decided without a reason, and the rules say {rules} now: decide again."
    return ""
