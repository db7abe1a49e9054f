"""The names of copies that two writers of one session leave behind: our own, and those of programs that synchronise."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

_CONFLICT: Final = r"(?i)\.conflict-|\.sync-conflict-| \([^()]*conflicted copy"
_NOT_IN_A_HOST: Final = r"[^a-z0-9]+"
_LONGEST_STEM: Final = 100


def is_conflict(name: str) -> bool:
    """Whether a file is what one of two writers wrote, kept beside what the other did."""
    return re.search(_CONFLICT, name) is not None


def name_without_conflict(name: str) -> str:
    """The name of the session's file that a conflict file lies beside."""
    return f"{re.split(_CONFLICT, name, maxsplit=1)[0]}.toml"


def conflict_name(name: str, now: datetime, number: int = 1) -> str:
    """A name for what somebody else wrote: `NAME.conflict-20261126T140211Z-HOST.toml`.

    Args:
        name: The name of the session's file.
        now: The aware present.
        number: Which one it is of those of this second.
    """
    import platform

    host = re.sub(_NOT_IN_A_HOST, "-", platform.node().partition(".")[0].lower()).strip("-")[:32] or "host"
    again = f"-{number}" if number > 1 else ""
    return f"{Path(name).stem[:_LONGEST_STEM]}.conflict-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{host}{again}.toml"
