"""Replace a file whole or not at all.

After a crash, a full disk or a power cut there is the old file or the new one, never a part of either: the bytes go to
a temporary file in the same folder, reach the disk, and only then take the name.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from signoff.folder import Folder


def write_atomically(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Write a file so that its name never stands for half of it.

    Args:
        path: The file. A symbolic link is followed, so that its target is replaced and the link stays.
        data: The whole contents.
        mode: The permissions of a new file; an existing one keeps its own.

    Raises:
        OSError: When any step fails. No temporary file is left, and the old file is as it was, unless it was the last
            step that failed: then the new one is there and may not outlast a power cut.
    """
    real = Path(os.path.realpath(path))
    with Folder(real.parent) as folder:
        folder.sweep(real.name)
        temporary, _ = folder.write_temporary(real.name, data, like=folder.status(real.name), mode=mode)
        with folder.removed_on_failure(temporary):
            folder.replace(temporary, real.name)
        folder.sync()


def write_document(path: Path, data: bytes, *, replace: bool) -> None:
    """Write a file that is meant for others, as readable as the umask leaves any document.

    Args:
        path: The file. A symbolic link is never followed.
        data: The whole contents.
        replace: Whether a file that is there is replaced; it gives the new one its permissions.

    Raises:
        FileExistsError: When there is a file, and it is not to be replaced.
        OSError: When any step fails, as for `write_atomically`.
    """
    with Folder(path.parent) as folder:
        folder.sweep(path.name)
        old = folder.status(path.name)
        like = old if replace and old and stat.S_ISREG(old.st_mode) else None
        temporary, _ = folder.write_temporary(path.name, data, like=like, mode=None)
        with folder.removed_on_failure(temporary):
            if not replace and folder.link(temporary, path.name):
                folder.remove(temporary)
            else:
                folder.replace(temporary, path.name)
        folder.sync()
