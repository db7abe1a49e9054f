"""How much a session's file can grow by an edit, told before it is made: what cannot be opened again is not saved."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from signoff.domain.history import Change
from signoff.errors import SessionError
from signoff.storage.session_tables import plain
from signoff.storage.toml_file import LARGEST

_ESCAPED: Final = r'[\x00-\x1f\x7f"\\]'
_LINE: Final = 400
"""More than what stands around the texts of one change: keys, dates, brackets."""


def check_room(size: int, edits: Sequence[Change]) -> None:
    """See that a file stays small enough to be opened again.

    Args:
        size: How many bytes there are in it.
        edits: The changes that are to be put into it.

    Raises:
        SessionError: When it does not.
    """
    if size + sum(map(most_bytes, edits)) > LARGEST:
        raise SessionError("This would make the session's file larger than signoff can open again: say it shorter.")


def most_bytes(change: Change) -> int:
    """The most that a change adds to a file: what is now stands in its table and in history, what was in history."""
    return _LINE + _most(plain(change.was)) + 2 * _most(plain(change.now))


def _most(value: Any) -> int:
    if isinstance(value, str):
        return 8 + len(value.encode("utf-8", "replace")) + 5 * len(re.findall(_ESCAPED, value))
    if isinstance(value, Mapping):
        return sum(len(key) + 8 + _most(part) for key, part in value.items())
    if isinstance(value, list):
        return 8 + sum(8 + _most(part) for part in value)
    return 48
