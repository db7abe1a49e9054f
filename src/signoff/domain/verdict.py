"""What the decision would be if the meeting ended now, always with its reasons.

The reasons come in the order of their weight, so the first of them is the verdict. They are found lazily: the header
of every screen needs only the first, the report needs them all, and both ask the same code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from signoff.domain.answer import Answer, Status, missing
from signoff.domain.checklist import Item, Role
from signoff.domain.meeting import Choice, Verdict
from signoff.domain.roll_call import Count, count_votes, votes_without_a_name
from signoff.domain.rules import RuleResult, RuleState, evaluate_rules
from signoff.domain.session import Session


@dataclass(frozen=True, slots=True, repr=False)
class Reason:
    """One reason for a verdict."""

    verdict: Verdict
    """The best verdict that this reason leaves possible."""
    text: str
    """The reason as a short clause; may hold text that a user typed."""
    about: str
    """What it is about, as history names it: `answers.ITEM`, `rules.RULE` or `votes.ROLE`."""
    item: str = ""
    """The id of the item to go to; empty where there is none."""
    terms: str = ""
    """What a condition asks for; may hold text that a user typed."""

    @property
    def key(self) -> str:
        """What tells it from every other reason, however it is worded: a decision is bound to these."""
        return f"{self.verdict.value} {self.about}" + (f": {self.terms}" if self.terms else "")


def verdict_of(session: Session) -> Verdict:
    """What the decision would be if the meeting ended now."""
    first = next(reasons_for(session), None)
    return first.verdict if first else Verdict.GO


def reasons_for(session: Session) -> Iterator[Reason]:
    """The reasons for the verdict in the order of their weight; none for a clean GO."""
    yield from _failed_musts(session)
    results, votes = evaluate_rules(session), count_votes(session)
    yield from _no_go(results, votes)
    yield from _undecided(session, results, votes)
    yield from _conditional(session)


def _failed_musts(session: Session) -> Iterator[Reason]:
    if session.answers.tally.with_status(Status.FAIL, must=True):
        for item, _ in items_where(session, lambda item, answer: item.must and _failed(answer)):
            yield Reason(Verdict.NO_GO, f"must item failed: {item.text}", _answer_of(item), item.id)


def _no_go(results: tuple[RuleResult, ...], votes: Count) -> Iterator[Reason]:
    for result in results:
        if result.state is RuleState.BROKEN:
            yield _rule_reason(Verdict.NO_GO, "broken", result)
    if votes.is_refused:
        for role in votes.no_go:
            yield Reason(Verdict.NO_GO, f"{role.title} votes no-go", _vote_of(role))


def _undecided(session: Session, results: tuple[RuleResult, ...], votes: Count) -> Iterator[Reason]:
    yield from unfinished_items(session)
    for result in results:
        if result.state is RuleState.UNDECIDED:
            yield _rule_reason(Verdict.UNDECIDED, "undecided", result)
    for role in votes.uncalled:
        yield Reason(Verdict.UNDECIDED, f"{role.title} has not voted", _vote_of(role))
    # A majority does without those who are absent; where it is lacking, they are whom it lacks.
    if len(votes.go) < votes.needed:
        for role in votes.absent:
            yield Reason(Verdict.UNDECIDED, f"{role.title} is absent", _vote_of(role))
    for role in votes_without_a_name(session):
        yield Reason(Verdict.UNDECIDED, f"nobody is named for the vote of {role.title}", _vote_of(role))


def unfinished_items(session: Session) -> Iterator[Reason]:
    """The items that are open, to re-confirm or incomplete, each as the reason that it is for an UNDECIDED."""
    if session.answers.tally.unfinished:
        for item, answer in items_where(session, _is_unfinished):
            text = f"{_what_is_unfinished(item, answer)}: {item.text}"
            yield Reason(Verdict.UNDECIDED, text, _answer_of(item), item.id)


def _conditional(session: Session) -> Iterator[Reason]:
    tally = session.answers.tally
    if tally.with_status(Status.CONDITION):
        for item, answer in items_where(session, lambda _, answer: _is(answer, Status.CONDITION)):
            text = f"condition: {item.text}: {answer.what}"
            yield Reason(Verdict.CONDITIONAL, text, _answer_of(item), item.id, answer.what)
    if tally.with_status(Status.FAIL, must=False):
        for item, _ in items_where(session, lambda item, answer: not item.must and _failed(answer)):
            yield Reason(Verdict.CONDITIONAL, f"failed, with an action: {item.text}", _answer_of(item), item.id)
    for role in session.checklist.voting_roles:
        vote = session.vote_of(role.id)
        if vote.choice is Choice.GO_IF:
            text = f"{role.title} votes go if: {vote.comment}"
            yield Reason(Verdict.CONDITIONAL, text, _vote_of(role), terms=vote.comment)


def _rule_reason(verdict: Verdict, state: str, result: RuleResult) -> Reason:
    text = f"rule {state}: {result.title} ({result.reason})"
    return Reason(verdict, text, f"rules.{result.rule.id}", result.item)


def _answer_of(item: Item) -> str:
    return f"answers.{item.id}"


def _vote_of(role: Role) -> str:
    return f"votes.{role.id}"


def items_where(session: Session, holds: Callable[[Item, Answer], bool]) -> Iterator[tuple[Item, Answer]]:
    """The items, with their answers, for which something holds, in the order in which they are asked."""
    for item in session.checklist.items:
        answer = session.answers[item.id]
        if holds(item, answer):
            yield item, answer


def _is(answer: Answer, status: Status) -> bool:
    return answer.status is status and answer.is_settled


def _failed(answer: Answer) -> bool:
    return _is(answer, Status.FAIL)


def _is_unfinished(item: Item, answer: Answer) -> bool:
    return not answer.is_settled or bool(missing(item, answer))


def _what_is_unfinished(item: Item, answer: Answer) -> str:
    if answer.is_settled:
        return f"incomplete, without {' and '.join(missing(item, answer))}"
    if answer.carried and answer.status is not Status.OPEN:
        return "to re-confirm"
    return "parked" if answer.parked else "open"
