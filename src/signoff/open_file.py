"""What is done to an open file before it takes the place of another: bytes, owner, mode, and all of it on the disk."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Final

_AT_ONCE: Final = 1024 * 1024
"""How many bytes are written at once. For more Linux looks for larger pieces of memory: where it has to get them from a
host, writing 4 MB took 8 ms every other time instead of 1."""


def write_all(descriptor: int, data: bytes | memoryview) -> None:
    """Write all of some bytes, however few the system takes at a time.

    Raises:
        OSError: When it takes none.
    """
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest[:_AT_ONCE]) :]


def complete(descriptor: int, like: os.stat_result | None, mode: int | None, modified_ns: int | None) -> os.stat_result:
    """Give a file that is written all that it has beside its bytes, and have it on the disk.

    Args:
        descriptor: The file.
        like: The file that it will replace, which gives it its permissions and its owner; None for none.
        mode: The permissions, where there is nothing to replace; None to leave those that it was made with.
        modified_ns: The time of modification that it shall bear, in nanoseconds since 1970; None for now.

    Returns:
        What the file system says of it.

    Raises:
        OSError: When any step fails.
    """
    _keep_owner_and_mode(descriptor, like, mode)
    if modified_ns is not None and os.utime in os.supports_fd:
        os.utime(descriptor, ns=(modified_ns, modified_ns))
    sync(descriptor)
    return os.fstat(descriptor)


def sync(descriptor: int) -> None:
    """Have what is in a file reach the disk.

    Raises:
        OSError: When it does not.
    """
    if sys.platform == "darwin":  # where fsync leaves the bytes in the disk's own memory
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def _keep_owner_and_mode(descriptor: int, like: os.stat_result | None, mode: int | None) -> None:
    if not hasattr(os, "fchmod"):  # Windows has none: there a file inherits its folder's access list
        return
    if like is not None:
        mode = like.st_mode & 0o777
        # Root, or a group that shares a folder, must not take the file from its owner. Others cannot give one away.
        with contextlib.suppress(PermissionError):
            os.fchown(descriptor, like.st_uid, like.st_gid)
    if mode is not None:
        os.fchmod(descriptor, mode)
