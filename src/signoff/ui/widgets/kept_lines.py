"""Lines that were painted before, for a widget that did not change since.

For each frame Textual asks every widget on the screen for all of its lines, and although it keeps them, it works out
anew by which styles, colours and filters it would paint them. That is most of what a key takes.
"""

from __future__ import annotations

from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget


class KeptLines(Widget):
    """A widget that gives the same lines until something says that it has changed.

    Textual has no public place for this; the version is pinned in `pyproject.toml`, and tests look at every screen.
    """

    _kept: tuple[Region, Size, list[Strip]] | None = None

    def _set_dirty(self, *regions: Region) -> None:
        self._kept = None
        super()._set_dirty(*regions)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Some of the lines."""
        if self._kept is None or self._kept[:2] != (crop, self.size):
            self._kept = (crop, self.size, self.painted_lines(crop))
        return self._kept[2]

    def painted_lines(self, crop: Region) -> list[Strip]:
        """Some of the lines, painted now."""
        return super().render_lines(crop)
