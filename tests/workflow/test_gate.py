"""What holds a deploy up, demand by demand, at a moment that is given."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from seeded import RETIRED, RM, SEC, SIGNED_AT, STRANGER, SeededSigner, allowed_signers
from signoff.report.facts import RequiredSigner, read_facts
from signoff.signing.allowed_signers import parse_allowed_signers
from signoff.signing.header import SignedVerdict
from signoff.signing.verify import verify
from signoff.workflow.gate_report import Demands, GateCode, Refusal, gate_code, refusals
from signoff.workflow.verify_report import VerifiedReport
from vectors import BODY, DATA, small_body

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
COMMIT = DATA["release"]["commit"]
DEMANDS = Demands("payments-api", "4.12.0", timedelta(days=7), "prod", COMMIT)
SIGNERS = parse_allowed_signers(allowed_signers().encode(), "allowed_signers")


def verified(data: bytes) -> VerifiedReport:
    verification = verify(data, SIGNERS)
    return VerifiedReport(verification, read_facts(verification.report.body))


def signed(signer: SeededSigner = RM, at: datetime = SIGNED_AT, **changed: Any) -> VerifiedReport:
    """A report in which some of the data is other than in a plain GO."""
    return verified(signer.signs(small_body(DATA | changed) + b"## Sign-offs\n", at=at))


def held_up(report: VerifiedReport, now: datetime = NOW, **demanded: Any) -> list[str]:
    """Why the gate holds a report up where it demands something else than usual."""
    return [refusal.why for refusal in refusals(report, replace(DEMANDS, **demanded), now)]


def decision(**changed: Any) -> dict[str, Any]:
    return {"decision": DATA["decision"] | changed}


GO = verified(RM.signs(BODY))


def test_a_verified_fresh_go_for_this_release_passes() -> None:
    assert refusals(GO, DEMANDS, NOW) == ()
    assert gate_code(()) is GateCode.PASSED


# Another release than the one that is deployed.


@pytest.mark.parametrize(
    ("demanded", "why"),
    [
        ({"service": "payments"}, "it is about the service payments-api, not payments"),
        ({"service": "Payments-API"}, "it is about the service payments-api, not Payments-API"),
        ({"version": "4.12"}, "it is about the version 4.12.0, not 4.12"),
        ({"environment": "staging"}, "it is about the environment prod, not staging"),
        ({"commit": "0" * 40}, f"it is about the commit {COMMIT}, not {'0' * 40}"),
    ],
)
def test_another_release_is_held_up(demanded: dict[str, str], why: str) -> None:
    assert held_up(GO, **demanded) == [why]
    assert gate_code(refusals(GO, Demands("x", "y", timedelta(days=7)), NOW)) is GateCode.REFUSED


def test_what_the_pipeline_does_not_ask_is_not_compared() -> None:
    assert held_up(GO, environment=None, commit=None) == []


def test_a_report_without_a_commit_is_held_up_where_one_is_demanded() -> None:
    report = signed(release=DATA["release"] | {"commit": ""})
    assert held_up(report) == [f"it is about no commit, not {COMMIT}"]
    assert held_up(report, commit=None) == []


NOT_WHOLE = "all 40 digits, or 64 with SHA-256, are needed"


def report_about(commit: str) -> VerifiedReport:
    return signed(release=DATA["release"] | {"commit": commit})


@pytest.mark.parametrize("commit", [COMMIT[:12], COMMIT[:39], COMMIT + "0", "v4.12.0", "g" * 40, f" {COMMIT}"])
def test_a_commit_that_is_not_whole_is_held_up_on_either_side(commit: str) -> None:
    """Of twelve digits two commits can be made alike in seconds, and a tag goes where it is put."""
    assert held_up(report_about(commit)) == [f'it names the commit "{commit}", which is not whole: {NOT_WHOLE}']
    demanded = [f'the commit that is demanded, "{commit}", is not whole: {NOT_WHOLE}']
    assert held_up(report_about(commit), commit=commit) == demanded
    assert held_up(GO, commit=commit) == demanded


@pytest.mark.parametrize(
    ("wanted", "found", "same"),
    [
        (COMMIT, COMMIT, True),
        (COMMIT.upper(), COMMIT, True),
        (COMMIT, COMMIT.upper(), True),
        ("a1" * 32, "a1" * 32, True),
        ("a1" * 32, "a1" * 20, False),
        ("a1" * 20, "a1" * 32, False),
        (COMMIT[:39] + "0", COMMIT, False),
    ],
)
def test_two_whole_commits_are_the_same_or_not(wanted: str, found: str, same: bool) -> None:
    assert held_up(report_about(found), commit=wanted) == [f"it is about the commit {found}, not {wanted}"] * (not same)


# The decision.


@pytest.mark.parametrize("choice", ["NO-GO", "UNDECIDED"])
def test_only_a_go_passes(choice: str) -> None:
    assert held_up(signed(**decision(choice=choice)), allow_conditional=True) == [f"it was decided {choice}"]


def test_a_report_in_which_nothing_was_decided_is_held_up() -> None:
    assert held_up(signed(decision=None)) == ["nothing was decided", "it does not say when it was decided"]


REASONS = [
    {"verdict": "NO-GO", "text": "must item failed: Vault", "item": "vault"},
    {"verdict": "UNDECIDED", "text": "QA has not voted", "item": None},
    {"verdict": "CONDITIONAL", "text": "condition: Load tested", "item": "load"},
]


@pytest.mark.parametrize(
    ("choice", "reasons", "said"),
    [
        ("GO", REASONS, "NO-GO: must item failed: Vault; QA has not voted; condition: Load tested"),
        ("GO", REASONS[1:], "UNDECIDED: QA has not voted; condition: Load tested"),
        ("GO", REASONS[2:], "CONDITIONAL: condition: Load tested"),
        ("CONDITIONAL", REASONS, "NO-GO: must item failed: Vault; QA has not voted"),
        ("CONDITIONAL", REASONS[1:], "UNDECIDED: QA has not voted"),
    ],
)
def test_a_decision_better_than_the_verdict_is_held_up_with_every_reason_it_goes_against(
    choice: str, reasons: list[dict[str, Any]], said: str
) -> None:
    report = signed(**decision(choice=choice), verdict=reasons[0]["verdict"], reasons=reasons)
    why = f"it was decided {choice} over the verdict {said}"
    assert held_up(report, allow_conditional=True) == [why]
    assert held_up(report, allow_conditional=True, allow_overruled=True) == []
    assert (why in held_up(report)) is True


def test_a_decision_as_good_as_the_verdict_or_worse_overrules_nothing() -> None:
    assert signed(**decision(choice="CONDITIONAL"), verdict="CONDITIONAL").facts.overruled == ()
    assert signed(**decision(choice="NO-GO"), verdict="NO-GO").facts.overruled == ()
    assert signed(decision=None, verdict="NO-GO", reasons=REASONS).facts.overruled == ()


def test_a_verdict_without_a_reason_is_overruled_all_the_same() -> None:
    assert held_up(signed(verdict="NO-GO")) == ["it was decided GO over the verdict NO-GO: no reason is written down"]


CONDITION = {
    "item": "load",
    "text": "Load tested",
    "what": "twice the traffic",
    "owner": "ana",
    "due": "2026-11-25",
    "complete": True,
}
OPEN = {
    **decision(choice="CONDITIONAL"),
    "verdict": "CONDITIONAL",
    "conditions": [CONDITION],
    "reasons": [{"verdict": "CONDITIONAL", "text": "condition: Load tested", "item": "load"}],
}


def test_a_conditional_go_is_held_up_while_a_condition_is_open_unless_the_pipeline_allows_it() -> None:
    report = signed(**OPEN)
    assert held_up(report) == ["it goes only on conditions, and they are open: condition: Load tested"]
    assert held_up(report, allow_conditional=True) == []


def test_a_conditional_go_passes_when_its_conditions_are_closed() -> None:
    assert held_up(signed(**decision(choice="CONDITIONAL"))) == []


@pytest.mark.parametrize("verdict", ["CONDITIONAL", "UNDECIDED", "NO-GO"])
def test_a_conditional_go_without_a_written_condition_is_held_up_by_the_verdict(verdict: str) -> None:
    report = signed(**decision(choice="CONDITIONAL"), verdict=verdict)
    assert held_up(report, allow_overruled=True) == [
        f"it goes only on conditions, and they are open: the verdict is {verdict}"
    ]


@pytest.mark.parametrize(
    ("due", "now", "is_overdue"),
    [
        ("2026-11-25", datetime(2026, 11, 25, 23, 59, 59, tzinfo=UTC), False),
        ("2026-11-25", datetime(2026, 11, 26, 0, 0, 0, tzinfo=UTC), True),
        ("2026-11-25T10:00:00+01:00", datetime(2026, 11, 25, 9, 0, 0, tzinfo=UTC), False),
        ("2026-11-25T10:00:00+01:00", datetime(2026, 11, 25, 9, 0, 1, tzinfo=UTC), True),
        (None, NOW, True),
    ],
)
@pytest.mark.parametrize("choice", ["GO", "CONDITIONAL", "NO-GO"])
def test_an_overdue_condition_holds_it_up_whatever_is_decided_and_allowed(
    choice: str, due: str | None, now: datetime, is_overdue: bool
) -> None:
    report = signed(**OPEN | decision(choice=choice) | {"conditions": [CONDITION | {"due": due}]})
    why = held_up(report, now, allow_conditional=True, allow_overruled=True)
    assert any(one.startswith("a condition ") for one in why) is is_overdue


WINDOW = {"start": "2026-11-26T00:30:00+01:00", "end": "2026-11-26T04:00:00+01:00", "zone": "Europe/Berlin"}


@pytest.mark.parametrize(
    ("due", "is_before"),
    [
        ("2026-11-25", True),
        ("2026-11-26", False),
        ("2026-11-26T00:29:59+01:00", True),
        ("2026-11-25T23:29:59+00:00", True),
        ("2026-11-26T00:30:00+01:00", False),
        ("2026-11-26T00:00:00+00:00", False),
    ],
)
@pytest.mark.parametrize("choice", ["GO", "CONDITIONAL"])
def test_a_condition_that_is_due_before_the_window_begins_has_to_be_closed_first(
    choice: str, due: str, is_before: bool
) -> None:
    """A day is over by the release's own calendar: due on Wednesday is before a window on Thursday at 00:30."""
    report = signed(
        **OPEN | decision(choice=choice) | {"conditions": [CONDITION | {"due": due}]},
        release=DATA["release"] | {"window": WINDOW},
    )
    why = held_up(report, allow_conditional=True, allow_overruled=True)
    assert [one.startswith("a condition is due before the deploy, ") for one in why] == [True] * is_before


