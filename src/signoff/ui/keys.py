"""Keys, each declared once: the bindings, the footer and the help all come from the same declaration."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from textual.binding import Binding
from textual.content import Content
from textual.style import Style

_NAMES: Final = {
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "delete": "Del",
    "backspace": "Bksp",
    "tab": "Tab",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "full_stop": ".",
    "question_mark": "?",
    "at": "@",
    "slash": "/",
    "colon": ":",
    "shift+tab": "Shift+Tab",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
}


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """One thing that a key does on a screen."""

    id: str
    """A dotted name, unique in the program."""
    keys: str
    """Textual's names of the keys, separated by commas; the first is the one that is shown."""
    action: str
    """The action, without the screen's namespace."""
    label: str
    """What it does, in a few words."""
    group: str
    """The heading under which the help lists it."""
    footer: str = ""
    """The word in the footer; neighbours with the same word share it. Empty for a key that only the help shows."""
    weight: int = 0
    """How long it stays in the footer as the screen gets narrower; the smallest goes first."""

    @property
    def shown(self) -> str:
        """The first key as people read it."""
        return key_name(self.keys.partition(",")[0])

    @property
    def shown_all(self) -> str:
        """All keys as people read them."""
        return " ".join(key_name(key) for key in self.keys.split(","))

    @property
    def binding(self) -> Binding:
        """The key as Textual binds it."""
        return Binding(self.keys, self.action, self.label, show=False, key_display=self.shown, id=self.id)


def key_name(key: str) -> str:
    """A key as people read it: `Space`, `?`, `Ctrl+P`."""
    if key.startswith("ctrl+"):
        return f"Ctrl+{key[5:].upper()}"
    return _NAMES.get(key, key if len(key) == 1 else key.upper())


def bindings(keys: Iterable[Key]) -> list[Binding]:
    """The bindings of some keys."""
    return [key.binding for key in keys]


def footer(keys: Iterable[Key], width: int) -> Content:
    """The line of keys at the bottom of a screen; a click on one does what the key does.

    Args:
        keys: The keys in their order; those without a footer word are left out.
        width: How many cells there are; where they are not enough, the keys of the least weight are left out.
    """
    groups: list[list[Key]] = []
    for key in keys:
        if key.footer and groups and groups[-1][0].footer == key.footer:
            groups[-1].append(key)
        elif key.footer:
            groups.append([key])
    while len(groups) > 1 and sum(_group(group).cell_length + 2 for group in groups) - 1 > width:
        lightest = min(reversed(groups), key=lambda group: group[0].weight)
        groups.remove(lightest)
    return Content(" ") + Content("  ").join(_group(group) for group in groups)


def _group(group: list[Key]) -> Content:
    names = Content("/").join(clickable(key.shown, key.action) for key in group)
    return names + Content(f" {group[0].footer}")


def clickable(text: str, action: str) -> Content:
    """A text that does what a key of the screen does. The text is shown as it is, markup or not.

    Args:
        text: Text that is safe to show.
        action: The action, without the screen's namespace.
    """
    return Content(text).stylize(Style.from_meta({"@click": f"screen.{action}"}))
