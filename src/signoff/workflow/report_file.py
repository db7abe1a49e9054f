"""Report files as bytes: read with a limit, written whole, and read back before anybody says that they are there."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from signoff.atomic_file import write_atomically
from signoff.errors import StorageError, UnconfirmedError

_LARGEST: Final = 64 * 1024 * 1024


def read_report(path: Path) -> bytes:
    """The bytes of a report.

    Raises:
        StorageError: When it is not there, cannot be read, or is far larger than any report.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise StorageError(f"{path} is too large to be a report.")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise StorageError(f"There is no file {path}.") from error
    except OSError as error:
        raise StorageError(f"Cannot read {path}: {error.strerror or error}.") from error


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
        same = path.read_bytes() == data
    except OSError as error:
        raise StorageError(f"{path} is written, but cannot be read back: {error.strerror or error}.") from error
    if not same:
        raise StorageError(f"{path} does not read back as it was written; write it to another disk.")


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False
