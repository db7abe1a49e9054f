"""Undo and redo at the keys."""

from __future__ import annotations

from pathlib import Path

from walking import a_session_file, a_walk

from signoff.domain.answer import Status
from signoff.storage.session_file import SessionFile

FIRST = "secrets-in-vault"


async def test_u_takes_the_last_answer_back_and_shift_u_brings_it_again(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("n", "u")
        assert walk.session.answers[FIRST].status is Status.OPEN
        assert "Undone: Secrets in vault/secrets manager, not env vars or code, OPEN -> FAIL" in walk.screen
        await walk.press("U")
        assert walk.session.answers[FIRST].status is Status.FAIL


async def test_undo_reaches_back_over_a_restart(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    async with a_walk(tmp_path, session=file) as walk:
        await walk.press("y", "j", "n")
    async with a_walk(tmp_path, session=SessionFile.open(file.path)) as walk:
        await walk.press("u", "u")
        assert walk.session.answers.tally.answered() == 0
        await walk.press("u")
        assert "There is nothing to undo." in walk.screen


async def test_a_vote_is_undone_in_the_finish(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("f", "n")
        await walk.fill("", "not yet")
        await walk.press("u")
        assert not walk.session.vote_of("security").choice
        assert "Undone: vote of Security" in walk.screen
