"""What the terminal can show: how many colours, and which characters."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from rich.console import Console


class Colors(Enum):
    """How much of a theme can be seen."""

    ALL = auto()
    """Its colours, or those of the 256 that are nearest to them."""
    SIXTEEN = auto()
    """Only whether it is dark: sixteen colours are not enough for the greys of a theme."""
    NONE = auto()
    """Nothing: words differ by being bold, underlined or reversed."""


@dataclass(frozen=True, slots=True)
class TerminalLook:
    """What a terminal shows."""

    colors: Colors = Colors.ALL
    """How many colours."""
    ascii: bool = False
    """Whether only the characters of ASCII are shown."""


def look_of_terminal(environment: Mapping[str, str], ascii_only: bool | None) -> TerminalLook:
    """What can be shown, as the environment tells it.

    Args:
        environment: The environment's variables.
        ascii_only: What the user says about ASCII; None where they leave it to the locale.
    """
    return TerminalLook(_colors(environment), not _is_utf8(environment) if ascii_only is None else ascii_only)


def _colors(environment: Mapping[str, str]) -> Colors:
    # The same question as Textual asks, so that what is painted fits what it makes of it.
    system = Console(force_terminal=True, _environ=environment).color_system
    if environment.get("NO_COLOR") or system is None:
        return Colors.NONE
    return Colors.SIXTEEN if system in ("standard", "windows") else Colors.ALL


def _is_utf8(environment: Mapping[str, str]) -> bool:
    """Whether the locale says that the terminal is one of UTF-8."""
    if sys.platform == "win32":
        return True
    names = [environment.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG")]
    if sys.flags.utf8_mode and names[1] == "C.UTF-8":
        names[1] = ""  # Python sets this by itself where the locale is C, or one that this machine does not have
    locale = next(filter(None, names), "").lower()
    return "utf-8" in locale or "utf8" in locale
