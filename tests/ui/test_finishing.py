"""The end of the meeting: blockers, rules, roll call, decision, signature, and the revision after it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from walking import NARROW, NORMAL, NOW, RELEASE, WIDE, Walk, a_session_file, a_walk, locations

from signoff.domain.answer import Status
from signoff.domain.checklist import Agreement, Checklist
from signoff.domain.evidence import Evidence
from signoff.domain.meeting import Choice, Verdict, Vote, Watch
from signoff.domain.rules import evaluate_rules
from signoff.errors import SignoffError
from signoff.signing.signer import create_key
from signoff.storage.session_file import SessionFile
from signoff.ui.widgets.finding_list import FindingList

PASSPHRASE = "correct horse battery"


def ready_to_decide(folder: Path, checklist: Checklist | None = None) -> SessionFile:
    """A session in which everything passes and everybody has voted go."""
    if checklist is None:
        file = a_session_file(folder)
    else:
        file = SessionFile.create(locations(folder).data, checklist, RELEASE, NOW)
    said, session = {"now": NOW, "by": "R. Manager"}, file.session
    for item in session.checklist.items:
        session = session.answer(item.id, status=Status.PASS, evidence=(Evidence("https://ci.example/1"),), **said)
    for role in session.checklist.voting_roles:
        session = session.vote(role.id, Vote(Choice.GO, "ana"), **said)
    file.save(session.set_watch(Watch("bob", NOW.replace(day=27)), **said), NOW)
    return SessionFile.open(file.path)


async def sign(walk: Walk) -> None:
    await walk.press("f", "D", "y", "enter", "S")
    await walk.fill("4.12.0")
    await walk.see("Unlock your key")
    await walk.fill(PASSPHRASE)
    await walk.see("Signed as rm@example.com")
    await walk.settle()


async def test_enter_on_a_blocker_goes_to_the_item(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("3", "n", "1", "f", "tab", "g", "enter")
        assert ">[✗] Graceful shutdown implemented" in walk.screen


async def test_each_rule_says_why_it_is_met_or_not(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("f", "tab")
        assert "RULES (1 of 8)" in walk.screen
        assert "37 open" in walk.screen
        assert "Thu 26 Nov 14:00-16:00 UTC" in walk.screen


@pytest.mark.parametrize("size", [WIDE, NORMAL, NARROW])
async def test_no_rule_and_no_reason_is_cut(tmp_path: Path, size: tuple[int, int]) -> None:
    async with a_walk(tmp_path, size, session=a_session_file(tmp_path)) as walk:
        await walk.press("f", "tab")
        width, lines = walk.app.screen.query_one(FindingList).size.width, []
        for _ in range(9):
            lines += [line[:width] for line in walk.screen.split("\n")]
            await walk.press("j")
        said = " ".join(" ".join(lines).split())
        for result in evaluate_rules(walk.session):
            assert result.title in said
            assert result.reason in said


async def test_why_a_rule_is_as_it_is_is_scrolled_to_with_the_rule(tmp_path: Path) -> None:
    async with a_walk(tmp_path, NARROW, session=a_session_file(tmp_path)) as walk:
        await walk.press("f", "tab")
        rules = {result.title: result.reason for result in evaluate_rules(walk.session)}
        for _ in rules:
            finding = walk.app.screen.query_one(FindingList).selected
            assert finding is not None
            assert rules[finding.text][:40] in walk.screen
            await walk.press("j")


async def test_a_rule_is_overridden_with_name_and_reason(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("f", "O")
        assert "Select a rule first" in walk.screen
        await walk.press("tab", "g", "j", "j", "O")
        await walk.fill("ana", "tested by hand last week")
        assert walk.session.overrides["rollback-tested"].by == "ana"
        assert "[!] Always: Test rollback" in walk.screen


async def test_the_roll_call_goes_from_role_to_role(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("f", "y")
        await walk.fill("ana")
        await walk.press("a", "c")
        await walk.fill("dee", "the load test ends green")
        await walk.press("n")
        await walk.fill("chen", "too many open tickets")
        votes = walk.session.votes
        assert [(role, vote.choice) for role, vote in votes.items()] == [
            ("security", Choice.GO),
            ("operations", Choice.ABSENT),
            ("qa", Choice.GO_IF),
            ("engineering", Choice.NO_GO),
        ]
        assert votes["qa"].comment == "the load test ends green"
        assert ">[ ] Product" in walk.screen


async def test_a_vote_asks_once_who_speaks_for_the_role(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("f", "y")
        assert "Security votes GO" in walk.screen
        await walk.fill("ana")
        assert walk.session.votes["security"] == Vote(Choice.GO, "ana")
        assert walk.session.people == {"security": "ana"}
        assert ">[ ] Operations" in walk.screen
        await walk.press("k", "delete", "k", "y")
        assert walk.session.votes["security"] == Vote(Choice.GO, "ana")
        await walk.press("u", "u", "u", "u")
        assert (walk.session.votes["security"], walk.session.people) == (Vote(), {})


async def test_a_vote_that_nobody_is_named_for_is_kept_as_incomplete_and_holds_up_a_go(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=ready_to_decide(tmp_path)) as walk:
        await walk.press("f", "delete", "k", "y", "escape")
        assert walk.session.votes["security"] == Vote(Choice.GO)
        assert "Incomplete: nobody is named for the vote of Security; p names people." in walk.screen
        assert re.search(r">\[✓\] Security +who\? +GO", walk.screen)
        assert "the rules say: UNDECIDED" in walk.screen
        await walk.press("D", "y")
        assert "the vote of Security needs a name" in walk.screen
        await walk.press("escape", "y")
        await walk.fill("ana")
        assert "the rules say: GO" in walk.screen


async def test_a_no_go_asks_who_says_it_before_why(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("f", "n")
        await walk.fill("", "too many open tickets")
        assert walk.session.votes["security"] == Vote(Choice.NO_GO, "", "too many open tickets")
        assert "nobody is named for the vote of Security" in walk.screen
        await walk.press("n")
        await walk.fill("ana", "")
        assert walk.session.votes["security"] == Vote(Choice.NO_GO, "ana", "too many open tickets")


async def test_a_roll_call_by_majority_says_so_and_who_is_outvoted(tmp_path: Path) -> None:
    file = ready_to_decide(tmp_path)
    file.session = replace(file.session, checklist=replace(file.session.checklist, roll_call=Agreement.MAJORITY))
    async with a_walk(tmp_path, session=file) as walk:
        await walk.press("f", "n")
        await walk.fill("not yet")
        assert "ROLL CALL, by majority" in walk.screen
        assert "the rules say: GO" in walk.screen
        assert "4 of 5, no-go from Security" in walk.screen


async def test_the_people_of_the_roles_are_named_and_vote_by_name(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("f", "p")
        await walk.type("ana")
        await walk.press("escape", "y")
        assert walk.session.people == {"security": "ana"}
        assert walk.session.votes["security"].by == "ana"


async def test_a_decision_better_than_the_verdict_needs_a_reason_and_the_session_keeps_both(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("n", "f", "D", "y")
        await walk.see("GO, although the rules say NO-GO")
        await walk.press("enter")
        assert "Why is needed." in walk.screen
        await walk.fill("The old version loses payments.")
        decision = walk.session.decision
        assert (decision.choice, decision.verdict) == (Verdict.GO, Verdict.NO_GO)
        assert decision.reason == "The old version loses payments."


async def test_a_no_go_asks_when_the_meeting_is_held_again(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("f", "D", "n")
        await walk.fill("not ready", "fri 10:00")
        decision = walk.session.decision
        assert decision.choice is Verdict.NO_GO
        assert str(decision.meet_again) == "2026-11-27 10:00:00+00:00"


async def test_something_incomplete_blocks_a_go_and_is_named(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("a", "escape", "f", "D", "y")
        assert "needs a reason" in walk.screen
        assert "Complete it" in walk.screen
        await walk.press("escape")
        assert not walk.session.decision.is_taken


async def test_nothing_is_signed_before_it_is_decided(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=ready_to_decide(tmp_path)) as walk:
        await walk.press("f", "S")
        assert "Nothing is decided yet. D decides." in walk.screen


async def test_the_wrong_version_does_not_sign(tmp_path: Path) -> None:
    create_key("rm@example.com", tmp_path / "config", PASSPHRASE)
    async with a_walk(tmp_path, session=ready_to_decide(tmp_path)) as walk:
        await walk.press("f", "D", "y", "enter", "S")
        await walk.fill("4.11.0")
        assert "That is not the version: it is 4.12.0." in walk.screen
        assert not walk.session.is_signed


async def test_a_wrong_passphrase_is_asked_again(tmp_path: Path) -> None:
    create_key("rm@example.com", tmp_path / "config", PASSPHRASE)
    async with a_walk(tmp_path, session=ready_to_decide(tmp_path)) as walk:
        await walk.press("f", "D", "y", "enter", "S")
        await walk.fill("4.12.0")
        await walk.see("Unlock your key")
        await walk.fill("not the passphrase")
        await walk.see("The passphrase does not open")
        await walk.fill(PASSPHRASE)
        await walk.see("Signed as rm@example.com")


async def test_a_signed_session_is_read_only_and_a_new_revision_names_the_one_it_supersedes(tmp_path: Path) -> None:
    create_key("rm@example.com", tmp_path / "config", PASSPHRASE)
    async with a_walk(tmp_path, session=ready_to_decide(tmp_path)) as walk:
        await sign(walk)
        signed = walk.session
        assert "SIGNED, read-only" in walk.screen
        await walk.press("y")
        assert "signed and read-only" in walk.screen
        await walk.press("escape", "n")
        assert "Start a new revision?" in walk.screen
        await walk.press("n")
        assert walk.session == signed

        await walk.press("R", "R", "n")
        after = walk.session
        assert not after.is_signed
        assert not after.decision.is_taken
        assert after.supersedes.revision == signed.revision
        assert after.supersedes.body_sha256 == signed.sign_offs[0].body_sha256
        assert after.answers["secrets-in-vault"].status is Status.FAIL


async def test_a_second_report_does_not_replace_the_first(tmp_path: Path) -> None:
    create_key("rm@example.com", tmp_path / "config", PASSPHRASE)
    async with a_walk(tmp_path, session=ready_to_decide(tmp_path)) as walk:
        await sign(walk)
        await walk.press("escape", "R", "R")
        await sign(walk)
    names = sorted(path.name for path in tmp_path.glob("*.signoff.md"))
    assert names == ["payments-api-4.12.0-2026-11-24-2.signoff.md", "payments-api-4.12.0-2026-11-24.signoff.md"]


async def test_a_report_that_cannot_be_written_leaves_the_session_unsigned(tmp_path: Path) -> None:
    create_key("rm@example.com", tmp_path / "config", PASSPHRASE)
    async with a_walk(tmp_path, session=ready_to_decide(tmp_path)) as walk:
        walk.app.working_folder = tmp_path / "nowhere"
        await walk.press("f", "D", "y", "enter", "S")
        await walk.fill("4.12.0")
        await walk.see("Unlock your key")
        await walk.fill(PASSPHRASE)
        await walk.see("Cannot write")
        assert not walk.session.is_signed


async def test_waiting_for_a_keyring_can_be_left(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    import threading

    answered = threading.Event()

    def never_answers(*_: object) -> None:
        answered.wait(20)
        raise SignoffError("too late")

    monkeypatch.setattr("signoff.ui.screens.signing_key.create_key", never_answers)
    async with a_walk(tmp_path, session=ready_to_decide(tmp_path)) as walk:
        await walk.press("f", "D", "y", "enter", "S")
        await walk.fill("rm@example.com")
        await walk.see("Waiting for the keyring")
        await walk.press("escape")
        assert "ROLL CALL" in walk.screen
        answered.set()


async def test_a_decision_is_taken_again_before_it_is_signed_when_something_got_worse(tmp_path: Path) -> None:
    create_key("rm@example.com", tmp_path / "config", PASSPHRASE)
    async with a_walk(tmp_path, session=ready_to_decide(tmp_path)) as walk:
        await walk.press("3", "n", "f", "D", "y")
        await walk.fill("the fix is on its way")  # a GO although a must item failed, with its reason
        await walk.press("escape")
        assert "decided: GO  rules: NO-GO" in walk.screen
        await walk.press("1", "n")  # and another must item fails after that
        assert "decided GO at r45; since then must item failed: decide again" in walk.screen
        await walk.press("f", "S")
        assert "GO was decided at r45; since then must item failed: Secrets" in walk.screen
        assert "STALE     since then must item failed:" in walk.screen
        assert not walk.session.is_signed
        await walk.press("D", "y")
        await walk.fill("the fix of both is on its way")
        assert "STALE" not in walk.screen
        await walk.press("S")
        await walk.see("Sign and export")


@pytest.mark.parametrize(("size", "words"), [(NORMAL, "decided GO, now stale: decide again"), (NARROW, "GO is stale")])
async def test_a_stale_decision_is_seen_at_every_size(tmp_path: Path, size: tuple[int, int], words: str) -> None:
    async with a_walk(tmp_path, size, session=ready_to_decide(tmp_path)) as walk:
        await walk.press("f", "D", "y", "enter", "escape", "n")
        assert words in walk.screen
        await walk.press("f")
        assert "STALE" in walk.screen


async def test_vote_keys_vote_in_the_roll_call_only(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("f", "tab", "y")
        assert "Tab goes there" in walk.screen
        assert not walk.session.votes


async def test_a_go_if_needs_its_if_and_escape_votes_nothing(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("f", "c", "enter", "enter")
        assert "If is needed." in walk.screen
        await walk.press("escape")
        assert not walk.session.votes


async def test_a_broken_rule_is_a_blocker(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=ready_to_decide(tmp_path)) as walk:
        await walk.press("f", "n")
        await walk.fill("not yet")
        assert "BLOCKERS (1)" in walk.screen
        assert "no-go from Security" in walk.screen


async def test_the_preview_of_a_signed_session_is_the_signed_report(tmp_path: Path) -> None:
    create_key("rm@example.com", tmp_path / "config", PASSPHRASE)
    async with a_walk(tmp_path, session=ready_to_decide(tmp_path)) as walk:
        await sign(walk)
        await walk.press("x")
        await walk.see("The SIGNED report")
        assert "UNSIGNED" not in walk.screen
