"""Themes as TOML files. What a colour is for is known here; how it reaches the screen is not.

A theme is named by its file, so that one theme can be found without reading the others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from signoff.errors import SignoffError
from signoff.regular_file import read_bytes
from signoff.storage import readers
from signoff.storage.locations import Locations, shipped
from signoff.storage.readers import Fault, Place
from signoff.storage.toml_file import LARGEST, decode, understand

SCHEMA: Final = 1
COLORS: Final = ("background", "surface", "panel", "foreground", "muted", "rule", "accent")
STATUSES: Final = ("pass", "fail", "condition", "risk", "na", "open")

_COLOR: Final = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True, repr=False)
class ThemeColors:
    """A theme."""

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
    name: str = ""
    """Its short name, which is that of its file."""


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
        if not is_theme_name(path.stem):
            raise Fault((), "a theme is named by its file: use a-z, 0-9, - and _ before .toml")
        theme: ThemeColors = _read(data, ())
        return replace(theme, name=path.stem)

    return understand(decode(read_bytes(path, most=LARGEST), path), path, read)


def is_theme_name(name: str) -> bool:
    """Whether a theme can have a name."""
    return readers.is_slug(name)


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
    for path in (*own_theme_files(locations), *sorted(shipped("themes").glob("*.toml"))):
        try:
            loaded.setdefault(path.stem, load_theme(path))
        except SignoffError as error:
            failed.append(error)
    return ThemeFolder(loaded, tuple(failed))


def find_theme(locations: Locations, name: str) -> ThemeColors | None:
    """One theme by its name, from the nearest folder in which it can be read; None where there is none."""
    if not is_theme_name(name):
        return None
    for folder in locations.folders_of("themes"):
        with suppress(SignoffError):
            return load_theme(folder / f"{name}.toml")
    return None


def is_shipped(name: str) -> bool:
    """Whether a theme of a name comes with the program."""
    return (shipped("themes") / f"{name}.toml").exists()


def own_theme_files(locations: Locations) -> tuple[Path, ...]:
    """The theme files that do not come with the program, the nearest folder first."""
    *own, _ = locations.folders_of("themes")
    return tuple(path for folder in own for path in sorted(folder.glob("*.toml")))
