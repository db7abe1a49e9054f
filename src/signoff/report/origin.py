"""Where a report comes from: what the session itself cannot know."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """The file and the program behind a report."""

    session_sha256: str
    """The hex digest of the session file's bytes."""
    program_version: str
    """The version of signoff that makes the report."""

    @property
    def program(self) -> str:
        """The program with its version."""
        return f"signoff {self.program_version}"
