"""Every screen at three sizes, as it was looked at and accepted (`pytest --update-screens` accepts anew).

Its text is one file. Beside it is another, which says what each cell is there for, whatever the theme, and how it is
written where there are no colours.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from looking import ROLES, cells, roles, weights, words_and_grounds
from scenes import SCENES, in_the_middle
from walking import NARROW, NORMAL, WIDE, a_walk

from eyesight import contrast
from signoff.storage.locations import shipped
from signoff.storage.theme_file import load_theme
from signoff.ui.terminal_look import Colors, TerminalLook

SIZES = pytest.mark.parametrize("size", [WIDE, NORMAL, NARROW], ids=["120x36", "80x24", "60x18"])
ALL = pytest.mark.parametrize("name", SCENES)
THEMES = [load_theme(path) for path in sorted(shipped("themes").glob("*.toml"))]
Compare = Callable[[str, str], None]


@SIZES
@ALL
async def test_a_screen(tmp_path: Path, size: tuple[int, int], name: str, looks_as_accepted: Compare) -> None:
    scene = SCENES[name]
    async with a_walk(tmp_path, size, session=scene.start(tmp_path)) as walk:
        await scene.play(walk)
        looks_as_accepted(f"{name}-{size[0]}.txt", walk.screen)
        walk.app.wardrobe.wear(ROLES)
        await walk.settle()
        in_color = roles(walk)
        for (word, ground), text in words_and_grounds(walk).items():
            for theme in THEMES:
                colors, least = {**theme.colors, **theme.status}, 7.0 if theme.dark else 5.5
                assert contrast(colors[word], colors[ground]) >= least, (theme.name, text)
    again = tmp_path / "again"
    async with a_walk(again, size, session=scene.start(again), look=TerminalLook(Colors.NONE)) as walk:
        await scene.play(walk)
        assert all(cell.style.color is None and cell.style.bgcolor is None for line in cells(walk) for cell in line)
        looks_as_accepted(f"{name}-{size[0]}.styles", f"{in_color}\n\nwithout colours:\n{weights(walk)}")


def test_nothing_is_accepted_that_no_test_looks_at() -> None:
    names = {f"{name}-{size[0]}" for name in SCENES for size in (WIDE, NORMAL, NARROW)}
    names |= {f"presenter{kind}-{width}" for kind in ("", "-condition") for width in (60, 80, 120, 200)}
    assert {path.stem for path in (Path(__file__).parent / "screens").iterdir()} == names


async def test_a_session_says_at_once_when_the_terminal_is_too_small(tmp_path: Path) -> None:
    async with a_walk(tmp_path, (39, 11), session=in_the_middle(tmp_path)) as walk:
        assert walk.screen.strip() == "Make the terminal at least 40x12."
