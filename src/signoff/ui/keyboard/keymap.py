"""Which keys do what for this user: the declared keys, with those that the settings changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from signoff.ui.keyboard.key import Key

_NEVER = "no_key"
"""A name that no terminal sends: Textual ignores a change to no key at all."""


@dataclass(frozen=True, slots=True, repr=False)
class Keymap:
    """The keys as they are changed."""

    changed: Mapping[str, str] = field(default_factory=dict)
    """Textual's names of the keys, separated by commas, by the id of what they do; empty for no key."""

    def of(self, keys: Iterable[Key]) -> tuple[Key, ...]:
        """Keys as they are for this user."""
        return tuple(self.key(key) for key in keys)

    def key(self, key: Key) -> Key:
        """A key as it is for this user."""
        return replace(key, keys=self.changed[key.id]) if key.id in self.changed else key

    def shown(self, key: Key) -> str:
        """What has to be pressed, as people read it."""
        return self.key(key).shown

    @property
    def for_textual(self) -> dict[str, str]:
        """The same for Textual, which binds by it."""
        return {id_: keys or _NEVER for id_, keys in self.changed.items()}
