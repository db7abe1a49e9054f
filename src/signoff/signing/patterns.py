"""OpenSSH's pattern lists: `*@example.com,!intern@example.com`.

Matching is on bytes, as OpenSSH does it, so that `?` means the same here and there. No regular expressions: a list from
elsewhere must not be able to make them run for ever.
"""

from __future__ import annotations


def matches_list(text: str, patterns: str) -> bool:
    """Whether a pattern of the comma-separated list matches, and none of those with `!` does."""
    found = False
    for pattern in patterns.encode("utf-8").split(b","):
        negated = pattern.startswith(b"!")
        if _matches(text.encode("utf-8"), pattern[1:] if negated else pattern):
            if negated:
                return False
            found = True
    return found


def names_exactly(text: str, patterns: str) -> bool:
    """Whether the list contains `text` itself, rather than a pattern that happens to match it."""
    return text in patterns.split(",")


def _matches(text: bytes, pattern: bytes) -> bool:
    at = place = 0
    star = resume = -1
    while at < len(text):
        if pattern[place : place + 1] == b"*":
            star, resume = place, at
            place += 1
        elif place < len(pattern) and pattern[place] in (ord("?"), text[at]):
            at, place = at + 1, place + 1
        elif star >= 0:
            # Back to the last star, which takes one byte more. Earlier stars never need to move.
            resume += 1
            at, place = resume, star + 1
        else:
            return False
    return not pattern[place:].strip(b"*")
