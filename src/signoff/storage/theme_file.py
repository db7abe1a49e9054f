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

from signoff.errors import SettingsError, SignoffError
from signoff.regular_file import read_bytes
from signoff.storage import readers
from signoff.storage.locations import Locations, shipped
from signoff.storage.readers import Fault, Place
from signoff.storage.toml_file import LARGEST, decode, understand
from signoff.storage.unknown_keys import check_keys

SCHEMA: Final = 1
COLORS: Final = ("background", "surface", "panel", "foreground", "muted", "rule", "accent")
STATUSES: Final = ("pass", "fail", "condition", "risk", "na", "open")
GROUNDS: Final = ("background", "surface", "panel")
"""The colours that words stand on: of the screen, of dialogs and the first line, of the selected row."""
LEAST_CONTRAST: Final = 3.0
"""How far the word of a status must stand out from what it stands on; WCAG asks that of large words."""

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


_read = readers.record(
    ThemeColors,
    {
        "title": readers.one_line,
        "dark": readers.flag,
        "colors": readers.table_with(COLORS, _color),
        "status": readers.table_with(STATUSES, _color),
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
        check_keys(_read, data, also=("schema",))
        theme: ThemeColors = _read(data, ())
        _check_contrast(theme)
        return replace(theme, name=path.stem)

    return understand(decode(read_bytes(path, most=LARGEST), path), path, read)


def load_own_theme(path: Path) -> ThemeColors:
    """Read a theme file of the user's or of a project's: one whose words can be read, and with a name of its own.

    Raises:
        SettingsError: When it has the name of a theme that comes with signoff.
        StorageError: When it cannot be read.
        BrokenFileError: When it is not a theme, with the line.
    """
    if is_shipped(path.stem):
        raise SettingsError(
            f"{path.stem} is the name of a theme that comes with signoff, so {path} is not used: rename it."
        )
    return load_theme(path)


def _check_contrast(theme: ThemeColors) -> None:
    """See that no state can be hidden by the colours of its word.

    Raises:
        Fault: When the word of a status cannot be told from something that it stands on.
    """
    for status, color in theme.status.items():
        for ground in GROUNDS:
            ratio = _contrast(color, theme.colors[ground])
            if ratio < LEAST_CONTRAST:
                what = f"the word of {status} cannot be read: {color} on the {ground} {theme.colors[ground]}"
                raise Fault(("status", status), f"{what} is {ratio:.1f}:1, and {LEAST_CONTRAST:g}:1 is the least")


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours after WCAG 2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


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
    for path in own_theme_files(locations):
        try:
            loaded.setdefault(path.stem, load_own_theme(path))
        except SignoffError as error:
            failed.append(error)
    loaded |= {path.stem: load_theme(path) for path in sorted(shipped("themes").glob("*.toml"))}
    return ThemeFolder(loaded, tuple(failed))


def find_theme(locations: Locations, name: str) -> ThemeColors | None:
    """One theme by its name: the one that comes with the program, else the one of the nearest folder in which it can be
    read; None where there is none."""
    if not is_theme_name(name):
        return None
    *own, built_in = locations.folders_of("themes")
    if is_shipped(name):
        return load_theme(built_in / f"{name}.toml")
    for folder in own:
        with suppress(SignoffError):
            return load_own_theme(folder / f"{name}.toml")
    return None


def is_shipped(name: str) -> bool:
    """Whether a theme of a name comes with the program."""
    return (shipped("themes") / f"{name}.toml").exists()


def own_theme_files(locations: Locations) -> tuple[Path, ...]:
    """The theme files that do not come with the program, the nearest folder first."""
    *own, _ = locations.folders_of("themes")
    return tuple(path for folder in own for path in sorted(folder.glob("*.toml")))
