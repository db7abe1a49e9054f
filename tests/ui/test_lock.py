"""L locks the answers: nothing is changed until they are unlocked, and whatever is tried says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_wrong_window import at_once
from walking import NARROW, NORMAL, WIDE, a_session_file, a_walk

from signoff.domain.answer import Status
from signoff.domain.meeting import Choice
from signoff.storage.session_file import SessionFile

FIRST = "secrets-in-vault"
WHY = "The answers are locked; L unlocks them."

EDITS_OF_THE_REVIEW = (*"yncra", "delete", "full_stop", "P", "u", "U", *"peitdw", "at", "ctrl+z", "ctrl+y")
EDITS_OF_THE_PRESENTER = (*"yncra", "delete", "P", "u", "U", *"peitd")
EDITS_OF_THE_FINISH = (*"ynca", "delete", "p", "w", "u", "U", "D")


@pytest.mark.parametrize(
    ("screen", "edits"),
    [((), EDITS_OF_THE_REVIEW), (("v",), EDITS_OF_THE_PRESENTER), (("f",), EDITS_OF_THE_FINISH)],
    ids=["review", "presenter", "finish"],
)
async def test_every_key_that_changes_something_is_refused_and_names_the_key_that_unlocks(
    tmp_path: Path, screen: tuple[str, ...], edits: tuple[str, ...]
) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("n", *screen, "L")
        for key in edits:
            walk.app.screen.message = type(walk.app.screen.message)("")  # type: ignore[attr-defined]
            await walk.press(key)
            assert WHY in walk.screen, key
        assert walk.session.revision == 1
        await walk.press("L")
        assert "The answers can be changed again." in walk.screen


async def test_a_paste_and_marked_items_are_refused_too(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("M", "L", "y")
        assert WHY in walk.screen
        assert walk.session.revision == 0


async def test_a_rule_cannot_be_overridden(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("f", "tab", "G", "L", "O")
        assert WHY in walk.screen


@pytest.mark.parametrize("size", [WIDE, NORMAL, NARROW], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_screen_shows_the_lock_and_all_share_it(tmp_path: Path, size: tuple[int, int]) -> None:
    async with a_walk(tmp_path, size, session=a_session_file(tmp_path)) as walk:
        await walk.press("L")
        assert "LOCKED" in walk.screen.split("\n")[0]
        for key in ("v", "f"):
            await walk.press(key)
            assert "LOCKED" in walk.screen.split("\n")[0]
            await walk.press("escape")
        await walk.press("f", "L", "escape")
        assert "LOCKED" not in walk.screen
        await walk.press("y")
        assert walk.session.answers[FIRST].status is Status.PASS


async def test_moving_and_looking_are_as_before(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("L", "2", "slash")
        await walk.type("metrics")
        await walk.press("enter")
        assert "Metrics exposed" in walk.screen
        await walk.press("x")
        await walk.see("UNSIGNED DRAFT")


async def test_the_lock_is_in_no_file(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    before = file.path.read_bytes()
    async with a_walk(tmp_path, session=file) as walk:
        await walk.press("L")
    assert file.path.read_bytes() == before
    async with a_walk(tmp_path, session=SessionFile.open(file.path)) as walk:
        await walk.press("f", "y")
        assert walk.session.vote_of("security").choice is Choice.GO


async def test_typing_that_locked_is_taken_back_with_the_lock(tmp_path: Path) -> None:
    """A chat message such as LGTM begins with the key."""
    async with a_walk(tmp_path, session=a_session_file(tmp_path), guards_typing=True) as walk:
        await at_once(walk, "yLGTM")
        assert "1 change taken back" in walk.screen
        assert "LOCKED" not in walk.screen
        assert walk.session.answers[FIRST].status is Status.OPEN


async def test_typing_leaves_a_lock_as_it_was(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path), guards_typing=True) as walk:
        await walk.press("L")
        await walk.pilot.pause(0.7)
        await at_once(walk, "yncLa")
        assert "Nothing was changed." in walk.screen
        assert "LOCKED" in walk.screen
