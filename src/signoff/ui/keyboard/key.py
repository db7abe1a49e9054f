"""Keys, each declared once: bindings, footer, help, the settings and the README all come from the same declaration."""

from __future__ import annotations

from dataclasses import dataclass, replace

from signoff.ui.keyboard.key_names import key_name

NO_KEY = "(no key)"
"""What stands in a sentence for the key of something that has none; the list of commands still does it."""


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """One thing that a key does."""

    id: str
    """A dotted name, by which the settings change its keys. What is the same on several screens has one name."""
    keys: str
    """Textual's names of the keys, separated by commas; the first is the one that is shown. Empty for none."""
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
    changes: bool = False
    """Whether it changes the session, which a lock or a signature forbids."""

    @property
    def names(self) -> tuple[str, ...]:
        """Textual's names of its keys."""
        return tuple(self.keys.split(",")) if self.keys else ()

    @property
    def shown(self) -> str:
        """The first key as people read it."""
        return key_name(self.names[0]) if self.keys else NO_KEY

    @property
    def shown_all(self) -> str:
        """All keys as people read them."""
        return " ".join(key_name(name) for name in self.names)

    def in_footer(self, word: str, weight: int = 0) -> Key:
        """The same key on a screen whose footer has another word for it, or none."""
        return replace(self, footer=word, weight=weight)
