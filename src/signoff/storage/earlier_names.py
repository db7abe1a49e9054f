"""The names that were said in earlier sessions of a service: whoever was there last time is likely to be there again.

They are an offer while somebody types a name, so whatever cannot be read at little cost offers none. The people and the
answers of a session's file are parsed, and neither its copy of the checklist nor the history.
"""

from __future__ import annotations

import contextlib
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from signoff.errors import StorageError
from signoff.regular_file import read_bytes
from signoff.storage.toml_blocks import blocks_of
from signoff.storage.toml_file import LARGEST

MOST_FILES: Final = 20
"""How many files are looked at: the newest."""
_MOST_BYTES: Final = 256 * 1024
"""How much of a file is read: the checklist and the answers of some hundred items."""


def earlier_names(folder: Path, service: str, but: Path) -> tuple[str, ...]:
    """The people of the roles and the owners of the items in the newest sessions of a service. Reads the disk.

    Args:
        folder: Where the sessions are.
        service: What is released.
        but: The session that is open; its own names are known.

    Returns:
        Each name once: the newest session's first, and in each session the people before the owners.
    """
    names: dict[str, None] = {}
    for path in _newest(folder, but):
        data = _read(path)
        with contextlib.suppress(AttributeError):  # where a table should be there is none
            if data.get("release", {}).get("service") == service:
                names |= dict.fromkeys(name for name in _names_in(data) if isinstance(name, str) and name.strip())
    return tuple(names)


def _newest(folder: Path, but: Path) -> list[Path]:
    found: list[tuple[float, Path]] = []
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".toml") and not entry.name.startswith(".") and entry.name != but.name:
                with contextlib.suppress(OSError):
                    found.append((entry.stat().st_mtime, Path(entry.path)))
    return [path for _, path in sorted(found, reverse=True)[:MOST_FILES]]


def _read(path: Path) -> dict[str, Any]:
    """The tables in which names may stand; none where they cannot be read."""
    try:
        data = read_bytes(path, most=LARGEST, first=_MOST_BYTES)
        blocks = list(blocks_of(data, 0, _may_have_names))
        if len(data) == _MOST_BYTES:
            blocks.pop()  # there is more of it
        return tomllib.loads(b"".join(block for name, block in blocks if _may_have_names(name)).decode("utf-8-sig"))
    except (StorageError, ValueError, RecursionError):
        return {}


def _may_have_names(table: str) -> bool:
    return table.partition(".")[0] in ("", "release", "people", "answers")


def _names_in(data: dict[str, Any]) -> Iterator[Any]:
    yield from data.get("people", {}).values()
    for answer in data.get("answers", {}).values():
        yield answer.get("owner")
