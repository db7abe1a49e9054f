"""What a terminal shows that is too small for anything else."""

from __future__ import annotations

from typing import Final

from textual import events
from textual.content import Content

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

    def on_mount(self) -> None:
        """Follow the size of the screen."""
        self.watch_size()

    def watch_size(self) -> None:
        """Show or hide."""
        width, height = self.app.size
        self.display = width < _WIDTH or height < _HEIGHT

    def on_resize(self, _: events.Resize) -> None:
        """Follow the size of the screen."""
        self.watch_size()
