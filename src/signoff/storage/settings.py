"""What the program remembers about its user, in `config.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from signoff.atomic_file import write_atomically
from signoff.errors import BrokenFileError, MissingFileError, SettingsError, SignoffError, StorageError
from signoff.regular_file import read_bytes
from signoff.storage import readers
from signoff.storage.key_lines import TABLE, KeyLines, key_lines
from signoff.storage.locations import make_folder
from signoff.storage.readers import Fault
from signoff.storage.toml_file import LARGEST, broken, decode, parse, storable
from signoff.storage.unknown_keys import unknown_keys


@dataclass(frozen=True, slots=True, repr=False)
class Settings:
    """The user's settings."""

    name: str = ""
    """The name that history and decisions carry; empty for the login name."""
    theme: str = ""
    """The name of the theme in use; empty for the default one."""
    ascii: bool | None = None
    """Whether screens show only the characters of ASCII; None where that is left to the locale."""
    keys: KeyLines = field(default_factory=KeyLines)
    """The keys that are changed."""
    faults: tuple[BrokenFileError, ...] = ()
    """What is wrong with the other lines; what they say is ignored."""
    unread: SignoffError | None = None
    """Why nothing in the file counts; None where it was read."""


_FIELDS: Final = {"name": readers.text, "theme": readers.text, "ascii": readers.flag}
_ALL: Final = readers.record(Settings, {**_FIELDS, TABLE: readers.table})


def load_settings(path: Path) -> Settings:
    """Read the settings; a file that is not there says nothing, and what is wrong with a line costs only that line.

    Raises:
        StorageError: When the file cannot be read.
        BrokenFileError: When it is not TOML, with the line.
    """
    text = _text(path)
    data = parse(text, path)
    values, wrong = _values(data)
    faults = [*wrong, *unknown_keys(_ALL, data)]
    return Settings(
        **values, keys=key_lines(data, text, path), faults=tuple(broken(text, path, fault) for fault in faults)
    )


def settings_in_use(path: Path) -> Settings:
    """The settings, so that a meeting can go on with what can be read of them: nothing, where that is not possible."""
    try:
        return load_settings(path)
    except SignoffError as error:
        return Settings(unread=error)


def _values(data: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """What the lines say that can be read, and what is wrong with the others."""
    values, faults = {}, []
    for name, read in _FIELDS.items():
        if name in data:
            try:
                values[name] = read(data[name], (name,))
            except Fault as fault:
                faults.append(fault)
    return values, faults


def remember(path: Path, **changed: str) -> None:
    """Change settings and leave everything else in the file as it is.

    Raises:
        StorageError: When the file cannot be read or written.
        BrokenFileError: When what is there cannot be understood; it is then left alone.
        SettingsError: When it can be read and not edited; it is left alone as well.
    """
    from signoff.storage.toml_text import UneditableError, edited

    text = _text(path)
    for fault in _values(parse(text, path))[1]:
        raise broken(text, path, fault)
    make_folder(path.parent)
    values = {name: storable(value) for name, value in changed.items()}
    try:
        write_atomically(path, edited(text, "", {}, values).encode("utf-8"))
    except UneditableError as error:
        names = " and ".join(changed)
        raise SettingsError(f"signoff cannot edit the way {path} is written; change {names} there by hand.") from error
    except OSError as error:
        raise StorageError(f"Cannot write {path}: {error.strerror or error}.") from error


def _text(path: Path) -> str:
    try:
        return decode(read_bytes(path, most=LARGEST), path)
    except MissingFileError:
        return ""
