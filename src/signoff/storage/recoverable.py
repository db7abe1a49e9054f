"""What can be brought back: edits that a file could not take, notes, backups, what others wrote, the trash."""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from signoff.errors import SessionError, StorageError
from signoff.regular_file import read_bytes
from signoff.storage.conflict_names import is_conflict, name_without_conflict
from signoff.storage.journal import journals, read_journal
from signoff.storage.locations import Locations, expanded
from signoff.storage.path_hash import path_hash
from signoff.storage.session_file import SessionFile
from signoff.storage.session_folder import SessionHeader, read_header
from signoff.storage.session_name import free_path
from signoff.storage.session_reader import read_session
from signoff.storage.session_text import SessionText
from signoff.storage.toml_file import LARGEST, decode, understand
from signoff.storage.trash import FOLDER, name_before

_SHOWN: Final = 40
"""How much of a note the list shows."""


class Kind(StrEnum):
    """What something that can be brought back is."""

    UNSAVED = "unsaved edits"
    NOTE = "note"
    BACKUP = "backup"
    CONFLICT = "conflict"
    TRASHED = "trash"


@dataclass(frozen=True, slots=True, repr=False)
class Recoverable:
    """Something that can be brought back."""

    kind: Kind
    """What it is."""
    path: Path
    """The file that it is in."""
    session: str
    """The name of the session it belongs to."""
    at: datetime
    """When it was kept, aware."""
    holds: str
    """What is in it, in a few words; may hold text that a user typed."""
    origin: Path | None = None
    """The session's file; None where only a hash of its path is known."""

    @property
    def id(self) -> str:
        """A short name for it, which stays as long as it is there."""
        return hashlib.sha256(f"{self.kind}:".encode() + os.fsencode(self.path)).hexdigest()[:8]

    def belongs_to(self, name: str, folder: Path) -> bool:
        """Whether it belongs to a session.

        Args:
            name: The session's name or the path of its file, which need not be there any more.
            folder: Where sessions are.
        """
        stem = Path(name).name.removesuffix(".toml")
        if Path(name).name == name and stem in (self.session, self.origin and self.origin.stem):
            return True
        mine = path_hash(self.origin) if self.origin else self.path.parent.name
        return mine in {path_hash(place) for place in (expanded(name), folder / f"{stem}.toml")}


def find_recoverable(locations: Locations, name: str = "") -> list[Recoverable]:
    """All that can be brought back, the newest first.

    Args:
        locations: Where things live.
        name: A session's name or the path of its file, for what belongs to that one; empty for all.
    """
    folders = {locations.data, expanded(name).parent} if name else {locations.data}
    conflicts = (path for folder in folders for path in folder.glob("*.toml") if is_conflict(path.name))
    backups = (locations.state / "backups").glob("*/*.toml")
    found = [
        *(entry for path in journals(locations.state) for entry in _in_journal(path)),
        *(_in_file(path, Kind.BACKUP) for path in backups),
        *(_in_file(path, Kind.CONFLICT) for path in conflicts),
        *(_in_file(path, Kind.TRASHED) for folder in folders for path in (folder / FOLDER).glob("*.toml")),
    ]
    mine = [entry for entry in found if not name or entry.belongs_to(name, locations.data)]
    return sorted(mine, key=lambda entry: (entry.at, entry.path.name), reverse=True)


def one_recoverable(locations: Locations, identifier: str) -> Recoverable:
    """One of them by its id.

    Raises:
        SessionError: When there is none.
    """
    for entry in find_recoverable(locations):
        if entry.id == identifier:
            return entry
    raise SessionError(f'There is nothing to recover by the id "{identifier}"; `signoff recover` lists what there is.')


def recovered_bytes(entry: Recoverable) -> bytes:
    """What is in it.

    Raises:
        StorageError: When it cannot be read.
    """
    if entry.kind in (Kind.BACKUP, Kind.CONFLICT, Kind.TRASHED):
        return read_bytes(entry.path, most=LARGEST)
    kept = read_journal(entry.path)
    part = kept.note if entry.kind is Kind.NOTE else kept.unsaved
    if part is None:
        raise StorageError(f"{entry.path} does not hold it any more.")
    return part.text.encode("utf-8", "replace")


def restore(entry: Recoverable, target: Path | None, folder: Path, now: datetime) -> Path:
    """Make a session of it, under a name that no file has. What is there already stays as it is.

    Args:
        entry: What is brought back; no note.
        target: The new file; None for a free name in the folder.
        folder: Where sessions are.
        now: The aware present.

    Returns:
        The new file.

    Raises:
        StorageError: When it cannot be read or written.
        BrokenFileError: When it is no session that can be opened.
    """
    data = recovered_bytes(entry)
    path = target or free_path(folder, f"{entry.session}-recovered")

    def read(table: dict[str, Any]) -> SessionFile:
        session = read_session(table)
        renamed = replace(session, id=path.stem)
        new_text = SessionText.read(data, table).with_session(session, renamed, now)
        return SessionFile.create_copy(path, renamed, new_text, now)

    return understand(decode(data, entry.path), entry.path, read).path


def _in_journal(path: Path) -> Iterator[Recoverable]:
    kept = read_journal(path)
    origin, at = kept.path, kept.at
    if origin is None or at is None:
        return
    if kept.unsaved:
        holds = f"r{kept.unsaved.revision}{_answered(kept.unsaved.text)}"
        yield Recoverable(Kind.UNSAVED, path, origin.stem, at, holds, origin)
    if kept.note:
        holds = f"on {kept.note.item}: {kept.note.text[:_SHOWN]}"
        yield Recoverable(Kind.NOTE, path, origin.stem, at, holds, origin)


def _answered(text: str) -> str:
    try:
        said = tomllib.loads(text)["summary"]
    except (ValueError, KeyError, RecursionError):
        return ""
    return f"  {said.get('answered')}/{said.get('total')}  {said.get('verdict')}"


def _in_file(path: Path, kind: Kind) -> Recoverable:
    try:
        modified = path.stat().st_mtime
    except OSError:
        modified = 0.0
    header = read_header(path, modified)
    origin = {
        Kind.CONFLICT: path.with_name(name_without_conflict(path.name)),
        Kind.TRASHED: path.parent.with_name(name_before(path)),
    }.get(kind)
    name = header.id or (origin.stem if origin else path.stem)
    return Recoverable(kind, path, name, datetime.fromtimestamp(modified, UTC), _holds(header), origin)


def _holds(header: SessionHeader) -> str:
    if header.problem:
        return f"broken: {header.problem}"
    return f"r{header.revision}  {header.answered}/{header.total}  {header.decision or header.verdict}"
