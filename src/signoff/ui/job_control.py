"""Going on after the program was stopped.

Textual gives the terminal back when it is asked to stop, as Ctrl+Z in a shell does, and takes it again when it goes on.
A program that is stopped without being asked, by SIGSTOP, a debugger or a container, gives nothing back. Textual would
take the terminal a second time: keys would be shared out among two readers, and the program would never end.
"""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from signoff.ui.app import SignoffApp


def go_on_after_a_stop(app: SignoffApp) -> None:
    """Take the terminal again whenever the program goes on, however it was stopped."""

    def go_on() -> None:
        # There is no public way; the version is pinned in `pyproject.toml` and a test stops the program both ways.
        driver: Any = app._driver
        if driver is None or not driver._auto_restart:
            return
        if not driver._must_signal_resume:
            driver.suspend_application_mode()
            driver._must_signal_resume = True
        driver.resume_application_mode()

    asyncio.get_running_loop().add_signal_handler(signal.SIGCONT, go_on)
