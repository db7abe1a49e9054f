"""Three widths, resizing between them, and the mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from walking import NARROW, NORMAL, WIDE, Walk, a_session_file, a_walk

from signoff.domain.answer import Status
from signoff.ui.screens.note_editor import NoteEditor
from signoff.ui.terminal_look import Colors, TerminalLook


async def resize(walk: Walk, size: tuple[int, int]) -> None:
    await walk.pilot.resize_terminal(*size)
    await walk.settle()


async def click(walk: Walk, text: str) -> None:
    """Click in the middle of a text on the screen."""
    for row, line in enumerate(walk.screen.split("\n")):
        if text in line:
            x = line.index(text) + len(text) // 2
            await walk.pilot.click(offset=(x, row))
            await walk.settle()
            return
    raise AssertionError(f"{text!r} is not on the screen:\n{walk.screen}")


async def test_resizing_keeps_the_selection(tmp_path: Path) -> None:
    async with a_walk(tmp_path, WIDE, session=a_session_file(tmp_path)) as walk:
        await walk.press("3", "j", "j")
        for size in (NORMAL, NARROW, WIDE, (200, 60), (40, 12), WIDE):
            await resize(walk, size)
            assert ">[ ] Retry logic" in walk.screen


async def test_resizing_keeps_the_text_that_is_being_typed(tmp_path: Path) -> None:
    async with a_walk(tmp_path, WIDE, session=a_session_file(tmp_path)) as walk:
        await walk.press("i")
        await walk.type("half a sen")
        for size in (NORMAL, NARROW, (39, 11), WIDE):
            await resize(walk, size)
        await walk.type("tence")
        assert isinstance(walk.app.screen, NoteEditor)
        await walk.press("escape")
        assert walk.session.answers["secrets-in-vault"].note == "half a sentence"


@pytest.mark.parametrize("size", [WIDE, NORMAL, NARROW, (200, 60), (40, 12)])
async def test_the_verdict_and_what_is_saved_are_always_on_the_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    async with a_walk(tmp_path, size, session=a_session_file(tmp_path)) as walk:
        await walk.press("n")
        assert "NO-GO" in walk.screen
        assert "saved r1" in walk.screen


async def test_a_terminal_that_is_too_small_says_so_and_recovers(tmp_path: Path) -> None:
    async with a_walk(tmp_path, WIDE, session=a_session_file(tmp_path)) as walk:
        for size in ((39, 36), (120, 11), (1, 1), (10, 3)):
            await resize(walk, size)
            assert "would be" not in walk.screen
        await resize(walk, NORMAL)
        assert "would be: UNDECIDED" in walk.screen


async def test_a_click_selects_an_item_and_a_double_click_opens_it(tmp_path: Path) -> None:
    async with a_walk(tmp_path, NARROW, session=a_session_file(tmp_path)) as walk:
        await click(walk, "Input validation")
        assert ">[ ] Input validation" in walk.screen
        await walk.pilot.click(offset=(10, 6), times=2)
        await walk.settle()
        assert "Check" in walk.screen


@pytest.mark.parametrize("look", [TerminalLook(), TerminalLook(Colors.NONE, ascii=True)], ids=["all", "plain"])
async def test_a_click_on_a_tab_shows_the_category(tmp_path: Path, look: TerminalLook) -> None:
    async with a_walk(tmp_path, WIDE, session=a_session_file(tmp_path), look=look) as walk:
        await click(walk, "5 Operations")
        assert "Runbooks documented" in walk.screen


async def test_a_click_on_a_status_word_answers(tmp_path: Path) -> None:
    async with a_walk(tmp_path, WIDE, session=a_session_file(tmp_path)) as walk:
        await click(walk, "n FAIL")
        assert walk.session.answers["secrets-in-vault"].status is Status.FAIL


async def test_a_click_on_a_key_in_the_footer_does_what_the_key_does(tmp_path: Path) -> None:
    async with a_walk(tmp_path, WIDE, session=a_session_file(tmp_path)) as walk:
        await click(walk, "Space")
        assert ">[ ] No hardcoded credentials" in walk.screen


async def test_the_wheel_scrolls_and_moves_nothing(tmp_path: Path) -> None:
    async with a_walk(tmp_path, NARROW, session=a_session_file(tmp_path)) as walk:
        await walk.pilot.hover(offset=(10, 6))
        walk.app.post_message(events.MouseScrollDown(None, 10, 6, 0, 1, 0, False, False, False))
        await walk.settle()
        assert walk.session.revision == 0


async def test_a_paste_on_the_list_answers_nothing(tmp_path: Path) -> None:
    async with a_walk(tmp_path, WIDE, session=a_session_file(tmp_path)) as walk:
        walk.app.post_message(events.Paste("yes no can quit\ry\rn"))
        await walk.settle()
        assert walk.session.revision == 0


async def test_a_list_jumps_and_does_not_glide(tmp_path: Path) -> None:
    async with a_walk(tmp_path, NARROW, session=a_session_file(tmp_path)) as walk:
        assert walk.app.animation_level == "none"
        for key in ("G", "l", "f", "tab", "G"):
            walk.app.post_message(events.Key(key, key if len(key) == 1 else None))
            await walk.pilot.pause(0)
            assert not walk.app.animator._animations
