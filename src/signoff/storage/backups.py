"""What a session was some minutes ago, for the day on which its file is lost or somebody wishes they had not."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from signoff.atomic_file import write_atomically
from signoff.errors import StorageError
from signoff.regular_file import read_bytes
from signoff.storage.locations import make_folder
from signoff.storage.path_hash import path_hash
from signoff.storage.toml_file import LARGEST

_MOST: Final = 20


class Backups:
    """The backups of one session, each a whole session file. Not for use by two threads at once."""

    def __init__(self, state: Path, session: Path) -> None:
        """Name their folder.

        Args:
            state: The state folder.
            session: The session's file.
        """
        self._folder = state / "backups" / path_hash(session)

    def keep(self, data: bytes, revision: int, now: datetime) -> None:
        """Keep one more, unless the newest is the same, and let go of the oldest.

        Args:
            data: The session's file.
            revision: The session's revision.
            now: The aware present.

        Raises:
            StorageError: When it cannot be kept.
        """
        there = self.paths()
        if there and _reads_as(there[-1], data):
            return
        # Numbered, since a clock can be set back, and the newest must not be taken for the oldest.
        number = _number(there[-1]) + 1 if there else 1
        path = self._folder / f"{number:06}-r{revision}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.toml"
        try:
            make_folder(self._folder)
            write_atomically(path, data)
            for old in [*there[: max(len(there) + 1 - _MOST, 0)], *self._folder.glob(".*.tmp")]:
                old.unlink(missing_ok=True)
        except OSError as error:
            raise StorageError(f"Cannot keep a backup: {error.strerror or error}, in {self._folder}.") from error

    def paths(self) -> list[Path]:
        """The backups, the oldest first."""
        with contextlib.suppress(OSError):
            return sorted(path for path in self._folder.glob("*.toml") if not path.name.startswith("."))
        return []


def _number(path: Path) -> int:
    number = path.name.partition("-")[0]
    return int(number) if number.isdecimal() else 0


def _reads_as(path: Path, data: bytes) -> bool:
    try:
        return read_bytes(path, most=LARGEST) == data
    except StorageError:
        return False
