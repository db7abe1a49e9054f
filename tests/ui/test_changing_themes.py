"""The ways to another theme: a key, a list, a file that changes under the program."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from walking import NORMAL, WIDE, Walk, a_session_file, a_walk, locations

from signoff.storage.locations import Locations, shipped
from signoff.storage.settings import load_settings
from signoff.storage.theme_file import STATUSES, find_theme, load_themes, own_theme_files
from signoff.ui.terminal_look import Colors, TerminalLook

MINE = (shipped("themes") / "warm-dark.toml").read_text(encoding="utf-8").replace('"Warm, dark"', '"Mine"')


@pytest.fixture(autouse=True)
def looks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many theme files there were at each look at the folders, which here come fifty times a second."""
    found: list[int] = []

    def look(where: Locations) -> tuple[Path, ...]:
        files = own_theme_files(where)
        found.append(len(files))
        return files

    monkeypatch.setattr("signoff.ui.theme_watch.own_theme_files", look)
    monkeypatch.setattr("signoff.ui.theme_watch._SECONDS", 0.02)
    return found


def own_theme(folder: Path, text: str = MINE, name: str = "mine") -> Path:
    """A theme in the user's own folder."""
    path = locations(folder).config / "themes" / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


async def eventually(walk: Walk, is_so: Callable[[], bool]) -> None:
    """Wait for what the program does by itself, a second after the disk has changed."""
    for _ in range(500):
        if is_so():
            return
        await walk.pilot.pause(0.02)
    raise AssertionError(f"that does not happen:\n{walk.screen}")


def ground(walk: Walk) -> str:
    """The background of the screen below all dialogs."""
    return walk.app.screen_stack[0].styles.background.hex


# The key for light and dark.


