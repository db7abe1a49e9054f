"""Text being typed, kept apart from the session until it becomes an edit.

A note is not an edit before it is left, and a terminal can be closed in the middle of a word. What was typed so far is
kept here, one small file for each session, and offered again when the session is next opened.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from signoff.atomic_file import write_atomically
from signoff.errors import StorageError
from signoff.storage.locations import make_folder


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """A note that was being typed."""

    item: str
    """The id of the item it belongs to."""
    text: str
    """What was typed."""


class DraftFile:
    """The draft of one session."""

    def __init__(self, state: Path, session: Path) -> None:
        """Name the file.

        Args:
            state: The state folder.
            session: The session's file; two sessions of one name in two folders have two drafts.
        """
        self._folder = state / "drafts"
        self._session = session

    @cached_property
    def _path(self) -> Path:
        import hashlib

        name = hashlib.sha256(str(self._session.resolve()).encode()).hexdigest()[:32]
        return self._folder / f"{name}.json"

    def read(self) -> Draft | None:
        """The draft, or None where there is none that can be read."""
        try:
            if not any(os.scandir(self._folder)):
                return None
            import json

            data = json.loads(self._path.read_text(encoding="utf-8"))
            return Draft(str(data["item"]), str(data["text"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, draft: Draft) -> None:
        """Keep a draft in place of the one before.

        Raises:
            StorageError: When it cannot be written.
        """
        make_folder(self._path.parent)
        # ASCII escapes also carry the half of a surrogate pair that a broken paste can hold.
        import json

        data = json.dumps({"item": draft.item, "text": draft.text}).encode("ascii")
        try:
            write_atomically(self._path, data)
        except OSError as error:
            raise StorageError(f"Cannot keep the note being typed: {error.strerror or error}.") from error

    def remove(self) -> None:
        """Drop the draft: it became an edit."""
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)
