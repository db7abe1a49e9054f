"""Who has signed the report of a session: shown and added to in the finish, stale when the session changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from meeting import the_built_in_checklist
from signoff.domain.checklist import Demand
from signoff.signing.signer import create_key
from signoff.workflow.verify_report import verify_report
from ui.test_finishing import PASSPHRASE, ready_to_decide, sign
from ui.walking import Walk, a_session_file, a_walk


async def sign_beside(walk: Walk, role: str, verdict: str) -> None:
    """Sign the signed report again, in another role."""
    await walk.press("S")
    await walk.see("In which role do you sign?")
    rows = [line for line in walk.screen.split("\n") if "│" in line]
    names = ["Security", "Operations", "QA", "Engineering", "Product"]
    assert any(role in row for row in rows)
    await walk.press(*["j"] * names.index(role), "enter")
    await walk.see(f"What do you say as {role}?")
    await walk.press(*["j"] * ["GO", "NO-GO", "ACK"].index(verdict), "enter")
    await walk.see(f"Sign {verdict}?")
    assert f"You sign as rm@example.com, {role}" in walk.screen
    await walk.press("y")
    await walk.see("Unlock your key")
    await walk.fill(PASSPHRASE)
    await walk.see(f"Signed {verdict} as rm@example.com, {role}")
    await walk.settle()


async def test_the_finish_says_who_has_signed(tmp_path: Path) -> None:
    create_key("rm@example.com", tmp_path / "config", PASSPHRASE)
    async with a_walk(tmp_path, session=ready_to_decide(tmp_path)) as walk:
        await sign(walk)
        await walk.see("1 of 1 required sign-offs")
        await walk.press("s")
        assert "[✓] rm@example.com: GO as Release manager, 2026-11-24T14:02:11Z" in walk.screen


async def test_before_anybody_has_signed_it_says_what_comes_first(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("f", "s")
        assert "Nobody has signed a report of this session yet: D decides, then S signs." in walk.screen


async def test_a_signed_report_is_signed_again_in_another_role(tmp_path: Path) -> None:
    create_key("rm@example.com", tmp_path / "config", PASSPHRASE)
    async with a_walk(tmp_path, session=ready_to_decide(tmp_path)) as walk:
        await sign(walk)
        await sign_beside(walk, "Operations", "ACK")
        session = walk.session
        await walk.press("s")
        assert "[-] rm@example.com: ACK as Operations" in walk.screen
    assert [(one.role, one.verdict) for one in session.sign_offs] == [("Release manager", "GO"), ("Operations", "ACK")]
    verified = verify_report(Path(session.sign_offs[0].report), tmp_path / "config" / "allowed_signers")
    headers = [finding.sign_off.header for finding in verified.verification.findings]
    assert [(header.role, header.signer) for header in headers] == [
        ("Release manager", "rm@example.com"),
        ("Operations", "rm@example.com"),
    ]


async def test_an_ack_in_a_required_role_leaves_it_unsigned(tmp_path: Path) -> None:
    create_key("rm@example.com", tmp_path / "config", PASSPHRASE)
    checklist = the_built_in_checklist()
    roles = tuple(replace(role, signature=Demand.REQUIRED) for role in checklist.roles)
    session = ready_to_decide(tmp_path, replace(checklist, roles=roles))
    async with a_walk(tmp_path, session=session) as walk:
        await sign(walk)
        await walk.press("S")
        await walk.see("In which role do you sign?")
        await walk.press("enter")
        await walk.press("j", "j", "enter")
        await walk.see("Sign ACK?")
        assert "An ACK is no opinion: as Security the report still" in walk.screen


async def test_a_no_go_is_not_shown_as_a_yes(tmp_path: Path) -> None:
    create_key("rm@example.com", tmp_path / "config", PASSPHRASE)
    async with a_walk(tmp_path, session=ready_to_decide(tmp_path)) as walk:
        await sign(walk)
        await sign_beside(walk, "Operations", "NO-GO")
        await walk.press("s")
        assert "[✗] rm@example.com: NO-GO as Operations" in walk.screen


async def test_a_role_in_which_one_has_signed_is_not_offered_again(tmp_path: Path) -> None:
    create_key("rm@example.com", tmp_path / "config", PASSPHRASE)
    async with a_walk(tmp_path, session=ready_to_decide(tmp_path)) as walk:
        await sign(walk)
        await walk.press("S")
        await walk.see("In which role do you sign?")
        question = walk.screen.split("In which role do you sign?")[1].split("Enter chooses")[0]
        assert "Security" in question
        assert "Release manager" not in question


async def test_a_session_that_was_changed_since_shows_that_its_signatures_are_stale(tmp_path: Path) -> None:
    create_key("rm@example.com", tmp_path / "config", PASSPHRASE)
    async with a_walk(tmp_path, session=ready_to_decide(tmp_path)) as walk:
        await sign(walk)
        signed = walk.session.revision
        await walk.press("escape", "R", "R", "n", "f")
        await walk.see(f"r{signed} STALE, 2 edits since; s shows")
        await walk.press("s")
        assert "STALE: 2 edits since." in walk.screen
        assert "24 Nov 14:02:11  Secrets in vault/secrets manager" in walk.screen
        assert "PASS -> FAIL by R. Manager" in walk.screen
        assert "[✓] rm@example.com: GO as Release manager" in walk.screen


async def test_a_report_that_was_altered_is_named_and_not_signed_again(tmp_path: Path) -> None:
    create_key("rm@example.com", tmp_path / "config", PASSPHRASE)
    async with a_walk(tmp_path, session=ready_to_decide(tmp_path)) as walk:
        await sign(walk)
        report = Path(walk.session.sign_offs[0].report)
        report.write_bytes(report.read_bytes().replace(b"payments", b"paymentz", 1))
        await walk.press("escape", "f")
        await walk.see("the report does NOT VERIFY; s says why")
        await walk.press("s")
        assert "the report is not what" in walk.screen
        await walk.press("escape", "S")
        await walk.see("the report is not what rm@example.com is said to have signed: its text was changed")
        assert "In which role" not in walk.screen
        assert len(walk.session.sign_offs) == 1


async def test_a_report_that_is_gone_is_named(tmp_path: Path) -> None:
    create_key("rm@example.com", tmp_path / "config", PASSPHRASE)
    async with a_walk(tmp_path, session=ready_to_decide(tmp_path)) as walk:
        await sign(walk)
        Path(walk.session.sign_offs[0].report).unlink()
        await walk.press("escape", "f")
        await walk.see("the report does NOT VERIFY; s says why")
        await walk.press("s")
        assert "There is no file" in walk.screen
        await walk.press("escape", "S")
        await walk.see("There is no file")
