"""The keys that do the same on every screen."""

from __future__ import annotations

from typing import Final

from signoff.ui.keyboard.key import Key

QUIT: Final = Key("app.quit", "ctrl+q", "app.quit", "Quit from anywhere; everything is saved", "Screen")
THEME: Final = Key("app.theme", "T", "app.toggle_light", "Light or dark", "Screen")
HELP: Final = Key("app.help", "question_mark,f1", "help", "Help: every key, to search and to run", "Screen", "help", 4)
COMMANDS: Final = Key(
    "app.commands", "colon,ctrl+p", "commands", "All commands, to search and to run", "Screen", "all", 1
)
