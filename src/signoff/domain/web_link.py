"""Which links may be opened: http and https to a plain host, and nothing a browser or a shell might take otherwise."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

_LONGEST: Final = 2000


def why_not_opened(target: str) -> str:
    """Why a link is not opened, as a clause; empty for one that may be.

    Args:
        target: A URL as somebody gave it.
    """
    if len(target) > _LONGEST:
        return f"it has more than {_LONGEST} characters"
    if not target.isprintable() or " " in target or "\\" in target:
        return "it has spaces, backslashes or invisible characters"
    try:
        parts = urlsplit(target)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "it is not a valid address"
    if parts.scheme.lower() not in ("http", "https"):
        return "only http and https links are opened"
    if not host or host.startswith("-"):
        return "it names no host"
    if "@" in parts.netloc:
        return "it carries a user name"
    return "" if host.isascii() else f"its host has letters outside ASCII and may not be what it seems: {_ascii(host)}"


def _ascii(host: str) -> str:
    """A host as the network knows it."""
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return "it is no name at all"
