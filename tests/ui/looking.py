"""What a screen looks like beyond its text: what each cell is there for, and how well it can be read.

A screen is worn in a theme in which no two colours are alike, so that a colour names what it is there for. What is seen
in this way holds for every theme; only its contrasts are its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from rich.style import Style
from textual.geometry import Region
from textual.screen import ModalScreen
from walking import Walk

from signoff.storage.theme_file import COLORS, STATUSES, ThemeColors

_LETTERS = {
    "foreground": "t",
    "muted": "m",
    "rule": "l",
    "accent": "a",
    "background": "b",
    "pass": "p",
    "fail": "f",
    "condition": "c",
    "risk": "k",
    "na": "n",
    "open": "o",
}
"""What a cell's text is there for, as one letter: a capital where it is bold."""
_COLORS = {name: f"#{number:02X}{200 - number:02X}40" for number, name in enumerate((*COLORS, *STATUSES), 1)}
ROLES = ThemeColors(
    "Roles",
    dark=True,
    colors={name: _COLORS[name] for name in COLORS},
    status={name: _COLORS[name] for name in STATUSES},
    name="roles",
)
"""The theme in which a colour names what it is there for."""
_NAMES = {color: name for name, color in _COLORS.items()}
_DRAWN = frozenset("─│┌┐└┘├┤┬┴┼█▀▄▁▂▃▅▆▇▒·")
"""What is drawn rather than written."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell."""

    text: str
    style: Style

    @property
    def color(self) -> str:
        return self.style.color.get_truecolor().hex.upper() if self.style.color else ""

    @property
    def ground(self) -> str:
        return self.style.bgcolor.get_truecolor().hex.upper() if self.style.bgcolor else ""


def cells(walk: Walk) -> list[list[Cell]]:
    """The cells of the screen, line by line; each is as wide as its character."""
    strips = walk.app.screen._compositor.render_strips()
    return [[Cell(c, seg.style or Style.null()) for seg in strip for c in seg.text] for strip in strips]


def roles(walk: Walk) -> str:
    """What each cell is there for, line by line: a letter for its text, and behind each line the grounds of its parts.

    What lies under a dialog is dimmed, in colours that are nobody's: a dash.
    """
    return "\n".join(f"{''.join(map(_letter, line))}{_grounds(line)}".rstrip() for line in cells(walk))


def _letter(cell: Cell) -> str:
    if not cell.text.strip():
        return " "
    letter = _LETTERS.get(_NAMES.get(cell.ground if cell.style.reverse else cell.color, ""), "-")
    return letter.upper() if cell.style.bold else letter


def _grounds(line: list[Cell]) -> str:
    parts, start = [], 0
    for ground, group in groupby(line, key=lambda cell: _NAMES.get(cell.ground, "")):
        end = start + len(list(group))
        if ground not in ("", "background"):
            parts.append(f"{ground} {start}-{end}")
        start = end
    return "  {" + ", ".join(parts) + "}" if parts else ""


def weights(walk: Walk) -> str:
    """How each cell is written where there are no colours: bold, underlined, reversed, or two of these."""
    return "\n".join("".join(map(_weight, line)).rstrip() for line in cells(walk))


def _weight(cell: Cell) -> str:
    style = cell.style
    if style.reverse:
        return "R" if style.bold else "r"
    if not cell.text.strip():
        return " "
    if style.underline:
        return "U" if style.bold else "u"
    return "b" if style.bold else "."


def words_and_grounds(walk: Walk) -> dict[tuple[str, str], str]:
    """What is written on what: the names of the two colours, and the first words that are written so.

    A colour of no name would be one that no theme has been asked about.
    """
    found: dict[tuple[str, str], str] = {}
    for line in _lines_to_read(walk):
        for colors, group in groupby(line, key=lambda cell: (cell.color, cell.ground)):
            text = "".join(cell.text for cell in group if cell.text not in _DRAWN).strip()
            if text:
                color, ground = (_NAMES.get(color, color) for color in colors)
                found.setdefault((color, ground), text)
    return found


def _lines_to_read(walk: Walk) -> Iterator[list[Cell]]:
    """The lines of the screen, or of the dialog that lies above it: the rest is dimmed on purpose."""
    screen = walk.app.screen
    region = Region(0, 0, *screen.size)
    if isinstance(screen, ModalScreen) and screen.styles.background.a not in (0, 1):
        region = screen.query_one(".dialog").region
    for line in cells(walk)[region.y : region.bottom]:
        yield line[region.x : region.right]
