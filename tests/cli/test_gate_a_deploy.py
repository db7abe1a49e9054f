"""`signoff gate`: each of its exit codes, as a pipeline sees them, on a machine with nothing but the program."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cli.home import Home, Ran
from cli.hostile import assert_harmless
from cli.reports import COMMIT, PRINCIPAL, RELEASE, a_go, a_key, a_report_of, a_report_of_now, two_must_sign
from meeting import BY, NOW, a_checklist, a_window, answered, the_built_in_checklist
from seeded import RM, SEC, SeededSigner
from signoff.domain.answer import Status
from signoff.domain.checklist import Checklist, Demand
from signoff.domain.meeting import Choice, Override, Verdict, Vote
from signoff.domain.release import Release
from signoff.domain.session import Session
from signoff.domain.when import When
from signoff.signing.header import SignedVerdict
from vectors import FOLDER, NOT_VERIFIED, small_body

THIS = ("--service", "payments", "--version", "4.12.0", "--commit", COMMIT, "--environment", "prod")


@pytest.fixture(scope="module")
def manager(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("manager"))


@pytest.fixture(scope="module")
def fresh(manager: Home) -> Path:
    """A GO of a moment ago."""
    return a_report_of_now(manager)


@pytest.fixture
def signers(home: Home, manager: Home) -> Path:
    """The known keys of the pipeline."""
    path = home.work / "allowed_signers"
    path.write_text(f"{a_key(manager)}\n")
    return path


def gate(home: Home, report: Path, signers: Path, *arguments: str, this: tuple[str, ...] = THIS) -> Ran:
    return home.run("gate", report, *this, "--allowed-signers", signers, *arguments)


def test_0_a_fresh_go_for_this_release(home: Home, fresh: Path, signers: Path) -> None:
    ran = gate(home, fresh, signers, "--require-role", "Release manager", "--max-age", "1h")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[:2] == ["PASSED: the deploy may go on.", "report     payments 4.12.0 -> prod: GO"]
    assert f"sign-off   {PRINCIPAL}: GO as Release manager" in ran.out


@pytest.mark.parametrize("role", ["Release manager", f"Release manager={PRINCIPAL}", "release-manager"])
def test_0_a_role_may_be_bound_to_its_signer_by_the_pipeline(home: Home, fresh: Path, signers: Path, role: str) -> None:
    assert gate(home, fresh, signers, "--require-role", role).code == 0


def test_1_an_altered_report(home: Home, fresh: Path, signers: Path) -> None:
    path = home.work / "altered.md"
    path.write_bytes(fresh.read_bytes().replace(b"4.12.0", b"4.13.0"))
    ran = gate(home, path, signers)
    assert (ran.code, ran.lines[0]) == (1, "REFUSED: the deploy is held up.")
    assert ran.lines[1].startswith("because    line ")
    assert ran.lines[1].endswith(" (1)")


@pytest.mark.parametrize("name", [name for name, (_, code, _) in NOT_VERIFIED.items() if code == 1][::6])
def test_1_what_was_never_signed_like_this(home: Home, name: str) -> None:
    ran = gate(home, FOLDER / "not-verified" / f"{name}.signoff.md", FOLDER / "allowed_signers")
    assert ran.code == 1
    assert "Traceback" not in ran.err


def test_1_a_draft(home: Home, signers: Path) -> None:
    home.session()
    draft = home.run("export", "--draft").out.strip()
    ran = gate(home, home.work / draft, signers)
    assert ran.code == 1
    assert "carries no signature" in ran.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Missing argument 'REPORT'"),
        (("r.md",), "Missing option '--service'"),
        (("r.md", "--service", "a"), "Missing option '--version'"),
        (("r.md", "--service", "a", "--version", "1"), "Missing option '--allowed-signers'"),
        (("r.md", "--service", "a", "--version", "1", "--allowed-signers", "nowhere"), "There is no file nowhere."),
        (("nowhere.md", *THIS, "--allowed-signers", "allowed_signers"), "There is no file nowhere.md."),
        ((".", *THIS, "--allowed-signers", "allowed_signers"), ". is not a regular file."),
        (("r.md", *THIS, "--allowed-signers", "broken"), "broken:1: "),
        (("r.md", *THIS, "--allowed-signers", "allowed_signers", "--max-age", "soon"), '"soon" is not an age'),
        (("r.md", *THIS, "--allowed-signers", "allowed_signers", "--max-age", "0d"), '"0d" is not an age'),
        (("r.md", *THIS, "--allowed-signers", "allowed_signers", "--max-age", "-1d"), '"-1d" is not an age'),
        (("r.md", *THIS, "--allowed-signers", "allowed_signers", "--require-role", "QA="), '"QA=" is not a role'),
        (("r.md", *THIS, "--allowed-signers", "allowed_signers", "--require-role", ""), '"" is not a role'),
    ],
)
def test_2_wrong_usage_or_a_file_that_cannot_be_read(
    home: Home, signers: Path, fresh: Path, arguments: tuple[str, ...], said: str
) -> None:
    (home.work / "r.md").write_bytes(fresh.read_bytes())
    (home.work / "broken").write_text("rm@example.com\n")
    ran = home.run("gate", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_3_a_key_that_the_pipeline_does_not_know(home: Home, fresh: Path) -> None:
    ran = gate(home, fresh, FOLDER / "allowed_signers")
    assert ran.code == 3
    assert f"claims to be {PRINCIPAL}" in ran.out
    assert "is not known" in ran.out


def test_3_the_signers_own_list_of_keys_is_never_asked(manager: Home, fresh: Path) -> None:
    """What the home of whoever runs it knows counts for nothing: the pipeline's file alone does."""
    empty = manager.work / "empty"
    empty.write_text("")
    assert manager.run("verify", fresh).code == 0
    assert gate(manager, fresh, empty).code == 3


