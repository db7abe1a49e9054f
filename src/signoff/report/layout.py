"""The two shapes that everything in the human part has: a list of facts, and a table.

User text stands last on its line, in a cell of its own or behind `> `, so that it cannot pose as the fact beside it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from signoff.report.escape import inline, quoted

NONE: Final = ["None."]
"""A section that has nothing to say says so: nobody has to wonder whether it was left out."""
_WIDEST_PADDED: Final = 60
"""Columns are lined up for those who read the plain text, but not for the sake of one long cell."""


def fact(label: str, shown: str, indent: str = "") -> list[str]:
    """One line `- Label: value` of Markdown that is safe already; no line for an empty value."""
    return [f"{indent}- {label}: {shown}"] if shown else []


def told(label: str, text: str, indent: str = "") -> list[str]:
    """What a user told, on the line of its label where it is one line, else as a quotation under it."""
    lines = quoted(text)
    if len(lines) > 1:
        return [f"{indent}- {label}:", *(f"{indent}  {line}" for line in lines)]
    return fact(label, inline(text), indent)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table of cells that are safe already; an empty cell shows `-`."""
    cells = [[cell or "-" for cell in row] for row in rows]
    columns = list(zip(head, *cells, strict=True))
    widths = [max((w for w in map(_width, column) if w <= _WIDEST_PADDED), default=3) for column in columns]
    rule = "| " + " | ".join("-" * width for width in widths) + " |"
    return [_row(head, widths), rule, *(_row(row, widths) for row in cells)]


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True))
    return "| " + " | ".join(padded) + " |"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c) for c in text)
