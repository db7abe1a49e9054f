"""The one boundary between text as it was typed and text as it is shown.

Neither Rich nor Textual keeps control sequences or bidirectional overrides away from the terminal, so a note could
write the clipboard or turn a verdict around. What is stored stays as typed; what is shown goes through here, and
whatever a terminal might act on becomes visible instead.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_JOINERS: Final = frozenset("\u200c\u200d")
"""Format characters that words and emoji need, and that move nothing."""

_HIDDEN_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"})

_MARKS: Final = frozenset({"Mn", "Me"})

_MOST_MARKS: Final = 30
"""How many combining marks one letter may bear, as in Unicode's stream-safe format: no language needs more."""


def safe_text(text: str, *, multiline: bool = False) -> str:
    """Make a text harmless to show.

    Args:
        text: What was typed, read from a file, or reported by another program.
        multiline: Whether line feeds are kept; otherwise each becomes a space.

    Returns:
        The text with every control, format, private, unassigned and line-separating character as `⟨U+001B⟩`, tabs as
        spaces, and without the combining marks that pile up on the lines around it.
    """
    if text.isascii() and text.isprintable():
        return text
    marks = 0
    shown: list[str] = []
    for character in text:
        if character == "\n":
            shown.append("\n" if multiline else " ")
        elif character == "\t":
            shown.append(" ")
        elif (category := unicodedata.category(character)) in _HIDDEN_CATEGORIES and character not in _JOINERS:
            shown.append(f"⟨U+{ord(character):04X}⟩")
        else:
            marks = marks + 1 if category in _MARKS else 0
            if marks <= _MOST_MARKS:
                shown.append(character)
    return "".join(shown)
