"""A copy of a large file that is on the disk before it is needed, so that a save writes only what differs.

A file is replaced whole, so that nobody ever sees half of it. Where it has megabytes nearly all of a save goes into
bytes that are the same as before. So these are written and synchronised after the last save, while nobody waits; the
next save changes what differs in the copy, has that on the disk, and goes on as with any other temporary file.

The copy has no name until then. Nobody else can see it or write to it, and the system frees it however the program
ends. Only Linux knows such files, and not on every disk; without one everything is written.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from time import monotonic
from typing import Final

from signoff.folder import Folder
from signoff.storage.toml_blocks import Block

_WORTH_IT: Final = 256 * 1024
"""The fewest bytes of a file that gets a copy. For fewer a save takes as long with it."""
_ROOM: Final = 16
"""For how many copies the disk must have room: what nobody can see must not be what fills it."""
_IDLE_SECONDS: Final = 60.0
"""How long a copy waits for its save. A disk on which a file is open can not be taken out."""


class Spare:
    """The copy for the next save of one file. Not for use by two threads at once; whoever has it drops it."""

    def __init__(self) -> None:
        """There is none before the first save: a session that is only looked at costs the disk nothing."""
        self._copy: tuple[int, Sequence[Block]] | None = None
        """The file without a name, and what is in it."""
        self._replaced: int | None = None
        """The file whose place the last copy took. The system frees its bytes when it is let go, which takes as long as
        all else in a save; so that is done when nobody waits."""
        self._wanted: Sequence[Block] | None = None
        self._is_possible = True
        self._filled_at = 0.0

    def become(
        self, folder: Folder, name: str, pieces: Sequence[Block], *, like: os.stat_result | None, modified_ns: int
    ) -> tuple[str, os.stat_result] | None:
        """Make a temporary file of the copy, and have it on the disk; then there is none until it is filled again.

        Args:
            folder: The folder of the file.
            name: The name that it is to have in the end.
            pieces: The whole contents.
            like: The file that it will replace, which gives it its permissions and its owner; None for none.
            modified_ns: The time of modification that it shall bear, in nanoseconds since 1970.

        Returns:
            Its name, and what the file system says of it; None where there is no copy, or any step failed. Then
            everything has to be written to another file, and nothing here takes room from that.
        """
        copy, self._copy, self._wanted = self._copy, None, pieces
        self._let_go()
        if copy is None:
            return None
        descriptor, there = copy
        try:
            changes, size = _differences(there, pieces), sum(map(len, pieces))
            temporary = folder.name_unnamed(descriptor, name, changes, size, like=like, modified_ns=modified_ns)
        except OSError:
            self._is_possible = False
            return None
        finally:
            _close(descriptor)
        self._replaced = folder.hold(name)
        return temporary

    @property
    def is_wanted(self) -> bool:
        """Whether something was saved since it was last filled."""
        return self._wanted is not None

    def fill(self, folder: Folder) -> None:
        """Make a copy of what was saved last, where that is worth it; it takes as long as a save.

        Where that fails it is not tried again: the disk knows no such files, or is not well.
        """
        pieces, self._wanted = self._wanted, None
        self.drop()
        if pieces is None or not self._is_possible:
            return
        size = sum(map(len, pieces))
        try:
            if size >= _WORTH_IT and folder.room() >= size * _ROOM:
                self._copy, self._filled_at = (folder.write_unnamed(b"".join(pieces)), pieces), monotonic()
        except OSError:
            self._is_possible = False

    def drop_where_idle(self) -> None:
        """Let go of a copy that has waited for long."""
        if self._copy and monotonic() - self._filled_at > _IDLE_SECONDS:
            self.drop()

    def drop(self) -> None:
        """Let go of the copy, and of what it replaced."""
        copy, self._copy = self._copy, None
        if copy:
            _close(copy[0])
        self._let_go()

    def _let_go(self) -> None:
        replaced, self._replaced = self._replaced, None
        if replaced is not None:
            _close(replaced)


def _close(descriptor: int) -> None:
    with contextlib.suppress(OSError):  # what was saved has been synchronised, and the rest is of no use
        os.close(descriptor)


def _differences(old: Sequence[Block], new: Sequence[Block]) -> Iterator[tuple[int, Block]]:
    """Where new pieces differ from old ones, and what is there.

    Args:
        old: The pieces that are there. An edit leaves those that it does not change, so they are told by identity.
        new: The pieces that shall be there.
    """
    place = 0
    for number, (before, after) in enumerate(zip(old, new, strict=False)):
        if len(before) != len(after):
            yield place, b"".join(new[number:])
            return
        if before is not after:
            yield place, after
        place += len(after)
    yield place, b"".join(new[len(old) :])
