"""What is painted takes fewer bytes and looks the same."""

from __future__ import annotations

from typing import Any

import pyte
from hypothesis import given
from hypothesis import strategies as st

from signoff.ui.terse_driver import with_fewer_styles

CLOSE = "\x1b[0m"
GREY, BOLD, RED = (f"\x1b[{color};48;2;4;5;6m" for color in ("38;2;1;2;3", "1;38;2;1;2;3", "38;2;9;9;9"))

attributes = st.lists(st.sampled_from("134579"), unique=True)
colors = st.sampled_from(["", "38;2;1;2;3", "38;2;9;9;9", "38;5;9", "31", "39"])
grounds = st.sampled_from(["", "48;2;4;5;6", "48;5;6", "41", "49"])
whole = st.builds(lambda some, *colors: ";".join(filter(None, [*some, *colors])), attributes, colors, grounds)
styles = st.one_of(st.just("0"), whole, whole.map("0;{}".format)).map("\x1b[{}m".format)
moves = st.sampled_from(["\x1b[2;3H", "\x1b[1;1H", "\r", "\r\n\x1b[3;1H", "\x1b[K", "\x1b[2J"])
pieces = st.lists(st.one_of(styles, st.just(CLOSE), moves, st.sampled_from(["a", " ", "bc"])), max_size=14).map("".join)


def looks(*data: str) -> Any:
    """The cells of a terminal after it was sent something, and the style that it is left in."""
    screen = pyte.Screen(10, 4)
    stream = pyte.Stream(screen)
    for piece in data:
        stream.feed(piece)
    cells = [[screen.buffer[row][column] for column in range(10)] for row in range(4)]
    return cells, screen.cursor.attrs._replace(data=" "), (screen.cursor.x, screen.cursor.y)


def test_a_style_is_told_once_for_all_the_lines_that_have_it() -> None:
    lines = f"{CLOSE}\x1b[1;1H{GREY}one{CLOSE}\r\n\x1b[2;1H{GREY}two{CLOSE}"
    assert with_fewer_styles(lines) == f"\x1b[1;1H\x1b[0;{GREY[2:]}one\r\n\x1b[2;1Htwo{CLOSE}"


def test_of_another_style_only_the_difference_is_told() -> None:
    lines = f"{CLOSE}{GREY}one{CLOSE}{BOLD}two{CLOSE}{RED}three{CLOSE}"
    assert with_fewer_styles(lines) == f"\x1b[0;{GREY[2:]}one\x1b[1mtwo\x1b[22;38;2;9;9;9mthree{CLOSE}"


def test_a_style_of_nothing_is_not_told() -> None:
    assert with_fewer_styles(f"{GREY}{CLOSE}{BOLD}two{CLOSE}") == f"\x1b[0;{BOLD[2:]}two{CLOSE}"


@given(st.lists(pieces, max_size=3))
def test_it_looks_the_same_whatever_comes(data: list[str]) -> None:
    assert looks(*map(with_fewer_styles, data)) == looks(*data)


@given(pieces)
def test_it_takes_no_more_bytes(data: str) -> None:
    closes = 2 * data.count("\x1b[")  # `0;` where a style follows another that nobody closed
    assert len(with_fewer_styles(data)) <= len(data) + closes
