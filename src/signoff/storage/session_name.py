"""What the file of a new session is called."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from signoff.domain.release import Release

_NOT_IN_A_NAME: Final = r"[^a-z0-9.]+"
_DEVICES: Final = r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?"


def session_name(release: Release) -> str:
    """A file name for a release, without its ending, that stays in its folder on every system."""
    words = re.sub(_NOT_IN_A_NAME, "-", f"{release.service}-{release.version}-{release.environment}".lower())
    name = re.sub(r"\.{2,}", ".", words).strip("-.")[:64].rstrip("-.")
    return f"release-{name}" if not name or re.fullmatch(_DEVICES, name) else name


def free_path(folder: Path, name: str) -> Path:
    """A file of that name, or of one like it, that is not there yet."""
    path, number = folder / f"{name}.toml", 1
    while os.path.lexists(path):
        number += 1
        path = folder / f"{name}-{number}.toml"
    return path
