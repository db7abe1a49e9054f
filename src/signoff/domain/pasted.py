"""What a pasted text holds: links that can be evidence, or words that can be a note."""

from __future__ import annotations

import re
from typing import Final

_URL: Final = r"https?://\S+"
_AROUND: Final = ").,;>]}'\""


def links_in(text: str) -> tuple[str, ...]:
    """The links in a text, each once, in their order.

    What stands around a link in prose is taken off its end; its query is kept, and so is its length.
    """
    found = (_trimmed(match[0]) for match in re.finditer(_URL, text, re.IGNORECASE))
    return tuple(dict.fromkeys(link for link in found if len(link) > len("https://")))


def _trimmed(link: str) -> str:
    while link and link[-1] in _AROUND:
        if link[-1] == ")" and link.count("(") >= link.count(")"):
            break  # it is a part of the address, as in an encyclopedia's
        link = link[:-1]
    return link
