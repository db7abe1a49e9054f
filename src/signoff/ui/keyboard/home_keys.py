"""The keys of the list of sessions."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from signoff.ui.keyboard.app_keys import COMMANDS, HELP, THEME
from signoff.ui.keyboard.key import Key
from signoff.ui.keyboard.list_keys import CHOOSE

NEW: Final = Key("home.new", "n", "new", "New session", "Sessions", "new", 3)
TRASH: Final = Key("home.trash", "delete,X", "trash", "Move the session to the trash", "Sessions", "trash")
TAKE_BACK: Final = Key("home.take_back", "u", "take_back", "Take the last one back from the trash", "Sessions")
RELOAD: Final = Key("home.reload", "ctrl+r", "reload", "Read the folder again", "Sessions")

HOME_KEYS: Final = (
    replace(CHOOSE, action="open", group="Sessions", footer="open", weight=3),
    NEW,
    Key("home.continue", "c", "continue", "Continue the last session", "Sessions", "continue the last", 1),
    RELOAD,
    THEME.in_footer("light/dark"),
    Key("home.themes", "t", "pick_theme", "Choose a theme", "Screen", "theme"),
    TRASH,
    TAKE_BACK,
    Key("home.quit", "q", "app.quit", "Quit; everything is saved", "Screen", "quit", 2),
    COMMANDS,
    HELP,
)
