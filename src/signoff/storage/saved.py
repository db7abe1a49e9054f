"""What is known at any time about a session and its disk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from signoff.storage.session_lock import Holder


@dataclass(frozen=True, slots=True, repr=False)
class Saved:
    """What is on the disk, and what is done about the rest."""

    revision: int
    """The last revision that is in the file for certain."""
    at: datetime | None = None
    """When it was saved; None for one that was there when the session was opened."""
    problem: str = ""
    """Why the newest revision is not there; empty while all is well."""
    since: datetime | None = None
    """Since when edits wait for the file; None while all is well."""
    kept: int = 0
    """The last revision that the journal holds while the file does not; 0 for none."""
    unkept: str = ""
    """Why the journal takes nothing; empty while it does."""
    holder: Holder | None = None
    """Who has the session open so that this window only shows it; None while it is this one's."""

    @property
    def concerns_all(self) -> bool:
        """Whether everybody in the meeting has to know: answers are not in the file, or cannot be given here."""
        return bool(self.problem or self.holder)