def test_4_a_sign_off_that_the_pipeline_demands(home: Home, fresh: Path, signers: Path) -> None:
    ran = gate(home, fresh, signers, "--require-role", "QA", "--require-role", "Release manager=ceo@example.com")
    assert ran.code == 4
    assert "the pipeline demands a sign-off that is missing: QA (4)" in ran.out
    assert "the pipeline demands a sign-off that is missing: Release manager (ceo@example.com) (4)" in ran.out


def test_4_a_sign_off_that_the_report_demands(tmp_path: Path) -> None:
    home = Home(tmp_path)
    ran = gate(home, a_report_of_now(home, checklist=two_must_sign()), home.locations.allowed_signers)
    assert ran.code == 4
    assert "because    the report demands a sign-off that is missing: Auditor (4)" in ran.lines


@pytest.mark.parametrize(
    ("option", "value", "why"),
    [
        ("--service", "ledger", "it is about the service payments, not ledger (5)"),
        ("--version", "4.12.1", "it is about the version 4.12.0, not 4.12.1 (5)"),
        ("--environment", "staging", "it is about the environment prod, not staging (5)"),
        ("--commit", "0" * 40, f"it is about the commit {COMMIT}, not {'0' * 40} (5)"),
    ],
)
def test_5_another_release(home: Home, fresh: Path, signers: Path, option: str, value: str, why: str) -> None:
    ran = gate(home, fresh, signers, option, value)
    assert ran.code == 5
    assert ran.lines[1] == f"because    {why}"


def test_5_too_old(home: Home) -> None:
    report, signers = FOLDER / "one-signer.signoff.md", FOLDER / "allowed_signers"
    release = ("--service", "payments-api", "--version", "4.12.0")
    old = RM.signs(small_body().replace(b"2026-11-24T14:30", b"2020-11-24T14:30"))
    (home.work / "old.md").write_bytes(old)
    ran = gate(home, home.work / "old.md", signers, this=release)
    assert ran.code == 5
    assert "it is too old: decided 2020-11-24T14:30:00Z (5)" in ran.out
    assert home.run("verify", report, "--allowed-signers", signers).code == 0


