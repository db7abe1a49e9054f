"""The names of keys: as Textual has them, as people read them, and as people write them in their settings."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

_SHOWN: Final = {
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "delete": "Del",
    "backspace": "Bksp",
    "insert": "Ins",
    "tab": "Tab",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    **{f"f{number}": f"F{number}" for number in range(1, 25)},
}
"""The keys that are no character."""
_REPLACED: Final = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Where Textual calls a character otherwise than Unicode does."""
_SAME: Final = {"ctrl+i": "Tab", "ctrl+m": "Enter", "ctrl+h": "Bksp"}
"""What a terminal sends for both."""
_MODIFIERS: Final = ("ctrl", "alt", "shift", "ctrl+shift")


def key_name(key: str) -> str:
    """A key as people read it: `Space`, `?`, `Ctrl+P`.

    Args:
        key: Textual's name of it.
    """
    *modifiers, base = key.split("+")
    shown = _SHOWN.get(base) or _character_of(base) or base
    if not modifiers:
        return shown
    return "+".join([*(word.capitalize() for word in modifiers), shown.upper() if len(shown) == 1 else shown])


def is_character(key: str) -> bool:
    """Whether a key types a character into a text field.

    Args:
        key: Textual's name of it.
    """
    return key == "space" or ("+" not in key and key not in _SHOWN)


def read_key(word: str) -> str:
    """Textual's name of a key that is written as a character (`?`), as the help shows it, or as Textual has it.

    Raises:
        ValueError: When there is no such key, or nobody could press it; the message says why, as one clause.
    """
    if word == " ":
        return "space"
    start, plus, end = word.rpartition("+")
    if plus and not end:  # `+`, `ctrl++`
        start, end = start.removesuffix("+"), "+"
    modifiers, base = start.lower(), _base(end)
    if not base or (modifiers and modifiers not in _MODIFIERS):
        hint = '; several keys are a list, such as ["1", "y"]' if "," in word else ""
        raise ValueError(f'there is no key "{word}"{hint}')
    if not modifiers:
        return base
    is_sign = base not in _SHOWN
    if is_sign and ("shift" in modifiers or not (_character_of(base) or base).isascii()):
        raise ValueError(f'no terminal sends "{word}"; write the character that it types')
    key = f"{modifiers}+{base.lower()}"
    if key in _SAME:
        raise ValueError(f"a terminal sends the same for {key_name(key)} as for {_SAME[key]}")
    return key


def _base(word: str) -> str:
    """Textual's name of a key without modifiers; empty when there is none."""
    if len(word) == 1:
        name = _name_of(word)
        return name if word.isalnum() or _character_of(name) == word else ""
    lower = word.lower()
    if lower in _SHOWN or _character_of(lower):
        return lower
    return next((name for name, shown in _SHOWN.items() if shown.lower() == lower), "")


def _name_of(character: str) -> str:
    """Textual's name of a character's key."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return _REPLACED.get(name, name)


def _character_of(name: str) -> str:
    """The sign whose key Textual calls so; empty where there is none. Letters and digits are their own names."""
    if name in _signs():
        return _signs()[name]
    try:
        sign = unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return ""
    return sign if sign.isprintable() and not sign.isalnum() and _name_of(sign) == name else ""


@cache
def _signs() -> dict[str, str]:
    """The signs of Latin keyboards by Textual's names of their keys: some names cannot be looked up."""
    signs = (chr(code) for code in range(0x21, 0x100))
    return {_name_of(sign): sign for sign in signs if sign.isprintable() and not sign.isalnum()}
