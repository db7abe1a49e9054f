"""The keys of what has a cursor or can be scrolled."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from signoff.ui.keyboard.key import Key

DOWN: Final = Key("list.down", "j,down", "move(1)", "Down", "Move")
UP: Final = Key("list.up", "k,up", "move(-1)", "Up", "Move")
FIRST: Final = Key("list.first", "g,home", "first", "First", "Move")
LAST: Final = Key("list.last", "G,end", "last", "Last", "Move")
CHOOSE: Final = Key("list.choose", "enter", "choose", "Open", "Move")

LIST_KEYS: Final[tuple[Key, ...]] = (
    DOWN,
    UP,
    FIRST,
    LAST,
    Key("list.page_down", "pagedown", "move_page(1)", "A page down", "Move"),
    Key("list.page_up", "pageup", "move_page(-1)", "A page up", "Move"),
    CHOOSE,
)

SCROLL_KEYS: Final[tuple[Key, ...]] = (
    replace(DOWN, action="scroll_down", label="Down, where there is more than fits"),
    replace(UP, action="scroll_up"),
)
"""The same two where there is nothing to choose."""

READ_KEYS: Final[tuple[Key, ...]] = (
    *SCROLL_KEYS,
    replace(FIRST, action="scroll_home"),
    replace(LAST, action="scroll_end"),
)
"""Those of a long text that is only read."""
