"""Sees that a theme of the user's own has changed, and puts it on: whoever makes a theme sees each save.

It looks once, a moment after the start, and goes on only where there is something to look at.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from signoff.errors import SignoffError
from signoff.storage.locations import Locations
from signoff.storage.theme_file import ThemeColors, is_shipped, load_own_theme, own_theme_files
from signoff.ui.wardrobe import Wardrobe
from signoff.ui.widgets.message_line import Said, failure

if TYPE_CHECKING:
    from signoff.ui.app import SignoffApp

_SECONDS: Final = 1.0

_Stamps = Mapping[Path, tuple[int, int, int]]


class ThemeWatch:
    """Looks at the files of the user's and the project's themes."""

    def __init__(self, app: SignoffApp, wardrobe: Wardrobe, locations: Locations) -> None:
        """Make it.

        Args:
            app: The app that wears the themes.
            wardrobe: The themes.
            locations: Where their folders are.
        """
        self._app = app
        self._wardrobe = wardrobe
        self._locations = locations
        self._stamps: _Stamps = {}
        """What the files were like the last time; only the worker touches it."""
        self._goes_on = False
        """Whether there was ever something to look at: an editor that replaces a file leaves none for a moment."""

    def start(self) -> None:
        """Look in a moment, and then every second while there is something to look at."""
        if self._wardrobe.is_needed:
            self._app.set_timer(_SECONDS, self._look)

    def _look(self) -> None:
        self._app.run_worker(self._read_changes, thread=True, group="themes")

    def _read_changes(self) -> None:
        before, self._stamps = self._stamps, _stamps_of(own_theme_files(self._locations))
        changed = [path for path, stamp in self._stamps.items() if before.get(path) != stamp]
        wanted = next((path for path in self._stamps if path.stem == self._wardrobe.wanted), None)
        failures: list[SignoffError] = []
        for path in changed:
            try:
                theme = load_own_theme(path)
            except SignoffError as error:
                failures.append(error)
            else:
                if path == wanted:
                    self._app.call_from_thread(self._wear, theme)
        if failures:
            self._app.call_from_thread(self._app.say, failure(str(failures[0])))
        self._goes_on = self._goes_on or bool(self._stamps) or not is_shipped(self._wardrobe.wanted)
        if self._goes_on:
            self._app.call_from_thread(self.start)

    def _wear(self, theme: ThemeColors) -> None:
        if theme != self._wardrobe.worn:
            self._wardrobe.wear(theme)
            self._app.say(Said(f"The theme {theme.title} is read again."))


def _stamps_of(paths: tuple[Path, ...]) -> _Stamps:
    stamps = {}
    for path in paths:
        try:
            status = path.stat()
        except OSError:
            continue
        stamps[path] = (status.st_ino, status.st_mtime_ns, status.st_size)
    return stamps
