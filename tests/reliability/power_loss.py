"""What can be on a disk after a power cut, worked out from the calls that were made before it.

Two models. In the ordered one everything reaches the disk in the order in which it was asked for; a cut loses the end,
and a part of the last write. In the weak one nothing that was not synchronised is certain: of the bytes of a file all,
some or none are there, or zeros in their place; of the names that were given, taken and changed in a folder any may
have reached the disk and any other not.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reliability.faulty_disk import Call

State = tuple[tuple[str, bytes], ...]
"""The files in a folder and what is in them."""
_WRITES = ("open", "write", "ftruncate", "fsync", "link", "replace", "unlink")


@dataclass
class _File:
    """A file, whatever its names are."""

    certain: bytes = b""
    """What is in it for certain."""
    written: bytes = b""
    """What was written to it."""

    @property
    def possible(self) -> tuple[bytes, ...]:
        """What may be in it after a cut in the weak model."""
        if self.certain == self.written:
            return (self.written,)
        half = self.written[: len(self.written) // 2]
        zeros = bytes(len(self.written))
        return (self.certain, self.written, half, zeros, half + zeros[len(half) :])


@dataclass
class _Folder:
    """A folder while calls are made."""

    files: list[_File] = field(default_factory=list)
    """Every file there ever was."""
    certain: dict[str, int] = field(default_factory=dict)
    """The names that are there for certain, with the numbers of their files."""
    names: dict[str, int] = field(default_factory=dict)
    """The names as a running program sees them."""
    unnamed: dict[str, int] = field(default_factory=dict)
    """The files that were opened without a name, by what they go by."""
    uncertain: list[tuple[str, str, int]] = field(default_factory=list)
    """What was done to names since they were last synchronised."""

    def do(self, call: Call, folder: str) -> None:
        """Take note of a call."""
        if call.name == "open" and call.flags & os.O_CREAT:
            self.files.append(_File())
            self.change("give", call.path, len(self.files) - 1)
        elif call.opens_without_a_name:
            self.files.append(_File())
            self.unnamed[call.path] = len(self.files) - 1
        elif call.name == "write":
            file = self.files[self.number(call.path)]
            file.written = file.written[: call.at] + call.data + file.written[call.at + len(call.data) :]
        elif call.name == "ftruncate":
            file = self.files[self.number(call.path)]
            file.written = file.written[: call.at]
        elif call.name == "fsync" and call.path == folder:
            self.certain, self.uncertain = dict(self.names), []
        elif call.name == "fsync":
            file = self.files[self.number(call.path)]
            file.certain = file.written
        elif call.name in ("link", "replace"):
            number = self.number(call.path)
            self.change("give", call.to, number, taking=call.path if call.name == "replace" else "")
        elif call.name == "unlink" and call.path in self.names:
            self.change("take", call.path, 0)

    def number(self, path: str) -> int:
        """The number of the file that goes by a path."""
        return self.unnamed[path] if path in self.unnamed else self.names[path]

    def change(self, what: str, name: str, number: int, taking: str = "") -> None:
        """Give or take a name, in one step with taking another."""
        self.uncertain.append((f"{what} {taking}", name, number))
        self.names = _changed(self.names, self.uncertain[-1:])


def _changed(names: dict[str, int], changes: Sequence[tuple[str, str, int]]) -> dict[str, int]:
    names = dict(names)
    for what, name, number in changes:
        what, _, taking = what.partition(" ")
        names.pop(taking, None)
        if what == "give":
            names[name] = number
        else:
            names.pop(name, None)
    return names


def states(before: dict[str, bytes], calls: Sequence[Call], folder: str, *, weak: bool) -> Iterator[tuple[int, State]]:
    """What can be in a folder if the power is cut after each number of calls.

    Args:
        before: What was in the folder, for certain.
        calls: The calls.
        folder: The folder, relative to the disk.
        weak: Whether the order counts for nothing.
    """
    there = _Folder([_File(data, data) for data in before.values()])
    there.certain = there.names = {name: number for number, name in enumerate(before)}
    for number in range(len(calls) + 1):
        for state in set(_weak(there) if weak else _ordered(there, calls[number - 1 : number])):
            yield number, state
        if number < len(calls) and calls[number].name in _WRITES:
            there.do(calls[number], folder)


def _weak(there: _Folder) -> Iterator[State]:
    for size in range(len(there.uncertain) + 1):
        for some in itertools.combinations(there.uncertain, size):
            names = _changed(there.certain, some)
            contents = [there.files[number].possible for number in names.values()]
            for data in itertools.product(*contents):
                yield tuple(sorted(zip(names, data, strict=True)))


def _ordered(there: _Folder, last: Sequence[Call]) -> Iterator[State]:
    yield tuple(sorted((name, there.files[number].written) for name, number in there.names.items()))
    for call in last:
        if call.name == "write" and call.path in there.names:
            torn = {name: there.files[number].written for name, number in there.names.items()}
            torn[call.path] = torn[call.path][: len(torn[call.path]) - len(call.data) // 2]
            yield tuple(sorted(torn.items()))


def put(state: State, root: Path) -> None:
    """Make a folder what it is in a state."""
    for path in root.iterdir():
        path.unlink()
    for name, data in state:
        (root / Path(name).name).write_bytes(data)