def test_5_a_co_signers_no_go(tmp_path: Path) -> None:
    home = Home(tmp_path)
    report = a_report_of_now(home)
    given = ("--role", "QA", "--verdict", "NO-GO", "--passphrase-stdin")
    assert home.run("sign", report, *given, typed="a passphrase for tests\n").code == 0
    assert home.run("verify", report).code == 0
    ran = gate(home, report, home.locations.allowed_signers)
    assert ran.code == 5
    assert f"because    somebody signed it with NO-GO: {PRINCIPAL}: NO-GO as QA" in ran.out


# What the meeting found, whatever it decided.

LONG_AGO = replace(RELEASE, window=a_window(datetime(2020, 11, 26, 15, tzinfo=UTC)))
"""A release whose window began before anything that these tests agree upon."""
YEARS_AHEAD = replace(RELEASE, window=a_window(datetime(2099, 11, 26, 15, tzinfo=UTC)))
OVERRULED = "because    it was decided {} over the verdict {}: "


def days_from_now(days: int) -> datetime:
    return datetime.now(UTC).replace(microsecond=0) + timedelta(days=days)


def with_condition(session: Session, due: When | None) -> Session:
    return answered(session, "coverage", Status.CONDITION, what="reach 80%", owner="ana", due=due)


def with_failed_must(session: Session) -> Session:
    return answered(session, "vault", Status.FAIL)


def with_risk(session: Session, until: When | None) -> Session:
    return answered(
        session, "coverage", Status.RISK, accepted_by="the CTO", until=until, reason="low traffic", evidence=()
    )


def gate_on(
    home: Home,
    choice: Verdict,
    *arguments: str,
    meeting: Callable[[Session], Session] = a_go,
    release: Release = LONG_AGO,
    checklist: Checklist | None = None,
) -> Ran:
    """The gate's answer to what a meeting decided a moment ago."""
    report = a_report_of(home, meeting, choice, release=release, checklist=checklist)
    return home.run("gate", report, *THIS, "--allowed-signers", FOLDER / "allowed_signers", *arguments)


def bad(session: Session) -> Session:
    """A must item has failed, and another's condition is overdue since four days."""
    return with_condition(with_failed_must(a_go(session)), days_from_now(-4))


def contested(session: Session) -> Session:
    """A must item has failed, a role has not voted, and there is a condition that is not due yet."""
    session = with_condition(with_failed_must(a_go(session)), days_from_now(4))
    return session.vote("qa", Vote(), now=NOW, by=BY)


@pytest.mark.parametrize("choice", [Verdict.GO, Verdict.CONDITIONAL])
@pytest.mark.parametrize("flags", [(), ("--allow-conditional",), ("--allow-overruled", "--allow-conditional")])
def test_5_an_overdue_condition_whatever_was_decided_and_allowed(
    home: Home, choice: Verdict, flags: tuple[str, ...]
) -> None:
    ran = gate_on(home, choice, *flags, meeting=bad)
    assert ran.code == 5
    assert any(line.startswith("because    a condition is overdue since ") for line in ran.lines)
    assert "Coverage meets its threshold: reach 80% (5)" in ran.out
    assert (OVERRULED.format(choice, "NO-GO") in ran.out) == ("--allow-overruled" not in flags)


def test_5_a_decision_better_than_the_verdict_names_every_reason(home: Home) -> None:
    ran = gate_on(home, Verdict.GO, "--allow-conditional", meeting=contested)
    assert ran.code == 5
    [said] = [line for line in ran.lines if line.startswith(OVERRULED.format("GO", "NO-GO"))]
    for reason in (
        "must item failed: Secrets in a vault",
        "QA has not voted",
        "condition: Coverage meets its threshold: reach 80%",
    ):
        assert reason in said


def test_0_a_decision_better_than_the_verdict_where_the_pipeline_allows_it(home: Home) -> None:
    ran = gate_on(home, Verdict.GO, "--allow-overruled", meeting=contested)
    assert ran.code == 0
    assert ran.lines[0] == "PASSED: the deploy may go on."
    assert ran.lines[1].startswith("overruled  decided GO over the verdict NO-GO: must item failed: Secrets in a vault")
    assert "QA has not voted" in ran.lines[1]
    assert ran.lines[2].startswith("condition  Coverage meets its threshold: reach 80%, ana, due ")