RISK = {"item": "d", "text": "Retention", "must": False, "accepted_by": "CTO", "until": "2026-11-25", "reason": "x"}


@pytest.mark.parametrize(
    ("until", "now", "why"),
    [
        ("2026-11-25", datetime(2026, 11, 25, 23, 59, tzinfo=UTC), []),
        ("2026-11-25", datetime(2026, 11, 26, tzinfo=UTC), ["the accepted risk has ended since 2026-11-25: Retention"]),
        ("2026-11-25T08:00:00+00:00", NOW, ["the accepted risk has ended since 2026-11-25 08:00 UTC: Retention"]),
        (None, NOW, ["the accepted risk has no end that is written down: Retention"]),
    ],
)
def test_an_accepted_risk_holds_it_up_when_it_has_ended(until: str | None, now: datetime, why: list[str]) -> None:
    assert held_up(signed(risks=[RISK | {"until": until}]), now) == why


# Who signed.


def test_a_co_signers_no_go_holds_a_go_up() -> None:
    report = verified(SEC.signs(RM.signs(BODY), "Security", SignedVerdict.NO_GO))
    [why] = held_up(report)
    assert why.startswith("somebody signed it with NO-GO: sec@example.com: NO-GO as Security")
    assert held_up(verified(SEC.signs(RM.signs(BODY), "Security", SignedVerdict.ACK))) == []


