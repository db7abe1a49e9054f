"""The end of the program, asked for or not: a signal, a terminal that is gone, a fault of its own.

Textual ends at SIGTERM and SIGHUP without a word, reads a dead terminal for ever, and shows what people typed in the
traceback of a crash. Here everything is kept first.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from signoff.ui.crash_report import report_crash
from signoff.ui.dead_terminal import is_terminal_gone, outlive_the_terminal, stop_reading
from signoff.ui.job_control import go_on_after_a_stop
from signoff.ui.leaving import FLUSH_SECONDS, leave_dialogs

if TYPE_CHECKING:
    from signoff.ui.app import SignoffApp

_TERMINAL_SECONDS: Final = 0.25
"""How often it is seen whether there is still a terminal."""
_UNSAVED: Final = 75
"""The exit code when edits are kept in the journal, since their file could not be saved: the one for "try again"."""


@runtime_checkable
class KeepsTyping(Protocol):
    """A screen with text that is being typed and is not an edit yet."""

    def keep_typing(self) -> None:
        """Keep the text in the journal now."""


class Ending:
    """Sees to it that the program ends in good order."""

    def __init__(self, app: SignoffApp) -> None:
        """Make it.

        Args:
            app: The app that ends.
        """
        outlive_the_terminal()
        self._app = app
        self._keeping: asyncio.Future[None] | None = None
        self._watchdog: threading.Timer | None = None
        self._crashed = False
        self._return_code = 0

    def watch(self) -> None:
        """Look out for signals, and for the terminal to go; Windows has neither, and closes the window itself."""
        if sys.platform == "win32":
            return
        for number in (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, self._on_signal, number)
        if not self._app.is_headless:
            go_on_after_a_stop(self._app)
            self._app.set_interval(_TERMINAL_SECONDS, self._look_for_terminal)

    def in_good_order(self) -> None:
        """The app ends. Whoever runs it in a test goes on; the program has to be gone when the time is up."""
        if self._watchdog is not None and self._app.is_headless:
            self._watchdog.cancel()

    def something_is_unsaved(self) -> None:
        """Have the exit code say so when the program ends."""
        self._return_code = _UNSAVED

    async def close_and_exit(self, return_code: int = 0) -> None:
        """Save what is pending, then end."""
        opened = self._app.opened
        if opened is not None and not await asyncio.to_thread(opened.close, FLUSH_SECONDS):
            self.something_is_unsaved()
        self._app.exit(return_code=return_code or self._return_code)

    def after_fault(self) -> str:
        """Save after a fault of the program's own.

        Returns:
            The sentence to show; empty for a second fault, which says nothing about the first.
        """
        if self._crashed:
            return ""
        self._crashed = True
        opened, outcome = self._app.opened, "every answer is saved"
        if opened is not None and not opened.close(FLUSH_SECONDS):
            outcome = "the last answers are kept in its journal" if opened.is_kept else "the last answers are NOT saved"
        return report_crash(self._app.locations.state, sys.exc_info()[1], outcome, self._app.clock())

    def _look_for_terminal(self) -> None:
        """End when the terminal has gone without a signal."""
        if is_terminal_gone():
            stop_reading(self._app)
            if self._keeping is None:
                self._on_signal(signal.SIGHUP)

    def _on_signal(self, number: signal.Signals) -> None:
        """The terminal is gone, or somebody asks the program to end: keep everything, then go."""
        self._watchdog = threading.Timer(FLUSH_SECONDS + 2, signal.raise_signal, [signal.SIGKILL])
        self._watchdog.daemon = True
        self._watchdog.start()
        self._keeping = asyncio.ensure_future(self._keep_and_end(number))

    async def _keep_and_end(self, number: signal.Signals) -> None:
        for screen in self._app.screen_stack:
            if isinstance(screen, KeepsTyping):
                screen.keep_typing()  # a note is safe before anything else is tried
        await leave_dialogs(self._app)
        await self.close_and_exit(128 + number)
        if not self._app.is_headless and is_terminal_gone():
            os._exit(128 + number)  # nothing is left to restore, and nothing to wait for
