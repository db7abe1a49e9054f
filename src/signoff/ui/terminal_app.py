"""A Textual app as a meeting needs one: what is painted, in how many bytes, and in which order keys are done.

It knows nothing of sessions. Where Textual has no public place for something, the version is pinned in `pyproject.toml`
and a test looks at what comes of it.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import shutil
import sys
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.driver import Driver
from textual.filter import LineFilter
from textual.geometry import Size
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

from signoff.ui.line_filters import filters_for
from signoff.ui.terminal_guard import guard_terminal
from signoff.ui.terminal_look import TerminalLook
from signoff.ui.terse_driver import terse
from signoff.ui.themes import STYLES

_SWITCH_SECONDS: Final = 0.0001
"""How long a thread waits at most for the one that runs. Usual are five milliseconds, twice as long as a frame takes,
and the thread that saves waits anew after each call of the system."""
_TIDY_SECONDS: Final = 1.0
"""How often garbage is looked for. Python would do it in the middle of a key, which then takes half as long again."""
_WORTH_TIDYING: Final = 700
"""How many things have to be made before it is looked for: as many as are usual."""
_KEY_SECONDS: Final = 0.2
"""How long a key waits for the one before it."""


def _tidy() -> None:
    new, _, looks = gc.get_count()
    if new >= _WORTH_TIDYING:
        # What outlived a look, as a dialog does that is open for long, is looked at again in every tenth or so.
        gc.collect(2 if looks > gc.get_threshold()[2] else 1)


class TerminalApp(App[None], inherit_bindings=False):
    """An app that nothing moves in, that shows what its terminal can show, and that paints no more than it must."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False

    CSS = """
    Screen { layers: default above; }
    .status--pass { color: $status-pass; }
    .status--fail { color: $status-fail; text-style: $status-fail-style; }
    .status--condition { color: $status-condition; text-style: $status-condition-style; }
    .status--risk { color: $status-risk; text-style: $status-risk-style; }
    .status--na { color: $status-na; }
    .status--open { color: $status-open; }
    """

    def __init__(self, look: TerminalLook) -> None:
        """Make it.

        Args:
            look: What the terminal can show.
        """
        guard_terminal()
        super().__init__()
        self.look = look
        """What the terminal can show."""
        self._filters_for_look = filters_for(look)
        self.animation_level = "none"
        self._is_shown = False

    def on_ready(self) -> None:
        """From now on, let other threads run between two lines of a frame.

        Else the thread that saves would wait for the end of a frame each time that the disk has done its part.
        """
        self._is_shown = True
        sys.setswitchinterval(_SWITCH_SECONDS)
        self.set_interval(_TIDY_SECONDS, _tidy)

    # Keys and sizes.

    async def on_event(self, event: events.Event) -> None:
        """Have a key that nobody hears done at once; in a dialog, have each done before the next is looked at.

        Over a slow line keys arrive together. Where a key goes is decided by the focus, and Enter in one line moves the
        focus to the next: without this the second line's text would land in the first.
        """
        if isinstance(event, events.Key) and not event.is_forwarded and self._nobody_hears(event.name):
            self.app_focus = True  # whatever the terminal said: here is a key
            if not await self._check_bindings(event.key, priority=True):
                await MessagePump.on_event(self, event)
            return
        await super().on_event(event)
        if isinstance(event, events.Key) and self.screen.is_modal and self.focused is not None:
            done = asyncio.Event()
            self.focused.call_later(done.set)  # behind the key in its queue
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(done.wait(), _KEY_SECONDS)

    def _nobody_hears(self, key: str) -> bool:
        """Whether a key does what it is bound to, and nothing else.

        Textual hands it up from the focused widget to the app, where the bindings are, from one queue to the next. That
        takes as long as painting.
        """
        focused = self.focused
        return focused is not None and not any(
            _hears(type(node), key) for node in focused.ancestors_with_self if node is not self
        )

    def on_resize(self, event: events.Resize) -> None:
        """Believe the terminal and not the message, and paint everything.

        Textual asks for the size in the handler of a signal. Where a second one interrupts that, the newer size is told
        first and the older one last, and the screen stays as small as the terminal was for a moment. Where the last of
        some changes leads back to the first size, it paints nothing, and the terminal has lost what it showed.
        """
        if self._is_shown:  # the first size is told when the first frame is under way
            self.screen.refresh()
        size = Size(*shutil.get_terminal_size())
        if event.size != size and not self.is_headless and not self.supports_smooth_scrolling:
            self.post_message(events.Resize(size, size))

    # What is painted.

    def get_driver_class(self) -> type[Driver]:
        """What speaks with the terminal."""
        return terse(super().get_driver_class())

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What each painted line goes through."""
        return [*super().get_line_filters(), *self._filters_for_look]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The words of our themes, for the moment before the first of them is set."""
        names = ("muted", "rule", *(f"status-{name}" for name in ("pass", "fail", "condition", "risk", "na", "open")))
        return dict.fromkeys(names, "#808080") | STYLES

    def _load_screen_css(self, screen: Screen[Any]) -> None:
        """Have a new screen for one that wears the theme, as it does: it is styled when it is mounted.

        Textual takes the first screen of a mode for one that has missed a change of theme, and reads all styles again.
        """
        super()._load_screen_css(screen)
        if not screen.is_mounted:
            self.stylesheet.apply(self)  # the app's own colours, which all others inherit
            screen._css_update_count = self._css_update_count


@cache
def _hears(kind: type[DOMNode], key: str) -> bool:
    """Whether widgets of a kind are told of a key, be it bound or not."""
    names = {"on_key", "_on_key", f"key_{key}", f"_key_{key}"}
    bases = [vars(base) for base in kind.__mro__ if base not in Widget.__mro__]
    return any(names & base.keys() or events.Key in base.get("_decorated_handlers", ()) for base in bases)