def test_5_a_conditional_go_over_a_no_go_needs_both_to_be_allowed(home: Home) -> None:
    for flags in ((), ("--allow-conditional",), ("--allow-overruled",)):
        assert gate_on(home, Verdict.CONDITIONAL, *flags, meeting=contested).code == 5
    both = gate_on(home, Verdict.CONDITIONAL, "--allow-conditional", "--allow-overruled", meeting=contested)
    assert both.code == 0
    assert both.lines[1].startswith("overruled  decided CONDITIONAL over the verdict NO-GO: must item failed: ")
    assert "condition: " not in both.lines[1]


def test_5_a_go_over_open_conditions_is_overruled_too(home: Home) -> None:
    def meeting(session: Session) -> Session:
        return with_condition(a_go(session), days_from_now(4))

    assert gate_on(home, Verdict.CONDITIONAL, "--allow-conditional", meeting=meeting).code == 0
    assert gate_on(home, Verdict.GO, "--allow-overruled", meeting=meeting).code == 0
    ran = gate_on(home, Verdict.GO, "--allow-conditional", meeting=meeting)
    assert ran.code == 5
    assert OVERRULED.format("GO", "CONDITIONAL") + "condition: Coverage meets its threshold: reach 80% (5)" in ran.lines


@pytest.mark.parametrize("choice", [Verdict.GO, Verdict.CONDITIONAL])
def test_5_a_condition_that_is_due_before_the_deploy(home: Home, choice: Verdict) -> None:
    def meeting(session: Session) -> Session:
        return with_condition(a_go(session), days_from_now(4))

    flags = ("--allow-overruled", "--allow-conditional")
    ran = gate_on(home, choice, *flags, meeting=meeting, release=YEARS_AHEAD)
    assert ran.code == 5
    assert any(line.startswith("because    a condition is due before the deploy, ") for line in ran.lines)
    assert gate_on(home, choice, *flags, meeting=meeting, release=LONG_AGO).code == 0


def test_0_what_was_let_through_and_what_was_not_demanded_is_said(home: Home) -> None:
    def meeting(session: Session) -> Session:
        session = session.vote("qa", Vote(Choice.GO_IF, "Chen", "the pager works"), now=NOW, by=BY)
        session = with_risk(a_go(session), days_from_now(30))
        session = session.vote("qa", Vote(Choice.GO_IF, "Chen", "the pager works"), now=NOW, by=BY)
        session = session.vote("legal", Vote(Choice.GO, "Lee"), now=NOW, by=BY)
        session = answered(
            session, "rollback-tested", Status.RISK, accepted_by="the CTO", until=days_from_now(9), reason="x"
        )
        return session.override("tested", Override("V. P.", "a drill is on Monday"), now=NOW, by=BY)

    report = a_report_of(home, meeting, Verdict.CONDITIONAL, release=LONG_AGO)
    signers = FOLDER / "allowed_signers"
    few = ("--service", "payments", "--version", "4.12.0")
    ran = gate(home, report, signers, "--allow-conditional", this=few)
    assert ran.code == 0, ran.out
    said = "\n".join(ran.lines[1:])
    assert "open       QA votes go if: the pager works\n" in said
    assert "override   Always: Test rollback, by V. P.: a drill is on Monday\n" in said
    assert "risk       Coverage meets its threshold, until " in said
    assert "risk       Rollback tested, until " in said
    assert "accepted by the CTO" in said
    assert ran.lines[-1] == "undemanded environment, commit, checklist, role"
    answer = gate(home, report, signers, "--allow-conditional", "--json", this=few).object
    assert answer["not_demanded"] == ["environment", "commit", "checklist", "role"]
    through = answer["let_through"]
    assert through["overruled"] is None
    assert through["conditions"] == []
    assert through["open_points"] == ["QA votes go if: the pager works"]
    assert through["overrides"] == [{"rule": "Always: Test rollback", "by": "V. P.", "reason": "a drill is on Monday"}]
    assert [risk["accepted_by"] for risk in through["risks"]] == ["the CTO", "the CTO"]


