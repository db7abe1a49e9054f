"""A frame costs what has changed: a widget that did not change gives the lines that it gave before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.geometry import Region
from textual.strip import Strip
from walking import WIDE, Walk, a_session_file, a_walk

from signoff.ui.widgets.item_list import ItemList
from signoff.ui.widgets.kept_lines import KeptLines


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The widgets that were painted; emptied by whoever begins to count."""
    names: set[str] = set()
    paint = KeptLines.painted

    def painted(self: KeptLines, crop: Region, numbers: Sequence[int]) -> list[Strip]:
        names.add(type(self).__name__)
        return paint(self, crop, numbers)

    monkeypatch.setattr(KeptLines, "painted", painted)
    return names


async def painted_by(walk: Walk, painted: set[str], key: str) -> set[str]:
    painted.clear()
    await walk.press(key)
    return painted.copy()


async def test_a_move_paints_the_list_and_the_detail(tmp_path: Path, painted: set[str]) -> None:
    async with a_walk(tmp_path, WIDE, session=a_session_file(tmp_path)) as walk:
        assert await painted_by(walk, painted, "j") == {"ItemList", "DetailPane"}


async def test_of_the_list_a_move_paints_two_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[int] = []
    render_line = ItemList.render_line
    async with a_walk(tmp_path, WIDE, session=a_session_file(tmp_path)) as walk:
        monkeypatch.setattr(ItemList, "render_line", lambda self, y: (rows.append(y), render_line(self, y))[1])
        await walk.press("j")
        assert rows == [0, 1]


async def test_another_theme_paints_everything(tmp_path: Path, painted: set[str]) -> None:
    async with a_walk(tmp_path, WIDE, session=a_session_file(tmp_path)) as walk:
        lines = {"SessionLine", "CategoryTabs", "ProgressLine", "RuleLine", "MessageLine", "KeyLine"}
        assert await painted_by(walk, painted, "T") >= {*lines, "ItemList", "DetailPane", "ReviewPanes", "ReviewScreen"}
