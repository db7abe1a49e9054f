"""The critical rules, evaluated: nobody is asked to tick what the program can know.

A rule about the end of the meeting (complete, nothing skipped, a watcher) is undecided while the meeting lasts. It
is broken once somebody lets the release go all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from signoff.domain.answer import Answer, Status, missing
from signoff.domain.checklist import CheckKind, Role, Rule
from signoff.domain.roll_call import count_votes
from signoff.domain.session import Session
from signoff.domain.when import is_past, when_text

_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class RuleState(StrEnum):
    """How a rule stands."""

    MET = "met"
    BROKEN = "broken"
    UNDECIDED = "undecided"
    OVERRIDDEN = "overridden"

    @property
    def holds_back(self) -> bool:
        """Whether the release has to wait for it."""
        return self in (RuleState.BROKEN, RuleState.UNDECIDED)


@dataclass(frozen=True, slots=True, repr=False)
class RuleResult:
    """One rule with how it stands and why."""

    rule: Rule
    """The rule."""
    state: RuleState
    """How it stands; OVERRIDDEN where it would hold the release back and somebody took it upon themselves."""
    reason: str
    """Why, as a short clause; may hold text that a user typed."""
    item: str = ""
    """The id of the item to go to; empty where there is none."""

    @property
    def title(self) -> str:
        """The rule with its "Always" or "Never"."""
        return f"{self.rule.kind.value.capitalize()}: {self.rule.text}"


def evaluate_rules(session: Session) -> tuple[RuleResult, ...]:
    """How each of the session's rules stands, in the checklist's order."""
    return tuple(evaluate_rule(session, rule) for rule in session.checklist.rules)


def evaluate_rule(session: Session, rule: Rule) -> RuleResult:
    """How one rule stands."""
    result = _CHECKS[rule.check](session, rule)
    override = session.override_of(rule.id)
    if result.state.holds_back and override.is_given:
        reason = f"{override.by}: {override.reason} ({result.reason})"
        return RuleResult(rule, RuleState.OVERRIDDEN, reason, result.item)
    return result


def environment_looked_at(session: Session, item_id: str) -> str:
    """The environment that a rule does not take for enough as the source of an item's evidence; empty for none."""
    category = session.checklist.categories[session.checklist.category_index[item_id]].id
    kind = CheckKind.EVIDENCE_NOT_ONLY_FROM
    rules = (rule for rule in session.checklist.rules if rule.check is kind and rule.category in ("", category))
    return next((rule.environment for rule in rules), "")


def _until_decided(session: Session) -> RuleState:
    return RuleState.BROKEN if session.decision.lets_go else RuleState.UNDECIDED


def _checklist_complete(session: Session, rule: Rule) -> RuleResult:
    tally = session.answers.tally
    parts = {"open": tally.open, "to re-confirm": tally.to_reconfirm, "incomplete": tally.incomplete()}
    lacking = ", ".join(f"{count} {word}" for word, count in parts.items() if count)
    if lacking:
        return RuleResult(rule, _until_decided(session), lacking)
    return RuleResult(rule, RuleState.MET, f"all {tally.total()} answered")


def _required_roles_voted(session: Session, rule: Rule) -> RuleResult:
    count = count_votes(session)
    if count.is_refused:
        return RuleResult(rule, RuleState.BROKEN, f"no-go from {_titles(count.no_go)}")
    parts = [
        f"{len(count.go)} of {count.total}",
        f"no-go from {_titles(count.no_go)}" if count.no_go else "",
        f"without {_titles(count.uncalled + count.absent)}" if count.uncalled or count.absent else "",
        f"nobody is named for {_titles(count.nameless)}" if count.nameless else "",
        f"{count.needed} needed" if count.needed < count.total else "",
    ]
    state = RuleState.MET if count.is_agreed else _until_decided(session)
    return RuleResult(rule, state, ", ".join(part for part in parts if part))


def _titles(roles: tuple[Role, ...]) -> str:
    return ", ".join(role.title for role in roles)


