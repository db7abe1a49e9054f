"""The records of a journal: one line each, with its length and its checksum.

A record that was written in part, by a program that died or onto a disk that was full, is known for what it is, and
those before and after it still count.
"""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, repr=False)
class Note:
    """A note that is being typed."""

    item: str
    """The id of the item it belongs to."""
    text: str
    """What was typed."""


@dataclass(frozen=True, slots=True, repr=False)
class Unsaved:
    """A session that its file could not take."""

    revision: int
    """Its revision."""
    text: str
    """What its file would hold."""


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """What a journal holds."""

    path: Path | None = None
    """The session's file; None where nothing was ever kept."""
    at: datetime | None = None
    """When something was last kept, aware; None where nothing was."""
    note: Note | None = None
    """The note that was being typed; None for none."""
    unsaved: Unsaved | None = None
    """The session that was not saved; None for none."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing that anybody would miss."""
        return self.note is None and self.unsaved is None


def note_record(path: Path, at: datetime, note: Note | None) -> bytes:
    """The record that says which note is being typed; None for none any more."""
    return _record(path, at, "note", {"item": note.item, "text": note.text} if note else None)


def unsaved_record(path: Path, at: datetime, unsaved: Unsaved | None) -> bytes:
    """The record that says what of a session is not saved; None for nothing any more."""
    return _record(path, at, "unsaved", {"revision": unsaved.revision, "text": unsaved.text} if unsaved else None)


def _record(path: Path, at: datetime, kind: str, value: dict[str, Any] | None) -> bytes:
    import json  # most sessions have no journal, and are opened without it

    # ASCII escapes also carry the half of a surrogate pair that a broken paste, or the name of a file, can hold.
    body = json.dumps({"path": str(path), "at": at.isoformat(), kind: value}).encode("ascii")
    return b"%d %08x %s\n" % (len(body), zlib.crc32(body), body)


def read_records(data: bytes) -> Kept:
    """What a journal holds after its last whole record."""
    kept = Kept()
    for line in data.split(b"\n"):
        with contextlib.suppress(KeyError, TypeError, ValueError):
            for record in _whole(line):
                kept = _after(kept, record)
    return kept


def _whole(line: bytes) -> Iterator[dict[str, Any]]:
    import json  # most sessions have no journal, and are opened without it

    length, checksum, body = line.split(b" ", 2)
    if int(length) == len(body) and int(checksum, 16) == zlib.crc32(body):
        yield json.loads(body)


def _after(kept: Kept, record: dict[str, Any]) -> Kept:
    kept = replace(kept, path=Path(record["path"]), at=datetime.fromisoformat(record["at"]))
    if "note" in record:
        note = record["note"]
        return replace(kept, note=note and Note(note["item"], note["text"]))
    unsaved = record["unsaved"]
    return replace(kept, unsaved=unsaved and Unsaved(unsaved["revision"], unsaved["text"]))
