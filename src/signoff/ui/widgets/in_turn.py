"""The keys of a text field, done in the order in which they were pressed.

Textual's fields take letters when they come, and leave every other key to the app, which finds its binding. When keys
arrive together, as they do over a slow line, the letters behind a Backspace are in the field before it deletes.
"""

from __future__ import annotations

from textual import events
from textual.widget import Widget
from textual.widgets import TextArea


async def do_in_turn(field: Widget, event: events.Key) -> None:
    """Do what a key does that types nothing: here and now, not when the app comes to it.

    Args:
        field: The field that has the focus.
        event: The key.
    """
    # There is no public way to have a key's bindings tried now; the version is pinned in `pyproject.toml` and a test
    # types through a real terminal.
    if not event.is_printable and await field.app._check_bindings(event.key):
        event.stop()
        event.prevent_default()


class TextField(TextArea):
    """A text of several lines."""

    async def on_key(self, event: events.Key) -> None:
        """Do every key in its turn."""
        await do_in_turn(self, event)
