"""Text as it is shown in a report: every character that could hide, move or reorder others is spelt out.

The report is signed, so what a reader sees has to be what the signature covers. It also has to stay NFC in every later
version of Unicode: characters that this Python does not know yet are spelt out too, since only those may change.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_HIDDEN_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"})
_JOINERS: Final = frozenset("\u200c\u200d")
"""Format characters that scripts and emoji need; shown only between characters that can need them."""
_FILLERS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
"""Letters and marks by their category, and yet invisible."""
_CARRIES_NO_MARK: Final = frozenset("@\n ")
"""What a combining mark may not follow: at the start of a text it would join the report's own characters, and `@` is
followed by markup of ours."""
_MOST_MARKS: Final = 10
"""How many combining marks one character may carry. No script needs more, and Unicode's normalisation takes a time
quadratic in their number."""


def visible(text: str) -> str:
    r"""A text with everything invisible in it spelt out.

    Args:
        text: What a user typed, lone surrogates included.

    Returns:
        NFC. Line feeds stay (a pasted CRLF is one), a tab is a space, and every other control, format, private,
        unassigned or line-separating character is written like `\u{202e}`.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\t", " ")
    shown: list[str] = []
    holder, marks = "", 0
    for index, character in enumerate(text):
        category = unicodedata.category(character)
        is_mark = category[0] == "M"
        marks = marks + 1 if is_mark else 0
        if is_mark:
            hides = holder in _CARRIES_NO_MARK or not holder or marks > _MOST_MARKS or character in _FILLERS
        elif character in _JOINERS:
            hides = not _joins(holder, text[index + 1 : index + 2])
        else:
            hides = character != "\n" and (category in _HIDDEN_CATEGORIES or character in _FILLERS)
        shown.append(f"\\u{{{ord(character):x}}}" if hides else character)
        holder = "" if hides else character
    return unicodedata.normalize("NFC", "".join(shown))


def _joins(before: str, after: str) -> bool:
    return bool(before and after) and not before.isascii() and not after.isascii() and after not in _JOINERS
