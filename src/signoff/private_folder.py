"""Folders that only their user may look into, as all are that the program makes for itself."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path


def make_private_folder(folder: Path) -> None:
    """Make a folder, and those above it that are not there; one that is there already stays as it is.

    Raises:
        OSError: When that is not possible.
    """
    missing = list(takewhile(lambda above: not above.exists(), folder.parents))
    for one in (*reversed(missing), folder):
        try:
            one.mkdir(mode=0o700)
        except FileExistsError:
            if not one.is_dir():
                raise
        else:
            one.chmod(0o700)  # a umask can only have taken more from it, but then we could not use it either
