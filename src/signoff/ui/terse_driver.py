"""What is painted, in fewer bytes: over a slow line they are what a key costs.

Rich opens the style of each piece of text in full and closes it after it, also where the next piece has the same. Here
a style is told when text comes that has it, and only what is another than before.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from textual.driver import Driver

_STYLE: Final = re.compile(r"\x1b\[([\d;]*)m")
_CLOSES: Final = ("", "0")
_MOVES: Final = re.compile(r"(?:\x1b\[\d+;\d+H|[\r\n])*")
"""What leads from one piece of text to the next and paints nothing: there a style may stay open."""

_WHOLE: Final = re.compile(r"0((?:;[1345789])*);(38;2;\d+;\d+;\d+|38;5;\d+);(48;2;\d+;\d+;\d+|48;5;\d+)")
"""A whole style, as Rich tells it: attributes, colour, ground."""
_OFF: Final = {"1": "22", "3": "23", "4": "24", "7": "27", "9": "29"}
"""What ends an attribute alone. There is none for the second, dim: it would end bold as well."""


def terse(driver: type[Driver]) -> type[Driver]:
    """A driver that tells its terminal the same in fewer bytes.

    Args:
        driver: Textual's driver for the terminal.
    """

    class TerseDriver(driver):  # type: ignore[valid-type, misc]
        def write(self, data: str) -> None:
            super().write(with_fewer_styles(data))

    return TerseDriver


def with_fewer_styles(data: str) -> str:
    """What looks the same on a terminal, and leaves it in the same style.

    Args:
        data: Text with its control sequences.
    """
    told: list[str] = []
    # The parameters of the sequences since the style was last closed, beginning with that: `0;1;31`. Without the 0,
    # what was before them is not known.
    worn = wanted = ""
    for position, part in enumerate(_STYLE.split(data)):
        if position % 2:
            wanted = f"{wanted};{part}" if wanted and part not in _CLOSES else part or "0"
        elif part:
            if wanted != worn and not _MOVES.fullmatch(part):
                told.append(_change(worn, wanted))
                worn = wanted
            told.append(part)
    if wanted != worn:
        told.append(_change(worn, wanted))
    return "".join(told)


@lru_cache(4096)
def _change(worn: str, wanted: str) -> str:
    """The sequence that leads from one style to another."""
    if worn and wanted.startswith(f"{worn};"):
        return f"\x1b[{wanted.removeprefix(f'{worn};')}m"
    return f"\x1b[{_difference(worn, wanted) or wanted}m"


def _difference(worn: str, wanted: str) -> str:
    """The parameters of what is another in a style; empty where only the whole style will do."""
    before, after = _WHOLE.fullmatch(worn), _WHOLE.fullmatch(wanted)
    if not before or not after:
        return ""
    had, has = (style[1].split(";")[1:] for style in (before, after))
    ended = [attribute for attribute in had if attribute not in has]
    if not _OFF.keys() >= {*ended}:
        return ""
    begun = [attribute for attribute in has if attribute not in had]
    colors = [new for old, new in zip(before.groups()[1:], after.groups()[1:], strict=True) if new != old]
    return ";".join([*map(_OFF.__getitem__, ended), *begun, *colors])
