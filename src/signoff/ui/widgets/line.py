"""One line of text across the screen."""

from __future__ import annotations

from abc import abstractmethod

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.content import Content
from textual.strip import Strip
from textual.style import Style

from signoff.ui.widgets.kept_lines import KeptLines


class Line(KeptLines):
    """A line that is made anew from what it shows, for the width there is."""

    DEFAULT_CSS = """
    Line {
        height: 1;
        link-color: $accent;
        link-style: bold;
        link-background: transparent;
        link-color-hover: $background;
        link-background-hover: $accent;
        link-style-hover: bold;
    }
    """

    @abstractmethod
    def line(self, width: int) -> Content:
        """The text of the line.

        Args:
            width: How many cells there are.
        """

    def render_line(self, y: int) -> Strip:
        """The line, and blank ones where there is room for more.

        Textual would make a style for each letter's place, by which text is selected; the terminal does that better.
        """
        width, style = self.size.width, self.visual_style
        if y:
            return Strip.blank(width, style.rich_style)
        content = self.line(width)
        if content.cell_length > width:
            content = content.truncate(width, ellipsis=True)
        pieces = content.render(style, end="", parse_style=self._get_style)
        segments = [Segment(text, self._with_link(piece)) for text, piece in pieces]
        return Strip(segments, content.cell_length).extend_cell_length(width, style.rich_style)

    def _with_link(self, style: Style) -> RichStyle:
        return style.rich_style + self.link_style if "@click" in style.meta else style.rich_style


def spread(left: Content, right: Content, width: int) -> Content:
    """Two texts at the two ends of a line; the left one is cut where they do not both fit."""
    room = width - right.cell_length - 1
    if left.cell_length > room:
        left = left.truncate(max(room, 0), ellipsis=True)
    return left + Content(" " * max(width - left.cell_length - right.cell_length, 0)) + right