def test_machines_read_what_was_overruled_and_of_a_refused_report_nothing_was_let_through(home: Home) -> None:
    ran = gate_on(
        home, Verdict.GO, "--allow-overruled", "--json", "--require-role", "Release manager", meeting=contested
    )
    through = ran.object["let_through"]
    assert ran.object["not_demanded"] == ["checklist"]
    assert through["overruled"]["verdict"] == "NO-GO"
    assert through["overruled"]["reasons"][0] == "must item failed: Secrets in a vault"
    assert [condition["text"] for condition in through["conditions"]] == ["Coverage meets its threshold: reach 80%"]
    assert gate_on(home, Verdict.GO, "--json", meeting=contested).object["let_through"] is None


def test_5_an_accepted_risk_that_has_ended_with_nothing_that_permits_it(home: Home) -> None:
    def meeting(session: Session) -> Session:
        return with_risk(with_failed_must(a_go(session)), days_from_now(-2))

    ran = gate_on(home, Verdict.GO, "--allow-overruled", "--allow-conditional", meeting=meeting)
    assert ran.code == 5
    assert any(line.startswith("because    the accepted risk has ended since ") for line in ran.lines)


def test_5_another_checklist_than_the_one_that_is_demanded(home: Home) -> None:
    """Whoever writes a checklist of their own can have any release pass it."""
    digest = the_built_in_checklist().sha256
    asked = ("--checklist", f"production-readiness@{digest}")
    assert gate_on(home, Verdict.GO, *asked, checklist=the_built_in_checklist()).code == 0
    own = replace(a_checklist(), id="production-readiness", sha256="5e" * 32)
    ran = gate_on(home, Verdict.GO, *asked, checklist=own)
    assert ran.code == 5
    said = f"it is about the checklist production-readiness@{'5e' * 32}, not production-readiness@{digest} (5)"
    assert f"because    {said}" in ran.lines
    for wrong in ("production-readiness", "production-readiness@", f"@{digest}", f"production-readiness@{digest[:12]}"):
        assert gate_on(home, Verdict.GO, "--checklist", wrong, checklist=own).code == 2


# Whose word it is.


def signed_by(home: Home, *sign_offs: tuple[SeededSigner, str, SignedVerdict], report: Path | None = None) -> Path:
    """A GO of a moment ago, with these sign-offs behind the first; a first one for itself is replaced."""
    path = report or a_report_of(home, a_go)
    data = path.read_bytes()
    body = data[: data.index(b"```signoff\n")]
    for signer, role, verdict in sign_offs:
        body = signer.signs(body, role, verdict, at=datetime.now(UTC).replace(microsecond=0))
    path.write_bytes(body)
    return path


def known(home: Home, *signers: SeededSigner) -> Path:
    path = home.work / "known"
    path.write_text("".join(f"{signer.line}\n" for signer in signers))
    return path


GO, NO_GO, ACK = SignedVerdict.GO, SignedVerdict.NO_GO, SignedVerdict.ACK
MANAGER = "Release manager"


def test_4_an_ack_is_no_signature_of_a_demanded_or_a_required_role(home: Home) -> None:
    report = signed_by(home, (RM, MANAGER, GO), (SEC, "QA", ACK))
    ran = gate(home, report, known(home, RM, SEC), "--require-role", "QA")
    assert ran.code == 4
    assert "because    the pipeline demands a sign-off that is missing: QA, there is only an ACK (4)" in ran.lines
    report = signed_by(home, (RM, MANAGER, ACK), (SEC, "QA", GO))
    ran = gate(home, report, known(home, RM, SEC), "--require-role", "QA")
    assert ran.code == 4
    said = "because    the report demands a sign-off that is missing: Release manager, there is only an ACK (4)"
    assert said in ran.lines
    report = signed_by(home, (RM, MANAGER, ACK), (SEC, "QA", ACK))
    assert gate(home, report, known(home, RM, SEC), "--require-role", "QA").code == 4


