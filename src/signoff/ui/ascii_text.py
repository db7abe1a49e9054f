"""Text in ASCII, for a terminal, a font or a pair of eyes for which that is all there is.

Nothing on the screens knows of this: they are painted as always, and each character becomes the one that stands for it,
cell for cell.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from rich.cells import cell_len, set_cell_size

_SIGNS: Final = {
    # The boxes.
    "✓": "Y",
    "✗": "X",
    "↻": "R",
    "»": ">",
    # The bar, the blocks of large letters, the ends of scrollbars.
    **dict.fromkeys("▅▆▇█", "#"),
    **dict.fromkeys("▀▔", '"'),
    **dict.fromkeys("▁▂▃▄", "_"),
    **dict.fromkeys("▉▊▋▌▍▎▏▐▕", "|"),
    "▒": "%",
    "·": ".",
    # What texts have.
    "…": "~",
    "⟨": "<",
    "⟩": ">",
    "–": "-",
    "—": "-",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "«": "<",
    "→": ">",
    "←": "<",
    "•": "*",
    "×": "x",
    # The lines.
    "─": "-",
    "━": "-",
    "│": "|",
    "┃": "|",
}
_CROSSINGS: Final = range(ord("─"), ord("╿") + 1)
"""The characters that lines are drawn with: whatever is no line is where lines meet."""


@lru_cache(4096)
def ascii_text(text: str) -> str:
    """A text in ASCII, exactly as wide as it was.

    Args:
        text: A text that is safe to show.
    """
    if text.isascii():
        return text
    return set_cell_size("".join(map(_sign, text)), cell_len(text))


def _sign(character: str) -> str:
    if character.isascii():
        return character
    if sign := _SIGNS.get(character):
        return sign
    if ord(character) in _CROSSINGS:
        return "+"
    # A letter without its accent is read more easily than a question mark.
    letters = "".join(part for part in unicodedata.normalize("NFKD", character) if part.isascii())
    width = cell_len(character)
    return letters if width and len(letters) == width else "?" * width
