"""What the decision would be if the meeting ended now, with its reasons in the order of their weight."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    voted,
)
from signoff.domain.action import Action
from signoff.domain.answer import Status
from signoff.domain.meeting import Choice, Override, Verdict, Watch
from signoff.domain.release import Release
from signoff.domain.session import Session
from signoff.domain.verdict import reasons_for, verdict_of

Edit = Callable[[Session], Session]


def on_friday(session: Session) -> Session:
    release = Release("payments", "4.12.0", window=a_window(NOW + timedelta(days=1)))
    return session.describe(release, now=NOW, by=BY)


def unwatched(session: Session) -> Session:
    return session.set_watch(Watch(), now=NOW, by=BY)


def overridden(rule: str) -> Edit:
    return lambda session: session.override(rule, Override("the CTO", "a hotfix"), now=NOW, by=BY)


def given_answer(item: str, status: Status, **fields: object) -> Edit:
    return lambda session: answered(session, item, status, **fields)


def given_vote(role: str, choice: Choice, comment: str = "") -> Edit:
    return lambda session: voted(session, role, choice, comment)


def carried(item: str) -> Edit:
    return lambda session: answered(session, item, carried=True)


CASES: list[tuple[str, list[Edit], Verdict, str]] = [
    ("nothing against it", [], Verdict.GO, ""),
    ("a must failed", [given_answer("vault", Status.FAIL)], Verdict.NO_GO, "must item failed: Secrets in a vault"),
    ("a rule is broken", [on_friday], Verdict.NO_GO, "rule broken: Never: Friday afternoon"),
    ("a broken rule was overridden", [on_friday, overridden("friday")], Verdict.GO, ""),
    ("a required role votes no-go", [given_vote("qa", Choice.NO_GO)], Verdict.NO_GO, "rule broken: Always: Get"),
    (
        "a no-go outlives the override of its rule",
        [given_vote("qa", Choice.NO_GO), overridden("team-sign-off")],
        Verdict.NO_GO,
        "QA votes no-go",
    ),
    ("an optional role's no-go is heard and does not decide", [given_vote("legal", Choice.NO_GO)], Verdict.GO, ""),
    ("an item is open", [given_answer("vault", Status.OPEN)], Verdict.UNDECIDED, "open: Secrets in a vault"),
    (
        "an item is parked",
        [given_answer("vault", Status.OPEN, parked=True)],
        Verdict.UNDECIDED,
        "parked: Secrets in a vault",
    ),
    ("an answer is carried over", [carried("vault")], Verdict.UNDECIDED, "to re-confirm: Secrets in a vault"),
    (
        "a carried-over fail is not yet a fail",
        [given_answer("vault", Status.FAIL), carried("vault")],
        Verdict.UNDECIDED,
        "to re-confirm: Secrets in a vault",
    ),
    (
        "an answer is incomplete",
        [given_answer("vault", Status.RISK)],
        Verdict.UNDECIDED,
        "incomplete, without who accepts it and until when and a reason: Secrets in a vault",
    ),
    (
        "an item that is not a must failed without an action",
        [given_answer("coverage", Status.FAIL)],
        Verdict.UNDECIDED,
        "incomplete, without an action: Coverage",
    ),
    ("a rule is undecided", [unwatched], Verdict.UNDECIDED, "rule undecided: Always: Monitor closely"),
    ("an undecided rule was overridden", [unwatched, overridden("watch")], Verdict.GO, ""),
    (
        "a required role has not voted",
        [given_vote("qa", Choice.NONE), overridden("team-sign-off")],
        Verdict.UNDECIDED,
        "QA has not voted",
    ),
    (
        "a required role is absent",
        [given_vote("qa", Choice.ABSENT), overridden("team-sign-off")],
        Verdict.UNDECIDED,
        "QA is absent",
    ),
    ("an optional role has not voted", [given_vote("legal", Choice.NONE)], Verdict.GO, ""),
    (
        "there is a condition",
        [given_answer("vault", Status.CONDITION, **COMPLETE[Status.CONDITION])],
        Verdict.CONDITIONAL,
        "condition: Secrets in a vault: merge the fix",
    ),
    (
        "an item that is not a must failed with an action",
        [given_answer("coverage", Status.FAIL, actions=(Action("cover it"),))],
        Verdict.CONDITIONAL,
        "failed, with an action: Coverage",
    ),
    (
        "a role votes go if",
        [given_vote("qa", Choice.GO_IF, "logs are on")],
        Verdict.CONDITIONAL,
        "QA votes go if: logs",
    ),
    ("even one that need not vote", [given_vote("legal", Choice.GO_IF, "x")], Verdict.CONDITIONAL, "Legal votes go if"),
    ("a risk was accepted", [given_answer("vault", Status.RISK, **COMPLETE[Status.RISK])], Verdict.GO, ""),
    ("an item does not apply", [given_answer("vault", Status.NA, reason="no secrets")], Verdict.GO, ""),
]


@pytest.mark.parametrize(("edits", "verdict", "reason"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_verdict_and_its_first_reason(edits: list[Edit], verdict: Verdict, reason: str) -> None:
    session = a_ready_session()
    for edit in edits:
        session = edit(session)

    first = next(reasons_for(session), None)
    assert verdict_of(session) is verdict
    assert (first.text if first else "").startswith(reason)
    assert bool(first) == bool(reason)


def test_a_meeting_in_which_nothing_was_said_is_undecided() -> None:
    reasons = list(reasons_for(a_session()))

    assert reasons[0].text == "open: Secrets in a vault"
    assert reasons[0].item == "vault"
    assert {reason.verdict for reason in reasons} == {Verdict.UNDECIDED}


def test_all_reasons_stand_in_the_order_of_their_weight() -> None:
    session = on_friday(unwatched(a_ready_session()))
    session = answered(session, "vault", Status.FAIL)
    session = answered(session, "scan", Status.OPEN)
    session = answered(session, "rollback-plan", Status.CONDITION, evidence=(LINK,), **COMPLETE[Status.CONDITION])
    session = answered(session, "coverage", Status.FAIL, actions=(Action("cover it"),))
    session = voted(session, "qa", Choice.NO_GO)
    session = voted(session, "product", Choice.ABSENT)
    session = voted(session, "legal", Choice.GO_IF, "the terms are out")

    texts = [reason.text for reason in reasons_for(session)]
    assert [text.split(":")[0] for text in texts] == [
        "must item failed",
        "rule broken",  # the roll call
        "rule broken",  # the plan has a condition
        "rule broken",  # Friday
        "QA votes no-go",
        "open",
        "rule undecided",  # complete
        "rule undecided",  # nobody watches
        "rule undecided",  # nothing skipped
        "Product is absent",
        "condition",
        "failed, with an action",
        "Legal votes go if",
    ]


ITEMS = ["vault", "scan", "coverage", "rollback-tested", "rollback-plan"]


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(ITEMS), st.sampled_from(Status), st.booleans(), st.booleans())),
    st.lists(st.tuples(st.sampled_from(["qa", "product", "legal"]), st.sampled_from(Choice))),
    st.booleans(),
    st.sampled_from([LINK, STAGING]),
)
def test_the_verdict_is_the_gravest_of_all_reasons(
    answers: list[tuple[str, Status, bool, bool]], votes: list[tuple[str, Choice]], late: bool, link: object
) -> None:
    session = a_ready_session()
    for item, status, complete, again in answers:
        fields = COMPLETE.get(status, {}) if complete else {}
        session = answered(session, item, status, **{**fields, "carried": again and status is not Status.OPEN})
        session = answered(session, item, evidence=(link,) if complete else ())
    for role, choice in votes:
        session = voted(session, role, choice)
    if late:
        session = decided(session)

    reasons = list(reasons_for(session))
    weights = [list(Verdict).index(reason.verdict) for reason in reasons]
    assert verdict_of(session) is (reasons[0].verdict if reasons else Verdict.GO)
    assert [Verdict.GO, Verdict.CONDITIONAL, Verdict.UNDECIDED, Verdict.NO_GO][max(weights, default=0)] is verdict_of(
        session
    )
    assert weights == sorted(weights, reverse=True)


def test_verdicts_are_ordered_by_how_far_they_let_a_release_go() -> None:
    order = [Verdict.GO, Verdict.CONDITIONAL, Verdict.UNDECIDED, Verdict.NO_GO]

    for position, verdict in enumerate(order):
        assert [verdict.is_better_than(other) for other in order] == [position < n for n in range(4)]
