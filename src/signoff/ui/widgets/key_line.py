"""The keys of a screen, in its last line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from signoff.ui.bindings import clickable, keymap_of
from signoff.ui.keyboard.key import Key
from signoff.ui.widgets.line import Line


class KeyLine(Line):
    """The footer. A click on a key does what the key does."""

    def __init__(self, keys: Sequence[Key]) -> None:
        super().__init__()
        self._keys = keys

    def line(self, width: int) -> Content:
        """As many keys as there is room for."""
        return footer(keymap_of(self).of(self._keys), width)


def footer(keys: Iterable[Key], width: int) -> Content:
    """A line of keys.

    Args:
        keys: The keys in their order; those without a footer word, or that no key does, are left out.
        width: How many cells there are; where they are not enough, the keys of the least weight are left out.
    """
    groups: list[list[Key]] = []
    for key in keys:
        if not key.footer or not key.keys:
            continue
        if groups and groups[-1][0].footer == key.footer:
            groups[-1].append(key)
        else:
            groups.append([key])
    while len(groups) > 1 and sum(_group(group).cell_length + 2 for group in groups) - 1 > width:
        lightest = min(reversed(groups), key=lambda group: group[0].weight)
        groups.remove(lightest)
    return Content(" ") + Content("  ").join(_group(group) for group in groups)


def _group(group: list[Key]) -> Content:
    names = Content("/").join(clickable(key.shown, key.action) for key in group)
    return names + Content(f" {group[0].footer}")