def test_4_a_report_that_demands_nobody_needs_an_opinion_too(home: Home) -> None:
    checklist = two_must_sign()
    none = replace(checklist, roles=tuple(replace(role, signature=Demand.OPTIONAL) for role in checklist.roles))
    report = a_report_of(home, a_go, checklist=none)
    assert gate(home, report, known(home, RM, SEC)).code == 0
    ran = gate(home, signed_by(home, (SEC, "QA", ACK), (RM, MANAGER, ACK), report=report), known(home, RM, SEC))
    assert ran.code == 4
    assert "because    nobody signed it with an opinion: every sign-off says ACK (4)" in ran.lines


def test_5_a_demanded_roles_no_go_is_an_objection(home: Home) -> None:
    report = signed_by(home, (RM, MANAGER, GO), (SEC, "QA", NO_GO))
    assert gate(home, report, known(home, RM, SEC), "--require-role", "QA").code == 5


BOTH = ("--require-role", MANAGER, "--require-role", "QA")


def test_4_one_person_for_two_demanded_roles(home: Home) -> None:
    report, signers = signed_by(home, (RM, MANAGER, GO), (RM, "QA", GO)), known(home, RM, SEC)
    ran = gate(home, report, signers, *BOTH)
    assert ran.code == 4
    assert (
        "because    the pipeline demands different people as Release manager and QA, "
        "and there is only rm@example.com (4)" in ran.lines
    )
    allowed = gate(home, report, signers, *BOTH, "--allow-same-signer")
    assert allowed.code == 0
    assert "one signer rm@example.com signed as Release manager and QA" in allowed.lines


def test_4_one_key_under_two_names_is_one_person(home: Home) -> None:
    other = SeededSigner("rm", "rob@example.com")
    report, signers = signed_by(home, (RM, MANAGER, GO), (other, "QA", GO)), known(home, RM, other)
    ran = gate(home, report, signers, *BOTH)
    assert ran.code == 4
    assert "and there is only rm@example.com alias rob@example.com (4)" in ran.out
    assert gate(home, report, signers, *BOTH, "--allow-same-signer").code == 0


def test_4_one_person_with_two_keys_is_one_person(home: Home) -> None:
    second = SeededSigner("sec", "rm@example.com")
    report, signers = signed_by(home, (RM, MANAGER, GO), (second, "QA", GO)), known(home, RM, second)
    assert gate(home, report, signers, *BOTH).code == 4


def test_4_a_name_in_other_letters_is_the_same_name(home: Home) -> None:
    second = SeededSigner("sec", "RM@Example.com")
    report, signers = signed_by(home, (RM, MANAGER, GO), (second, "QA", GO)), known(home, RM, second)
    assert gate(home, report, signers, *BOTH).code == 4


def test_4_two_keys_that_are_known_under_the_same_names_prove_no_two_people(home: Home) -> None:
    one, two = SeededSigner("rm", "ana@example.com"), SeededSigner("sec", "qa@example.com")
    report, signers = signed_by(home, (one, MANAGER, GO), (two, "QA", GO)), home.work / "known"
    assert gate(home, report, known(home, one, two), *BOTH).code == 0
    names = "ana@example.com,qa@example.com"
    signers.write_text(f"{names} {one.identity.key.line}\n{names} {two.identity.key.line}\n")
    assert gate(home, report, signers, *BOTH).code == 4
    # Where one of two is the other's deputy, they are two people.
    signers.write_text(f"{names} {one.identity.key.line}\nqa@example.com {two.identity.key.line}\n")
    assert gate(home, report, signers, *BOTH).code == 0


def test_0_it_is_enough_that_each_demanded_role_can_have_its_own_person(home: Home) -> None:
    report = signed_by(home, (RM, "QA", GO), (RM, MANAGER, GO), (SEC, "QA", GO))
    assert gate(home, report, known(home, RM, SEC), *BOTH).code == 0
    assert gate(home, report, known(home, RM, SEC), *BOTH, "--require-role", "Product").code == 4


def test_0_a_role_that_is_demanded_twice_is_one_role(home: Home) -> None:
    report = signed_by(home, (RM, MANAGER, GO))
    twice = ("--require-role", MANAGER, "--require-role", "release-manager=rm@example.com", "--require-role", MANAGER)
    assert gate(home, report, known(home, RM, SEC), *twice).code == 0


# Which commit it is.


