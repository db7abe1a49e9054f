"""A line of text as large as a terminal can show it: letters of blocks, capitals with space between them, capitals."""

from __future__ import annotations

import textwrap
from enum import Enum, auto
from typing import Final

from rich.cells import cell_len

from signoff.domain.safe_text import safe_text
from signoff.ui.widgets.block_letters import Dot, block_lines, can_be_blocks
from signoff.ui.widgets.detail_pane import wrapped

_WIDTH_FOR_BLOCKS: Final = 96
"""Below this a row of blocks holds two words, and a text of eight words fills the screen."""
_WIDTH_FOR_LARGE_BLOCKS: Final = 160


class Lettering(Enum):
    """The ways to write a text, the largest first."""

    LARGE_BLOCKS = auto()
    BLOCKS = auto()
    SPACED = auto()
    CAPITALS = auto()

    @property
    def is_blocks(self) -> bool:
        """Whether the letters are drawn rather than written, so that the text should stand somewhere as it is."""
        return self in (Lettering.LARGE_BLOCKS, Lettering.BLOCKS)


def large_lines(text: str, width: int, lettering: Lettering, small_dot: Dot) -> list[str] | None:
    """A text in one lettering, whole and wrapped.

    Args:
        text: A text that somebody typed.
        width: How many cells there are.
        lettering: How it is written.
        small_dot: What the smaller of the drawn letters are made of.

    Returns:
        Its lines; None when it cannot be written so. Capitals can always be.
    """
    shown = safe_text(text)
    if lettering.is_blocks:
        large = lettering is Lettering.LARGE_BLOCKS
        enough = width >= (_WIDTH_FOR_LARGE_BLOCKS if large else _WIDTH_FOR_BLOCKS)
        dot = Dot.DOUBLE if large else small_dot
        return block_lines(shown, width, dot) if enough and can_be_blocks(shown) else None
    words = [_in_capitals(word) for word in shown.split()]
    if lettering is Lettering.CAPITALS:
        return list(wrapped(" ".join(words), width))
    if not all(_can_be_spaced(word) and 2 * len(word) - 1 <= width for word in words):
        return None
    # A space that is not one: only those between two words may break the line.
    spaced = ["\x00".join(word) for word in words]
    lines = textwrap.wrap("\x01\x01 ".join(spaced), width, break_long_words=False, break_on_hyphens=False)
    return [line.rstrip("\x01").replace("\x00", " ").replace("\x01", " ") for line in lines]


def _in_capitals(word: str) -> str:
    """A word in capitals; a path or a name from the code means something else in capitals, so it stays."""
    bare = word.lstrip("(\"'`[")
    return word if bare.startswith(("/", "--", "`")) or "_" in word or "://" in word else word.upper()


def _can_be_spaced(word: str) -> bool:
    """Whether a word's letters may be pulled apart: not in scripts that join them or stack marks on them."""
    return all(cell_len(letter) == 1 and (not letter.isalpha() or letter.upper() != letter.lower()) for letter in word)
