"""Replace a file whole or not at all.

After a crash, a full disk or a power cut there is the old file or the new one, never a part of either: the bytes go to
a temporary file in the same folder, reach the disk, and only then take the name.
"""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import sys
from pathlib import Path
from typing import Final

_NEW_FILE: Final = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)  # without it Windows turns every line feed into two bytes
)


def write_atomically(path: Path, data: bytes, *, mode: int = 0o600, modified_ns: int | None = None) -> None:
    """Write a file so that its name never stands for half of it.

    Args:
        path: The file. A symbolic link is followed, so that its target is replaced and the link stays.
        data: The whole contents.
        mode: The permissions of a new file; an existing one keeps its own.
        modified_ns: The time of modification that the file shall bear, in nanoseconds since 1970; None for now.

    Raises:
        OSError: When any step fails. No temporary file is left, and the old file is as it was, unless it was the last
            step that failed: then the new one is there and may not outlast a power cut.
    """
    real = Path(os.path.realpath(path))
    temporary = real.with_name(f".{real.name}.{os.getpid()}.{os.urandom(4).hex()}.tmp")
    descriptor = os.open(temporary, _NEW_FILE, 0o600)
    try:
        try:
            _write_all(descriptor, data)
            _keep_owner_and_mode(descriptor, real, mode)
            if modified_ns is not None and os.utime in os.supports_fd:
                os.utime(descriptor, ns=(modified_ns, modified_ns))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        temporary.replace(real)
    except BaseException:
        # Whatever stopped it, an interrupt included, the temporary file must not stay.
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(real.parent)


def sweep_temporaries(path: Path) -> None:
    """Remove what programs that were killed while they wrote a file have left beside it.

    Args:
        path: The file. What a living program is writing stays; on Windows, where nobody can be asked, everything does.
    """
    if sys.platform == "win32":
        return
    real = Path(os.path.realpath(path))
    for left in real.parent.glob(f".{glob.escape(real.name)}.*.tmp"):
        pid = left.name.removeprefix(f".{real.name}.").partition(".")[0]
        if pid.isdecimal() and not _is_alive(int(pid)):
            with contextlib.suppress(OSError):
                left.unlink()


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _keep_owner_and_mode(descriptor: int, path: Path, mode: int) -> None:
    if not hasattr(os, "fchmod"):  # Windows has none: there a file inherits its folder's access list
        return
    with contextlib.suppress(FileNotFoundError):
        old = path.stat()
        mode = old.st_mode & 0o777
        # Root, or a group that shares a folder, must not take the file from its owner. Others cannot give one away.
        with contextlib.suppress(PermissionError):
            os.fchown(descriptor, old.st_uid, old.st_gid)
    os.fchmod(descriptor, mode)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder reach the disk.

    Without this a new name may be lost in a power cut. Windows cannot open a folder and needs no such step.
    """
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network file systems cannot sync a folder
            raise
    finally:
        os.close(descriptor)
