"""The end of the program, asked for or not: a signal, a terminal that is gone, a fault of its own.

Textual ends at SIGTERM and SIGHUP without a word, reads a dead terminal for ever, and shows what people typed in the
traceback of a crash. Here everything is kept first.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from signoff.ui.crash_report import report_crash
from signoff.ui.dead_terminal import is_terminal_gone, outlive_the_terminal, stop_reading
from signoff.ui.job_control import go_on_after_a_stop
from signoff.ui.last_resort import LastResort
from signoff.ui.leaving import FLUSH_SECONDS, be_heard, be_mounted, leave_dialogs, screens_of

if TYPE_CHECKING:
    from signoff.ui.app import SignoffApp

_TERMINAL_SECONDS: Final = 0.25
"""How often it is seen whether there is still a terminal."""
_TEXTUAL_SECONDS: Final = 1.0
"""How long Textual may take to leave the screen, when everything is kept."""
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
        self._closing: asyncio.Future[bool] | None = None
        self._last_resort = LastResort(app)
        self._crashed = False
        self._return_code = 0
        self.has_come = False
        """Whether nothing that is pressed counts any more."""

    def watch_signals(self) -> None:
        """Look out for signals; Windows has none, and closes the window itself."""
        if sys.platform == "win32":
            return
        for number in (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, self._on_signal, number)
            # In place of asyncio's own, which does nothing: the loop is told by the number that Python writes for it.
            # This runs also while the loop waits for something, such as a terminal that nobody reads.
            signal.signal(number, self._be_gone_in_time)

    def watch_terminal(self) -> None:
        """Look out for the terminal to go, and for the program to be stopped; a test that runs the app goes on."""
        if self._app.is_headless:
            return
        self._last_resort.be_ready()
        if sys.platform != "win32":
            go_on_after_a_stop(self._app)
            self._app.set_interval(_TERMINAL_SECONDS, self._look_for_terminal)

    def something_is_unsaved(self) -> None:
        """Have the exit code say so when the program ends."""
        self._return_code = _UNSAVED

    async def close_and_exit(self, return_code: int = 0) -> None:
        """Save what is pending, then end."""
        self.has_come = True
        if self._app.opened is not None:
            # Once: a signal may come while the program ends already.
            self._closing = self._closing or asyncio.ensure_future(
                asyncio.to_thread(self._app.opened.close, FLUSH_SECONDS)
            )
            if not await asyncio.shield(self._closing):
                self.something_is_unsaved()
        await be_mounted(self._app)
        code = return_code or self._return_code
        self._last_resort.end_in(_TEXTUAL_SECONDS, code)
        self._app.exit(return_code=code)

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
        sentence = report_crash(self._app.locations.state, sys.exc_info()[1], outcome, self._app.clock())
        self._last_resort.end_in(_TEXTUAL_SECONDS, 1, sentence)
        return sentence

    def _look_for_terminal(self) -> None:
        """End when the terminal has gone without a signal."""
        if is_terminal_gone():
            stop_reading(self._app)
            self._on_signal(signal.SIGHUP)

    def _be_gone_in_time(self, number: int, _: object) -> None:
        self._last_resort.end_in(FLUSH_SECONDS + 2, 128 + number)

    def _on_signal(self, number: signal.Signals) -> None:
        """The terminal is gone, or somebody asks the program to end: keep everything, then go. Asked again, go on."""
        if self._keeping is None:
            self._keeping = asyncio.ensure_future(self._keep_and_end(number))
            self._be_gone_in_time(number, None)

    async def _keep_and_end(self, number: signal.Signals) -> None:
        fault: Exception | None = None
        try:
            await self._keep_what_is_typed()
        except Exception as error:  # noqa: BLE001 - whatever is wrong with a question, the rest is saved
            fault = error
        await self.close_and_exit(128 + number)
        if fault is not None:
            await asyncio.to_thread(report_crash, self._app.locations.state, fault, "", self._app.clock())
        if not self._app.is_headless and is_terminal_gone():
            os._exit(128 + number)  # nothing is left to restore, and nothing to wait for

    async def _keep_what_is_typed(self) -> None:
        for screen in screens_of(self._app):
            if isinstance(screen, KeepsTyping):
                screen.keep_typing()  # a note is safe before anything else is tried
        await be_heard(self._app)
        self.has_come = True
        await leave_dialogs(self._app)
