"""A file of which it is known what is in it, so that nobody else's writing is ever replaced unseen.

Whoever saves a session holds its whole text, so what is in the file need not be hashed: where the file system says that
the file is the one we wrote, it is; where it says anything else, the bytes are compared.

Between the last look at the file and the moment in which ours takes its name the folder is locked, so that no other
signoff on this machine writes it. Everybody else still may: so the old file gets a second name first, which says what
the file should be; afterwards it is compared with that. A program that is killed in between leaves the second name, and
the next one to open the session compares.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol, SupportsBytes

from signoff.errors import OutsideChangeError, StorageError
from signoff.folder import Folder
from signoff.regular_file import read_file
from signoff.side_names import side_name
from signoff.storage.spare import Spare
from signoff.storage.stamp import Stamp
from signoff.storage.toml_blocks import Block
from signoff.storage.toml_file import LARGEST


class InPieces(SupportsBytes, Protocol):
    """What a file holds."""

    @property
    def pieces(self) -> Sequence[Block]:
        """The same, one piece after the other."""


class KnownFile:
    """A file, and what was in it when it was last read or written. Not for use by two threads at once."""

    def __init__(self, path: Path) -> None:
        """Name a file of which nothing is known: it may only be written where there is none yet.

        Args:
            path: The file. A link is followed once, now: what is written later goes to where it led.
        """
        self.path = path
        """The file, as its user names it."""
        self.data: SupportsBytes = b""
        """What is in it."""
        self._real = Path(os.path.realpath(path))
        self._stamp: Stamp | None = None
        self._tried: SupportsBytes | None = None
        self._displaced: Path | None = None
        """Where that is kept what somebody else wrote, which nobody has been told yet: the save failed afterwards."""

    @classmethod
    def read(cls, path: Path) -> tuple[KnownFile, bytes]:
        """Read a file.

        Raises:
            StorageError: When it cannot be read.
        """
        known = cls(path)
        data, status = read_file(path, most=LARGEST)
        known.data, known._stamp = data, Stamp.of(status)
        return known, data

    @property
    def size(self) -> int:
        """How many bytes there are in it."""
        return self._stamp.size if self._stamp else 0

    def is_unchanged(self) -> bool:
        """Whether what is known of the file still holds.

        Raises:
            StorageError: When there is no such file any more, or it cannot be read.
        """
        if self._stamp and self._stamp == self.stamp_now():
            return True
        now, data = KnownFile.read(self.path)
        # A save that failed at its last step has left what it wrote.
        for expected in (self.data if self._stamp else None, self._tried):
            if expected is not None and bytes(expected) == data:
                self._real, self._stamp, self.data = now._real, now._stamp, expected
                return True
        return False

    def stamp_now(self) -> Stamp | None:
        """The stamp that the file has now; None where that cannot be told."""
        with contextlib.suppress(OSError):
            return Stamp.of(self._real.lstat())
        return None

    def replace(self, data: InPieces, now: datetime, *, modified_ns: int, spare: Spare | None = None) -> Path | None:
        """Put something else into the file; when this returns, it is on the disk.

        Args:
            data: What is to be in it.
            now: The aware present.
            modified_ns: The time of modification that it shall bear, in nanoseconds since 1970.
            spare: A copy that may be there already.

        Returns:
            Where that is kept what somebody else wrote in the same moment; None where nobody did.

        Raises:
            OutsideChangeError: When somebody else has written the file. It is left as it is.
            StorageError: When it cannot be read, is too large to be, or its folder is on another disk than it was.
            OSError: When any step fails. What is in the file is then the old or the new.
        """
        name, pieces = self._real.name, data.pieces
        if sum(map(len, pieces)) > LARGEST:
            most = f"{LARGEST // 1024 // 1024} MB"
            raise StorageError(f"{self.path} would grow past {most}, and could not be opened again.")
        with Folder(self._real.parent) as folder:
            old = self._expected(folder)
            copy = spare.become(folder, name, pieces, like=old, modified_ns=modified_ns) if spare else None
            temporary, written = copy or folder.write_temporary(name, bytes(data), like=old, modified_ns=modified_ns)
            self._tried, previous = data, None
            try:
                with folder.removed_on_failure(temporary), folder.locked():
                    old = self._expected(folder)
                    previous = self._second_name(folder, Stamp.of(old)) if old else None
                    self._take_name(folder, temporary, is_new=old is None)
                folder.sync()
            finally:
                self._displaced = (self._compare(folder, previous, now) if previous else None) or self._displaced
            self._stamp, self.data = self._stamp_of_ours(folder, Stamp.of(written)), data
        displaced, self._displaced = self._displaced, None
        return displaced

    def fill(self, spare: Spare) -> None:
        """Have a copy ready for the next replacing, if there was one since; it takes as long as that."""
        if spare.is_wanted:
            with contextlib.suppress(OSError), Folder(self._real.parent) as folder:
                spare.fill(folder)

    def keep_copy(self, now: datetime) -> Path:
        """Put what is known to be in the file into a file of its own beside it.

        Args:
            now: The aware present.

        Returns:
            The copy.

        Raises:
            OSError: When it cannot be written.
        """
        from signoff.storage.conflict_file import keep_bytes

        modified = self._stamp.modified_ns if self._stamp else None
        with Folder(self._real.parent) as folder:
            kept = keep_bytes(folder, self._real.name, bytes(self.data), now, modified_ns=modified)
        return self._real.parent / kept

    def sweep(self, now: datetime) -> list[Path]:
        """Tidy up after programs that were killed while they wrote this file.

        Args:
            now: The aware present.

        Returns:
            Where that is kept what somebody else wrote in the moment in which one of them was killed.

        Raises:
            OSError: When the folder cannot be read.
        """
        with Folder(self._real.parent) as folder:
            folder.sweep(self._real.name)
            left = [name for name in folder.left_behind(self._real.name) if name.endswith(".prev")]
            return [path for name in left if (path := self._compare(folder, name, now))]

    def _expected(self, folder: Folder) -> os.stat_result | None:
        """What the file system says of the file that is to be replaced; None where there is none."""
        real = self._real
        status = folder.status(real.name)
        if status is None:
            # A disk that is not there leaves an empty folder where it was: what is written into that is lost to sight.
            if self._stamp and self._stamp.device != folder.device():
                raise StorageError(f"the disk of {self.path} is not there.")
            return None
        if Stamp.of(status) != self._stamp:
            if not self.is_unchanged() or self._real != real:
                raise OutsideChangeError(self.path)
            status = folder.status(real.name)
        return status

    def _take_name(self, folder: Folder, temporary: str, *, is_new: bool) -> None:
        if not is_new:
            folder.replace(temporary, self._real.name)
            return
        try:
            linked = folder.link(temporary, self._real.name)
        except FileExistsError as error:
            raise OutsideChangeError(self.path) from error
        if not linked:
            folder.replace(temporary, self._real.name)
        folder.remove(temporary)

    def _second_name(self, folder: Folder, old: Stamp) -> str:
        name = f"{side_name(self._real.name)}.{old.words}.prev"
        folder.link(self._real.name, name)  # where it cannot have one, this protection is missing and all else holds
        return name

    def _stamp_of_ours(self, folder: Folder, written: Stamp) -> Stamp:
        """The stamp of what was written, which changed with its name; somebody else may have the name again already."""
        with contextlib.suppress(OSError):  # it is saved; the next look compares its bytes
            if (status := folder.status(self._real.name)) and (now := Stamp.of(status)).words == written.words:
                return now
        return written

    def _compare(self, folder: Folder, previous: str, now: datetime) -> Path | None:
        from signoff.storage.conflict_file import keep_unexpected

        kept = keep_unexpected(folder, self._real.name, previous, now)
        return self._real.parent / kept if kept else None