def test_a_sign_off_that_the_report_demands_must_be_there() -> None:
    [found] = refusals(verified(SEC.signs(BODY, "Security")), DEMANDS, NOW)
    assert found == Refusal(GateCode.MISSING_SIGN_OFF, "the report demands a sign-off that is missing: Release manager")


@pytest.mark.parametrize(
    ("role", "signer", "is_there"),
    [
        ("Security", None, True),
        ("security", None, True),
        ("Security", "sec@example.com", True),
        ("Security", "rm@example.com", False),
        ("QA", None, False),
        ("Release manager", "rm@example.com", True),
        ("release-manager", None, True),
    ],
)
def test_a_sign_off_that_the_pipeline_demands_must_be_there_too(role: str, signer: str | None, is_there: bool) -> None:
    report = verified(SEC.signs(RM.signs(BODY), "Security"))
    found = refusals(report, replace(DEMANDS, roles=(RequiredSigner(role, signer),)), NOW)
    wanted = f"{role} ({signer})" if signer else role
    assert [refusal.why for refusal in found] == [f"the pipeline demands a sign-off that is missing: {wanted}"] * (
        not is_there
    )
    assert gate_code(found) is (GateCode.PASSED if is_there else GateCode.MISSING_SIGN_OFF)


def people(*sign_offs: tuple[SeededSigner, str], known: str | None = None) -> VerifiedReport:
    """A GO with these sign-offs; the keys that are known are those of the signers, each under its own name."""
    data = BODY
    for signer, role in sign_offs:
        data = signer.signs(data, role)
    lines = known or "".join(f"{signer.line}\n" for signer, _ in sign_offs)
    verification = verify(data, parse_allowed_signers(lines.encode(), "known"))
    return VerifiedReport(verification, read_facts(verification.report.body))


