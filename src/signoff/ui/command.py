"""What can be done on a screen right now: its keys and those of what has the focus, each with who does it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from textual.dom import DOMNode
from textual.screen import Screen

from signoff.ui.bindings import keymap_of
from signoff.ui.keyboard.app_keys import QUIT
from signoff.ui.keyboard.key import Key


@dataclass(frozen=True, slots=True, repr=False)
class Command:
    """Something that can be done by a key, or by choosing it from a list."""

    key: Key
    """The key, as it is for this user."""
    owner: DOMNode
    """The screen or the widget that does it."""
    label: str
    """What it does; may hold text that a user typed."""
    why_not: str = ""
    """Why it cannot be done now; empty when it can."""


@runtime_checkable
class ExplainsKeys(Protocol):
    """A screen that knows more about its keys than their declarations say."""

    def label_of(self, key: Key) -> str:
        """What a key does here; may hold text that a user typed. Empty where it has nothing to do."""

    def why_not(self, key: Key) -> str:
        """Why a key can do nothing now; empty when it can."""


def commands_of(screen: Screen[object]) -> tuple[Command, ...]:
    """What can be done on a screen: the screen's keys first, then those of what has the focus, then the app's."""
    owners: list[tuple[DOMNode, Sequence[Key]]] = [(screen, _keys_of(screen))]
    if screen.focused is not None:
        owners += [(node, _keys_of(node)) for node in screen.focused.ancestors if node is not screen]
        owners.insert(1, (screen.focused, _keys_of(screen.focused)))
    owners.append((screen.app, (QUIT,)))
    commands: dict[str, Command] = {}
    keymap = keymap_of(screen)
    for owner, keys in owners:
        for key in keys:
            label, why_not = key.label, ""
            if isinstance(screen, ExplainsKeys):
                label, why_not = screen.label_of(key), screen.why_not(key)
            if label:
                commands.setdefault(key.id, Command(keymap.key(key), owner, label, why_not))
    return tuple(commands.values())


def matching(commands: Iterable[Command], query: str) -> tuple[Command, ...]:
    """The commands in which every word of a query stands: in what they do, in their keys, group or name."""
    words = query.casefold().split()
    return tuple(command for command in commands if all(word in _words_of(command) for word in words))


def _words_of(command: Command) -> str:
    key = command.key
    return f"{key.shown_all} {command.label} {key.group} {key.id}".casefold()


def _keys_of(node: DOMNode) -> Sequence[Key]:
    keys: Sequence[Key] = getattr(node, "KEYS", ())
    return keys
