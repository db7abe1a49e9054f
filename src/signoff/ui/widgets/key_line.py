"""The keys of a screen, in its last line."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from signoff.ui.keys import Key, footer
from signoff.ui.widgets.line import Line


class KeyLine(Line):
    """The footer. A click on a key does what the key does."""

    def __init__(self, keys: Sequence[Key]) -> None:
        super().__init__()
        self._keys = keys

    def line(self, width: int) -> Content:
        """As many keys as there is room for."""
        return footer(self._keys, width)
