"""The sessions of a folder, as a list shows them.

A list reads the beginning of each file and not the answers: a thousand meetings are listed in the time that ten of
them take to open. A file that signoff itself wrote last can be trusted that far. One that was touched since, by an
editor or a copy, is read whole, so that a broken one is listed as broken before anybody opens it.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from signoff.errors import SignoffError, StorageError
from signoff.regular_file import read_bytes
from signoff.storage import readers
from signoff.storage.conflict_names import is_conflict
from signoff.storage.readers import Fault
from signoff.storage.session_file import SessionFile
from signoff.storage.session_reader import check_schema, read_part
from signoff.storage.session_tables import plain, preamble, summary
from signoff.storage.toml_file import LARGEST

_HEAD_BYTES: Final = 4096
_HEAD_TABLES: Final = (b"\n[release]", b"\n[summary]")
_OWN_SAVE_SECONDS: Final = 0.002
"""How far the file's time may be from its `saved` and the file still be our own save: what rounding takes."""
_MOST_READ_WHOLE: Final = 40
"""How many touched files one listing reads whole: the newest, which are the ones somebody is about to open."""


@dataclass(frozen=True, slots=True, repr=False)
class SessionHeader:
    """What a list shows of a session."""

    path: Path
    """The file."""
    modified: float
    """When the file was last written, in seconds since 1970."""
    id: str = ""
    """The session's id; empty for a broken file."""
    service: str = ""
    """What is released."""
    version: str = ""
    """Which version of it."""
    environment: str = ""
    """Where it goes."""
    revision: int = 0
    """How many edits there were."""
    saved: datetime | None = None
    """When it was last saved; None for a broken file, and for one that does not say so."""
    answered: int = 0
    """How many items have a confirmed status."""
    total: int = 0
    """How many items there are."""
    failed: int = 0
    """How many items failed."""
    verdict: str = ""
    """The verdict when it was last saved."""
    decision: str = ""
    """The decision; empty while nobody decided."""
    stale: bool = False
    """Whether the decision has to be taken again, since something got worse."""
    signed: bool = False
    """Whether its report is signed."""
    problem: str = ""
    """Why the file cannot be opened, with file and line; empty for a good one."""

    @property
    def when(self) -> datetime:
        """When it was last saved, as it says itself: a clone or a copy of the file changes nothing of it.

        For a file that does not say so, the time at which the file was last written.
        """
        return self.saved or datetime.fromtimestamp(self.modified, UTC)

    @property
    def decided(self) -> str:
        """How its decision stands: `signed`, `stale` or `decided`; empty where nothing is decided."""
        if not self.decision:
            return ""
        return "signed" if self.signed else "stale" if self.stale else "decided"

    @property
    def is_conflict(self) -> bool:
        """Whether the file is no session of its own, but what one of two writers of one wrote."""
        return is_conflict(self.path.name)

    @property
    def title(self) -> str:
        """The release, or the name of a file that is broken."""
        return f"{self.service} {self.version}" if self.service else self.path.name


_SUMMARY: Final = {
    "answered": readers.number,
    "total": readers.number,
    "failed": readers.number,
    "verdict": readers.text,
    "decision": readers.text,
    "stale": readers.flag,
    "signed": readers.flag,
}


def list_sessions(folder: Path) -> list[SessionHeader]:
    """The sessions of a folder, the one that was saved last first. A folder that is not there has none.

    Raises:
        StorageError: When the folder cannot be read.
    """
    try:
        with os.scandir(folder) as entries:
            found = [
                (_modified(entry), Path(entry.path))
                for entry in entries
                if entry.name.endswith(".toml") and not entry.name.startswith(".")
            ]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StorageError(f"Cannot read the folder {folder}: {error.strerror or error}.") from error
    found.sort(reverse=True)
    headers, read_whole = [], 0
    for modified, path in found:
        header = read_header(path, modified)
        if not header.problem and _was_touched(header) and read_whole < _MOST_READ_WHOLE:
            read_whole += 1
            header = _checked(header)
        headers.append(header)
    return sorted(headers, key=lambda header: header.when, reverse=True)


def _modified(entry: os.DirEntry[str]) -> float:
    try:
        return entry.stat().st_mtime
    except OSError:  # a link that leads nowhere is one broken file, not a folder without sessions
        return 0.0


def read_header(path: Path, modified: float) -> SessionHeader:
    """The header of one session, from the beginning of its file where that is enough."""
    try:
        head = read_bytes(path, most=LARGEST, first=_HEAD_BYTES)
        data = tomllib.loads(_until_third_table(head).decode("utf-8-sig"))
        if "summary" not in data:
            return _checked(SessionHeader(path, modified))
        return _header_of(path, modified, data)
    except SignoffError as error:
        return SessionHeader(path, modified, problem=str(error))
    except (ValueError, RecursionError, Fault):
        return _checked(SessionHeader(path, modified))


def _until_third_table(head: bytes) -> bytes:
    """The text up to the first table that a list does not show; nothing where the head ends before that."""
    position = 0
    while (position := head.find(b"\n[", position)) >= 0:
        if not any(head.startswith(name, position) for name in _HEAD_TABLES):
            return head[: position + 1]
        position += 2
    return head if len(head) < _HEAD_BYTES else b""


def _header_of(path: Path, modified: float, data: dict[str, Any]) -> SessionHeader:
    check_schema(data)
    release = read_part("release", data.get("release", {}))
    return SessionHeader(
        path,
        modified,
        id=readers.one_line(data.get("id"), ("id",)),
        service=release.service,
        version=release.version,
        environment=release.environment,
        revision=readers.number(data["revision"], ("revision",)),
        saved=readers.moment(data.get("saved"), ("saved",)),
        **readers.read_some(_SUMMARY, data["summary"], ("summary",)),
    )


def _was_touched(header: SessionHeader) -> bool:
    return header.saved is None or abs(header.modified - header.saved.timestamp()) > _OWN_SAVE_SECONDS


def _checked(header: SessionHeader) -> SessionHeader:
    """The header of a file that was read to its end."""
    try:
        file = SessionFile.open(header.path)
    except SignoffError as error:
        return SessionHeader(header.path, header.modified, problem=str(error))
    session, saved = file.session, file.saved or header.when
    data = {**preamble(session, saved), "release": plain(session.release), "summary": summary(session)}
    return _header_of(header.path, header.modified, data)
