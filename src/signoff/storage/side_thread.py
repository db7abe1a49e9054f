"""A thread for what may wait a moment and must not hold up the screen or a save."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue


class SideThread:
    """Makes calls one after the other, in the order in which they were asked for. It starts with the first."""

    def __init__(self, name: str, on_fault: Callable[[Exception], None]) -> None:
        """Make it.

        Args:
            name: What the thread is called.
            on_fault: Called in it with what a call raised; the calls behind that one are still made.
        """
        self._calls: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._on_fault = on_fault
        self._starting = threading.Lock()

    def ask(self, call: Callable[[], None]) -> None:
        """Have a call made; returns at once."""
        self._calls.put(call)
        with self._starting:
            if self._thread.ident is None:
                self._thread.start()

    def close(self, timeout: float) -> bool:
        """Make the calls that were asked for, then stop.

        Args:
            timeout: How many seconds to wait for them.

        Returns:
            Whether all were made.
        """
        if self._thread.ident is not None:
            self._calls.put(None)
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (call := self._calls.get()) is not None:
            try:
                call()
            except Exception as error:  # noqa: BLE001 - if a fault ended the thread, nothing would be kept any more
                self._on_fault(error)
