"""Dialogs at every size: what is asked, what is wrong and where one types are always on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from looking import ROLES, roles
from scenes import SCENES, in_the_middle
from textual import events
from walking import NARROW, NORMAL, WIDE, a_session_file, a_walk

from signoff.ui.screens.decide import Decide
from signoff.ui.screens.dialog import in_groups
from signoff.ui.screens.finish import FinishScreen

SMALLEST = (40, 12)


async def test_the_label_of_the_line_that_one_types_in_is_highlighted_and_no_other(tmp_path: Path) -> None:
    async with a_walk(tmp_path, NORMAL) as walk:
        walk.app.wardrobe.wear(ROLES)
        await walk.press("n")
        for label in ("Service", "Version", "Environment"):
            lines = zip(walk.screen.split("\n"), roles(walk).split("\n"), strict=True)
            highlighted = [
                text.split()[1] for text, look in lines if look.startswith("l AAA") and "session" not in text
            ]
            assert highlighted == [label]
            await walk.type("x")
            await walk.press("enter")


@pytest.mark.parametrize("size", [(39, 24), (80, 11), (10, 3)])
async def test_a_dialog_says_when_the_terminal_gets_too_small_and_keeps_what_was_typed(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with a_walk(tmp_path, NORMAL, session=a_session_file(tmp_path)) as walk:
        await walk.press("i")
        await walk.type("half a sen")
        await walk.pilot.resize_terminal(*size)
        await walk.settle()
        assert walk.screen.strip().startswith("Make the")
        assert "half a sen" not in walk.screen
        await walk.pilot.resize_terminal(*NORMAL)
        await walk.settle()
        assert "half a sen" in walk.screen


@pytest.mark.parametrize("name", ["condition", "evidence", "actions", "note", "people", "new"])
async def test_where_one_types_is_on_the_smallest_screen(tmp_path: Path, name: str) -> None:
    async with a_walk(tmp_path, SMALLEST, session=SCENES[name].start(tmp_path)) as walk:
        await SCENES[name].play(walk)
        await walk.type("here it is")
        assert "here it is" in walk.screen


async def test_the_smallest_screen_is_for_what_is_asked_and_not_for_help(tmp_path: Path) -> None:
    async with a_walk(tmp_path, SMALLEST, session=in_the_middle(tmp_path)) as walk:
        await SCENES["condition"].play(walk)
        assert all(label in walk.screen for label in ("Condition", "Owner", "Due"))
        assert "Enter next line" not in walk.screen
        await walk.pilot.resize_terminal(*NARROW)
        await walk.settle()
        assert "Enter next line" in walk.screen


async def test_what_is_wrong_is_on_the_smallest_screen(tmp_path: Path) -> None:
    async with a_walk(tmp_path, SMALLEST) as walk:
        await SCENES["new-refused"].play(walk)
        assert '"sometime" is not a window' in walk.screen
        assert "Checklist" in walk.screen  # the line that one stands in


@pytest.mark.parametrize("size", [WIDE, NORMAL, NARROW, SMALLEST])
async def test_a_long_paste_leaves_room_for_the_question_and_its_keys(tmp_path: Path, size: tuple[int, int]) -> None:
    async with a_walk(tmp_path, size, session=in_the_middle(tmp_path)) as walk:
        walk.app.post_message(events.Paste("\r".join(f"line {n}" for n in range(200))))
        await walk.settle()
        assert "Add this to the note on" in walk.screen
        assert "y yes   n or Esc no" in walk.screen
        assert "line 0" in walk.screen


async def test_a_dialog_that_is_answered_before_it_was_fitted_is_left_alone(tmp_path: Path) -> None:
    async with a_walk(tmp_path, NORMAL, session=a_session_file(tmp_path)) as walk:
        await walk.press("f", "D")
        dialog = walk.app.screen
        assert isinstance(dialog, Decide)
        await dialog.query("*").remove()
        dialog.call_after_refresh(dialog._fit)  # as it was asked for before the answer came
        await walk.pilot.pause()
        await walk.press("escape")
        assert isinstance(walk.app.screen, FinishScreen)


def test_a_line_of_help_is_broken_between_its_keys_and_not_within_one() -> None:
    text = "Enter keeps it and closes   Up edits an entry, Del removes it   Esc closes"
    assert in_groups(text, 76) == text
    assert in_groups(text, 56) == "Enter keeps it and closes\nUp edits an entry, Del removes it   Esc closes"
    assert in_groups(text, 10).count("\n") == 2
