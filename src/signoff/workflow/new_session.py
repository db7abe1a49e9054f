"""Making a session for a release, and what can be known about it before anybody types."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from signoff.domain.release import Release, Window, is_whole_commit, parse_window
from signoff.errors import SessionError
from signoff.storage.checklist_file import FoundChecklist, find_checklist
from signoff.storage.locations import Locations
from signoff.storage.session_file import SessionFile
from signoff.storage.time_zone import zone_named

DEFAULT_CHECKLIST: Final = "production-readiness"
_GIT_SECONDS: Final = 2.0
_DIGITS: Final = re.compile(r"[0-9a-f]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReleaseWords:
    """A release as it is typed, in a form or on the command line."""

    service: str
    """What is released."""
    version: str
    """Which version of it."""
    environment: str = "prod"
    """Where it goes."""
    commit: str = ""
    """The commit it is built from."""
    window: str = ""
    """When, such as `thu 14:00-16:00`; empty when nobody said."""
    zone: str = "UTC"
    """The IANA name of the zone that the window is meant in."""
    rollback: str = ""
    """The link to the rollback plan."""

    def release(self, now: datetime) -> Release:
        """The release that is meant.

        Raises:
            ValueError: When a part of it cannot be read; the message says what can.
        """
        for name, value in (("service", self.service), ("version", self.version), ("environment", self.environment)):
            if not value.strip() or "\n" in value:
                raise ValueError(f"The {name} is needed, as one line.")
        window = read_window(self.window, self.zone, now)
        words = (self.service, self.version, self.environment, self.commit)
        service, version, environment, commit = (word.strip() for word in words)
        return Release(service, version, environment, commit, window, self.rollback.strip())


def read_window(text: str, zone: str, now: datetime) -> Window | None:
    """A window as it is typed; None for nothing.

    Raises:
        ValueError: When it or the zone cannot be read.
    """
    there = zone_named(zone)
    return parse_window(text, zone.strip(), now.astimezone(there)) if text.strip() else None


def create_session(
    locations: Locations, words: ReleaseWords, checklist_name: str, now: datetime
) -> tuple[SessionFile, FoundChecklist]:
    """Make a session in a new file.

    Returns:
        The file, and the checklist with where it came from.

    Raises:
        SessionError: When the release cannot be understood.
        ChecklistError: When there is no such checklist.
        StorageError: When the file cannot be written.
    """
    try:
        release = words.release(now)
    except ValueError as error:
        raise SessionError(str(error)) from error
    found = find_checklist(checklist_name or DEFAULT_CHECKLIST, locations)
    return SessionFile.create(locations.data, found.checklist, release, now), found


def commit_here(folder: Path) -> str:
    """The whole id of the commit that is checked out in a folder; empty where there is none."""
    return _commit_named("HEAD", folder)


def whole_commit(typed: str, folder: Path) -> str:
    """The whole id of a commit that somebody named by its first digits, a branch or a tag.

    It stays as it was typed where the repository of the folder does not know it, or there is none.
    """
    named = typed.strip()
    if not named or is_whole_commit(named) or named.startswith("-"):
        return named
    found = _commit_named(named, folder)
    # A branch may be called as another commit begins.
    is_another = bool(_DIGITS.fullmatch(named)) and not found.startswith(named.lower())
    return named if not found or is_another else found


def commit_warning(commit: str) -> str:
    """That the gate will not accept a commit, as one sentence; empty where it will, or where nobody named one."""
    if not commit or is_whole_commit(commit):
        return ""
    return f"`signoff gate` will not accept the commit {commit}: it needs all 40 digits, or 64 with SHA-256."


def _commit_named(name: str, folder: Path) -> str:
    """What git calls the commit of a name; empty where it knows none."""
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(
            ["git", "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"],
            cwd=folder,
            env=environment,
            capture_output=True,
            timeout=_GIT_SECONDS,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):  # ValueError: a name with a null byte
        return ""
    found = done.stdout.decode("ascii", "replace").strip()
    return found if done.returncode == 0 and is_whole_commit(found) else ""
