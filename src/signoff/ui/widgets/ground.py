"""What other widgets stand on. All of its lines are one and the same blank line, which is painted once."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import Container
from textual.geometry import Region
from textual.strip import Strip

from signoff.ui.widgets.kept_lines import KeptLines


class Ground(KeptLines):
    """A widget that shows nothing of its own but its ground."""

    def painted(self, crop: Region, numbers: Sequence[int]) -> list[Strip]:
        """One line, as often as there are lines."""
        return super().painted(crop, numbers[:1]) * len(numbers)


class Panes(Container, Ground):
    """A container without a border or a padding."""
