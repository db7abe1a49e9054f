"""By what the file system tells one state of a file from another, without reading it."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stamp:
    """One state of a file."""

    device: int
    """The file system that it is on."""
    inode: int
    """Its number there."""
    size: int
    """Its size in bytes."""
    modified_ns: int
    """When it was written, in nanoseconds; anybody can set this."""
    changed_ns: int
    """When anything about it was changed, in nanoseconds; nobody can set this."""

    @classmethod
    def of(cls, status: os.stat_result) -> Stamp:
        """The stamp of a file."""
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)

    @property
    def words(self) -> str:
        """What of it stays when the file is given another name, as a part of a file name."""
        return f"{self.inode:x}-{self.size:x}-{self.modified_ns:x}"