A, B, C = SeededSigner("a"), SeededSigner("b"), SeededSigner("c")
A_AS_B, A_AS_X = SeededSigner("a", "b@example.com"), SeededSigner("a", "x@example.com")
B_AS_A, C_AS_A = SeededSigner("b", "a@example.com"), SeededSigner("c", "A@EXAMPLE.com")
R, S, Q = "Release manager", "Security", "QA"
ROLES = tuple(map(RequiredSigner, (R, S)))


@pytest.mark.parametrize(
    ("sign_offs", "roles", "passes"),
    [
        ([(A, R), (B, S)], ROLES, True),
        ([(A, R), (A, S)], ROLES, False),
        ([(A, R), (A_AS_X, S)], ROLES, False),
        ([(A, R), (B_AS_A, S)], ROLES, False),
        ([(A, R), (C_AS_A, S)], ROLES, False),
        # Two keys and two names in a chain are one person too.
        ([(A, R), (A_AS_B, Q), (B, S)], ROLES, False),
        # It is enough that an assignment exists, whatever the order.
        ([(A, R), (A, S), (B, S)], ROLES, True),
        ([(A, S), (B, R), (A, R)], ROLES, True),
        ([(A, R), (B, S), (A, S), (B, R), (C, Q)], (*ROLES, RequiredSigner(Q)), True),
        ([(A, R), (B, S), (A, S), (B, R), (A, Q), (B, Q)], (*ROLES, RequiredSigner(Q)), False),
        ([(A, Q), (A, R), (B, Q), (B, S), (C, S)], (RequiredSigner(Q), *ROLES), True),
        # A role that is demanded twice is one role, by different signers it is two.
        ([(A, R)], (RequiredSigner(R), RequiredSigner("release-manager", "a@example.com")), True),
        ([(A, R), (B, R)], (RequiredSigner(R, "a@example.com"), RequiredSigner(R, "b@example.com")), True),
        ([(A, R), (A_AS_X, R)], (RequiredSigner(R, "a@example.com"), RequiredSigner(R, "x@example.com")), False),
        # What the report demands by itself may be signed by one, and is named.
        ([(A, R), (A, S)], (RequiredSigner(S),), True),
    ],
)
def test_different_demanded_roles_need_different_people(
    sign_offs: list[tuple[SeededSigner, str]], roles: tuple[RequiredSigner, ...], passes: bool
) -> None:
    report = people(*sign_offs)
    found = refusals(report, replace(DEMANDS, roles=roles), NOW)
    assert [(refusal.code, "different people" in refusal.why) for refusal in found] == [(4, True)] * (not passes)
    assert refusals(report, replace(DEMANDS, roles=roles, allow_same_signer=True), NOW) == ()


