"""The eight rules of the checklist: when each is met, broken, undecided, or taken upon somebody."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from meeting import (
    BY,
    COMPLETE,
    LINK,
    NOW,
    STAGING,
    a_ready_session,
    a_session,
    a_window,
    answered,
    decided,
    the_built_in_checklist,
    voted,
)
from signoff.domain.answer import Status
from signoff.domain.checklist import CheckKind, Rule, RuleKind
from signoff.domain.evidence import Evidence
from signoff.domain.meeting import Choice, Override, Verdict, Watch
from signoff.domain.release import Release
from signoff.domain.rules import RuleResult, RuleState, evaluate_rule, evaluate_rules
from signoff.domain.session import Session

MET, BROKEN, UNDECIDED = RuleState.MET, RuleState.BROKEN, RuleState.UNDECIDED
Edit = Callable[[Session], Session]


def result(session: Session, rule_id: str) -> RuleResult:
    return next(result for result in evaluate_rules(session) if result.rule.id == rule_id)


def answer(item: str, status: Status, **fields: object) -> Edit:
    return lambda session: answered(session, item, status, **fields)


def watched(who: str, hours: float | None) -> Edit:
    watch = Watch(who, None if hours is None else NOW + timedelta(hours=hours))
    return lambda session: session.set_watch(watch, now=NOW, by=BY)


def windowed(days: int) -> Edit:
    release = Release("payments", "4.12.0", window=a_window(NOW + timedelta(days=days)))
    return lambda session: session.describe(release, now=NOW, by=BY)


def unscheduled(session: Session) -> Session:
    return session.describe(Release("payments", "4.12.0"), now=NOW, by=BY)


PROD = Evidence("https://ci.example/prod", environment="prod")

CASES: list[tuple[str, list[Edit], RuleState, str]] = [
    ("complete", [], MET, "all 5 answered"),
    ("complete", [answer("vault", Status.OPEN)], UNDECIDED, "1 open"),
    ("complete", [lambda s: answered(s, "vault", carried=True)], UNDECIDED, "1 to re-confirm"),
    ("complete", [answer("vault", Status.NA)], UNDECIDED, "1 incomplete"),
    ("complete", [answer("vault", Status.OPEN), answer("scan", Status.RISK)], UNDECIDED, "1 open, 1 incomplete"),
    ("complete", [answer("vault", Status.OPEN), decided], BROKEN, "1 open"),
    ("team-sign-off", [], MET, "2 of 2"),
    ("team-sign-off", [lambda s: voted(s, "qa", Choice.GO_IF)], MET, "2 of 2"),
    ("team-sign-off", [lambda s: voted(s, "qa", Choice.NONE)], UNDECIDED, "1 of 2, without QA"),
    ("team-sign-off", [lambda s: voted(s, "qa", Choice.ABSENT)], UNDECIDED, "1 of 2, without QA"),
    ("team-sign-off", [lambda s: voted(s, "qa", Choice.ABSENT), decided], BROKEN, "1 of 2, without QA"),
    ("team-sign-off", [lambda s: voted(s, "qa", Choice.NO_GO)], BROKEN, "no-go from QA"),
    ("tested", [], MET, '"Rollback tested" is PASS'),
    ("tested", [answer("rollback-tested", Status.OPEN)], UNDECIDED, '"Rollback tested" is open'),
    ("tested", [lambda s: answered(s, "rollback-tested", carried=True)], UNDECIDED, '"Rollback tested" is to re-con'),
    ("tested", [lambda s: answered(s, "rollback-tested", evidence=())], UNDECIDED, '"Rollback tested" has no evidence'),
    ("tested", [answer("rollback-tested", Status.FAIL)], BROKEN, '"Rollback tested" is FAIL'),
    ("tested", [answer("rollback-tested", Status.NA, reason="x")], BROKEN, '"Rollback tested" is N/A'),
    ("tested", [answer("rollback-tested", Status.RISK, **COMPLETE[Status.RISK])], BROKEN, '"Rollback tested" is RISK'),
    ("tested", [answer("rollback-tested", Status.OPEN), decided], BROKEN, '"Rollback tested" is open'),
    ("watch", [], MET, "ana until 2026-11-28 14:00 UTC"),
    ("watch", [watched("", None)], UNDECIDED, "nobody is named"),
    ("watch", [watched("", 8)], UNDECIDED, "nobody is named"),
    ("watch", [watched("ana", None)], UNDECIDED, "until when"),
    ("watch", [watched("", None), decided], BROKEN, "nobody is named"),
    ("watch", [watched("ana", 2)], BROKEN, "ana's watch ends before the window does"),
    ("watch", [watched("ana", 3)], MET, "ana until"),  # the window ends at 17:00, three hours from now
    ("watch", [unscheduled, watched("ana", 2)], MET, "ana until"),
    ("skipped", [], MET, "nothing skipped"),
    ("skipped", [answer("vault", Status.NA, reason="no secrets")], MET, "nothing skipped"),
    ("skipped", [answer("vault", Status.NA)], UNDECIDED, "1 N/A without a reason"),
    ("skipped", [answer("vault", Status.OPEN)], UNDECIDED, "1 open"),
    ("skipped", [answer("vault", Status.NA), decided], BROKEN, "1 N/A without a reason"),
    ("plan", [], MET, '"Rollback plan documented" is PASS'),
    ("plan", [lambda s: answered(s, "rollback-plan", evidence=())], UNDECIDED, '"Rollback plan documented" has no ev'),
    ("plan", [lambda s: answered(s, "rollback-plan", evidence=()), decided], BROKEN, '"Rollback plan documented" has'),
    ("plan", [answer("rollback-plan", Status.FAIL)], BROKEN, '"Rollback plan documented" is FAIL'),
    ("staging", [], MET, "no pass rests on staging alone"),
    ("staging", [lambda s: answered(s, "coverage", evidence=(STAGING,))], BROKEN, '"Coverage meets its threshold" has'),
    ("staging", [lambda s: answered(s, "coverage", evidence=(STAGING, PROD))], MET, "no pass"),
    ("staging", [lambda s: answered(s, "coverage", evidence=(STAGING, LINK))], MET, "no pass"),
    ("staging", [lambda s: answered(s, "coverage", evidence=())], MET, "no pass"),
    ("staging", [lambda s: answered(s, "vault", evidence=(STAGING,))], MET, "no pass"),  # another category
    ("staging", [answer("coverage", Status.FAIL, evidence=(STAGING,))], MET, "no pass"),  # it did not pass
    (
        "staging",
        [lambda s: answered(s, "coverage", evidence=(Evidence("x", environment=" Staging "),))],
        BROKEN,
        '"Cov',
    ),
    ("staging", [answer("coverage", Status.OPEN)], UNDECIDED, "1 still open"),
    ("friday", [], MET, "Thu 26 Nov 15:00-17:00 UTC"),
    ("friday", [windowed(1)], BROKEN, "Fri 27 Nov 14:00-16:00 UTC touches Friday 12:00-24:00"),
    ("friday", [unscheduled], UNDECIDED, "the release has no window"),
    ("friday", [unscheduled, decided], BROKEN, "the release has no window"),
]


@pytest.mark.parametrize(("rule", "edits", "state", "reason"), CASES)
def test_a_rule_stands_as_the_session_says(rule: str, edits: list[Edit], state: RuleState, reason: str) -> None:
    session = a_ready_session()
    for edit in edits:
        session = edit(session)

    found = result(session, rule)
    assert found.state is state
    assert found.reason.startswith(reason)


@pytest.mark.parametrize("rule", ["complete", "team-sign-off", "tested", "watch", "skipped", "plan", "friday"])
def test_a_rule_about_the_end_is_undecided_until_somebody_lets_the_release_go(rule: str) -> None:
    session = a_session()

    assert result(session, rule).state is UNDECIDED
    assert result(decided(session, Verdict.NO_GO), rule).state is UNDECIDED
    assert result(decided(session, Verdict.CONDITIONAL), rule).state is BROKEN
    assert result(decided(session, Verdict.GO), rule).state is BROKEN


@pytest.mark.parametrize(
    "rule", ["complete", "team-sign-off", "tested", "watch", "skipped", "plan", "staging", "friday"]
)
def test_somebody_can_take_any_rule_upon_themselves(rule: str) -> None:
    before = result(a_session(), rule)
    session = a_session().override(rule, Override("the CTO", "a hotfix"), now=NOW, by=BY)

    after = result(session, rule)
    assert before.state.holds_back
    assert after.state is RuleState.OVERRIDDEN
    assert not after.state.holds_back
    assert after.reason == f"the CTO: a hotfix ({before.reason})"
    assert after.item == before.item


def test_an_override_changes_nothing_about_a_rule_that_is_met() -> None:
    session = a_ready_session().override("watch", Override("the CTO", "a hotfix"), now=NOW, by=BY)

    assert result(session, "watch").state is MET


@pytest.mark.parametrize("override", [Override(), Override(by="the CTO"), Override(reason="a hotfix")])
def test_an_override_without_a_name_and_a_reason_counts_for_nothing(override: Override) -> None:
    session = a_session().override("watch", override, now=NOW, by=BY)

    assert result(session, "watch").state is UNDECIDED


def test_a_rule_names_the_item_to_go_to() -> None:
    session = answered(a_ready_session(), "coverage", evidence=(STAGING,))

    assert result(session, "staging").item == "coverage"
    assert result(a_session(), "staging").item == "coverage"
    assert result(a_session(), "plan").item == "rollback-plan"
    assert result(a_session(), "watch").item == ""


def test_a_rule_without_a_category_looks_at_all_of_them() -> None:
    everywhere = Rule("x", RuleKind.NEVER, "x", CheckKind.EVIDENCE_NOT_ONLY_FROM, environment="staging")
    session = answered(a_ready_session(), "vault", evidence=(STAGING,))

    assert evaluate_rule(session, everywhere).item == "vault"


def test_a_title_reads_as_the_rule_is_said() -> None:
    titles = [result.title for result in evaluate_rules(a_session(the_built_in_checklist()))]

    assert titles[0] == "Always: Complete this checklist before production deploy"
    assert titles[-1] == "Never: Deploy on Friday afternoon"


def test_a_day_is_watched_until_its_end() -> None:
    session = a_ready_session().set_watch(Watch("ana", NOW.date()), now=NOW, by=BY)

    assert result(session, "watch").state is MET
