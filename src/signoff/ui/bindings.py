"""From the declared keys to what Textual binds and what a widget shows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from textual.binding import Binding
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from signoff.ui.keyboard.key import Key
from signoff.ui.keyboard.keymap import Keymap


def bindings(keys: Iterable[Key]) -> list[Binding]:
    """The bindings of some keys, as they are declared; Textual changes them by the app's keymap."""
    return [Binding(key.keys, key.action, key.label, show=False, id=key.id) for key in keys]


def keymap_of(widget: Widget) -> Keymap:
    """The keys as they are for the user who sees a widget; as they are declared where its app has nothing to say."""
    keymap = getattr(widget.app, "keymap", None)
    return keymap if isinstance(keymap, Keymap) else Keymap()


def clickable(text: str, action: str) -> Content:
    """A text that does what a key of the screen does. The text is shown as it is, markup or not.

    Args:
        text: Text that is safe to show.
        action: The action, with the app's namespace or without that of the screen.
    """
    return Content(text).stylize(_clicked(action))


@cache
def _clicked(action: str) -> Style:
    return Style.from_meta({"@click": click_action(action)})


def click_action(action: str) -> str:
    """A key's action as it is named where a click asks for it."""
    return action if action.startswith("app.") else f"screen.{action}"
