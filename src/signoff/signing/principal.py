"""The names people sign under.

What this program writes is narrow: a name that needs no quoting in `allowed_signers`, is no pattern there, and can be
pasted into the command an auditor runs. What it reads is wider, since a report may come from elsewhere.
"""

from __future__ import annotations

import unicodedata

from signoff.errors import SigningError

LONGEST = 200
"""How many characters a name or a role may have."""
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_MARKS = "@.+-_"


def single_line_fault(text: str) -> str | None:
    """Why `text` cannot stand as one visible line, as a clause; None where it can.

    Code points that this Python does not know yet are let through, so that every version judges a report the same.
    """
    if not text:
        return "is empty"
    if len(text) > LONGEST:
        return f"is longer than {LONGEST} characters"
    if text != text.strip():
        return "starts or ends with a blank"
    for char in text:
        category = unicodedata.category(char)
        if category in _HIDDEN or (category == "Zs" and char != " "):
            return f"contains the invisible character U+{ord(char):04X}"
    return None if unicodedata.is_normalized("NFC", text) else "is not in the Unicode form NFC"


def check_principal(name: str) -> None:
    """Raises SigningError where nobody may get a key under `name`."""
    fault = single_line_fault(name)
    if fault is None and not all(_fits(char) for char in name):
        fault = f"has characters other than letters, digits and {' '.join(_MARKS)}"
    if fault is None and not name[0].isalnum():
        fault = "does not start with a letter or a digit"
    if fault is not None:
        raise SigningError(f"The signer's name {fault}: use a name like an e-mail address.")


def _fits(char: str) -> bool:
    return char in _MARKS or unicodedata.category(char)[0] in "LNM"