def _item_passes(session: Session, rule: Rule) -> RuleResult:
    item = session.checklist.item_by_id[rule.item]
    answer = session.answers[rule.item]
    if not answer.is_settled:
        state = "to re-confirm" if answer.carried else "open"
        return RuleResult(rule, _until_decided(session), f'"{item.text}" is {state}', item.id)
    if answer.status is not Status.PASS:
        return RuleResult(rule, RuleState.BROKEN, f'"{item.text}" is {answer.status.word}', item.id)
    if missing(item, answer) or (rule.evidence and not answer.evidence):
        return RuleResult(rule, _until_decided(session), f'"{item.text}" has no evidence', item.id)
    return RuleResult(rule, RuleState.MET, f'"{item.text}" is PASS', item.id)


def _watcher_named(session: Session, rule: Rule) -> RuleResult:
    watch, window = session.watch, session.release.window
    if not watch.watcher or watch.until is None:
        lacking = "until when" if watch.watcher else "nobody is named"
        return RuleResult(rule, _until_decided(session), lacking)
    if window and is_past(watch.until, window.end):
        return RuleResult(rule, RuleState.BROKEN, f"{watch.watcher}'s watch ends before the window does")
    return RuleResult(rule, RuleState.MET, f"{watch.watcher} until {when_text(watch.until)}")


def _nothing_skipped(session: Session, rule: Rule) -> RuleResult:
    tally = session.answers.tally
    unreasoned = tally.incomplete(status=Status.NA)
    unasked = tally.open + tally.to_reconfirm
    if unreasoned:
        return RuleResult(rule, _until_decided(session), f"{unreasoned} N/A without a reason")
    if unasked:
        return RuleResult(rule, _until_decided(session), f"{unasked} open")
    return RuleResult(rule, RuleState.MET, "nothing skipped")


def _evidence_not_only_from(session: Session, rule: Rule) -> RuleResult:
    categories, answers = session.checklist.categories, session.answers
    asked = [index for index, category in enumerate(categories) if rule.category in ("", category.id)]
    items = [item for index in asked for item in categories[index].items]
    for item in items:
        answer = answers.given.get(item.id)
        if answer and _rests_on(answer, rule.environment):
            reason = f'"{item.text}" has evidence from {rule.environment} only'
            return RuleResult(rule, RuleState.BROKEN, reason, item.id)
    waiting = sum(answers.tally.total(index) - answers.tally.answered(index) for index in asked)
    if waiting:
        first = next(item for item in items if not answers[item.id].is_settled)
        return RuleResult(rule, _until_decided(session), f"{waiting} still open", first.id)
    return RuleResult(rule, RuleState.MET, f"no pass rests on {rule.environment} alone")


def _rests_on(answer: Answer, environment: str) -> bool:
    if answer.status is not Status.PASS or not answer.is_settled or not answer.evidence:
        return False
    environments = {entry.environment.strip().lower() for entry in answer.evidence}
    return environments == {environment.strip().lower()}


def _window_outside(session: Session, rule: Rule) -> RuleResult:
    window = session.release.window
    if window is None:
        return RuleResult(rule, _until_decided(session), "the release has no window")
    weekday = rule.weekday or 0
    if window.touches(weekday, rule.start, rule.end):
        until = f"{rule.end:%H:%M}" if rule.end else "24:00"
        return RuleResult(
            rule, RuleState.BROKEN, f"{window.text} touches {_WEEKDAYS[weekday]} {rule.start:%H:%M}-{until}"
        )
    return RuleResult(rule, RuleState.MET, window.text)


_CHECKS: Final[dict[CheckKind, Callable[[Session, Rule], RuleResult]]] = {
    CheckKind.CHECKLIST_COMPLETE: _checklist_complete,
    CheckKind.REQUIRED_ROLES_VOTED: _required_roles_voted,
    CheckKind.ITEM_PASSES: _item_passes,
    CheckKind.WATCHER_NAMED: _watcher_named,
    CheckKind.NOTHING_SKIPPED: _nothing_skipped,
    CheckKind.EVIDENCE_NOT_ONLY_FROM: _evidence_not_only_from,
    CheckKind.WINDOW_OUTSIDE: _window_outside,
}
