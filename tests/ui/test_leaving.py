"""Every way of leaving keeps what was typed, and keys that arrive together go where they belong."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from walking import Walk, a_session_file, a_walk

from signoff.domain.answer import Status
from signoff.storage.session_file import SessionFile

FIRST = "secrets-in-vault"


async def at_once(walk: Walk, *words: str) -> None:
    """Texts and, between them, Enter, all in one piece, as a slow line brings them."""
    for number, word in enumerate(words):
        if number:
            walk._send("enter", None)
        for letter in word:
            walk._send({" ": "space", ".": "full_stop", "-": "minus"}.get(letter, letter), letter)
    await walk.settle()


async def ended(walk: Walk) -> None:
    for _ in range(300):
        if not walk.app.is_running or walk.app._exit:
            return
        await walk.pilot.pause(0.01)
    raise AssertionError("the program did not end")


@pytest.mark.parametrize("leave", ["ctrl+q", signal.SIGTERM, signal.SIGHUP])
async def test_a_half_filled_form_is_kept(tmp_path: Path, leave: str | signal.Signals) -> None:
    file = a_session_file(tmp_path)
    async with a_walk(tmp_path, session=file) as walk:
        await walk.press("c")
        await walk.type("the vault path is reviewed")
        if isinstance(leave, str):
            walk._send(leave, None)
        else:
            signal.raise_signal(leave)
        await ended(walk)
    answer = SessionFile.open(file.path).session.answers[FIRST]
    assert (answer.status, answer.what) == (Status.CONDITION, "the vault path is reviewed")


@pytest.mark.parametrize("leave", ["ctrl+q", signal.SIGTERM])
async def test_a_half_typed_note_is_kept(tmp_path: Path, leave: str | signal.Signals) -> None:
    file = a_session_file(tmp_path)
    async with a_walk(tmp_path, session=file) as walk:
        await walk.press("i")
        await walk.type("half a sen")
        if isinstance(leave, str):
            walk._send(leave, None)
        else:
            signal.raise_signal(leave)
        await ended(walk)
    assert SessionFile.open(file.path).session.answers[FIRST].note == "half a sen"


async def test_ctrl_c_quits_at_the_second_time(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("ctrl+c")
        assert "Ctrl+C again quits" in walk.screen
        walk._send("ctrl+c", None)
        await ended(walk)


async def test_lines_that_arrive_together_go_into_their_own_fields(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("c")
        await at_once(walk, "the vault path is reviewed", "dee", "fri", "")
        answer = walk.session.answers[FIRST]
        assert (answer.what, answer.owner, str(answer.due)) == ("the vault path is reviewed", "dee", "2026-11-27")


async def test_a_form_that_would_lose_what_was_typed_says_so_first(tmp_path: Path) -> None:
    async with a_walk(tmp_path) as walk:
        await walk.press("n")
        await walk.type("payments")
        await walk.press("escape")
        assert "Esc again discards what you typed" in walk.screen
        await walk.press("escape")
        assert "No sessions yet" in walk.screen


async def test_enter_takes_the_name_that_is_offered(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("p")
        await walk.fill("chen")
        await walk.press("j", "p")
        await walk.fill("ch")
        assert walk.session.answers["no-hardcoded-credentials"].owner == "chen"


async def test_the_same_key_again_asks_again_for_what_is_missing(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("c", "escape", "c")
        await walk.see("what has to be fulfilled")


async def test_evidence_that_is_neither_an_address_nor_a_file_backs_nothing(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("j", "j", "y")
        await walk.fill("nc")
        assert "nc is neither an address nor a file" in walk.screen
        assert "PASS?" in walk.screen