def test_the_roles_that_lack_a_person_are_named_and_no_others() -> None:
    report = people((A, R), (A, S), (B, Q))
    roles = tuple(map(RequiredSigner, (Q, R, S)))
    assert held_up(report, roles=roles) == [
        "the pipeline demands different people as Release manager and Security, and there is only a@example.com"
    ]


@pytest.mark.parametrize(
    ("names_of_a", "names_of_b", "passes"),
    [
        ("a@example.com", "b@example.com", True),
        ("a@example.com,b@example.com", "b@example.com", True),
        ("a@example.com,b@example.com", "b@example.com,a@example.com", False),
        ("*@example.com", "*@example.com", False),
        ("*@example.com,!b@example.com", "*@example.com", True),
    ],
)
def test_two_keys_that_may_sign_under_each_others_names_prove_no_two_people(
    names_of_a: str, names_of_b: str, passes: bool
) -> None:
    known = f"{names_of_a} {A.identity.key.line}\n{names_of_b} {B.identity.key.line}\n"
    assert (held_up(people((A, R), (B, S), known=known), roles=ROLES) == []) is passes


def test_a_key_that_is_not_known_holds_it_up_whatever_else_is_right() -> None:
    report = verified(STRANGER.signs(RM.signs(BODY), "Security"))
    [found] = refusals(report, DEMANDS, NOW)
    assert found.code is GateCode.UNKNOWN_KEY
    assert "claims to be stranger@example.com" in found.why


def test_the_code_is_that_of_the_weightiest_refusal_and_all_are_told() -> None:
    report = verified(STRANGER.signs(BODY, "Security", SignedVerdict.NO_GO))
    found = refusals(report, Demands("other", "4.12.0", timedelta(days=7)), NOW)
    assert [refusal.code for refusal in found] == [3, 4, 5, 5]
    assert gate_code(found) is GateCode.UNKNOWN_KEY


# How old it is.


def test_a_decision_may_not_be_older_than_the_pipeline_says() -> None:
    decided = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
    assert held_up(GO, decided + DEMANDS.max_age) == []
    assert held_up(GO, decided + DEMANDS.max_age + timedelta(seconds=1)) == [
        "it is too old: decided 2026-11-24T14:30:00Z"
    ]


def test_a_sign_off_of_today_makes_an_old_decision_no_younger() -> None:
    late = SIGNED_AT + timedelta(days=30)
    report = verified(SEC.signs(RM.signs(BODY), "Security", at=late))
    assert held_up(report, late + timedelta(hours=1)) == ["it is too old: decided 2026-11-24T14:30:00Z"]


def test_a_retired_key_cannot_sign_a_decision_that_was_taken_after_its_end() -> None:
    """Whoever has the old key can write any time under a sign-off, but then it is older than the decision."""
    assert held_up(signed(RETIRED)) == []
    report = signed(RETIRED, **decision(at="2026-11-25T08:00:00+00:00"))
    assert report.verification.all_valid
    assert held_up(report) == ["it bears a sign-off from before the decision: 2026-11-24T15:00:00Z"]


@pytest.mark.parametrize("ahead", [timedelta(minutes=15), timedelta(minutes=16)])
def test_clocks_may_differ_by_minutes_but_not_by_more(ahead: timedelta) -> None:
    is_held_up = ahead > timedelta(minutes=15)
    later, earlier = SIGNED_AT - ahead, datetime(2026, 11, 24, 14, 30, tzinfo=UTC) - ahead
    assert bool(held_up(GO, later)) is is_held_up
    assert bool(held_up(signed(at=earlier))) is is_held_up


def test_a_decision_of_tomorrow_is_held_up() -> None:
    report = signed(at=NOW, **decision(at="2026-11-26T09:00:00+00:00"))
    assert "it bears a time that has not come yet: 2026-11-26T09:00:00Z" in held_up(report)
