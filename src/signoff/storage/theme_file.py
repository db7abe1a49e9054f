"""Themes as TOML files. What a colour is for is known here; how it reaches the screen is not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from signoff.errors import SignoffError
from signoff.storage import readers
from signoff.storage.locations import Locations
from signoff.storage.readers import Fault, Place
from signoff.storage.toml_file import decode, read_bytes, understand

SCHEMA: Final = 1
COLORS: Final = ("background", "surface", "panel", "foreground", "muted", "rule", "accent")
STATUSES: Final = ("pass", "fail", "condition", "risk", "na", "open")

_COLOR: Final = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True, repr=False)
class ThemeColors:
    """A theme."""

    name: str
    """A short name, unique among the themes."""
    title: str
    """What people call it."""
    dark: bool
    """Whether its background is dark."""
    colors: Mapping[str, str]
    """The colours named in `COLORS`, as `#RRGGBB`."""
    status: Mapping[str, str]
    """The colours of the statuses named in `STATUSES`, as `#RRGGBB`."""
    pair: str = ""
    """The name of the theme that the key for light and dark changes to; empty for none."""


def _color(value: Any, place: Place) -> str:
    if not isinstance(value, str) or not _COLOR.fullmatch(value):
        raise Fault(place, f"{place[-1]} must be a colour such as #63A6FC")
    return value


def _palette(names: tuple[str, ...]) -> readers.Reader:
    def read(value: Any, place: Place) -> dict[str, str]:
        table = readers.table(value, place)
        for name in names:
            if name not in table:
                raise Fault(place, f"{'.'.join(map(str, place))} has no {name}")
        return {name: _color(table[name], (*place, name)) for name in names}

    return read


_read = readers.record(
    ThemeColors,
    {
        "name": readers.slug,
        "title": readers.one_line,
        "dark": readers.flag,
        "colors": _palette(COLORS),
        "status": _palette(STATUSES),
        "pair": readers.text,
    },
)


def load_theme(path: Path) -> ThemeColors:
    """Read a theme file.

    Raises:
        StorageError: When it cannot be read.
        BrokenFileError: When it is not a theme, with the line.
    """

    def read(data: dict[str, Any]) -> ThemeColors:
        if data.get("schema") != SCHEMA:
            raise Fault(("schema",), f"this version of signoff reads themes with schema = {SCHEMA}")
        theme: ThemeColors = _read(data, ())
        return theme

    return understand(decode(read_bytes(path), path), path, read)


@dataclass(frozen=True, slots=True, repr=False)
class ThemeFolder:
    """All themes that can be chosen."""

    loaded: Mapping[str, ThemeColors]
    """The themes by name; the nearest folder wins."""
    failed: tuple[SignoffError, ...]
    """What is wrong with the others."""


def load_themes(locations: Locations) -> ThemeFolder:
    """Read all theme folders. A bad file is named and stops nobody."""
    loaded: dict[str, ThemeColors] = {}
    failed: list[SignoffError] = []
    for folder in locations.folders_of("themes"):
        for path in sorted(folder.glob("*.toml")):
            try:
                theme = load_theme(path)
            except SignoffError as error:
                failed.append(error)
            else:
                loaded.setdefault(theme.name, theme)
    return ThemeFolder(loaded, tuple(failed))
