"""Time zones by their names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


def zone_named(name: str) -> ZoneInfo:
    """A time zone by its IANA name.

    Raises:
        ValueError: When there is none.
    """
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f'There is no time zone "{name}"; say one such as UTC or Europe/Berlin') from None


def local_zone_name() -> str:
    """The name of the time zone of this machine; UTC where it cannot be told."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    named = os.environ.get("TZ", "").lstrip(":")
    link = os.path.realpath("/etc/localtime").partition("/zoneinfo/")[2]
    for name in (named, link):
        try:
            if name and not Path(name).is_absolute() and ZoneInfo(name):
                return name.removeprefix("Etc/") if name in ("Etc/UTC", "Etc/GMT") else name
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return "UTC"