async def test_one_key_changes_light_and_dark_and_it_is_remembered(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        assert (walk.app.theme, ground(walk)) == ("signoff-dark", "#101214")
        await walk.press("T")
        assert (walk.app.theme, ground(walk)) == ("signoff-light", "#FFFFFF")
    theme = load_settings(locations(tmp_path).settings).theme
    async with a_walk(tmp_path, theme=theme) as walk:
        assert walk.app.theme == "signoff-light"
        await walk.press("T")
        assert walk.app.theme == "signoff-dark"


async def test_a_theme_without_a_pair_stays_and_says_so(tmp_path: Path) -> None:
    own_theme(tmp_path, MINE.replace('pair = "warm-light"', ""))
    async with a_walk(tmp_path, theme="mine", session=a_session_file(tmp_path)) as walk:
        await walk.press("T")
        assert walk.app.theme == "mine"
        assert "Mine stays: it has no pair." in walk.screen


async def test_a_pair_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    own_theme(tmp_path, MINE.replace('pair = "warm-light"', 'pair = "gone"'))
    async with a_walk(tmp_path, theme="mine", session=a_session_file(tmp_path)) as walk:
        await walk.press("T")
        assert "Mine stays: its pair, gone, cannot be read." in walk.screen


async def test_settings_that_cannot_be_written_are_said_and_the_theme_changes_all_the_same(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        locations(tmp_path).config.mkdir(parents=True)
        locations(tmp_path).settings.write_text("garbage [", encoding="utf-8")
        await walk.press("T")
        assert walk.app.theme == "signoff-light"
        assert "config.toml:1:" in walk.screen


async def test_without_colours_the_key_says_that_there_is_nothing_to_change(tmp_path: Path) -> None:
    async with a_walk(tmp_path, look=TerminalLook(Colors.NONE), session=a_session_file(tmp_path)) as walk:
        await walk.press("T")
        assert "There are no colours to change" in walk.screen
    assert not locations(tmp_path).settings.exists()


@pytest.mark.parametrize(("word", "theme"), [("T light/dark", "signoff-light"), ("q quit", "signoff-dark")])
async def test_a_click_on_a_key_of_the_program_acts(tmp_path: Path, word: str, theme: str) -> None:
    async with a_walk(tmp_path) as walk:
        lines = walk.screen.split("\n")
        await walk.pilot.click(offset=(lines[-1].index(word), len(lines) - 1))
        await walk.settle()
        assert walk.app.theme == theme
        assert walk.app._exit == (word == "q quit")


# The list.


async def test_the_list_shows_each_theme_by_wearing_it_and_enter_keeps_it(tmp_path: Path) -> None:
    own_theme(tmp_path)
    async with a_walk(tmp_path) as walk:
        await walk.press("t")
        assert all(title in walk.screen for title in ("Dark", "Light", "Projector", "Mine"))
        worn = [walk.app.theme]
        for _ in range(3):
            await walk.press("j")
            worn.append(walk.app.theme)
        assert worn == ["signoff-dark", "signoff-light", "mine", "projector"]
        assert ground(walk) == "#FFFFFF"
        await walk.press("enter")
        assert walk.app.theme == "projector"
    assert load_settings(locations(tmp_path).settings).theme == "projector"


async def test_escape_puts_the_theme_on_again_that_was_worn_before(tmp_path: Path) -> None:
    async with a_walk(tmp_path, NORMAL, theme="warm-light") as walk:
        await walk.press("t", "k", "k")
        assert walk.app.theme != "warm-light"
        await walk.press("escape")
        assert walk.app.theme == "warm-light"
    assert not locations(tmp_path).settings.exists()


# Files.


async def test_a_theme_that_is_saved_is_worn_at_once_also_over_a_dialog(tmp_path: Path) -> None:
    path = own_theme(tmp_path)
    async with a_walk(tmp_path, theme="mine", session=a_session_file(tmp_path)) as walk:
        assert ground(walk) == "#1D1A17"
        await walk.press("i")
        await walk.type("half a sen")
        path.write_text(MINE.replace("#1D1A17", "#202020"), encoding="utf-8")
        await eventually(walk, lambda: ground(walk) == "#202020")
        await walk.type("tence")
        await walk.press("escape")
        assert walk.session.answers["secrets-in-vault"].note == "half a sentence"


async def test_a_theme_that_breaks_is_named_with_its_line_and_the_last_good_one_stays(tmp_path: Path) -> None:
    path = own_theme(tmp_path)
    async with a_walk(tmp_path, theme="mine", session=a_session_file(tmp_path)) as walk:
        path.write_text(MINE.replace('"#1D1A17"', '"brown"'), encoding="utf-8")
        line = MINE.split("\n").index('background = "#1D1A17"') + 1
        await walk.see(f"mine.toml:{line}: background must be a colour")
        assert (walk.app.theme, ground(walk)) == ("mine", "#1D1A17")
        path.write_text(MINE.replace("#1D1A17", "#202020"), encoding="utf-8")
        await eventually(walk, lambda: ground(walk) == "#202020")


@pytest.mark.parametrize(("name", "seen_before"), [("mine", True), ("mine", False)])
async def test_a_theme_that_is_replaced_as_editors_do_it_is_seen(
    tmp_path: Path, looks: list[int], name: str, seen_before: bool
) -> None:
    path = own_theme(tmp_path, name=name)
    async with a_walk(tmp_path, theme=name, session=a_session_file(tmp_path)) as walk:
        if seen_before:
            await eventually(walk, lambda: 1 in looks)
        path.unlink()
        looks.clear()
        await eventually(walk, lambda: 0 in looks)
        assert ground(walk) == "#1D1A17"
        own_theme(tmp_path, MINE.replace("#1D1A17", "#202020"), name)
        await eventually(walk, lambda: ground(walk) == "#202020")


async def test_a_theme_that_was_chosen_from_the_list_is_followed_as_well(tmp_path: Path) -> None:
    path = own_theme(tmp_path)
    async with a_walk(tmp_path) as walk:
        await walk.press("t", "j", "j", "enter")
        assert walk.app.theme == "mine"
        path.write_text(MINE.replace("#1D1A17", "#202020"), encoding="utf-8")
        await eventually(walk, lambda: ground(walk) == "#202020")


async def test_a_wanted_theme_that_is_broken_at_the_start_is_named_and_worn_once_it_is_mended(tmp_path: Path) -> None:
    path = own_theme(tmp_path, "schema = 1\n")
    async with a_walk(tmp_path, theme="mine", session=a_session_file(tmp_path)) as walk:
        assert walk.app.theme == "signoff-dark"
        await walk.see("mine.toml: the file has no title")
        path.write_text(MINE, encoding="utf-8")
        await eventually(walk, lambda: walk.app.theme == "mine")


async def test_a_theme_that_is_not_worn_changes_nothing(tmp_path: Path) -> None:
    path = own_theme(tmp_path)
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("j")
        path.write_text(MINE.replace('"#1D1A17"', '"brown"'), encoding="utf-8")
        await walk.see("mine.toml:")
        assert walk.app.theme == "signoff-dark"


async def test_without_a_theme_of_ones_own_nobody_looks_at_the_disk_again(tmp_path: Path, looks: list[int]) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await eventually(walk, lambda: looks == [0])
        await walk.pilot.pause(0.2)  # nine looks would fall into this
    assert looks == [0]


async def test_without_colours_nobody_looks_at_all(tmp_path: Path, looks: list[int]) -> None:
    own_theme(tmp_path)
    async with a_walk(tmp_path, look=TerminalLook(Colors.NONE), session=a_session_file(tmp_path)) as walk:
        await walk.pilot.pause(0.2)
    assert looks == []


def test_the_folder_of_the_project_comes_before_that_of_the_user(tmp_path: Path) -> None:
    own_theme(tmp_path)
    where = locations(tmp_path)
    project = tmp_path / ".signoff"
    (project / "themes").mkdir(parents=True)
    (project / "themes" / "mine.toml").write_text(MINE.replace('"Mine"', '"Ours"'), encoding="utf-8")
    where = type(where)(where.data, where.config, where.state, project)
    found = find_theme(where, "mine")
    assert found is not None
    assert found.title == "Ours"
    assert load_themes(where).loaded["mine"].title == "Ours"


@pytest.mark.parametrize("name", ["../themes/mine", "mine.toml", "/etc/passwd", "Mine", ""])
def test_a_theme_is_looked_for_by_a_name_and_never_by_a_path(tmp_path: Path, name: str) -> None:
    own_theme(tmp_path)
    assert find_theme(locations(tmp_path), name) is None


def test_a_file_whose_name_cannot_be_that_of_a_theme_is_named(tmp_path: Path) -> None:
    own_theme(tmp_path, name="My Theme")
    folder = load_themes(locations(tmp_path))
    assert "My Theme" not in folder.loaded
    assert "a theme is named by its file" in str(folder.failed[0])


async def test_the_name_of_a_theme_that_comes_with_signoff_cannot_be_taken(tmp_path: Path) -> None:
    hidden = MINE.replace('fail = "#FF9A70"', 'fail = "#1D1A17"')
    assert hidden != MINE
    path = own_theme(tmp_path, hidden, "signoff-dark")
    why = f"signoff-dark is the name of a theme that comes with signoff, so {path} is not used: rename it."
    folder = load_themes(locations(tmp_path))
    assert folder.loaded["signoff-dark"] == find_theme(locations(tmp_path), "signoff-dark")
    assert folder.loaded["signoff-dark"].title == "Dark"
    assert [str(error) for error in folder.failed] == [why]
    async with a_walk(tmp_path, WIDE, session=a_session_file(tmp_path)) as walk:
        await walk.see("signoff-dark is the name of a theme that comes with signoff")
        assert (walk.app.theme, ground(walk)) == ("signoff-dark", "#101214")


@pytest.mark.parametrize("status", STATUSES)
def test_a_theme_that_hides_the_word_of_a_status_is_refused_by_name(tmp_path: Path, status: str) -> None:
    lines = MINE.split("\n")
    at = next(n for n in range(lines.index("[status]"), len(lines)) if lines[n].startswith(f"{status} = "))
    lines[at] = f'{status} = "#2A2622"'
    path = own_theme(tmp_path, "\n".join(lines))
    folder = load_themes(locations(tmp_path))
    assert "mine" not in folder.loaded
    assert find_theme(locations(tmp_path), "mine") is None
    (error,) = folder.failed
    assert str(error).startswith(f"{path}:{at + 1}: the word of {status} cannot be read: #2A2622 on the background ")
    assert str(error).endswith(":1, and 3:1 is the least")


@pytest.mark.parametrize("ground_", ["background", "surface", "panel"])
def test_a_word_must_stand_out_from_every_ground_that_it_is_painted_on(tmp_path: Path, ground_: str) -> None:
    text = re.sub(rf'{ground_} = "#\w+"', f'{ground_} = "#9A7A60"', MINE)
    own_theme(tmp_path, text)
    (error,) = load_themes(locations(tmp_path)).failed
    assert f"on the {ground_} #9A7A60 is " in str(error)


def test_a_bad_theme_stops_nobody(tmp_path: Path) -> None:
    own_theme(tmp_path, MINE.replace("fail = ", "fall = "), "bad")
    folder = load_themes(locations(tmp_path))
    assert "bad.toml" in str(folder.failed[0])
    assert "there is no key fall in status: the nearest is fail" in str(folder.failed[0])
    assert "signoff-dark" in folder.loaded
