"""What a terminal can show, told from its environment; and text in ASCII."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from signoff.domain.answer import CARRIED_BOX, PARKED_BOX, Status
from signoff.domain.safe_text import safe_text
from signoff.ui.ascii_text import ascii_text
from signoff.ui.line_filters import AsciiOnly, WithoutColor
from signoff.ui.terminal_look import Colors, look_of_terminal

UTF8 = {"LANG": "C.UTF-8"}


@pytest.mark.parametrize(
    ("variables", "colors"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, Colors.ALL),
        ({"TERM": "xterm-256color"}, Colors.ALL),
        ({"TERM": "tmux-256color"}, Colors.ALL),
        ({"TERM": "xterm-kitty"}, Colors.ALL),
        ({"TERM": "xterm", "COLORTERM": "24bit"}, Colors.ALL),
        ({"TERM": "xterm"}, Colors.SIXTEEN),
        ({"TERM": "linux"}, Colors.SIXTEEN),
        ({"TERM": "screen"}, Colors.SIXTEEN),
        ({"TERM": "rxvt-16color"}, Colors.SIXTEEN),
        ({"TERM": "dumb"}, Colors.NONE),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, Colors.NONE),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "false"}, Colors.NONE),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, Colors.ALL),
    ],
    ids=str,
)
def test_the_colours_of_a_terminal(variables: dict[str, str], colors: Colors) -> None:
    assert look_of_terminal(UTF8 | variables, None).colors is colors


@pytest.mark.parametrize(
    ("variables", "is_ascii"),
    [
        ({"LANG": "de_DE.UTF-8"}, False),
        ({"LANG": "en_US.utf8"}, False),
        ({"LC_CTYPE": "UTF-8"}, False),  # as macOS says it
        ({"LANG": "C", "LC_ALL": "en_US.UTF-8"}, False),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "C"}, True),
        ({"LANG": "en_US.UTF-8", "LC_CTYPE": "de_DE.ISO-8859-1"}, True),
        ({"LANG": "POSIX"}, True),
        ({}, True),
    ],
    ids=str,
)
def test_a_locale_that_is_not_one_of_utf_8_gets_ascii(variables: dict[str, str], is_ascii: bool) -> None:
    assert look_of_terminal(variables, None).ascii is is_ascii
    assert look_of_terminal(variables, True).ascii
    assert not look_of_terminal(variables, False).ascii


def test_the_boxes_in_ascii() -> None:
    boxes = [*(status.box for status in Status), CARRIED_BOX, PARKED_BOX]
    assert [ascii_text(box) for box in boxes] == ["[ ]", "[Y]", "[X]", "[~]", "[!]", "[-]", "[R]", "[>]"]
    assert len({ascii_text(box) for box in boxes}) == len(boxes)


@given(st.text())
def test_any_text_becomes_ascii_of_the_same_width(text: str) -> None:
    shown = safe_text(text)
    assert ascii_text(shown).isascii()
    assert cell_len(ascii_text(shown)) == cell_len(shown)


@given(st.text(st.characters(max_codepoint=126, min_codepoint=32)))
def test_ascii_stays_as_it_is(text: str) -> None:
    assert ascii_text(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("naïve Zoë", "naive Zoe"),
        ("“it’s” – so…", '"it\'s" - so~'),
        ("┌─┬─┐", "+-+-+"),
        ("│ a │", "| a |"),
        ("検査", "????"),
        ("⟨U+001B⟩", "<U+001B>"),
    ],
)
def test_what_stands_for_what(text: str, shown: str) -> None:
    assert ascii_text(text) == shown


def test_a_filter_keeps_what_a_click_does() -> None:
    style = Style.parse("bold red on black") + Style.from_meta({"@click": "screen.help"})
    for made in (WithoutColor(), AsciiOnly()):
        (segment,) = made.apply([Segment("»", style)], Color(0, 0, 0))
        assert segment.style is not None
        assert segment.style.meta == {"@click": "screen.help"}
        assert segment.style.bold
