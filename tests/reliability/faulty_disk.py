"""A disk under the real code that does what disks do on bad days.

The calls by which Python asks the operating system for files are replaced by ones that write down what is asked of one
folder, and that fail, do half, or never return where a test says so. Nothing of signoff is replaced.
"""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from typing import Any
from unittest import mock

DEAD_PROCESS = 2**22 + 1
"""The number of a process that no Linux has."""


_OPEN_FILES = "/proc/self/fd/"


class Killed(BaseException):
    """The process is dead: what was running when it died, and all that comes after, does nothing any more."""


class Fault(Enum):
    """What happens at a call."""

    NO_SPACE = errno.ENOSPC
    DISK_ERROR = errno.EIO
    NOT_ALLOWED = errno.EACCES
    INTERRUPTED = errno.EINTR
    SHORT = "a part is written or read"
    DONE_AND_FAILED = "it is done, and reported as failed"
    KILLED_BEFORE = "the process is killed before it"
    KILLED_AFTER = "the process is killed after it"

    @property
    def is_death(self) -> bool:
        return self in (Fault.KILLED_BEFORE, Fault.KILLED_AFTER)


@dataclass(frozen=True)
class Call:
    """One call."""

    name: str
    """The function of `os`."""
    path: str
    """What it is about, relative to the folder."""
    to: str = ""
    """The second name, where there is one."""
    data: bytes = b""
    """What was written."""
    flags: int = 0
    """How a file was opened."""
    at: int = 0
    """Where in the file it was written, or how long the file is to be."""

    @property
    def opens_without_a_name(self) -> bool:
        """Whether a file is opened that has no name; here it goes by one that no file can be given."""
        return self.name == "open" and self.flags & os.O_TMPFILE == os.O_TMPFILE


@dataclass
class Disk:
    """A folder on a disk."""

    root: Path
    """The folder."""
    calls: list[Call] = field(default_factory=list)
    """What was asked of it."""
    faults: dict[int, Fault] = field(default_factory=dict)
    """What happens at which call, counted from 0."""
    fault_of: Callable[[Call], Fault | None] = lambda _: None
    """What happens at any call."""
    before: Callable[[int, Call], None] = lambda _, __: None
    """Called before each call, with its number."""
    room: int | None = None
    """How many bytes can still be written; None for as many as one likes."""
    is_dead: bool = False
    """Whether the process was killed."""
    process: int = field(default_factory=os.getpid)
    """The number of the process that uses it."""
    _paths: dict[int, str] = field(default_factory=dict)
    _real: dict[str, Any] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def die(self) -> None:
        """Kill the process."""
        self.is_dead = True

    def ask(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Do a call as well as the disk can today."""
        call = self._call(name, args, kwargs)
        if call is None:
            return self._real[name](*args, **kwargs)
        with self._lock:
            number = len(self.calls)
            self.calls.append(call)
        if self.is_dead:
            self._end(name, args)
        self.before(number, call)
        fault = self.faults.get(number) or self.fault_of(call)
        if fault is Fault.KILLED_BEFORE:
            self.die()
        if self.is_dead:
            self._end(name, args)
        if fault and isinstance(fault.value, int):
            if name == "close":  # it is closed all the same
                self._do(name, args, kwargs)
            raise OSError(fault.value, os.strerror(fault.value))
        if fault is Fault.SHORT and name in ("write", "read"):
            args = (args[0], bytes(args[1])[: max(1, len(args[1]) // 2)] if name == "write" else max(1, args[1] // 2))
        with self._lock:  # the journal and the session are written at the same time
            if name == "write" and self.room is not None:
                if not self.room:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                args = (args[0], bytes(args[1])[: self.room])
                self.room -= len(args[1])
        done = self._do(name, args, kwargs, call)
        if fault is Fault.KILLED_AFTER:
            self.die()
            self._end(name, args)
        if fault is Fault.DONE_AND_FAILED:
            if name == "open":
                self._do("close", (done,), {})
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return done

    def _end(self, name: str, args: tuple[Any, ...]) -> None:
        if name == "close":
            self._do(name, args, {})  # the kernel does that for the dead
        raise Killed

    def _do(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], call: Call | None = None) -> Any:
        if name == "close":
            self._paths.pop(args[0], None)  # first: once it is closed, another thread may be given the same number
        done = self._real[name](*args, **kwargs)
        if name == "open" and call:
            self._paths[done] = str(self.root / call.path)
        return done

    def _call(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Call | None:
        """The call, if it is about the folder."""
        folder = kwargs.get("dir_fd", kwargs.get("src_dir_fd"))
        path = self._paths.get(args[0], "") if isinstance(args[0], int) else self._full(args[0], folder)
        if path != str(self.root) and not path.startswith(f"{self.root}{os.sep}"):
            return None
        call = Call(name, self._relative(path))
        if name == "open":
            call = replace(call, flags=args[1])
            unnamed = os.path.normpath(f"{call.path}/#{len(self.calls)}")
            return replace(call, path=unnamed) if call.opens_without_a_name else call
        if name in ("link", "replace"):
            return replace(call, to=self._relative(self._full(args[1], kwargs.get("dst_dir_fd"))))
        if name == "write":
            return replace(call, data=bytes(args[1]), at=os.lseek(args[0], 0, os.SEEK_CUR))
        return replace(call, at=args[1]) if name == "ftruncate" else call

    def _full(self, path: Any, folder: int | None) -> str:
        text = os.fspath(path)
        text = text.decode() if isinstance(text, bytes) else text
        if text.startswith(_OPEN_FILES):
            return self._paths.get(int(text.removeprefix(_OPEN_FILES)), text)
        return os.path.normpath(f"{self._paths[folder]}/{text}" if folder in self._paths else os.path.abspath(text))  # noqa: PTH100

    def _relative(self, path: str) -> str:
        return os.path.relpath(path, self.root)


_CALLS = (
    "open",
    "close",
    "read",
    "write",
    "ftruncate",
    "fsync",
    "fdatasync",
    "fstat",
    "stat",
    "lstat",
    "fchmod",
    "fchown",
    "utime",
    "link",
    "replace",
    "unlink",
    "mkdir",
    "listdir",
    "scandir",
)


@contextmanager
def a_disk(root: Path, **how: Any) -> Iterator[Disk]:
    """Put a disk under a folder."""
    disk = Disk(root, **how)
    disk._real = {name: getattr(os, name) for name in _CALLS}

    def asking(name: str) -> Callable[..., Any]:
        return lambda *args, **kwargs: disk.ask(name, args, kwargs)

    fakes = {name: asking(name) for name in _CALLS}
    supported = {name: {fakes.get(f.__name__, f) for f in getattr(os, name)} for name in _SUPPORTED}
    with mock.patch.multiple(os, **fakes, **supported, getpid=lambda: disk.process):
        yield disk


_SUPPORTED = ("supports_fd", "supports_dir_fd", "supports_follow_symlinks", "supports_effective_ids")
