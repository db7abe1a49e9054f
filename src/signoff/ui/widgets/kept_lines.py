"""Lines that were painted before, for a widget of which little changes from one frame to the next.

For each frame Textual asks every widget on the screen for all of its lines. Although it keeps them, it works out anew
by which styles, colours and filters it would paint them, and looks at each that it paints for borders, paddings and
opacities. That is most of what a key takes.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget


class KeptLines(Widget):
    """A widget that paints a line when something says that it has changed, and else gives the one that it painted.

    Textual has no public place for this; the version is pinned in `pyproject.toml`, and tests look at every screen.
    """

    _kept: tuple[Region, Size, list[Strip]] | None = None
    _changed: frozenset[int] = frozenset()

    def _set_dirty(self, *regions: Region) -> None:
        if regions:
            self._changed = self._changed.union(*(region.line_range for region in regions))
        else:
            self._kept = None
        super()._set_dirty(*regions)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Some of the lines."""
        kept = self._kept
        if kept is None or kept[:2] != (crop, self.size):
            self._kept = kept = (crop, self.size, self.painted(crop, crop.line_range))
        elif changed := [number for number in crop.line_range if number in self._changed]:
            for number, line in zip(changed, self.painted(crop, changed), strict=True):
                kept[2][number - crop.y] = line
        self._changed = frozenset()
        return kept[2]

    def painted(self, crop: Region, numbers: Sequence[int]) -> list[Strip]:
        """Some lines, painted now.

        Args:
            crop: What is seen of the widget.
            numbers: The numbers of the lines, within the crop.
        """
        if any(self.styles.gutter) or self.hover_style.link_id:
            # Borders, and the link that is under the mouse, are Textual's.
            return [super(KeptLines, self).render_lines(crop._replace(y=number, height=1))[0] for number in numbers]
        filters, (_, ground) = self.get_line_filters(), self.background_colors
        width, blank = self.size.width, Style.from_color(bgcolor=ground.rich_color)
        lines = []
        for number in numbers:
            line = self.render_line(number).adjust_cell_length(width, blank)
            for line_filter in filters:
                line = line.apply_filter(line_filter, ground)
            lines.append(line if crop.column_span == (0, width) else line.crop(*crop.column_span))
        return lines
