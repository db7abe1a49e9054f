"""The name of a report's file."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from signoff.domain.release import Release

_OTHERS: Final = re.compile(r"[^a-z0-9._]+")
_DOTS: Final = re.compile(r"\.{2,}")
_DEVICES: Final = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
_LONGEST: Final = 64
"""How many characters each part may have: three of them stay under the 255 bytes of a file system."""


def report_name(release: Release, day: date) -> str:
    """`SERVICE-VERSION-DATE.signoff.md`, of a-z, 0-9, `.`, `_` and `-` only, whatever the release is called."""
    service = _slug(release.service) or "service"
    name = f"{service}-{_slug(release.version) or 'version'}-{day:%Y-%m-%d}.signoff.md"
    # Windows opens a device for con.anything.
    return f"release-{name}" if _DEVICES.fullmatch(name.partition(".")[0]) else name


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text[: _LONGEST * 4]).encode("ascii", "ignore").decode("ascii").lower()
    return _DOTS.sub(".", _OTHERS.sub("-", plain))[:_LONGEST].strip("-._")
