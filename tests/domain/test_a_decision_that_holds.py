"""A decision is bound to what was known when it was taken; what got worse since makes it stale."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from any_session import edits
from meeting import BY, COMPLETE, NOW, a_ready_session, answered, decided, voted
from signoff.domain.answer import Status
from signoff.domain.deciding import decide, is_decided, obstacle_to_signing, stale_words, worse_since_decided
from signoff.domain.meeting import Choice, Decision, Verdict, Watch
from signoff.domain.session import Session
from signoff.domain.verdict import reasons_for


def a_go_although(session: Session) -> Session:
    return decide(session, Decision(Verdict.GO, BY, NOW, "we know of it"), now=NOW, by=BY)


def a_condition(session: Session, what: str) -> Session:
    return answered(session, "coverage", Status.CONDITION, what=what, owner="ana", due=NOW.date())


def test_a_decision_holds_while_nothing_gets_worse() -> None:
    session = decided(a_ready_session())

    assert is_decided(session)
    assert is_decided(answered(session, "vault", owner="ana", note="seen by two"))
    assert is_decided(answered(session, "vault", Status.RISK, **COMPLETE[Status.RISK]))


def test_a_must_item_that_fails_afterwards_makes_a_go_stale() -> None:
    session = answered(decided(a_ready_session()), "vault", Status.FAIL)

    assert not is_decided(session)
    assert stale_words(session) == "must item failed: Secrets in a vault"
    assert obstacle_to_signing(session) == (
        f"Decide again: GO was decided at r{session.decided_at_revision}; "
        "since then must item failed: Secrets in a vault."
    )


def test_another_failure_makes_a_go_stale_that_was_decided_although_one_was_known() -> None:
    session = a_go_although(answered(a_ready_session(), "vault", Status.FAIL))
    assert is_decided(session)

    session = answered(session, "scan", Status.FAIL)
    assert session.decision.verdict is Verdict.NO_GO
    assert stale_words(session) == "must item failed: Dependencies scanned"
    assert is_decided(a_go_although(session))


def test_what_is_taken_back_makes_the_decision_hold_again() -> None:
    session = answered(decided(a_ready_session()), "vault", Status.FAIL)

    assert is_decided(answered(session, "vault", Status.PASS))


def test_what_was_known_and_gets_better_does_not_make_it_stale() -> None:
    session = a_go_although(answered(a_ready_session(), "vault", Status.FAIL))

    assert is_decided(answered(session, "vault", Status.CONDITION, **COMPLETE[Status.CONDITION]))


def test_answering_what_was_open_does_not_make_it_stale_unless_it_fails() -> None:
    session = answered(answered(a_ready_session(), "vault", Status.OPEN), "scan", Status.OPEN)
    session = a_go_although(session)

    assert is_decided(session)
    assert is_decided(answered(session, "vault", Status.PASS))
    assert not is_decided(answered(session, "vault", Status.FAIL))


def test_a_condition_that_is_another_one_by_now_makes_it_stale() -> None:
    session = decided(a_condition(a_ready_session(), "repeat the load test"), Verdict.CONDITIONAL)

    assert is_decided(session)
    assert stale_words(a_condition(session, "look at it some time")) == (
        "condition: Coverage meets its threshold: look at it some time"
    )


@pytest.mark.parametrize("choice", [Choice.NO_GO, Choice.NONE, Choice.GO_IF])
def test_a_vote_that_is_no_go_any_more_makes_it_stale(choice: Choice) -> None:
    assert not is_decided(voted(decided(a_ready_session()), "qa", choice, "the canary is green"))


def test_a_rule_that_is_met_no_longer_makes_it_stale() -> None:
    session = decided(a_ready_session()).set_watch(Watch(), now=NOW, by=BY)

    assert stale_words(session).startswith("rule broken: Always: Monitor closely")


def test_a_no_go_is_never_stale() -> None:
    session = answered(decided(a_ready_session(), Verdict.NO_GO), "vault", Status.FAIL)

    assert is_decided(session)
    assert session.decision.reasons == ()


def test_a_decision_that_was_written_into_the_file_by_hand_knows_of_nothing() -> None:
    session = replace(answered(a_ready_session(), "vault", Status.FAIL), decision=Decision(Verdict.GO, BY, NOW, "x"))

    assert not is_decided(session)


@given(st.lists(edits, max_size=6), st.sampled_from([Verdict.GO, Verdict.CONDITIONAL]))
def test_every_decision_holds_at_the_moment_in_which_it_is_taken(done: list, choice: Verdict) -> None:  # type: ignore[type-arg]
    session = a_ready_session()
    for edit in done:
        session = edit(session)
    session = decided(session, choice)

    assert list(worse_since_decided(session)) == []
    keys = [reason.key for reason in reasons_for(session)]
    assert len(keys) == len(set(keys))
