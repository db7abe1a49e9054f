"""The themes that are shipped: legible to all, whatever their eyes and their terminal."""

from __future__ import annotations

import colorsys
from itertools import combinations

import pytest
from rich.color import Color, ColorSystem

from eyesight import SIGHT, contrast, difference, linear
from signoff.storage.locations import shipped
from signoff.storage.theme_file import STATUSES, ThemeColors, load_theme
from signoff.ui.terminal_look import Colors
from signoff.ui.themes import textual_theme

SHIPPED = {path.stem: load_theme(path) for path in sorted(shipped("themes").glob("*.toml"))}
THEMES = pytest.mark.parametrize("theme", SHIPPED.values(), ids=SHIPPED)
GROUNDS = ("background", "surface", "panel")
"""What words stand on: the screen, its first line and dialogs, the selected row and the line that is typed in."""
WORDS = ("foreground", "muted", "accent", *STATUSES)
ON_LIGHT, ON_DARK = 5.5, 7.0
"""The least contrast of a word with its ground."""
FARTHEST_ALIKE = 25
"""How far the hues of two statuses must be apart, at the least, to any kind of eyes.

In marks of the size of a letter people see a difference of about ten as one; a meeting looks from some metres away and
only for a moment, so it is two and a half times that, and just below the 27 that was measured for the design.
"""


def colors_of(theme: ThemeColors) -> dict[str, str]:
    return {**theme.colors, **theme.status}


def hues_of(theme: ThemeColors) -> dict[str, str]:
    """The hues that tell statuses apart; risk has that of condition, and open is the text itself."""
    return {status: theme.status[status] for status in ("pass", "fail", "condition", "na")}


def hue(color: str) -> float:
    """The hue in degrees."""
    return 360 * colorsys.rgb_to_hls(*linear(color))[0]


def test_there_is_a_dark_one_a_light_one_one_for_projectors_and_one_that_is_warm() -> None:
    assert {"signoff-dark", "signoff-light", "projector", "warm-dark"} <= set(SHIPPED)


@THEMES
def test_every_theme_has_a_pair_of_the_other_kind(theme: ThemeColors) -> None:
    pair = SHIPPED[theme.pair]
    assert (pair.pair, pair.dark) == (theme.name, not theme.dark)


@THEMES
@pytest.mark.parametrize("ground", GROUNDS)
def test_words_stand_out_from_every_ground(theme: ThemeColors, ground: str) -> None:
    colors, least = colors_of(theme), ON_DARK if theme.dark else ON_LIGHT
    ratios = {word: contrast(colors[word], colors[ground]) for word in WORDS}
    assert {word: ratio for word, ratio in ratios.items() if ratio < least} == {}


def test_a_projector_washes_out_so_its_words_stand_out_more_than_others() -> None:
    theme = SHIPPED["projector"]
    assert min(contrast(colors_of(theme)[word], theme.colors["background"]) for word in WORDS) >= 8.5
    assert contrast(theme.colors["foreground"], theme.colors["background"]) == pytest.approx(21)


@THEMES
@pytest.mark.parametrize("sight", SIGHT)
def test_hues_differ_to_every_kind_of_eyes(theme: ThemeColors, sight: str) -> None:
    apart = {
        (one, other): difference(first, second, sight)
        for (one, first), (other, second) in combinations(hues_of(theme).items(), 2)
    }
    assert {pair: distance for pair, distance in apart.items() if distance < FARTHEST_ALIKE} == {}


@THEMES
def test_there_are_four_hues_at_most(theme: ThemeColors) -> None:
    words = {status: color for status, color in theme.status.items() if status != "open"}
    assert len(set(words.values())) == 4
    assert theme.status["open"] == theme.colors["foreground"]
    assert theme.status["na"] == theme.colors["muted"]
    # Keys and headings wear the hue of a pass.
    assert abs(hue(theme.colors["accent"]) - hue(theme.status["pass"])) < 30


def test_the_distances_of_the_design_are_measured_as_the_design_measured_them() -> None:
    dark = ("#63A6FC", "#F77D64", "#F4D041", "#A2A6AE")
    assert round(min(difference(*pair, sight) for pair in combinations(dark, 2) for sight in SIGHT)) == 32
    assert difference("#000000", "#FFFFFF") == pytest.approx(100, abs=0.1)
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


# Terminals with fewer colours. What Textual sends is the nearest of those that there are, as Rich finds it.


def in_256(theme: ThemeColors) -> dict[str, str]:
    """What is sent in place of a theme's colours."""
    sent = {name: Color.parse(color).downgrade(ColorSystem.EIGHT_BIT) for name, color in colors_of(theme).items()}
    return {name: color.get_truecolor().hex.upper() for name, color in sent.items()}


@THEMES
@pytest.mark.parametrize("ground", GROUNDS)
def test_words_stand_out_in_256_colours_too(theme: ThemeColors, ground: str) -> None:
    shown = in_256(theme)
    ratios = {word: contrast(shown[word], shown[ground]) for word in WORDS}
    assert {word: ratio for word, ratio in ratios.items() if ratio < LEAST_OF_FEW} == {}


@THEMES
def test_statuses_and_the_selected_row_stay_apart_in_256_colours(theme: ThemeColors) -> None:
    shown = in_256(theme)
    assert shown["panel"] != shown["background"]
    assert (
        min(difference(*pair) for pair in combinations((shown[status] for status in hues_of(theme)), 2))
        >= FARTHEST_ALIKE
    )


LEAST_OF_FEW = 4.5
"""The least contrast in a palette that is not ours to choose: what WCAG asks of a text."""
VGA = (
    *("#000000", "#AA0000", "#00AA00", "#AA5500", "#0000AA", "#AA00AA", "#00AAAA", "#AAAAAA"),
    *("#555555", "#FF5555", "#55FF55", "#FFFF55", "#5555FF", "#FF55FF", "#55FFFF", "#FFFFFF"),
)
XTERM = (
    *("#000000", "#CD0000", "#00CD00", "#CDCD00", "#0000EE", "#CD00CD", "#00CDCD", "#E5E5E5"),
    *("#7F7F7F", "#FF0000", "#00FF00", "#FFFF00", "#5C5CFF", "#FF00FF", "#00FFFF", "#FFFFFF"),
)


@pytest.mark.parametrize("palette", [VGA, XTERM], ids=["vga", "xterm"])
@pytest.mark.parametrize("name", ["signoff-dark", "signoff-light"])
def test_words_stand_out_in_sixteen_colours_whatever_their_shades(name: str, palette: tuple[str, ...]) -> None:
    worn = textual_theme(SHIPPED[name], Colors.SIXTEEN)

    def shown(color: str) -> str:
        number = Color.parse(color).downgrade(ColorSystem.STANDARD).number
        assert number is not None
        return palette[number]

    words = {word: worn.variables[word] for word in ("muted", *(f"status-{status}" for status in STATUSES))}
    words |= {"foreground": worn.foreground or "", "accent": worn.primary}
    ratios = {word: contrast(shown(color), shown(worn.background or "")) for word, color in words.items()}
    assert {word: ratio for word, ratio in ratios.items() if ratio < LEAST_OF_FEW} == {}
    assert shown(words["status-pass"]) != shown(words["status-fail"]) != shown(words["status-condition"])


def test_in_sixteen_colours_all_themes_of_a_kind_look_alike() -> None:
    dark = [textual_theme(theme, Colors.SIXTEEN) for theme in SHIPPED.values() if theme.dark]
    assert all((theme.variables, theme.background) == (dark[0].variables, dark[0].background) for theme in dark)
