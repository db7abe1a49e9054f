"""One line of text across the screen."""

from __future__ import annotations

from abc import abstractmethod

from textual.app import RenderResult
from textual.content import Content

from signoff.ui.widgets.kept_lines import KeptLines


class Line(KeptLines):
    """A line that is made anew from what it shows, for the width there is."""

    DEFAULT_CSS = """
    Line {
        height: 1;
        text-wrap: nowrap;
        text-overflow: ellipsis;
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

    def render(self) -> RenderResult:
        """The line at the width it has."""
        return self.line(self.size.width)


def spread(left: Content, right: Content, width: int) -> Content:
    """Two texts at the two ends of a line; the left one is cut where they do not both fit."""
    room = width - right.cell_length - 1
    if left.cell_length > room:
        left = left.truncate(max(room, 0), ellipsis=True)
    return left + Content(" " * max(width - left.cell_length - right.cell_length, 0)) + right
