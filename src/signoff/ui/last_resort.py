"""What ends the program when its own end does not come: the terminal is given back first.

Whatever the screens, the disk or Textual wait for then, a shell in which nothing can be seen or typed is worse.
"""

from __future__ import annotations

import contextlib
import os
import select
import sys
import threading
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from signoff.ui.app import SignoffApp

_WRITE_SECONDS: Final = 0.3
"""How long the terminal may take: nobody may be reading what is written to it."""
_AS_BEFORE: Final = (
    "\x1b[?2026l"  # paint at once
    "\x1b[?2004l\x1b[?7h\x1b[?2048l"  # pasting, long lines, sizes
    "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"  # the mouse
    "\x1b[<u\x1b[0m"  # keys, and style
    "\x1b[?1049l\x1b[?25h\x1b[?1004l"  # the screen, the cursor, and whether the window has the focus
)
"""What undoes all that Textual's driver tells a terminal at its start."""


class LastResort:
    """Ends the program after a time. It needs no turn of the screen's thread, which may be what hangs."""

    def __init__(self, app: SignoffApp) -> None:
        """Make it.

        Args:
            app: The app that ends.
        """
        self._app = app
        # Whoever asks may be the handler of a signal, in the middle of asking: this queue alone allows for that.
        self._asked: SimpleQueue[tuple[float, int, str]] = SimpleQueue()

    def be_ready(self) -> None:
        """Be there from now on: when it is needed there may be no memory left for another thread."""
        threading.Thread(target=self._wait, name="last resort", daemon=True).start()

    def end_in(self, seconds: float, code: int, words: str = "") -> None:
        """End the program in so many seconds, unless it is to end sooner anyway; returns at once.

        Args:
            seconds: How long its own end may take.
            code: The exit code.
            words: The sentence to show; empty for none.
        """
        self._asked.put((monotonic() + seconds, code, words))

    def _wait(self) -> None:
        first = self._asked.get()
        with contextlib.suppress(Empty):
            while True:
                first = min(first, self._asked.get(timeout=max(first[0] - monotonic(), 0)))
        _, code, words = first
        try:
            give_terminal_back(self._app, words)
        finally:
            os._exit(code)


def give_terminal_back(app: SignoffApp, words: str = "") -> None:
    """Leave the terminal as it was, without Textual; where Textual has done so already, it is left alone.

    There is no public way; the version is pinned in `pyproject.toml` and a test looks at the terminal afterwards.

    Args:
        app: The app that has it.
        words: The sentence to show on it; empty for none.
    """
    driver: Any = app._driver
    writer = getattr(driver, "_writer_thread", None)
    if sys.platform == "win32" or writer is None or not writer.is_alive():
        return  # it was given back before the writer came to its end
    import termios

    if driver.attrs_before is not None:
        with contextlib.suppress(termios.error):
            termios.tcsetattr(driver.fileno, termios.TCSANOW, driver.attrs_before)
    terminal, until = writer.fileno(), monotonic() + _WRITE_SECONDS
    with contextlib.suppress(OSError):
        # Byte by byte: where there is room for one, more of them may wait for ever.
        for byte in f"{_AS_BEFORE}{words}{os.linesep * bool(words)}".encode("utf-8", "replace"):
            if not select.select([], [terminal], [], max(until - monotonic(), 0))[1]:
                return
            os.write(terminal, bytes([byte]))
