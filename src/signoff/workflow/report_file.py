"""Report files as bytes: read with a limit, written whole, and read back before anybody says that they are there."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from signoff.atomic_file import write_atomically
from signoff.errors import StorageError, UnconfirmedError
from signoff.regular_file import MEGABYTE, read_bytes

_LARGEST: Final = 64 * MEGABYTE


def read_report(path: Path) -> bytes:
    """The bytes of a report.

    Raises:
        StorageError: When it is not there, cannot be read, is no regular file, or is far larger than any report.
    """
    return read_bytes(path, most=_LARGEST)


def write_report(path: Path, data: bytes) -> None:
    """Write a report to a file and read it back.

    Raises:
        UnconfirmedError: When it is written, and the disk failed afterwards.
        StorageError: When it cannot be written, or is not the same when it is read back.
    """
    try:
        write_atomically(path, data, mode=0o644)
    except OSError as error:
        if _holds(path, data):
            raise UnconfirmedError(path, error) from error
        raise StorageError(f"Cannot write {path}: {error.strerror or error}. Choose another folder.") from error
    try:
        same = read_report(path) == data
    except StorageError as error:
        raise StorageError(f"{path} is written, but cannot be read back: {error}") from error
    if not same:
        raise StorageError(f"{path} does not read back as it was written; write it to another disk.")


def _holds(path: Path, data: bytes) -> bool:
    try:
        return read_report(path) == data
    except StorageError:
        return False
