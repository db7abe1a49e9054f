"""Letters made of blocks, for a text that is read from the other end of a room.

Each letter is five dots high. Small, two dots share a cell, one above the other; large, a dot is two cells wide and
one high. Either way a dot is about square. ASCII knows no half of a cell: there a small dot is a whole one, and letters
are lean.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

_HEIGHT: Final = 5
_SPACE: Final = 3
"""Dots between two words."""

_SHAPES: Final = {
    "A": ".##. #..# #### #..# #..#",
    "B": "###. #..# ###. #..# ###.",
    "C": ".### #... #... #... .###",
    "D": "###. #..# #..# #..# ###.",
    "E": "#### #... ###. #... ####",
    "F": "#### #... ###. #... #...",
    "G": ".### #... #.## #..# .###",
    "H": "#..# #..# #### #..# #..#",
    "I": "### .#. .#. .#. ###",
    "J": "..## ...# ...# #..# .##.",
    "K": "#..# #.#. ##.. #.#. #..#",
    "L": "#... #... #... #... ####",
    "M": "#...# ##.## #.#.# #...# #...#",
    "N": "#...# ##..# #.#.# #..## #...#",
    "O": ".##. #..# #..# #..# .##.",
    "P": "###. #..# ###. #... #...",
    "Q": ".##. #..# #..# #.#. .#.#",
    "R": "###. #..# ###. #.#. #..#",
    "S": ".### #... .##. ...# ###.",
    "T": "##### ..#.. ..#.. ..#.. ..#..",
    "U": "#..# #..# #..# #..# .##.",
    "V": "#...# #...# .#.#. .#.#. ..#..",
    "W": "#...# #...# #.#.# ##.## #...#",
    "X": "#...# .#.#. ..#.. .#.#. #...#",
    "Y": "#...# .#.#. ..#.. ..#.. ..#..",
    "Z": "#### ...# .##. #... ####",
    "0": ".##. #.## #..# ##.# .##.",
    "1": ".#. ##. .#. .#. ###",
    "2": "###. ...# .##. #... ####",
    "3": "###. ...# .##. ...# ###.",
    "4": "#..# #..# #### ...# ...#",
    "5": "#### #... ###. ...# ###.",
    "6": ".##. #... ###. #..# .##.",
    "7": "#### ...# ..#. .#.. .#..",
    "8": ".##. #..# .##. #..# .##.",
    "9": ".##. #..# .### ...# .##.",
    ".": ". . . . #",
    ",": ".. .. .. .# #.",
    ":": ". # . # .",
    ";": ".. .# .. .# #.",
    "!": "# # # . #",
    "?": "##. ..# .#. ... .#.",
    "'": "# # . . .",
    "’": "# # . . .",
    '"': "#.# #.# ... ... ...",
    "-": "... ... ### ... ...",
    "–": ".... .... #### .... ....",
    "+": "... .#. ### .#. ...",
    "*": "... #.# .#. #.# ...",
    "=": "... ### ... ### ...",
    "/": "..# ..# .#. #.. #..",
    "\\": "#.. #.. .#. ..# ..#",
    "(": ".# #. #. #. .#",
    ")": "#. .# .# .# #.",
    "[": "## #. #. #. ##",
    "]": "## .# .# .# ##",
    "<": "..# .#. #.. .#. ..#",
    ">": "#.. .#. ..# .#. #..",
    "_": ".... .... .... .... ####",
    "#": ".#.#. ##### .#.#. ##### .#.#.",
    "%": "#..# ...# .##. #... #..#",
    "&": ".#.. #.#. .##. #.#. .#.#",
}


def can_be_blocks(text: str) -> bool:
    """Whether there is a shape for every letter of a text, once it is in capitals."""
    return all(letter == " " or letter in _SHAPES for letter in text.upper())


class Dot(Enum):
    """How large a dot is."""

    HALF = auto()
    """Half of a cell; a row of words has three lines."""
    WHOLE = auto()
    """One cell; a row of words has five lines."""
    DOUBLE = auto()
    """Two cells, side by side; a row of words has five lines."""


def block_lines(text: str, width: int, dot: Dot) -> list[str] | None:
    """A text as lines of blocks, with a blank line between its rows of words.

    Args:
        text: The text; `can_be_blocks` says whether it can be.
        width: How many cells there are.
        dot: How large a dot is.

    Returns:
        The lines; None when a word is wider than there is room for.
    """
    room = width // 2 if dot is Dot.DOUBLE else width
    rows: list[list[str]] = []
    for word in text.upper().split():
        dots = _dots(word)
        if len(dots[0]) > room:
            return None
        if rows and len(rows[-1][0]) + _SPACE + len(dots[0]) <= room:
            rows[-1] = [before + "." * _SPACE + after for before, after in zip(rows[-1], dots, strict=True)]
        else:
            rows.append(dots)
    lines = [line for row in rows for line in ("", *_painted(row, dot))]
    return lines[1:]


def _painted(dots: list[str], dot: Dot) -> list[str]:
    if dot is Dot.HALF:
        return _halves(dots)
    size = 2 if dot is Dot.DOUBLE else 1
    return ["".join(("█" if mark == "#" else " ") * size for mark in line).rstrip() for line in dots]


def _dots(word: str) -> list[str]:
    letters = [_SHAPES[letter].split(" ") for letter in word]
    return [".".join(letter[line] for letter in letters) for line in range(_HEIGHT)]


def _halves(dots: list[str]) -> list[str]:
    blank = "." * len(dots[0])
    pairs = zip(dots[::2], [*dots[1::2], blank], strict=True)
    return ["".join(_HALVES[up, down] for up, down in zip(*pair, strict=True)).rstrip() for pair in pairs]


_HALVES: Final = {("#", "#"): "█", ("#", "."): "▀", (".", "#"): "▄", (".", "."): " "}
