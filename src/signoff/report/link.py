"""Evidence as a link, where following it is harmless to offer; as text to copy where it is not."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit

from signoff.report.escape import code

_LONGEST: Final = 2000
"""How many characters a link may have."""
_HOST: Final = re.compile(r"([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")
_ENTITY: Final = re.compile(r"&[#A-Za-z0-9]+;")
_STRAY_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ALLOWED: Final = "-._~:/?#@!$&'()*+,;=%"
"""What RFC 3986 allows besides letters and digits. Its brackets belong to the host, which is not encoded."""


def web_link(target: str) -> str:
    """A target as `<https://…>`, or empty where it may not be a link.

    Only http and https, an ASCII host without user name, nothing invisible, and at most 2000 characters: a reader of a
    signed report follows its links in good faith.
    """
    if len(target) > _LONGEST or "\\" in target or any(not c.isprintable() or c.isspace() for c in target):
        return ""
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(parts.netloc):
        return ""
    rest = target.partition("://")[2][len(parts.netloc) :]
    url = f"{parts.scheme}://{parts.netloc}{quote(_STRAY_PERCENT.sub('%25', rest), safe=_ALLOWED)}"
    # Some readers decode entities in a link, others do not: a link that depends on it is no link.
    return "" if _ENTITY.search(url) else f"<{url}>"


def link(target: str) -> str:
    """A target as a link or, where it may not be one, as a code span; empty for none."""
    return web_link(target.strip()) or code(target)
