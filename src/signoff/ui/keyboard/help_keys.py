"""The keys of the help and of the list of commands, in which letters look for something."""

from __future__ import annotations

from typing import Final

from signoff.ui.keyboard.key import Key

HELP_KEYS: Final = (
    Key("help.down", "down", "move(1)", "Down", "Move", "choose", 2),
    Key("help.up", "up", "move(-1)", "Up", "Move", "choose", 2),
    Key("help.page_down", "pagedown", "move_page(1)", "A page down", "Move"),
    Key("help.page_up", "pageup", "move_page(-1)", "A page up", "Move"),
    Key("help.run", "enter", "run", "Close the help and do it", "Screen", "run", 3),
    Key("help.close", "escape,f1", "leave", "Close", "Screen", "close", 3),
)
