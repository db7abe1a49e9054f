"""Somebody else changes the file of the session that is on the screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from textual import events
from walking import NARROW, NOW, WIDE, Walk, a_session_file, a_walk, locations

from reliability.faulty_disk import Fault, a_disk
from signoff.domain.answer import Status
from signoff.domain.meeting import Choice, Verdict, Vote, Watch
from signoff.domain.session import Session
from signoff.signing.signer import create_key
from signoff.storage import session_writer
from signoff.storage.recoverable import Kind, find_recoverable, restore
from signoff.storage.session_file import SessionFile

FIRST, SECOND = "secrets-in-vault", "no-hardcoded-credentials"
SAID = {"now": NOW, "by": "Ana"}
PASSPHRASE = "correct horse battery"


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_writer, "_LOOK_SECONDS", 0.02)
    monkeypatch.setattr(session_writer, "_RETRY_SECONDS", (0.02,))


def writes(path: Path, change: Callable[[Session], Session]) -> Session:
    """Somebody else saves an edit; returns their session."""
    theirs = SessionFile.open(path)
    theirs.save(change(theirs.session), NOW)
    return theirs.session


async def both_answer_the_first(walk: Walk, path: Path, folder: Path) -> Session:
    """They answer while the answer that was given here is not on the disk yet; returns their session."""
    with a_disk(folder, fault_of=lambda call: Fault.NO_SPACE if call.name == "write" else None):
        await walk.press("n")
        await walk.see("NOT SAVED")
        text = SessionFile.open(path)
        others = text.session.answer(FIRST, status=Status.PASS, owner="ana", **SAID)
        path.write_bytes(bytes(text._text.with_session(text.session, others, NOW)))
    await walk.see("CONFLICT")
    return others


async def test_an_answer_that_somebody_else_gave_is_on_the_screen(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    async with a_walk(tmp_path, session=file) as walk:
        writes(file.path, lambda s: s.answer(SECOND, status=Status.FAIL, owner="ana", **SAID))
        await walk.see("Changed outside: No hardcoded credentials in repository.")
        assert "[✗] No hardcoded credentials" in walk.screen
        await walk.see("saved r1")
        await walk.press("y")
        assert walk.session.revision == 2
        assert [walk.session.answers[item].status for item in (FIRST, SECOND)] == [Status.PASS, Status.FAIL]
        await walk.press("u")
        assert walk.session.answers[FIRST].status is Status.OPEN
        assert walk.session.answers[SECOND].status is Status.FAIL


async def test_many_changes_are_counted_and_a_remark_is_no_change(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    items = [item.id for item in file.session.checklist.items[:5]]
    async with a_walk(tmp_path, session=file) as walk:
        writes(file.path, lambda s: s.answer_all(items, status=Status.PASS, **SAID).vote("qa", Vote(Choice.GO), **SAID))
        await walk.see("and 4 more.")
        await walk.press("j")
        before = walk.screen
        file.path.write_bytes(file.path.read_bytes() + b"# Ana has seen it.\n")
        await walk.press("P", "P")
        assert "# Ana has seen it." in file.path.read_text(encoding="utf-8")
        assert before.count("\n") == walk.screen.count("\n")


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_where_both_answered_ours_stays_and_the_meeting_goes_on(tmp_path: Path, size: tuple[int, int]) -> None:
    file = a_session_file(tmp_path)
    async with a_walk(tmp_path, size, session=file) as walk:
        others = await both_answer_the_first(walk, file.path, tmp_path)
        assert "Yours stays, theirs is in payments-api-4.12.0-prod" in walk.screen
        if size == WIDE:
            assert "toml: both changed Secrets" in walk.screen
        await walk.press("j", "n")
        await walk.settle()
        session = walk.session
        assert [session.answers[item].status for item in (FIRST, SECOND)] == [Status.FAIL, Status.FAIL]
        assert "CONFLICT" in walk.screen
        [kept] = file.path.parent.glob("*.conflict-*")
        assert SessionFile.open(kept).session == others

        await walk.press("q")
        await walk.see("1 session in")
        await walk.see(" CONFLICT")


async def test_an_undo_after_that_takes_back_what_was_done_here(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    async with a_walk(tmp_path, session=file) as walk:
        await both_answer_the_first(walk, file.path, tmp_path)
        await walk.press("u")
        assert "Undone: Secrets in vault" in walk.screen
        assert walk.session.answers[FIRST].status is Status.PASS
        await walk.press("U")
        assert walk.session.answers[FIRST].status is Status.FAIL


async def test_a_file_in_pieces_is_said_and_left_alone_while_the_meeting_goes_on(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    good, broken = file.path.read_bytes(), b"<<<<<<< ours\n"
    async with a_walk(tmp_path, session=file) as walk:
        file.path.write_bytes(broken)
        await walk.see("NOT SAVED since r0")
        assert (
            "payments-api-4.12.0-prod.toml:1: is not valid TOML: Invalid statement. Somebody else wrote" in walk.screen
        )
        await walk.press("y", "j", "n")
        assert file.path.read_bytes() == broken
        file.path.write_bytes(good)
        await walk.see("saved r2")
        assert "Saved again; everything is on the disk." in walk.screen
        assert walk.session.answers[SECOND].status is Status.FAIL


async def test_leaving_a_file_in_pieces_is_asked_about_first(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    good = file.path.read_bytes()
    async with a_walk(tmp_path, session=file) as walk:
        file.path.write_bytes(b"<<<<<<< ours\n")
        await walk.press("q")
        await walk.see("the session as you see it")
        assert "Somebody else wrote it" in walk.screen
        await walk.press("escape")
        file.path.write_bytes(good)
        await walk.see("saved r0")


async def test_what_was_in_a_file_in_pieces_can_be_recovered(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    async with a_walk(tmp_path, session=file) as walk:
        await walk.press("n")
        await walk.see("saved r1")
        file.path.write_bytes(b"<<<<<<< ours\n")
        await walk.press("q")
        await walk.see("the session as you see it")
        await walk.press("k")
        await walk.see("BROKEN")
        await walk.settle()
    [found] = [one for one in find_recoverable(locations(tmp_path)) if one.kind is Kind.UNSAVED]
    restored = restore(found, tmp_path / "restored.toml", tmp_path, NOW)
    assert SessionFile.open(restored).session.answers[FIRST].status is Status.FAIL


@pytest.mark.parametrize("how", ["focus", "SIGCONT"])
async def test_who_comes_back_sees_at_once_what_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(session_writer, "_LOOK_SECONDS", 600.0)
    file = a_session_file(tmp_path)
    async with a_walk(tmp_path, session=file) as walk:
        await walk.press("y")
        writes(file.path, lambda s: s.answer(SECOND, status=Status.FAIL, **SAID))
        if how == "focus":
            walk.app.post_message(events.AppFocus())
        else:
            walk.app.app_resume_signal.publish(walk.app)
        await walk.see("Changed outside")


def ready_to_sign(folder: Path) -> SessionFile:
    file = a_session_file(folder)
    session = file.session
    for item in session.checklist.items:
        session = session.answer(item.id, status=Status.NA, reason="not here", **SAID)
    for role in session.checklist.voting_roles:
        session = session.vote(role.id, Vote(Choice.GO, "somebody"), **SAID)
    file.save(session.set_watch(Watch("bob", NOW + timedelta(days=2)), **SAID), NOW)
    return SessionFile.open(file.path)


async def decide(walk: Walk) -> None:
    await walk.press("f", "D", "y")
    await walk.fill("", "we know")
    await walk.settle()


async def test_what_somebody_else_writes_during_the_confirmation_is_seen_before_anything_is_signed(
    tmp_path: Path,
) -> None:
    create_key("rm@example.com", tmp_path / "config", PASSPHRASE)
    file = ready_to_sign(tmp_path)
    async with a_walk(tmp_path, session=file) as walk:
        await decide(walk)
        assert walk.session.decision.choice is Verdict.GO
        await walk.press("S")
        await walk.see("to sign")
        writes(file.path, lambda s: s.answer(FIRST, status=Status.FAIL, **SAID))
        opened = walk.app.opened
        assert opened is not None
        for _ in range(500):
            if opened.is_changed_outside:
                break
            await walk.pilot.pause(0.01)
        await walk.fill("4.12.0")
        await walk.see("Somebody else has just changed the session")
        assert not walk.session.is_signed
        assert list(tmp_path.glob("*.signoff.md")) == []
        await walk.press("escape")
        assert opened.session.answers[FIRST].status is Status.FAIL


async def test_what_somebody_else_writes_while_it_is_signed_does_not_get_into_the_signed_session(
    tmp_path: Path,
) -> None:
    create_key("rm@example.com", tmp_path / "config", PASSPHRASE)
    file = ready_to_sign(tmp_path)
    async with a_walk(tmp_path, session=file) as walk:
        await decide(walk)
        await walk.press("S")
        await walk.see("to sign")
        await walk.fill("4.12.0")
        await walk.see("Unlock your key")
        others = writes(file.path, lambda s: s.answer(FIRST, status=Status.FAIL, **SAID))
        await walk.fill(PASSPHRASE)
        await walk.see("CONFLICT")
        await walk.settle()
        assert walk.session.is_signed
        assert walk.session.answers[FIRST].status is Status.NA
        [kept] = file.path.parent.glob("*.conflict-*")
        assert SessionFile.open(kept).session == others


# What cannot be changed, or not be kept.


async def test_a_session_of_a_newer_signoff_is_shown_and_not_changed(tmp_path: Path) -> None:
    path = a_session_file(tmp_path).path
    newer = path.read_bytes().replace(b"schema = 1", b"schema = 2")
    path.write_bytes(newer)
    async with a_walk(tmp_path, session=SessionFile.open(path)) as walk:
        assert "READ-ONLY" in walk.screen
        assert "A newer signoff made this session (schema 2)" in walk.screen
        for key in ("y", "i", "P", "f", "D", "S"):
            await walk.press(key)
            assert key == "f" or "A newer signoff" in walk.screen
        assert walk.app.opened is not None
        assert walk.app.opened.session.revision == 0
    assert path.read_bytes() == newer


async def test_a_text_that_would_make_the_file_too_large_is_refused_and_nothing_is_lost(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    async with a_walk(tmp_path, session=file) as walk:
        opened = walk.app.opened
        assert opened is not None
        await walk.press("y")
        screen = walk.app.screen
        screen.edit(Session.answer, FIRST, note="x" * 9_000_000)  # type: ignore[attr-defined]
        await walk.see("larger than signoff can open again: say it shorter.")
        await walk.press("j", "n")
        assert walk.session.revision == 2
        assert walk.session.answers[FIRST].note == ""


async def test_conflicts_are_no_sessions_in_the_list(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    for name in (
        "x.conflict-20261126T140000Z-vm",
        "x (Ana's conflicted copy 2026-11-26)",
        "x.sync-conflict-20261126-1",
    ):
        (file.path.parent / f"{name}.toml").write_bytes(file.path.read_bytes())
    async with a_walk(tmp_path) as walk:
        await walk.see("1 session in")
        assert walk.screen.count(" CONFLICT") == 3
        await walk.press("c")
        await walk.see("would be: UNDECIDED")
        assert walk.app.opened is not None
        assert walk.app.opened.path == file.path
        assert locations(tmp_path).data == file.path.parent
