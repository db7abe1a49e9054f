"""What backs an answer: a link or a local file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Evidence:
    """One piece of evidence."""

    target: str
    """The URL or the path, whole and as it was given."""
    title: str = ""
    """What it shows; empty when nobody said."""
    environment: str = ""
    """Where it was gathered, such as staging or prod; empty when nobody said."""
    sha256: str = ""
    """The hex digest of a local file's bytes when it was added; empty for a link."""

    @property
    def is_backing(self) -> bool:
        """Whether it can be looked at: an address, or a file that was there when it was added."""
        return "://" in self.target or bool(self.sha256)

    @property
    def is_link(self) -> bool:
        """Whether the target is a URL on the web."""
        return self.target.lower().startswith(("http://", "https://"))
