"""What was decided, beside what the program says: where they differ, both are to be seen."""

from __future__ import annotations

from collections import Counter
from typing import Final

from signoff.domain.deciding import is_decided, stale_words
from signoff.domain.meeting import Verdict
from signoff.domain.session import Session
from signoff.domain.verdict import reasons_for, verdict_of
from signoff.report.escape import inline
from signoff.report.layout import fact, told
from signoff.report.times import shown_when

_WORDS: Final = {
    Verdict.NO_GO: ("blocker", "blockers"),
    Verdict.UNDECIDED: ("thing undecided", "things undecided"),
    Verdict.CONDITIONAL: ("condition", "conditions"),
}


def outcome(session: Session) -> str:
    """The last word of the heading: the decision or, where none was taken, `would be` and the verdict."""
    decision = session.decision
    if not decision.is_taken:
        return f"would be {verdict_of(session).value}"
    return decision.choice.value if is_decided(session) else f"{decision.choice.value}, to be decided again"


def decision_lines(session: Session) -> list[str]:
    """The decision with its reason, and the program's verdict then and now."""
    decision, verdict = session.decision, _verdict_with_weight(session)
    if not decision.is_taken:
        return [
            "**Nothing is decided.**",
            "",
            f"- The program's verdict, if the meeting ended with revision {session.revision}: {verdict}",
        ]
    return [
        f"**{decision.choice.value}**{_beside_the_verdict(session)}",
        "",
        *fact("Decided by", inline(decision.by)),
        *fact("Decided at", shown_when(decision.at)),
        *told("Why", decision.reason),
        f"- The program's verdict when this was decided: {decision.verdict.value}",
        f"- The program's verdict on this revision, {session.revision}: {verdict}",
        *told("Since then, so that it has to be decided again before it is signed", stale_words(session)),
        *fact("Meet again", shown_when(decision.meet_again)),
    ]


def _beside_the_verdict(session: Session) -> str:
    decision, now = session.decision, verdict_of(session)
    if decision.choice.is_better_than(decision.verdict) or decision.choice.is_better_than(now):
        return ", which goes further than the program's verdict."
    if decision.choice != now:
        return ", which is stricter than the program's verdict."
    return ", the same as the program's verdict."


def _verdict_with_weight(session: Session) -> str:
    reasons = Counter(reason.verdict for reason in reasons_for(session))
    counted = [f"{n} {_WORDS[verdict][n != 1]}" for verdict, n in reasons.items()]
    verdict = verdict_of(session).value
    return f"{verdict} ({', '.join(counted)}, listed below)" if counted else verdict
