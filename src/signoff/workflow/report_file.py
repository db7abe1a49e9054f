"""Report files as bytes: read with a limit, written whole, and read back before anybody says that they are there."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Final

from signoff.atomic_file import write_atomically, write_document
from signoff.errors import StorageError, UnconfirmedError
from signoff.regular_file import MEGABYTE, read_bytes

_LARGEST: Final = 64 * MEGABYTE


def read_report(path: Path) -> bytes:
    """The bytes of a report.

    Raises:
        StorageError: When it is not there, cannot be read, is no regular file, or is far larger than any report.
    """
    return read_bytes(path, most=_LARGEST)


def write_report(path: Path, data: bytes, *, replace: bool = False) -> None:
    """Write a report to a file of its own and read it back. It is as readable as any document of the user's.

    Args:
        path: The file. No link is followed, so that nobody who put one there chooses what is written over.
        data: The report.
        replace: Whether a file that is there is replaced.

    Raises:
        UnconfirmedError: When it is written, and the disk failed afterwards.
        StorageError: When it cannot be written, is there already, or is not the same when it is read back.
    """
    try:
        _check_is_no_link(path)
        write_document(path, data, replace=replace)
    except FileExistsError as error:
        raise StorageError(f"{path} is there already: choose another name.") from error
    except OSError as error:
        raise _not_written(path, data, error) from error
    _check_read_back(path, data)


def rewrite_report(path: Path, data: bytes) -> None:
    """Put a report with more sign-offs in place of the one that was read; it keeps its permissions.

    Args:
        path: The file. Where it is a link, the report is where it was read: at its end.
        data: The report.

    Raises:
        UnconfirmedError: When it is written, and the disk failed afterwards.
        StorageError: When it cannot be written, or is not the same when it is read back.
    """
    try:
        write_atomically(path, data)
    except OSError as error:
        raise _not_written(path, data, error) from error
    _check_read_back(path, data)


def _check_is_no_link(path: Path) -> None:
    try:
        kind = path.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISLNK(kind):
        raise StorageError(
            f"{path} is a link, and a report is never written through one: give the file itself, or remove it."
        )
    if not stat.S_ISREG(kind):
        raise StorageError(f"{path} is not a regular file.")


def _not_written(path: Path, data: bytes, error: OSError) -> StorageError:
    """What to say of a report that could not be written, or that is there although a later step failed."""
    if _holds(path, data):
        return UnconfirmedError(path, error)
    return StorageError(f"Cannot write {path}: {error.strerror or error}. Choose another folder.")


def _check_read_back(path: Path, data: bytes) -> None:
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
