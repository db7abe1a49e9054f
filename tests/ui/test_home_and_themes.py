"""The list of sessions, and the themes."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from walking import NOW, a_session_file, a_walk, locations

from signoff.domain.answer import Status
from signoff.storage.locations import shipped
from signoff.storage.settings import load_settings
from signoff.storage.theme_file import COLORS, STATUSES, ThemeColors, load_theme, load_themes

THEMES = pytest.mark.parametrize("theme", [load_theme(path) for path in sorted(shipped("themes").glob("*.toml"))])


async def test_an_empty_list_says_what_to_do(tmp_path: Path) -> None:
    async with a_walk(tmp_path) as walk:
        assert "press n to make the first" in walk.screen
        await walk.press("enter", "c")
        assert "n makes a session" in walk.screen


async def test_the_newest_session_comes_first_and_is_opened_by_enter(tmp_path: Path) -> None:
    ledger, shop = a_session_file(tmp_path, service="ledger"), a_session_file(tmp_path, service="web-shop")
    answered = ledger.session.answer("pii", status=Status.PASS, now=NOW, by="x")
    ledger.save(answered, NOW + timedelta(minutes=1))
    async with a_walk(tmp_path) as walk:
        first, second = (line for line in walk.screen.split("\n") if "/37" in line)
        assert "ledger" in first
        assert "web-shop" in second
        await walk.press("enter")
        await walk.see("ledger 4.12.0 -> prod")
    assert shop.path.exists()


async def test_a_broken_file_is_listed_with_its_line_and_reason_and_is_not_touched(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    text = file.path.read_text(encoding="utf-8").replace('environment = "prod"', "").replace("[summary]", "[summary")
    file.path.write_text(text, encoding="utf-8")
    async with a_walk(tmp_path) as walk:
        assert "BROKEN" in walk.screen
        await walk.press("enter")
        assert re.search(r"payments-api-4\.12\.0-prod\.toml:\d+: ", walk.screen)
    assert file.path.read_text(encoding="utf-8") == text


async def test_a_mended_file_can_be_opened_after_reading_again(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    good = file.path.read_text(encoding="utf-8")
    file.path.write_text("garbage [", encoding="utf-8")
    async with a_walk(tmp_path) as walk:
        assert "BROKEN" in walk.screen
        file.path.write_text(good, encoding="utf-8")
        await walk.press("ctrl+r", "enter")
        await walk.see("would be: UNDECIDED")


async def test_a_window_that_cannot_be_read_is_said_in_the_form(tmp_path: Path) -> None:
    async with a_walk(tmp_path) as walk:
        await walk.press("n")
        await walk.fill("payments-api", "4.12.0", "", "", "sometime", "", "", "")
        assert '"sometime" is not a window' in walk.screen
        assert "payments-api" in walk.screen


async def test_one_key_changes_light_and_dark_and_it_is_remembered(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        assert walk.app.theme == "signoff-dark"
        await walk.press("T")
        assert walk.app.theme == "signoff-light"
        await walk.settle()
    settings = load_settings(locations(tmp_path).settings)
    async with a_walk(tmp_path, theme=settings.theme) as walk:
        assert walk.app.theme == "signoff-light"


async def test_a_bad_theme_is_skipped_and_the_others_work(tmp_path: Path) -> None:
    themes = tmp_path / "config" / "themes"
    themes.mkdir(parents=True)
    (themes / "bad.toml").write_text("schema = 1\nname = 'bad'\ntitle = 'x'\ndark = true\n[colors]\n[status]\n")
    (failure,) = load_themes(locations(tmp_path)).failed
    assert "bad.toml" in str(failure)
    async with a_walk(tmp_path, theme="bad", session=a_session_file(tmp_path)) as walk:
        assert walk.app.theme == "signoff-dark"


@THEMES
def test_every_theme_has_a_pair_of_the_other_kind(theme: ThemeColors) -> None:
    pair = load_theme(shipped("themes") / f"{theme.pair}.toml")
    assert (pair.pair, pair.dark) == (theme.name, not theme.dark)


@THEMES
@pytest.mark.parametrize("ground", ["background", "surface", "panel"])
def test_words_stand_out_from_every_ground(theme: ThemeColors, ground: str) -> None:
    words = {name: theme.colors[name] for name in COLORS if name in ("foreground", "muted", "accent")}
    words |= {name: theme.status[name] for name in STATUSES}
    least = 5.5 if ground == "panel" else 6.0
    for name, color in words.items():
        assert contrast(color, theme.colors[ground]) >= least, f"{name} on {ground}"


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours after WCAG 2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("word", "theme"), [("T light/dark", "signoff-light"), ("q quit", "signoff-dark")])
async def test_a_click_on_a_key_of_the_program_acts(tmp_path: Path, word: str, theme: str) -> None:
    async with a_walk(tmp_path) as walk:
        lines = walk.screen.split("\n")
        await walk.pilot.click(offset=(lines[-1].index(word), len(lines) - 1))
        await walk.settle()
        assert walk.app.theme == theme
        assert walk.app._exit == (word == "q quit")
