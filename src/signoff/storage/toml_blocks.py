"""The bytes of a TOML file, cut at its table headers without being parsed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

Block = bytes | memoryview
"""The text of a table in UTF-8, with its header and the comments and empty lines above that."""

_TOKEN: Final = re.compile(
    rb'"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"{3,5}'
    rb"|'''[^']*(?:'(?!'')[^']*)*'{3,5}"
    rb'|"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
    rb"|'[^'\n]*'"
    rb"|#[^\n]*"
    rb"|\[|\]|\{|\}",
    re.DOTALL,
)
"""Strings and comments, which may hold anything, and the brackets that are left."""
_HEADER: Final = re.compile(rb"\[(\[?)\s*([A-Za-z0-9_.\- \t]+?)\s*\]\]?[ \t]*(?:#[^\n]*)?\r?(?:\n|\Z)")


def blocks_of(data: bytes, start: int, is_edited: Callable[[str], bool]) -> Iterator[tuple[str, memoryview]]:
    """The names of the tables in a file, and their blocks.

    What is never edited stays together, be it of many tables: ten thousand blocks are dear to copy.

    Args:
        data: What is in the file. It is kept, and not copied: a file can have megabytes.
        start: Where its text begins.
        is_edited: Whether the table of a name is ever edited.

    Returns:
        The dotted name of each block's table, empty for what is before the first header, in brackets for an entry of a
        list of tables; and the block.
    """
    name, depth, whole = "", 0, memoryview(data)
    for token in _TOKEN.finditer(data, start):
        mark = token[0]
        if mark in b"]}":
            depth -= 1
        elif mark in b"[{":
            place = token.start()
            header = _HEADER.match(data, place) if depth == 0 and _begins_line(data, start, place) else None
            if header:
                table = header[2].decode("ascii")
                title = f"[{table}]" if header[1] else table
                if is_edited(title) or is_edited(name):
                    above = _above(data, start, place)
                    yield name, whole[start:above]
                    name, start = title, above
            depth += 1
    yield name, whole[start:]


def comments(text: str) -> Counter[str]:
    """The comments in a text, in their order, with how often each is there."""
    found = (token[0].decode("utf-8") for token in _TOKEN.finditer(text.encode("utf-8")))
    return Counter(token.rstrip() for token in found if token.startswith("#"))


def _above(data: bytes, start: int, header: int) -> int:
    """Where the comments and empty lines above a header begin: they are about the table that follows."""
    while header > start:
        line = max(start, data.rfind(b"\n", 0, header - 1) + 1)
        words = data[line:header].strip()
        if words and not words.startswith(b"#"):
            break
        header = line
    return header


def _begins_line(data: bytes, start: int, position: int) -> bool:
    return not data[max(start, data.rfind(b"\n", 0, position) + 1) : position].strip()
