"""What the program remembers about its user, in `config.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from signoff.atomic_file import write_atomically
from signoff.errors import MissingFileError, SettingsError, StorageError
from signoff.regular_file import read_bytes
from signoff.storage import readers
from signoff.storage.key_lines import KeyLines, key_lines
from signoff.storage.locations import make_folder
from signoff.storage.toml_file import LARGEST, decode, storable, understand


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


_FIELDS: Final = {"name": readers.text, "theme": readers.text, "ascii": readers.flag}


def load_settings(path: Path) -> Settings:
    """Read the settings; a file that is not there says nothing.

    Raises:
        StorageError: When the file cannot be read.
        BrokenFileError: When it cannot be understood, with the line.
    """
    text = _text(path)

    def read(data: Mapping[str, Any]) -> Settings:
        settings: Settings = readers.record(Settings, _FIELDS)(data, ())
        return replace(settings, keys=key_lines(data, text, path))

    return understand(text, path, read)


def remember(path: Path, **changed: str) -> None:
    """Change settings and leave everything else in the file as it is.

    Raises:
        StorageError: When the file cannot be read or written.
        BrokenFileError: When what is there cannot be understood; it is then left alone.
        SettingsError: When it can be read and not edited; it is left alone as well.
    """
    from signoff.storage.toml_text import UneditableError, edited

    load_settings(path)
    text = _text(path)
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
