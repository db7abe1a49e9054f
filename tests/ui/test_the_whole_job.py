"""The main job from end to end, keys only: a session, 37 answers, a decision, a signed report that verifies."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from walking import Walk, a_walk

from meeting import the_built_in_checklist
from secret_service import need
from signoff.domain.answer import Status
from signoff.domain.meeting import Verdict
from signoff.workflow.verify_report import VerifyCode, verify_report

PASSPHRASE = "correct horse battery"


async def make_a_session(walk: Walk) -> None:
    await walk.see("No sessions yet")
    await walk.press("n")
    await walk.see("New session")
    await walk.fill("payments-api", "4.12.0", "", "")
    await walk.fill("thu 14:00-16:00")
    await walk.press("ctrl+u")
    await walk.fill("UTC", "https://wiki.example/rollback", "")
    await walk.see("payments-api 4.12.0 -> prod")


async def pass_everything_that_is_open(walk: Walk) -> None:
    for _ in the_built_in_checklist().items:
        await walk.press("y")
        if "Link or file" in walk.screen:
            await walk.fill("https://ci.example/run/8812")
        await walk.press("space")


async def vote_watch_and_decide(walk: Walk) -> None:
    await walk.press("f")
    await walk.see("ROLL CALL")
    for name in ("ana", "dee", "chen", "eve", "fay"):
        await walk.press("y")
        await walk.fill(name)
    await walk.press("w")
    await walk.fill("bob", "thu 18:00")
    await walk.see("the rules say: GO")
    await walk.press("D", "y", "enter")
    await walk.see("decided   GO by R. Manager")


def the_report(folder: Path) -> Path:
    (report,) = folder.glob("*.signoff.md")
    return report


def run_the_printed_commands(report: Path, allowed_signers: Path, folder: Path) -> str:
    """Do what the report tells an auditor to do, with the text taken from the report."""
    folder.mkdir()
    (folder / report.name).write_bytes(report.read_bytes())
    (folder / "allowed_signers").write_bytes(allowed_signers.read_bytes())
    block = re.search(r"^```sh\n(.*?)^```$", report.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert block is not None
    done = subprocess.run(["sh", "-e"], input=block[1], cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


async def test_a_meeting_ends_in_a_report_that_verifies(tmp_path: Path, no_bus: None) -> None:
    need("ssh-keygen", "awk")
    async with a_walk(tmp_path) as walk:
        await make_a_session(walk)
        await pass_everything_that_is_open(walk)
        await walk.see("Nothing is open any more")
        await vote_watch_and_decide(walk)

        await walk.press("S")
        await walk.see("Your first signature")
        await walk.fill("rm@example.com")
        await walk.see("Choose a passphrase")
        await walk.fill(PASSPHRASE, PASSPHRASE)
        await walk.see("Type the version, 4.12.0, to sign.")
        await walk.fill("4.12.0")
        await walk.see("Unlock your key")
        await walk.fill(PASSPHRASE)
        await walk.see("Signed as rm@example.com")
        await walk.settle()
        session = walk.session

    assert session.decision.choice is Verdict.GO
    assert session.is_signed
    assert all(answer.status is Status.PASS for answer in session.answers.values())
    report, signers = the_report(tmp_path), tmp_path / "config" / "allowed_signers"
    assert verify_report(report, signers).code is VerifyCode.VERIFIED
    printed = run_the_printed_commands(report, signers, tmp_path / "auditor")
    assert 'Good "signoff-report" signature for rm@example.com' in printed


async def test_the_key_is_kept_in_the_keyring_where_there_is_one(
    tmp_path: Path, secret_service: dict[str, str]
) -> None:
    async with a_walk(tmp_path) as walk:
        await make_a_session(walk)
        await pass_everything_that_is_open(walk)
        await vote_watch_and_decide(walk)
        await walk.press("S")
        await walk.fill("rm@example.com")
        await walk.see("Type the version")
        assert "SecretService" in walk.screen or "Secret Service" in walk.screen
        await walk.fill("4.12.0")
        await walk.see("Signed as rm@example.com")

    assert not (tmp_path / "config" / "signing_key").exists()
    verified = verify_report(the_report(tmp_path), tmp_path / "config" / "allowed_signers")
    assert verified.code is VerifyCode.VERIFIED


async def test_the_meeting_goes_on_where_it_was_left(tmp_path: Path) -> None:
    async with a_walk(tmp_path) as walk:
        await make_a_session(walk)
        await walk.press("y", "space", "n")
        await walk.press("q")
        await walk.see("2/37")
        await walk.press("c")
        await walk.see("3 ")
        assert "No hardcoded credentials" in walk.screen

        session = walk.session
    assert [answer.status for answer in session.answers.given.values()] == [Status.PASS, Status.FAIL]


@pytest.mark.parametrize("leave", ["escape", "q"])
async def test_leaving_the_finish_comes_back_to_the_items(tmp_path: Path, leave: str) -> None:
    async with a_walk(tmp_path) as walk:
        await make_a_session(walk)
        await walk.press("f", leave)
        await walk.see("would be: UNDECIDED")
