"""What a terminal shows that is too small for anything else."""

from __future__ import annotations

from typing import Final

from textual.content import Content
from textual.geometry import Size

from signoff.ui.widgets.line import Line

_WIDTH: Final = 40
_HEIGHT: Final = 12


class TooSmall(Line):
    """One line over the whole screen, while there is no room for more. Nothing below it is lost."""

    DEFAULT_CSS = """
    TooSmall {
        display: none;
        layer: above;
        dock: top;
        width: 100%;
        height: 100%;
        background: $background;
    }
    """

    def line(self, width: int) -> Content:
        """What to do."""
        return Content(f"Make the terminal at least {_WIDTH}x{_HEIGHT}.")

    def fit(self, size: Size) -> None:
        """Show or hide. The screen calls it: a widget that is not displayed hears of no other size.

        Args:
            size: The screen's size.
        """
        self.display = size.width < _WIDTH or size.height < _HEIGHT
