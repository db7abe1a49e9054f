"""A program in a terminal of its own, and what it paints there.

A key is painted when the last byte of the burst that follows it has come, and not the first: a program that paints in
two frames is as slow as its second. The terminal answers no queries. What it shows is worked out after the burst, so
that it takes no time from the program that is measured.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType

import pyte

COLUMNS, LINES = 120, 40
_KEY_QUIET = 0.06
_START_QUIET = 0.3
_PATIENCE = 60.0


class SilenceError(Exception):
    """The program did not paint what was waited for."""


@dataclass(slots=True)
class Burst:
    """What was painted after a key, or after the start."""

    began: float
    """When the key was sent, in seconds."""
    chunks: list[tuple[float, bytes]] = field(default_factory=list)
    """When which bytes came."""

    @property
    def seconds(self) -> float:
        """From the key to the last byte."""
        return self.chunks[-1][0] - self.began

    @property
    def size(self) -> int:
        """How many bytes were painted."""
        return sum(len(data) for _, data in self.chunks)


class Terminal:
    """A program and its terminal. As a context it ends the program that it started, and no other."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self._screen)
        self._started = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            size = struct.pack("HHHH", LINES, COLUMNS, 0, 0)
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            os.execve(command[0], list(command), dict(environment))

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)
        self._read_to_the_end()
        os.close(self._fd)
        os.waitpid(self.pid, 0)

    @property
    def shown(self) -> list[str]:
        """The lines of the screen."""
        return list(self._screen.display)

    def first_paint(self, word: str) -> Burst:
        """Wait for the screen on which a word stands, and for all that is painted with it."""
        burst = Burst(self._started)
        while not any(word in line for line in self.shown):
            self._listen(burst, _START_QUIET)
        return burst

    def press(self, key: str) -> Burst:
        """Send a key and wait until what it changes is painted."""
        burst = self._sent(key)
        self._listen(burst, _KEY_QUIET)
        return burst

    def press_until(self, key: str, words: str) -> Burst:
        """Send a key and wait until the first line holds some words; the burst ends there."""
        burst = self._sent(key)
        while True:
            already = len(burst.chunks)
            self._listen(burst, _KEY_QUIET, show=False)
            for number, (_, data) in enumerate(burst.chunks[already:], already + 1):
                self._stream.feed(data)
                if words in self._screen.display[0]:
                    self._show(burst, number)
                    return Burst(burst.began, burst.chunks[:number])

    def _sent(self, key: str) -> Burst:
        burst = Burst(time.perf_counter())
        os.write(self._fd, key.encode())
        return burst

    def _listen(self, burst: Burst, quiet: float, *, show: bool = True) -> None:
        already, patience = len(burst.chunks), _PATIENCE
        while select.select([self._fd], [], [], patience)[0]:
            try:
                data = os.read(self._fd, 65536)
            except OSError as error:  # how Linux says that nobody holds the other end any more
                raise SilenceError(f"The program ended:\n{self._text()}") from error
            burst.chunks.append((time.perf_counter(), data))
            patience = quiet
        if len(burst.chunks) == already:
            raise SilenceError(f"Nothing was painted for {_PATIENCE:.0f} seconds:\n{self._text()}")
        if show:
            self._show(burst, already)

    def _show(self, burst: Burst, first: int) -> None:
        for _, data in burst.chunks[first:]:
            self._stream.feed(data)

    def _text(self) -> str:
        return "\n".join(line.rstrip() for line in self.shown if line.strip())

    def _read_to_the_end(self) -> None:
        # A program that cannot write does not end either.
        limit = time.perf_counter() + 10
        with contextlib.suppress(OSError):
            while time.perf_counter() < limit:
                if select.select([self._fd], [], [], 0.1)[0] and not os.read(self._fd, 65536):
                    return
        if time.perf_counter() >= limit:
            os.kill(self.pid, signal.SIGKILL)
