"""What becomes of a painted line before it reaches the terminal, where that cannot show all of it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from signoff.ui.ascii_text import ascii_text
from signoff.ui.terminal_look import Colors, TerminalLook

_HALF: Final = 127


class WithoutColor(LineFilter):
    """Takes every colour away. Textual's own filter for NO_COLOR only makes greys of them."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The line without colours: what is bold or underlined stays so, and what stands on a light ground is reversed.

        It is made for a screen in white on black.
        """
        return [Segment(text, style and _without_color(style), control) for text, style, control in segments]


@lru_cache(1024)
def _without_color(style: Style) -> Style:
    # Rich forgets what a click does when it forgets the colours.
    plain = style.without_color + Style.from_meta(style.meta)
    ground = style.bgcolor.triplet if style.bgcolor else None
    return plain + Style(reverse=not style.reverse) if ground and ground.green > _HALF else plain


class AsciiOnly(LineFilter):
    """Writes every character in ASCII."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The line in ASCII."""
        return [Segment(ascii_text(text), style, control) for text, style, control in segments]


def filters_for(look: TerminalLook) -> list[LineFilter]:
    """The filters that a terminal needs; none for one that can show everything."""
    filters: list[LineFilter] = []
    if look.colors is Colors.NONE:
        filters.append(WithoutColor())
    if look.ascii:
        filters.append(AsciiOnly())
    return filters