TWIN = COMMIT[:12] + "0" * 28
"""Another commit that begins as this one does; two such are made in seconds."""


def test_5_another_commit_that_begins_alike(home: Home) -> None:
    report = a_report_of(home, a_go, release=replace(RELEASE, commit=COMMIT[:12]))
    for commit in (COMMIT, TWIN):
        ran = gate(home, report, known(home, RM), "--commit", commit)
        assert ran.code == 5
        said = f'it names the commit "{COMMIT[:12]}", which is not whole: all 40 digits, or 64 with SHA-256, are needed'
        assert f"because    {said} (5)" in ran.lines
    assert gate(home, report, known(home, RM), this=THIS[:4]).code == 0


@pytest.mark.parametrize("commit", [COMMIT[:12], COMMIT[:39], "", "HEAD", COMMIT + "0"])
def test_5_a_demand_that_does_not_name_one_commit(home: Home, fresh: Path, signers: Path, commit: str) -> None:
    ran = gate(home, fresh, signers, "--commit", commit)
    assert ran.code == 5
    said = f'the commit that is demanded, "{commit}", is not whole: all 40 digits, or 64 with SHA-256, are needed (5)'
    assert f"because    {said}" in ran.lines


def test_0_a_commit_is_the_same_in_capitals_and_may_be_of_sha_256(home: Home, fresh: Path, signers: Path) -> None:
    assert gate(home, fresh, signers, "--commit", COMMIT.upper()).code == 0
    long = "a1" * 32
    report = a_report_of(home, a_go, release=replace(RELEASE, commit=long))
    assert gate(home, report, known(home, RM), "--commit", long).code == 0
    assert gate(home, report, known(home, RM), "--commit", long[:40]).code == 5


def test_machines_get_one_object(home: Home, fresh: Path, signers: Path) -> None:
    passed = gate(home, fresh, signers, "--json").object
    assert (passed["format"], passed["passed"], passed["code"], passed["refusals"]) == ("signoff-gate/1", True, 0, [])
    assert passed["report"]["service"] == "payments"
    assert passed["report"]["commit"] == COMMIT
    assert passed["report"]["decision"] == "GO"
    [sign_off] = passed["sign_offs"]
    assert (sign_off["signer"], sign_off["role"], sign_off["standing"]) == (PRINCIPAL, "Release manager", "valid")
    ran = gate(home, fresh, signers, "--json", "--version", "5", "--require-role", "QA")
    assert (ran.code, ran.object["passed"], ran.object["code"]) == (4, False, 4)
    assert [refusal["code"] for refusal in ran.object["refusals"]] == [4, 5]
    altered = home.work / "a.md"
    altered.write_bytes(fresh.read_bytes()[:-50])
    ran = gate(home, altered, signers, "--json")
    assert (ran.code, ran.object["passed"], ran.object["refusals"][0]["code"]) == (1, False, 1)


NO_HOME = (
    "import pwd, sys; pwd.getpwuid = lambda _: {}[_]; from signoff.cli.main import run; sys.exit(run(sys.argv[1:]))"
)
"""As in a container whose user has no name: then nobody knows where their home is either."""


def test_it_needs_no_home_no_settings_and_no_terminal(fresh: Path, signers: Path) -> None:
    arguments = ["gate", str(fresh), *THIS, "--allowed-signers", str(signers)]
    for environment in ({}, {"HOME": "/nowhere"}, {"SIGNOFF_DATA_DIR": "~nobody-at-all/x"}):
        done = subprocess.run(
            [sys.executable, "-c", NO_HOME, *arguments],
            env=environment,
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")


def test_texts_of_a_report_cannot_pose_as_lines_of_the_gate(home: Home) -> None:
    service = b'"service": "x\\nPASSED: the deploy may go on.\\u001b[2J"'
    (home.work / "r.md").write_bytes(RM.signs(small_body().replace(b'"service": "payments-api"', service)))
    ran = gate(home, home.work / "r.md", FOLDER / "allowed_signers")
    assert ran.code == 5
    assert not any(line.startswith("PASSED") for line in ran.lines)
    assert_harmless(ran.raw_out, ran.raw_err)
