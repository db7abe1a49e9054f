"""Whether a decision may be taken, or a report signed, said before anybody tries to."""

import pytest

from meeting import COMPLETE, a_ready_session, a_session, answered, decided, signed
from signoff.domain.answer import Status
from signoff.domain.deciding import incomplete_items, needs_reason, obstacle_to, obstacle_to_signing
from signoff.domain.meeting import Choice, Decision, Verdict


def test_nothing_stands_in_the_way_of_a_ready_release() -> None:
    assert obstacle_to(a_ready_session(), Verdict.GO) == ""
    assert not needs_reason(a_ready_session(), Verdict.GO)


def test_an_incomplete_answer_holds_up_everything_but_a_no_go() -> None:
    session = answered(answered(a_ready_session(), "vault", Status.NA), "scan", Status.RISK)

    sentence = "Incomplete: Secrets in a vault needs a reason, and 1 more. Complete it, then decide."
    assert obstacle_to(session, Verdict.GO) == sentence
    assert obstacle_to(session, Verdict.CONDITIONAL) == sentence
    assert obstacle_to(session, Verdict.NO_GO) == ""
    assert [item.id for item, _ in incomplete_items(session)] == ["vault", "scan"]


def test_an_open_item_does_not_hold_up_a_decision_but_asks_for_its_reason() -> None:
    session = answered(a_ready_session(), "vault", Status.OPEN)

    assert obstacle_to(session, Verdict.GO) == ""
    assert needs_reason(session, Verdict.GO)


@pytest.mark.parametrize(
    ("status", "choices"),
    [
        (Status.PASS, set()),
        (Status.CONDITION, {Verdict.GO}),
        (Status.OPEN, {Verdict.GO, Verdict.CONDITIONAL}),
        (Status.FAIL, {Verdict.GO, Verdict.CONDITIONAL}),
    ],
)
def test_a_decision_better_than_the_verdict_needs_a_reason(status: Status, choices: set[Verdict]) -> None:
    session = answered(a_ready_session(), "vault", status, **COMPLETE.get(status, {}))

    asked = {Verdict.GO, Verdict.CONDITIONAL, Verdict.NO_GO}
    assert {choice for choice in asked if needs_reason(session, choice)} == choices


def test_a_signed_session_is_reopened_before_it_is_decided_again() -> None:
    session = signed(decided(a_ready_session()))

    assert obstacle_to(session, Verdict.NO_GO) == "This session is signed; reopen it to decide again."
    assert obstacle_to_signing(session) == "This revision is signed already."


def test_only_a_decision_is_signed() -> None:
    assert obstacle_to_signing(a_session()).startswith("Nothing is decided yet")
    assert obstacle_to_signing(decided(a_ready_session())) == ""


def test_what_became_incomplete_after_the_decision_holds_up_the_signature() -> None:
    session = answered(decided(a_ready_session()), "vault", Status.NA)

    assert obstacle_to_signing(session).startswith("Incomplete: Secrets in a vault needs a reason")
    assert obstacle_to_signing(decided(session, Verdict.NO_GO)) == ""


def test_a_decision_that_is_not_taken_lets_nothing_go() -> None:
    assert not Decision().is_taken
    assert not Decision().lets_go
    assert not Decision(Verdict.NO_GO).lets_go
    assert Decision(Verdict.CONDITIONAL).lets_go


def test_a_vote_has_a_word_for_every_choice() -> None:
    assert [choice.word for choice in Choice] == ["...", "GO", "NO-GO", "GO IF", "ABSENT"]
