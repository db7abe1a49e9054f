"""The last step before the terminal.

Everything that shows text makes it safe first (`safe_text`). Text fields cannot: what stands in them is what will be
kept. So whatever still holds a control character when a line is turned into bytes loses it here, one cell for one
cell, and no text that anybody typed, pasted or put into a file can act on the terminal of whoever looks at it.
"""

from __future__ import annotations

from rich.console import Console
from rich.segment import Segment
from textual.strip import Strip

_HARMLESS = frozenset("\u200c\u200d")


def guard_terminal() -> None:
    """Have every line of every screen pass the guard; calling it again changes nothing.

    Textual has no public place for this, so it wraps `Strip.render`. The version is pinned in `pyproject.toml` and a
    test sends control characters through a real terminal.
    """
    unguarded = Strip.render
    if getattr(unguarded, "is_guarded", False):
        return

    def render(self: Strip, console: Console) -> str:
        # A line that was rendered before is clean: rendering is what fills this cache.
        if self._render_cache is None and not all(segment.text.isprintable() for segment in self):
            clean = [Segment(_clean(text), style, control) for text, style, control in self]
            self._render_cache = unguarded(Strip(clean), console)
        return unguarded(self, console)

    render.is_guarded = True  # type: ignore[attr-defined]
    Strip.render = render  # type: ignore[method-assign]


def _clean(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in _HARMLESS else "�" for c in text)
