"""Nothing, while people look at each other instead."""

from __future__ import annotations

from textual import events
from textual.screen import ModalScreen


class BlankScreen(ModalScreen[None], inherit_bindings=False):
    """An empty screen. Whatever key comes next only brings the slide back: nobody answers an item they do not see."""

    CSS = """
    BlankScreen { background: $background 100%; }
    """

    def on_key(self, event: events.Key) -> None:
        """Bring the slide back."""
        event.stop()
        self.dismiss(None)

    def on_click(self) -> None:
        """Bring the slide back."""
        self.dismiss(None)
