"""The keys that the user's settings change, line by line: a line that cannot be read costs only itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from signoff.errors import BrokenFileError
from signoff.storage.readers import Place
from signoff.storage.toml_file import line_of

TABLE: Final = "keys"
"""The table of the settings in which they stand."""


@dataclass(frozen=True, slots=True, repr=False)
class KeyLine:
    """One line: what something shall be done by."""

    id: str
    """The name of what is done, or `preset`."""
    keys: tuple[str, ...]
    """The keys as they are written; empty for none."""
    line: int | None = None
    """The 1-based line in the file; None where it has no place."""


@dataclass(frozen=True, slots=True, repr=False)
class KeyLines:
    """All of them."""

    lines: tuple[KeyLine, ...] = ()
    """Those that can be read, in the order of the file."""
    faults: tuple[BrokenFileError, ...] = ()
    """What is wrong with the others."""
    path: str = ""
    """The file, as it is named in faults."""

    @property
    def are_there(self) -> bool:
        """Whether the settings say anything about keys."""
        return bool(self.lines or self.faults)

    def fault(self, line: KeyLine, reason: str) -> BrokenFileError:
        """What is wrong with a line, with its place."""
        return BrokenFileError(self.path, reason, line.line)


def key_lines(data: Mapping[str, Any], text: str, path: Path) -> KeyLines:
    """Read the keys of the settings.

    Args:
        data: The settings as tomllib reads them.
        text: Their text, in which the lines are looked for.
        path: The file, as it is named in faults.
    """
    if TABLE not in data:
        return KeyLines()
    lines: list[KeyLine] = []
    faults: list[BrokenFileError] = []
    for place, value in _flat(data[TABLE], (TABLE,)):
        name, line = ".".join(str(part) for part in place[1:]), line_of(text, place)
        keys = [value] if isinstance(value, str) else value
        if not name or not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
            what = f"{name} must be a key in quotes, or a list of keys" if name else f"{TABLE} must be a table"
            faults.append(BrokenFileError(str(path), what, line))
        elif any(other.id == name for other in lines):
            faults.append(BrokenFileError(str(path), f"{name} stands there twice; what it has first counts", line))
        else:
            lines.append(KeyLine(name, tuple(key for key in keys if key), line))
    return KeyLines(tuple(lines), tuple(faults), str(path))


def _flat(value: Any, place: Place) -> Iterator[tuple[Place, Any]]:
    """The values in a table and in those within it: without quotes, `review.pass` is a table in a table."""
    if not isinstance(value, dict):
        yield place, value
        return
    for name, inner in value.items():
        yield from _flat(inner, (*place, name))
