"""The name under which the state folder keeps what belongs to a session's file."""

from __future__ import annotations

import os
from pathlib import Path


def path_hash(session: Path) -> str:
    """The sha256 of the real path of a session's file: two files of one name in two folders are two sessions."""
    import hashlib

    return hashlib.sha256(os.fsencode(os.path.realpath(session))).hexdigest()
