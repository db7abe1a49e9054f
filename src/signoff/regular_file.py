"""Reading a file that anybody may have put where it is: it is never waited for, and never read without end."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from signoff.errors import MissingFileError, StorageError

MEGABYTE: Final = 1024 * 1024
_TO_READ: Final = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)  # without it a named pipe would hang the program for ever
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_AT_ONCE: Final = 64 * 1024


def read_bytes(path: Path, *, most: int, first: int | None = None) -> bytes:
    """The bytes of a regular file.

    Args:
        path: The file.
        most: How large it may be, in bytes.
        first: How many bytes to read; None for all of them.

    Raises:
        MissingFileError: When there is no such file.
        StorageError: When it cannot be read, is no regular file or is larger than allowed.
    """
    return read_file(path, most=most, first=first)[0]


def read_file(path: Path, *, most: int, first: int | None = None) -> tuple[bytes, os.stat_result]:
    """The bytes of a regular file, and what the file system says of the file they came from.

    Args:
        path: The file.
        most: How large it may be, in bytes.
        first: How many bytes to read; None for all of them.

    Raises:
        MissingFileError: When there is no such file.
        StorageError: When it cannot be read, is no regular file or is larger than allowed.
    """
    with open_regular(path) as (descriptor, status):
        data = b""
        if status.st_size <= most:  # which is no promise: it may grow, and what /proc has says that it is empty
            data = _read(descriptor, most + 1 if first is None else first, max(status.st_size, _AT_ONCE) + 1)
        if status.st_size > most or len(data) > most:
            raise StorageError(f"{path} is larger than {most // MEGABYTE} MB, so signoff does not read it.")
        return data, status


@contextlib.contextmanager
def open_regular(path: Path) -> Iterator[tuple[int, os.stat_result]]:
    """Hold a regular file open for reading; its descriptor, and what the file system says of it.

    Raises:
        MissingFileError: When there is no such file.
        StorageError: When it cannot be read, here or in the body, or is no regular file.
    """
    try:
        descriptor = _open(path)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise StorageError(f"{path} is not a regular file.")
            yield descriptor, status
        finally:
            os.close(descriptor)
    except FileNotFoundError as error:
        raise MissingFileError(f"There is no file {path}.") from error
    except OSError as error:
        raise StorageError(f"Cannot read {path}: {error.strerror or error}.") from error


def _open(path: Path) -> int:
    try:
        return os.open(path, _TO_READ)
    except ValueError as error:
        raise StorageError(f"Cannot read {path}: no file can have such a name.") from error


def _read(descriptor: int, most: int, likely: int) -> bytes:
    pieces, missing = [], most
    while missing and (piece := os.read(descriptor, min(missing, likely))):
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)
