"""Evidence as a link, where following it is harmless to offer; as text to copy where it is not."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit

from signoff.domain.web_link import why_not_opened
from signoff.report.escape import code

_HOST: Final = re.compile(r"([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")
_ENTITY: Final = re.compile(r"&[#A-Za-z0-9]+;")
_STRAY_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ALLOWED: Final = "-._~:/?#@!$&'()*+,;=%"
"""What RFC 3986 allows besides letters and digits. Its brackets belong to the host, which is not encoded."""


def web_link(target: str) -> str:
    """A target as `<https://…>`, or empty where it may not be a link.

    A report links what the program itself would open, and less: its host is a plain name or a number, since a reader
    of a signed report follows its links in good faith.
    """
    if why_not_opened(target):
        return ""
    parts = urlsplit(target)
    if not _HOST.fullmatch(parts.netloc):
        return ""
    rest = target.partition("://")[2][len(parts.netloc) :]
    url = f"{parts.scheme}://{parts.netloc}{quote(_STRAY_PERCENT.sub('%25', rest), safe=_ALLOWED)}"
    # Some readers decode entities in a link, others do not: a link that depends on it is no link.
    return "" if _ENTITY.search(url) else f"<{url}>"


def link(target: str) -> str:
    """A target as a link or, where it may not be one, as a code span; empty for none."""
    return web_link(target.strip()) or code(target)
