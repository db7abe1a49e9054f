"""Text that must not be shown: a traceback with local variables, a log or a `repr` prints only that it is there.

Python cannot wipe it from memory. This keeps it out of sight, not out of reach.
"""

from __future__ import annotations


class Secret:
    """A passphrase, or a private key in text form."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return "<secret>"

    def reveal(self) -> str:
        """The text itself; pass it on, and do not give it a name."""
        return self._text
