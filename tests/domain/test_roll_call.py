"""The roll call: how many have to vote go, and whose vote counts."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meeting import BY, NOW, a_checklist, a_ready_session, decided, signed, voted
from signoff.domain.checklist import Agreement, Demand, Role
from signoff.domain.deciding import obstacle_to, obstacle_to_signing
from signoff.domain.meeting import Choice, Verdict, Vote
from signoff.domain.roll_call import count_votes, speaker_of, votes_without_a_name, with_vote
from signoff.domain.rules import RuleResult, RuleState, evaluate_rules
from signoff.domain.session import Session
from signoff.domain.undo import undone
from signoff.domain.verdict import reasons_for, verdict_of
from signoff.errors import SessionError

GO, NO_GO, GO_IF, ABSENT, NONE = Choice.GO, Choice.NO_GO, Choice.GO_IF, Choice.ABSENT, Choice.NONE
MET, BROKEN, UNDECIDED = RuleState.MET, RuleState.BROKEN, RuleState.UNDECIDED
NAMES = ("Ana", "Bob", "Chen", "Dee", "Eve")


def a_roll_call(agreement: Agreement, *choices: Choice) -> Session:
    """A meeting that found nothing against the release, with one required role for each vote, all by name."""
    roles = tuple(Role(name.lower(), name) for name in NAMES[: len(choices)])
    session = replace(a_ready_session(), votes={}, checklist=replace(a_checklist(), roles=roles, roll_call=agreement))
    for role, choice in zip(roles, choices, strict=True):
        session = voted(session, role.id, choice)
    return session


def nameless(session: Session, role: str, choice: Choice = GO) -> Session:
    return session.vote(role, Vote(choice), now=NOW, by=BY)


def sign_off_rule(session: Session) -> RuleResult:
    return next(result for result in evaluate_rules(session) if result.rule.id == "team-sign-off")


CASES = [
    (Agreement.UNANIMOUS, (GO, GO, GO), MET, "3 of 3"),
    (Agreement.UNANIMOUS, (GO, GO_IF, GO), MET, "3 of 3"),
    (Agreement.UNANIMOUS, (GO, GO, NO_GO), BROKEN, "no-go from Chen"),
    (Agreement.UNANIMOUS, (GO, GO, ABSENT), UNDECIDED, "2 of 3, without Chen"),
    (Agreement.UNANIMOUS, (GO, GO, NONE), UNDECIDED, "2 of 3, without Chen"),
    (Agreement.UNANIMOUS, (), MET, "0 of 0"),
    (Agreement.MAJORITY, (GO, GO, GO), MET, "3 of 3, 2 needed"),
    (Agreement.MAJORITY, (GO, GO_IF, NO_GO), MET, "2 of 3, no-go from Chen, 2 needed"),
    (Agreement.MAJORITY, (GO, GO, ABSENT), MET, "2 of 3, without Chen, 2 needed"),
    (Agreement.MAJORITY, (GO, GO, NONE), UNDECIDED, "2 of 3, without Chen, 2 needed"),
    (Agreement.MAJORITY, (GO, NO_GO, NONE), UNDECIDED, "1 of 3, no-go from Bob, without Chen, 2 needed"),
    (Agreement.MAJORITY, (GO, NO_GO, NO_GO), BROKEN, "no-go from Bob, Chen"),
    (Agreement.MAJORITY, (NO_GO, NO_GO, NONE), BROKEN, "no-go from Ana, Bob"),
    (Agreement.MAJORITY, (GO, ABSENT, ABSENT), UNDECIDED, "1 of 3, without Bob, Chen, 2 needed"),
    (Agreement.MAJORITY, (GO, GO, NO_GO, NO_GO), BROKEN, "no-go from Chen, Dee"),
    (Agreement.MAJORITY, (GO, GO, GO, NO_GO, NO_GO), MET, "3 of 5, no-go from Dee, Eve, 3 needed"),
    (Agreement.MAJORITY, (GO, GO), MET, "2 of 2"),
    (Agreement.MAJORITY, (), MET, "0 of 0"),
]


@pytest.mark.parametrize(("agreement", "choices", "state", "reason"), CASES)
def test_the_rule_says_how_the_votes_count(
    agreement: Agreement, choices: tuple[Choice, ...], state: RuleState, reason: str
) -> None:
    result = sign_off_rule(a_roll_call(agreement, *choices))

    assert (result.state, result.reason) == (state, reason)


@pytest.mark.parametrize(
    ("choices", "verdict", "reasons"),
    [
        ((GO, GO, NO_GO), Verdict.GO, []),
        ((GO, GO, ABSENT), Verdict.GO, []),
        ((GO, GO_IF, NO_GO), Verdict.CONDITIONAL, ["Bob votes go if: "]),
        ((GO, GO, NONE), Verdict.UNDECIDED, ["Chen has not voted"]),
        ((GO, ABSENT, NO_GO), Verdict.UNDECIDED, ["Bob is absent"]),
        ((GO, NO_GO, NO_GO), Verdict.NO_GO, ["Bob votes no-go", "Chen votes no-go"]),
    ],
)
def test_a_majority_outvotes_and_the_verdict_says_what_is_lacking_to_one(
    choices: tuple[Choice, ...], verdict: Verdict, reasons: list[str]
) -> None:
    session = a_roll_call(Agreement.MAJORITY, *choices)

    assert verdict_of(session) is verdict
    assert [r.text for r in reasons_for(session) if not r.text.startswith("rule ")] == reasons


def test_a_decision_for_a_release_without_a_majority_breaks_the_rule() -> None:
    session = a_roll_call(Agreement.MAJORITY, GO, ABSENT, ABSENT)

    assert sign_off_rule(decided(session, Verdict.GO)).state is BROKEN


votes = st.lists(st.tuples(st.sampled_from(Choice), st.booleans()), max_size=5)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(Agreement), votes)
def test_the_verdict_gives_a_reason_of_its_own_unless_the_roll_call_agrees(
    agreement: Agreement, said: list[tuple[Choice, bool]]
) -> None:
    session = a_roll_call(agreement, *(choice for choice, _ in said))
    for name, (choice, named) in zip(NAMES, said, strict=False):
        session = session if named else nameless(session, name.lower(), choice)
    count, result = count_votes(session), sign_off_rule(session)

    held_back = [r for r in reasons_for(session) if r.verdict in (Verdict.NO_GO, Verdict.UNDECIDED)]
    without_the_rule = [reason for reason in held_back if not reason.text.startswith("rule ")]
    lacking = result.state is not MET or bool(votes_without_a_name(session))
    assert bool(without_the_rule) == lacking == bool(held_back)
    assert {reason.verdict for reason in without_the_rule if count.is_refused} <= {Verdict.NO_GO, Verdict.UNDECIDED}
    assert count.is_refused == (result.state is BROKEN)
    assert not (count.is_refused and count.is_agreed)
    assert count.total == len(said)


# Who spoke.


def test_who_gave_a_vote_speaks_for_the_role_and_else_its_person() -> None:
    session = nameless(a_ready_session(), "qa")
    assert speaker_of(session, "qa") == ""

    session = session.name_people({"qa": "Quinn"}, now=NOW, by=BY)
    assert speaker_of(session, "qa") == "Quinn"
    assert speaker_of(session.vote("qa", Vote(GO, "a deputy"), now=NOW, by=BY), "qa") == "a deputy"


@pytest.mark.parametrize("choice", [GO, GO_IF])
def test_a_vote_in_favour_that_nobody_stands_behind_does_not_count(choice: Choice) -> None:
    session = nameless(a_ready_session(), "qa", choice)

    assert (sign_off_rule(session).state, sign_off_rule(session).reason) == (
        UNDECIDED,
        "1 of 2, nobody is named for QA",
    )
    assert verdict_of(session) is Verdict.UNDECIDED
    assert "nobody is named for the vote of QA" in [reason.text for reason in reasons_for(session)]
    assert verdict_of(session.name_people({"qa": "Quinn"}, now=NOW, by=BY)) in (Verdict.GO, Verdict.CONDITIONAL)


def test_a_majority_also_waits_for_the_name_of_every_vote() -> None:
    session = nameless(a_roll_call(Agreement.MAJORITY, GO, GO, NONE), "chen")

    assert sign_off_rule(session).state is UNDECIDED
    assert sign_off_rule(session).reason == "2 of 3, nobody is named for Chen, 2 needed"


def test_a_blank_is_no_name() -> None:
    session = a_ready_session().vote("qa", Vote(GO, "  "), now=NOW, by=BY)

    assert [role.id for role in votes_without_a_name(session)] == ["qa"]


def test_a_no_go_stops_the_release_by_name_or_not() -> None:
    session = nameless(a_ready_session(), "qa", NO_GO)

    assert sign_off_rule(session).state is BROKEN
    assert verdict_of(session) is Verdict.NO_GO


def test_who_is_absent_or_not_yet_called_need_not_be_named_but_who_need_not_vote_must_when_he_does() -> None:
    session = a_ready_session()
    for choice in (ABSENT, NONE):
        assert votes_without_a_name(nameless(session, "qa", choice)) == ()
    assert [role.id for role in votes_without_a_name(nameless(session, "legal"))] == ["legal"]
    assert verdict_of(nameless(session, "legal")) is Verdict.UNDECIDED


def test_a_vote_without_a_name_holds_up_everything_but_a_no_go() -> None:
    session = nameless(nameless(a_ready_session(), "qa"), "legal")

    sentence = "Incomplete: the vote of QA needs a name, and 1 more. Name who spoke, then decide."
    assert obstacle_to(session, Verdict.GO) == obstacle_to(session, Verdict.CONDITIONAL) == sentence
    assert obstacle_to(session, Verdict.NO_GO) == ""
    assert obstacle_to_signing(decided(session, Verdict.GO)) == sentence
    assert obstacle_to_signing(decided(session, Verdict.NO_GO)) == ""


def test_whoever_is_named_becomes_the_person_of_the_role_and_the_voice_of_its_vote_in_one_step() -> None:
    before = nameless(a_ready_session(), "qa")
    session = with_vote(before, "qa", Vote(GO, " Quinn "), now=NOW, by=BY)

    assert session.people == {"qa": "Quinn"}
    assert session.vote_of("qa") == Vote(GO, "Quinn")
    again = undone(session, now=NOW, by=BY)
    assert (again.people, again.votes) == (before.people, before.votes)


def test_the_person_of_a_role_gives_its_vote_unless_a_deputy_does() -> None:
    session = a_ready_session().name_people({"qa": "Quinn"}, now=NOW, by=BY)

    assert with_vote(session, "qa", Vote(NO_GO), now=NOW, by=BY).vote_of("qa") == Vote(NO_GO, "Quinn")
    deputed = with_vote(session, "qa", Vote(GO, "a deputy"), now=NOW, by=BY)
    assert (deputed.vote_of("qa").by, deputed.person("qa")) == ("a deputy", "Quinn")


def test_a_vote_that_is_cleared_leaves_the_person_and_a_signed_session_takes_none() -> None:
    session = with_vote(a_ready_session(), "qa", Vote(GO, "Quinn"), now=NOW, by=BY)

    cleared = with_vote(session, "qa", Vote(), now=NOW, by=BY)
    assert (cleared.vote_of("qa"), cleared.person("qa")) == (Vote(), "Quinn")
    with pytest.raises(SessionError, match="signed and read-only"):
        with_vote(signed(session), "qa", Vote(), now=NOW, by=BY)


def test_a_role_whose_vote_is_not_asked_for_is_not_counted() -> None:
    roles = (Role("qa", "QA"), Role("legal", "Legal", vote=Demand.OPTIONAL), Role("rm", "RM", vote=Demand.NONE))
    session = replace(a_ready_session(), votes={}, checklist=replace(a_checklist(), roles=roles))
    count = count_votes(voted(voted(session, "legal", NO_GO), "rm", NO_GO))

    assert (count.total, count.needed, count.no_go) == (1, 1, ())
