"""A terminal that is gone while the program still has something to save.

Textual does not notice. The thread that reads keys reads nothing, over and over, at full speed. The one that writes
ends at the first error, and as nobody takes what is to be written any more, the whole program stops at its thirtieth
write. None of it has a public place; the version is pinned in `pyproject.toml` and tests close the terminal.
"""

from __future__ import annotations

import contextlib
import sys
from typing import Any

from textual.app import App


def outlive_the_terminal() -> None:
    """Have what is written to a dead terminal go nowhere; calling it again changes nothing."""
    from textual.drivers._writer_thread import WriterThread

    mortal = WriterThread.run
    if getattr(mortal, "outlives", False):
        return

    def run(self: WriterThread) -> None:
        with contextlib.suppress(OSError):
            mortal(self)
            return
        while self._queue.get() is not None:
            pass

    run.outlives = True  # type: ignore[attr-defined]
    WriterThread.run = run  # type: ignore[method-assign]


def is_terminal_gone() -> bool:
    """Whether the terminal has gone, be it without a signal."""
    import termios

    try:
        termios.tcgetattr(sys.__stdin__.fileno() if sys.__stdin__ else 0)
    except termios.error:
        return True
    return False


def has_unread_keys() -> bool:
    """Whether something was pressed that nobody has read yet; nothing counts of a terminal that is gone."""
    import select

    if is_terminal_gone() or not sys.__stdin__:
        return False
    return bool(select.select([sys.__stdin__], [], [], 0)[0])


def stop_reading(app: App[Any]) -> None:
    """End the thread that reads keys, as Textual does at its end."""
    driver: Any = app._driver
    if driver is not None:
        driver.disable_input()
