"""A folder in which files are replaced, step by step.

It is held open, so that all steps happen in one folder wherever its path leads by then. Windows has no such thing, and
there the steps go by path.
"""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final

from signoff import open_file
from signoff.side_names import is_running, side_name, writer_of

_NEW_FILE: Final = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)  # without it Windows turns every line feed into two bytes
)
_UNNAMED: Final = getattr(os, "O_TMPFILE", 0) and os.O_TMPFILE | os.O_WRONLY | os.O_CLOEXEC
_FOLDER: Final = getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_HELD_OPEN: Final = hasattr(os, "O_DIRECTORY")
_SHARED: Final = (5, 32, 33)
"""How Windows says that a virus scanner or a synchroniser has the file open for a moment."""
_PAUSES: Final = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)
_LOCK_SECONDS: Final = 5.0
"""How long a folder's lock is waited for. It is held for a few calls, and for longer only by a program that hangs."""
_LOCK_PAUSE: Final = 0.001


class Folder:
    """An open folder, in which files are replaced. A context manager."""

    def __init__(self, path: Path) -> None:
        """Open the folder.

        Raises:
            OSError: When there is none, or it may not be used.
        """
        self.path = path
        """Where it was when it was opened."""
        self._descriptor = os.open(path, os.O_RDONLY | _FOLDER) if _HELD_OPEN else None

    def __enter__(self) -> Folder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)

    def status(self, name: str) -> os.stat_result | None:
        """What the file system says of a name itself, be it a link or not; None where there is no such name."""
        with contextlib.suppress(FileNotFoundError):
            return os.stat(self._place(name), dir_fd=self._descriptor, follow_symlinks=False)
        return None

    def device(self) -> int:
        """The file system that the folder is on."""
        return os.stat(self.path if self._descriptor is None else self._descriptor).st_dev

    def room(self) -> int:
        """How many bytes can be written there; none where that cannot be told."""
        return 0 if self._descriptor is None else (found := os.fstatvfs(self._descriptor)).f_bavail * found.f_frsize

    def write_temporary(
        self,
        name: str,
        data: bytes,
        *,
        like: os.stat_result | None,
        mode: int | None = 0o600,
        modified_ns: int | None = None,
    ) -> tuple[str, os.stat_result]:
        """Write a temporary file, and have it on the disk.

        Args:
            name: The name that the file is to have in the end.
            data: The whole contents.
            like: The file that it will replace, which gives it its permissions and its owner; None for none.
            mode: The permissions, where there is nothing to replace; None for those that the umask leaves any document.
            modified_ns: The time of modification that it shall bear, in nanoseconds since 1970; None for now.

        Returns:
            Its name, and what the file system says of it.

        Raises:
            OSError: When any step fails; then it is gone again.
        """
        temporary = f"{side_name(name)}.tmp"
        first = 0o666 if like is None and mode is None else 0o600
        descriptor = os.open(self._place(temporary), _NEW_FILE, first, dir_fd=self._descriptor)
        with self.removed_on_failure(temporary):
            try:
                open_file.write_all(descriptor, data)
                status = open_file.complete(descriptor, like, mode, modified_ns)
            finally:
                os.close(descriptor)  # some disks say only here that they are full
        return temporary, status

    def write_unnamed(self, data: bytes) -> int:
        """Write a file that has no name, and have it on the disk. It is gone when it is closed before it has one.

        Returns:
            Its descriptor.

        Raises:
            OSError: When any step fails, or the system knows no such files.
        """
        if not _UNNAMED or self._descriptor is None:
            raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
        descriptor = os.open(".", _UNNAMED, 0o600, dir_fd=self._descriptor)
        try:
            open_file.write_all(descriptor, data)
            open_file.sync(descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor

    def name_unnamed(
        self,
        descriptor: int,
        name: str,
        changes: Iterable[tuple[int, bytes | memoryview]],
        size: int,
        *,
        like: os.stat_result | None,
        modified_ns: int,
    ) -> tuple[str, os.stat_result]:
        """Change a file that has no name, make it a temporary file, and have it on the disk.

        Args:
            descriptor: The file. It stays open.
            name: The name that it is to have in the end.
            changes: Where it is to hold what.
            size: How many bytes it has in the end.
            like: The file that it will replace, which gives it its permissions and its owner; None for none.
            modified_ns: The time of modification that it shall bear, in nanoseconds since 1970.

        Returns:
            Its name for the time being, and what the file system says of it.

        Raises:
            OSError: When any step fails; then it has no name again.
        """
        for place, data in changes:
            os.lseek(descriptor, place, os.SEEK_SET)
            open_file.write_all(descriptor, data)
        if os.fstat(descriptor).st_size > size:
            os.ftruncate(descriptor, size)
        temporary = f"{side_name(name)}.tmp"
        os.link(f"/proc/self/fd/{descriptor}", temporary, dst_dir_fd=self._descriptor, follow_symlinks=True)
        with self.removed_on_failure(temporary):
            return temporary, open_file.complete(descriptor, like, 0o600, modified_ns)

    def hold(self, name: str) -> int | None:
        """Hold a file, so that the system does not free its bytes when its name goes; only for Linux.

        Returns:
            Its descriptor; None where it cannot be held.
        """
        with contextlib.suppress(OSError):
            return os.open(name, os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=self._descriptor)
        return None

    @contextlib.contextmanager
    def removed_on_failure(self, temporary: str) -> Iterator[None]:
        """Do something with a temporary file, which does not stay where that fails."""
        try:
            yield
        except BaseException:  # an interrupt included
            self.remove(temporary)
            raise

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Keep out everybody else on this machine who replaces a file of the folder and locks it first.

        The lock is on the folder itself: it leaves no file behind, and the kernel frees it however a program ends.
        Windows and some network file systems know no such lock.

        Raises:
            OSError: When somebody does not let go of it.
        """
        if self._descriptor is None:
            yield
            return
        import fcntl

        self._lock(self._descriptor)
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def _lock(self, descriptor: int) -> None:
        import fcntl

        until = time.monotonic() + _LOCK_SECONDS
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                if time.monotonic() > until:
                    raise OSError(errno.EBUSY, "another program has the folder locked") from error
                time.sleep(_LOCK_PAUSE)
            except OSError:  # a file system without locks
                return
            else:
                return

    def replace(self, old: str, new: str) -> None:
        """Give a file another name, in place of the file that has it."""
        for pause in (*_PAUSES, None):
            try:
                os.replace(self._place(old), self._place(new), src_dir_fd=self._descriptor, dst_dir_fd=self._descriptor)
            except OSError as error:
                if pause is None or getattr(error, "winerror", None) not in _SHARED:
                    raise
                time.sleep(pause)
            else:
                return

    def link(self, old: str, new: str) -> bool:
        """Give a file a second name that no file has.

        Returns:
            Whether it has it; some file systems know no second names.

        Raises:
            FileExistsError: When there is a file of that name.
        """
        try:
            os.link(self._place(old), self._place(new), src_dir_fd=self._descriptor, dst_dir_fd=self._descriptor)
        except FileExistsError:
            raise
        except (OSError, NotImplementedError):
            return False
        return True

    def remove(self, name: str) -> None:
        """Remove a file of ours, if it is there and may be removed; what stays is swept another time."""
        with contextlib.suppress(OSError):
            os.unlink(self._place(name), dir_fd=self._descriptor)

    def names(self) -> list[str]:
        """The names in the folder."""
        return os.listdir(self.path if self._descriptor is None else self._descriptor)

    def sweep(self, name: str) -> None:
        """Remove the temporary files of a file whose programs did not live to do it."""
        for left in self.left_behind(name):
            if left.endswith(".tmp"):
                self.remove(left)

    def left_behind(self, name: str) -> list[str]:
        """The names that programs which are gone gave to what they wrote beside a file."""
        return [found for found in self.names() if (process := writer_of(found, name)) and not is_running(process)]

    def sync(self) -> None:
        """Have the names in the folder reach the disk: without it a power cut can take a name back.

        Windows needs no such step, and some network file systems know none.
        """
        if self._descriptor is None:
            return
        try:
            os.fsync(self._descriptor)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):
                raise

    def _place(self, name: str) -> str:
        return name if self._descriptor is not None else os.path.join(self.path, name)
