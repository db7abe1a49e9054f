"""A copy of a large file that is on the disk before it is needed, so that a save writes only what differs.

A file is replaced whole, so that nobody ever sees half of it. Where it has megabytes nearly all of a save goes into
bytes that are the same as before. So these are written and synchronised after the last save, while nobody waits; the
next save changes what differs in the copy, has that on the disk, and goes on as with any other temporary file.

The copy has no name until then. Nobody else can see it or write to it, and the system frees it however the program
ends. Only Linux knows such files, and not on every disk; without one everything is written as it always was.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from typing import Final

from signoff.folder import Folder
from signoff.storage.toml_blocks import Block

_WORTH_IT: Final = 256 * 1024
"""The fewest bytes of a file that gets a copy. For fewer a save takes as long with it."""


class Spare:
    """The copy for the next save of one file. Not for use by two threads at once; whoever has it closes it."""

    def __init__(self) -> None:
        """There is none before the first save: a session that is only looked at costs the disk nothing."""
        self._descriptor: int | None = None
        self._there: Sequence[Block] = ()
        self._wanted: Sequence[Block] | None = None
        self._used: list[int] = []
        """What became of earlier copies. While the file that is replaced is held open the system need not free its
        bytes, which takes as long as all else in a save that has a copy."""

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
            everything has to be written to another file.
        """
        descriptor, there = self._descriptor, self._there
        self._descriptor, self._there, self._wanted = None, (), pieces
        if descriptor is None:
            return None
        temporary = None
        try:
            size = sum(map(len, pieces))
            changes = _differences(there, pieces)
            temporary = folder.name_unnamed(descriptor, name, changes, size, like=like, modified_ns=modified_ns)
        except OSError:
            pass
        finally:
            if temporary:
                self._used.append(descriptor)
            else:
                _close(descriptor)
        return temporary

    @property
    def is_wanted(self) -> bool:
        """Whether something was saved since it was last filled."""
        return self._wanted is not None

    def fill(self, folder: Folder) -> None:
        """Make a copy of what was saved last, where that is worth it. It takes as long as a save; it never fails."""
        pieces, self._wanted = self._wanted, None
        if pieces is None:
            return
        while len(self._used) > 1:
            _close(self._used.pop(0))
        with contextlib.suppress(OSError):
            if sum(map(len, pieces)) >= _WORTH_IT:
                self._descriptor, self._there = folder.write_unnamed(b"".join(pieces)), pieces

    def close(self) -> None:
        """Let go of the copy, and of what is held open."""
        for descriptor in (self._descriptor, *self._used):
            if descriptor is not None:
                _close(descriptor)
        self._descriptor, self._used = None, []


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
