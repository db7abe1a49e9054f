"""The list of themes. The one under the cursor is worn while one looks at it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.widgets import OptionList

from signoff.storage.theme_file import ThemeColors
from signoff.ui.screens.pick import Pick


class PickTheme(Pick):
    """Asks for a theme; the answer is its position."""

    DEFAULT_CSS = """
    /* The screen below is what a theme is judged by: it is neither dimmed nor in the middle of it covered. */
    PickTheme { background: transparent; align: right bottom; }
    PickTheme .dialog { width: 36; }
    """

    def __init__(self, themes: Sequence[ThemeColors], worn: str, wear: Callable[[ThemeColors], None]) -> None:
        """Make the question.

        Args:
            themes: The themes there are.
            worn: The name of the one that is worn.
            wear: Puts a theme on, to look at it.
        """
        super().__init__("Theme", [theme.title for theme in themes])
        self._themes = themes
        self._worn = worn
        self._wear = wear

    def on_mount(self) -> None:
        """Start on the theme that is worn."""
        names = [theme.name for theme in self._themes]
        self.query_one(OptionList).highlighted = names.index(self._worn) if self._worn in names else 0

    @on(OptionList.OptionHighlighted)
    def _look_at(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._wear(self._themes[event.option_index])
