"""The theme that is worn, and the ways to another: a key for light and dark, and a list.

A theme is read when it is put on; what only lies in the folders costs nothing.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final

from textual.app import App

from signoff.storage.locations import Locations, shipped
from signoff.storage.settings import remember
from signoff.storage.theme_file import ThemeColors, find_theme, load_theme, load_themes
from signoff.ui.terminal_look import Colors
from signoff.ui.themes import textual_theme
from signoff.ui.widgets.message_line import failure, refusal

if TYPE_CHECKING:
    from signoff.ui.app import SignoffApp

DEFAULT_THEME: Final = "signoff-dark"
_NO_COLORS: Final = refusal("There are no colours to change: NO_COLOR is set, or the terminal has none.")


class Wardrobe:
    """The themes of an app."""

    def __init__(self, app: SignoffApp, locations: Locations, wanted: str, shown: Colors) -> None:
        """Put the wanted theme on; where there is none of that name, the default one.

        Args:
            app: The app that wears them.
            locations: Where their folders are.
            wanted: The name of the theme to wear; empty for the default one.
            shown: How much of a theme the terminal can show.

        Raises:
            SignoffError: When the installation lacks its themes.
        """
        self._app = app
        self._locations = locations
        self._shown = shown
        self.wanted = wanted or DEFAULT_THEME
        """The name of the theme that was asked for; another is worn where its file cannot be read."""
        default = shipped("themes") / f"{DEFAULT_THEME}.toml"
        self.worn = find_theme(locations, self.wanted) or load_theme(default)
        """The theme that is worn."""
        self._app.register_theme(textual_theme(self.worn, self._shown))
        # Nothing is styled yet: told of a change, the app would read all styles twice before the first screen.
        self._app.set_reactive(App.theme, self.worn.name)
        self._app.stylesheet.set_variables(self._app.get_css_variables())

    @property
    def is_needed(self) -> bool:
        """Whether the terminal shows any of a theme."""
        return self._shown is not Colors.NONE

    def wear(self, theme: ThemeColors) -> None:
        """Put a theme on, also in place of another of the same name."""
        self.worn = theme
        self._app.register_theme(textual_theme(theme, self._shown))
        if self._app.theme == theme.name:
            self._app.mutate_reactive(App.theme)
        else:
            self._app.theme = theme.name

    async def change_to_pair(self) -> None:
        """Change between light and dark, and remember it."""
        if not self.is_needed:
            self._app.say(_NO_COLORS)
            return
        name = self.worn.pair
        pair = await asyncio.to_thread(find_theme, self._locations, name)
        if pair is None:
            why = f"its pair, {name}, cannot be read" if name else "it has no pair"
            self._app.say(refusal(f"{self.worn.title} stays: {why}."))
        else:
            await self._keep(pair)

    async def pick(self) -> None:
        """Ask for a theme; the one under the cursor is worn while it is asked."""
        if not self.is_needed:
            self._app.say(_NO_COLORS)
            return
        from signoff.ui.screens.pick_theme import PickTheme

        folder, before = await asyncio.to_thread(load_themes, self._locations), self.worn
        if folder.failed:
            self._app.say(failure(str(folder.failed[0])))
        themes = sorted(folder.loaded.values(), key=lambda theme: theme.title)
        chosen = await self._app.push_screen_wait(PickTheme(themes, before.name, self.wear))
        if chosen is None:
            self.wear(before)
        else:
            await self._keep(themes[chosen])

    async def _keep(self, theme: ThemeColors) -> None:
        """Put a theme on for good."""
        self.wear(theme)
        self.wanted = theme.name
        await asyncio.to_thread(partial(remember, self._locations.settings, theme=theme.name))
