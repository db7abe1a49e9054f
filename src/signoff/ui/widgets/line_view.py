"""A view that is drawn line by line, and what its lines are made of.

There is no widget for a line and no layout: another item or another row costs the lines that changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.strip import Strip

from signoff.domain.safe_text import safe_text
from signoff.ui.widgets.kept_lines import KeptLines

Part = tuple[str, Style | None]
"""A piece of a line: text that is safe to show, and its style on top of the line's."""


class LineView(ScrollView, KeptLines):
    """A view whose lines are drawn in the styles of its component classes."""

    def __init__(self) -> None:
        super().__init__()
        self._styled: dict[tuple[str, ...], Style] = {}
        self.line_style = Style.null()
        """The style of a line, under those of its parts."""

    def styled(self, *names: str) -> Style:
        """The style of some component classes, to lay on top of a line's. Working it out is dear, so it is kept."""
        style = self._styled.get(names)
        if style is None:
            style = Style.combine(self.get_component_rich_style(name, partial=True) for name in names)
            self._styled[names] = style
        return style

    def notify_style_update(self) -> None:
        """Forget the styles of another theme."""
        super().notify_style_update()
        self._styled.clear()
        if self.is_mounted:
            # Textual says this before the component classes have their new styles.
            self.call_next(self.restyled)

    def restyled(self) -> None:
        """There is another theme: a view that keeps painted lines paints them anew."""

    def refresh_changed(self, before: list[list[Part]], after: list[list[Part]]) -> None:
        """Paint what is another now, and of a line no more than both its old and its new text take."""
        changed = [
            Region(0, number - self.scroll_offset.y, max(_text_width(old), _text_width(new)), 1)
            for number, (old, new) in enumerate(zip_longest(before, after, fillvalue=()))
            if old != new
        ]
        if changed:
            self.refresh(*changed)

    def painted(self, crop: Region, numbers: Sequence[int]) -> list[Strip]:
        """Some of the lines. The style that all have is worked out once: it is the dearest part of a line."""
        self.line_style = self.rich_style
        return super().painted(crop, numbers)


def _text_width(parts: Sequence[Part]) -> int:
    """How many cells the text of a line takes, without the blanks that fill it."""
    return cell_len("".join(text for text, _ in parts).rstrip(" "))


def painted(parts: list[Part], width: int, style: Style) -> Strip:
    """A line of exactly a width from its parts."""
    segments = [Segment(text, style + part if part else style) for text, part in parts if text]
    room = width - sum(segment.cell_length for segment in segments)
    if room < 0:
        return Strip(segments).adjust_cell_length(width, style)
    return Strip([*segments, Segment(" " * room, style)] if room else segments, width)


def cell(text: str, width: int) -> str:
    """A text that somebody typed, made safe and brought to exactly a width; a cut is shown."""
    shown = safe_text(text)
    if cell_len(shown) <= width:
        return shown + " " * (width - cell_len(shown))
    return set_cell_size(shown, max(width - 1, 0)) + "…"[:width]


def word(text: str, width: int, style: Style | None) -> list[Part]:
    """A short text in a column of a width. What is underlined or reversed ends where the text does."""
    shown = cell(text, width)
    kept = shown.rstrip()
    return [(kept, style), (shown[len(kept) :], None)]
