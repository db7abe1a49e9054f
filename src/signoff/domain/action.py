"""Something to do after the meeting."""

from __future__ import annotations

from dataclasses import dataclass

from signoff.domain.when import When


@dataclass(frozen=True, slots=True, repr=False)
class Action:
    """One action of the follow-up list."""

    text: str
    """What is to be done."""
    owner: str = ""
    """Who does it; empty while nobody said so."""
    due: When | None = None
    """Until when; None while nobody said so."""
