"""Sessions that nobody needs any more: they stay in a folder beside the others until somebody empties it."""

from __future__ import annotations

import contextlib
import re
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from signoff.errors import StorageError
from signoff.folder import Folder
from signoff.storage.locations import make_folder
from signoff.storage.session_lock import SessionLock
from signoff.storage.session_name import free_path

FOLDER: Final = "trash"
"""The name of the folder."""
_MOMENT: Final = r"-\d{8}T\d{6}Z(-\d+)?\Z"


def move_to_trash(session: Path, state: Path, now: datetime) -> Path:
    """Move a session's file to the trash, as it is.

    Args:
        session: The file; it may be broken.
        state: The state folder.
        now: The aware present.

    Returns:
        Where the file is now.

    Raises:
        StorageError: When somebody has the session open, or the file cannot be moved. It is then where it was.
    """
    lock = SessionLock(state, session)
    holder = lock.acquire(now)
    if holder:
        raise StorageError(f"Open in {holder}: close it there first.")
    try:
        return _moved(session, session.parent / FOLDER, f"{session.stem}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    finally:
        lock.release()


def name_before(trashed: Path) -> str:
    """What a file in the trash was called before."""
    return f"{re.sub(_MOMENT, '', trashed.stem)}.toml"


def take_back(trashed: Path, session: Path) -> Path:
    """Move a file back from the trash.

    Args:
        trashed: The file in the trash.
        session: Where it was; where there is another file by now, it gets a name like that one's.

    Returns:
        Where the file is now.

    Raises:
        StorageError: When it cannot be moved.
    """
    return _moved(trashed, session.parent, session.stem)


def _moved(file: Path, folder: Path, name: str) -> Path:
    try:
        if not stat.S_ISREG(file.lstat().st_mode):
            raise StorageError(f"{file.name} is no file but something else: remove it yourself.")
        make_folder(folder)
        path = _renamed(file, folder, name)
    except OSError as error:
        raise StorageError(f"Cannot move {file} to {folder}: {error.strerror or error}.") from error
    for changed in (folder, file.parent):
        with contextlib.suppress(OSError), Folder(changed) as opened:  # it is moved; a power cut may take that back
            opened.sync()
    return path


def _renamed(file: Path, folder: Path, name: str) -> Path:
    """Give a file another name, which is taken first: a plain rename could replace a file that has just come."""
    while True:
        path = free_path(folder, name)
        try:
            path.touch(exist_ok=False)
        except FileExistsError:
            continue
        try:
            return file.replace(path)
        except OSError:
            path.unlink(missing_ok=True)
            raise
