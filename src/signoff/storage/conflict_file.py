"""Keeping what another writer of a file wrote in a file of its own, beside the one that it is about."""

from __future__ import annotations

from datetime import datetime

from signoff.folder import Folder
from signoff.storage.conflict_names import conflict_name
from signoff.storage.stamp import Stamp


def keep_bytes(folder: Folder, name: str, data: bytes, now: datetime, *, modified_ns: int | None) -> str:
    """Put what somebody else wrote into a conflict file.

    Args:
        folder: The folder.
        name: The name of the file that they wrote.
        data: What they wrote.
        now: The aware present.
        modified_ns: When they wrote it, in nanoseconds since 1970; None where that is not known.

    Returns:
        The name of the conflict file.

    Raises:
        OSError: When it cannot be written.
    """
    copy, _ = folder.write_temporary(name, data, like=folder.status(name), modified_ns=modified_ns)
    with folder.removed_on_failure(copy):
        kept = _free_name(folder, name, now)
        folder.replace(copy, kept)
    folder.sync()
    return kept


def keep_unexpected(folder: Folder, name: str, previous: str, now: datetime) -> str | None:
    """See whether a file that was replaced is the one it should have been, and keep it where it is not.

    Args:
        folder: The folder.
        name: The name of the file.
        previous: The second name of what was replaced, which says what it should have been.
        now: The aware present.

    Returns:
        The name of the conflict file; None where there is none.

    Raises:
        OSError: When it cannot be told or kept.
    """
    status = folder.status(previous)
    if status is None:
        return None
    is_expected = Stamp.of(status).words == previous.split(".")[-2]
    if is_expected or ((current := folder.status(name)) and current.st_ino == status.st_ino):
        folder.remove(previous)
        return None
    kept = _free_name(folder, name, now)
    folder.replace(previous, kept)
    folder.sync()
    return kept


def _free_name(folder: Folder, name: str, now: datetime) -> str:
    number = 1
    while folder.status(kept := conflict_name(name, now, number)) is not None:
        number += 1
    return kept
