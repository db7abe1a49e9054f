"""Making a session for a release, and what can be known about it before anybody types."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from signoff.domain.release import Release, Window, parse_window
from signoff.errors import SessionError
from signoff.storage.checklist_file import find_checklist
from signoff.storage.locations import Locations
from signoff.storage.session_file import SessionFile
from signoff.storage.time_zone import zone_named

DEFAULT_CHECKLIST: Final = "production-readiness"
_GIT_SECONDS: Final = 2.0


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


def create_session(locations: Locations, words: ReleaseWords, checklist_name: str, now: datetime) -> SessionFile:
    """Make a session in a new file.

    Raises:
        SessionError: When the release cannot be understood.
        ChecklistError: When there is no such checklist.
        StorageError: When the file cannot be written.
    """
    try:
        release = words.release(now)
    except ValueError as error:
        raise SessionError(str(error)) from error
    checklist = find_checklist(checklist_name or DEFAULT_CHECKLIST, locations)
    return SessionFile.create(locations.data, checklist, release, now)


def commit_here(folder: Path) -> str:
    """The commit that is checked out in a folder; empty where there is none."""
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(
            ["git", "rev-parse", "--short=12", "HEAD"],
            cwd=folder,
            env=environment,
            capture_output=True,
            timeout=_GIT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("ascii", "replace").strip() if done.returncode == 0 else ""
