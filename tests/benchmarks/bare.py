"""The least that a Textual program can be: one widget that can be focused and repaints on a key.

What this costs nobody can save. Started as a program; the benchmark puts it into a terminal beside signoff.
"""

from __future__ import annotations

from textual import events
from textual.app import App, ComposeResult
from textual.reactive import reactive
from textual.widget import Widget


class Counter(Widget, can_focus=True):
    """Counts the keys."""

    count: reactive[int] = reactive(0)

    def render(self) -> str:
        return f"bare {self.count}"

    def on_key(self, event: events.Key) -> None:
        event.stop()
        self.count += 1


class Bare(App[None]):
    """As Textual's tutorial would write it. Animations are off, as they are in signoff."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        yield Counter()

    def on_mount(self) -> None:
        self.animation_level = "none"
        self.query_one(Counter).focus()


if __name__ == "__main__":
    Bare().run()
