"""The real program in a real terminal: keys go in as bytes, bytes come out, and a screen is made of them.

Nothing here sleeps. A test waits for what it expects to see, and a program that never shows it fails the test with the
screen as it is. Whatever was started is ended, and nothing else.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyte

from cli.home import SIGNOFF, Home

Size = tuple[int, int]
WIDE, NORMAL, NARROW = (120, 36), (80, 24), (60, 18)
"""Columns and lines of the three layouts."""

PATIENCE = 20.0
"""How many seconds something may take on a busy machine."""

_KEYS = {
    "Enter": "\r",
    "Esc": "\x1b",
    "Tab": "\t",
    "Space": " ",
    "Backspace": "\x7f",
    "Delete": "\x1b[3~",
    "Up": "\x1b[A",
    "Down": "\x1b[B",
    "Right": "\x1b[C",
    "Left": "\x1b[D",
    "End": "\x1b[F",
    "PageUp": "\x1b[5~",
    "PageDown": "\x1b[6~",
    "Ctrl+C": "\x03",
    "Ctrl+D": "\x04",
    "Ctrl+Q": "\x11",
    "Ctrl+U": "\x15",
    "Ctrl+Z": "\x1a",
    "F1": "\x1bOP",
    "F4": "\x1bOS",
    "F9": "\x1b[20~",
}
Expected = str | re.Pattern[str]


class Program:
    """A program and its terminal."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], folder: Path, size: Size, *, hangs_up: bool = True
    ) -> None:
        self.painted = bytearray()
        """Every byte that the program wrote to its terminal."""
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self.patience = PATIENCE
        """How many seconds a test waits for what it expects."""
        self._shown: str | None = None
        self._open = True
        self._status: int | None = None
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            self._set_size(0, size)
            for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):  # whoever runs the tests may ignore some
                signal.signal(number, signal.SIG_DFL)
            if not hangs_up:
                signal.signal(signal.SIGHUP, signal.SIG_IGN)
                fcntl.ioctl(0, termios.TIOCNOTTY)
            os.execve(command[0], list(command), dict(environment))
        os.set_blocking(self._fd, False)

    # What a person does.

    def press(self, *keys: str) -> None:
        """Press keys: a character, or a name such as `Enter`."""
        for key in keys:
            assert len(key) == 1 or key in _KEYS, f"no key {key}; type() takes texts"
            self._send(_KEYS.get(key, key))

    def press_until(self, key: str, *expected: Expected) -> None:
        """Press a key until these stand on the screen: where nothing shows that what was done before has ended."""
        give_up = time.monotonic() + self.patience
        while not all(_stands_in(one, self.screen()) for one in expected):
            if time.monotonic() > give_up:
                raise AssertionError(f"{key} does not lead to {' and '.join(map(str, expected))}:\n{self.screen()}")
            self.press(key)
            self._read(0.2)

    def type(self, text: str) -> None:
        """Type a text of one line."""
        self._send(text)

    def type_unread(self, text: str) -> None:
        """Type a text and read nothing of what is painted, as a connection that hangs."""
        with contextlib.suppress(BlockingIOError):
            os.write(self._fd, text.encode())

    def paste(self, text: str) -> None:
        """Paste a text, as terminals do: bracketed, with carriage returns for its line ends."""
        self._send("\x1b[200~" + text.replace("\n", "\r") + "\x1b[201~")

    def click(self, column: int, line: int) -> None:
        """Press and release the left button, at a place counted from 0."""
        at = f"{column + 1};{line + 1}"
        self._send(f"\x1b[<0;{at}M\x1b[<0;{at}m")

    def click_on(self, text: str, *, offset: int = 0) -> None:
        """Wait for a text, then click on the first place where it stands, or so many cells to its right."""
        self.wait_for(text)
        number, line = next((number, line) for number, line in enumerate(self.lines) if text in line)
        self.click(line.index(text) + offset, number)

    def resize(self, size: Size) -> None:
        """Change the size of the terminal."""
        self._screen.resize(lines=size[1], columns=size[0])
        self._screen.reset()
        self._shown = None
        self._set_size(self._fd, size)

    def close_terminal(self) -> None:
        """Close the terminal, as its window's button does."""
        self._read()
        os.close(self._fd)
        self._open = False

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        os.kill(self.pid, number)

    # What a person sees.

    @property
    def lines(self) -> list[str]:
        """The lines of the screen as of the last time that anything was waited for."""
        return list(self._screen.display)

    def screen(self) -> str:
        """The screen as of the last time that anything was waited for."""
        if self._shown is None:
            self._shown = "\n".join(line.rstrip() for line in self.lines)
        return self._shown

    def wait_for(self, *expected: Expected) -> str:
        """Wait until all of these stand on the screen; returns the screen."""
        return self.wait_until(
            lambda screen: all(_stands_in(one, screen) for one in expected), f"{' and '.join(map(str, expected))}"
        )

    def wait_until_gone(self, *unwanted: Expected) -> str:
        """Wait until none of these stands on the screen; returns the screen."""
        return self.wait_until(
            lambda screen: not any(_stands_in(one, screen) for one in unwanted), f"no {' or '.join(map(str, unwanted))}"
        )

    def wait_until(self, is_so: Callable[[str], bool], what: str) -> str:
        """Wait until the screen is as it should be; returns it."""
        give_up = time.monotonic() + self.patience
        while not is_so(self.screen()):
            ended = not self._read(0.2)
            if is_so(self.screen()):
                break
            if ended:
                raise AssertionError(f"the program ended before there was {what}:\n{self.screen()}")
            if time.monotonic() > give_up:
                raise AssertionError(f"after {self.patience:.0f} seconds there is not {what}:\n{self.screen()}")
        return self.screen()

    def look_for(self, seconds: float) -> None:
        """Read what is painted for so many seconds: a pause of whoever presses the keys, not of a test."""
        until = time.monotonic() + seconds
        while (rest := until - time.monotonic()) > 0 and self._read(rest):
            pass

    def wait_until_quiet(self) -> str:
        """Wait until nothing has been painted for a moment; returns the screen."""
        painted = -1
        while len(self.painted) != painted:
            painted = len(self.painted)
            self._read(0.3)
        return self.screen()

    def wait_for_cursor(self, label: str) -> None:
        """Wait until the text cursor stands on the line of a label."""
        self.wait_until(lambda _: self._has_cursor(label), f"the cursor in {label}")

    def painted_within(self, seconds: float) -> bytes:
        """What the program paints in so many seconds."""
        before, end = len(self.painted), time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._read(left)
        return bytes(self.painted[before:])

    def cell_of(self, text: str) -> pyte.screens.Char:
        """How the first letter of a text is shown, at the first place where it stands."""
        self.wait_for(text)
        number, line = next((number, line) for number, line in enumerate(self.lines) if text in line)
        return self._screen.buffer[number][line.index(text)]

    def wait_for_saved(self, revision: int) -> None:
        """Wait until the first line says that a revision is on the disk."""
        self.wait_for(re.compile(rf"saved r{revision}\b"))

    def wait_for_end(self, seconds: float = PATIENCE) -> int:
        """Wait until the program has ended; returns its exit code, or the negative number of the signal."""
        if not self.ends_within(seconds):
            raise AssertionError(f"the program did not end within {seconds:.0f} seconds:\n{self.screen()}")
        while self._open and self._read():
            pass
        assert self._status is not None
        return self._status

    def wait_until_stopped(self) -> None:
        """Wait until a signal has stopped the program; it gives the screen back a moment earlier."""
        give_up = time.monotonic() + self.patience
        while not os.WIFSTOPPED(os.waitpid(self.pid, os.WNOHANG | os.WUNTRACED)[1]):
            assert time.monotonic() < give_up, "the program did not stop"
            self._read(0.05)

    def interrupt(self) -> int:
        """Press Ctrl+C until the program has ended: just before it begins to read, Python overhears the first one."""
        for _ in range(10):
            self.press("Ctrl+C")
            if self.ends_within(2):
                break
        return self.wait_for_end()

    def ends_within(self, seconds: float) -> bool:
        """Whether the program ends in so many seconds."""
        give_up = time.monotonic() + seconds
        while self._status is None:
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self._status = os.waitstatus_to_exitcode(status)
            elif time.monotonic() > give_up:
                return False
            elif not self._open or not self._read(0.05):
                select.select([], [], [], 0.01)
        return True

    def ends_unread_within(self, seconds: float) -> bool:
        """Whether the program ends in so many seconds though nobody reads what it paints."""
        give_up = time.monotonic() + seconds
        while not os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            if time.monotonic() > give_up:
                return False
            select.select([], [], [], 0.05)
        return True

    @property
    def all_painted(self) -> str:
        """Everything that was written so far, without a last sequence of which only a part may have been read."""
        whole = self.painted if self._status is not None else self.painted[: self.painted.rfind(b"\x1b")]
        return whole.decode("utf-8")

    @property
    def colors_sent(self) -> set[str]:
        """The numbers of the sequences that changed how text is shown, each once."""
        found = re.findall(r"\x1b\[([0-9;]*)m", self.all_painted)
        return {number for numbers in found for number in _single(numbers)}

    @property
    def left_the_screen(self) -> bool:
        """Whether the last that was said about screen, cursor, mouse and pasting is that all is as it was before."""
        return all(
            self.painted.rfind(after) > self.painted.rfind(before) >= 0
            for after, before in (
                (b"\x1b[?1049l", b"\x1b[?1049h"),
                (b"\x1b[?25h", b"\x1b[?25l"),
                (b"\x1b[?1003l", b"\x1b[?1003h"),
                (b"\x1b[?2004l", b"\x1b[?2004h"),
            )
        )

    @property
    def has_its_keyboard_back(self) -> bool:
        """Whether the terminal shows what is typed, a line at a time, as it did before; not once it is closed."""
        way_in, _, _, local, *_ = termios.tcgetattr(self._fd)
        wanted = termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN
        return local & wanted == wanted and bool(way_in & termios.ICRNL)

    @property
    def said_afterwards(self) -> str:
        """What was written after the screen was left, without what gives cursor and mouse back."""
        return re.sub(r"\x1b\[\?[0-9;]*[hl]", "", self.painted.rpartition(b"\x1b[?1049l")[2].decode("utf-8")).strip()

    # The terminal.

    def _has_cursor(self, label: str) -> bool:
        """Whether a cell of the line has neither the background of the form nor that of the line's field."""
        lines = (number for number, line in enumerate(self.lines) if f"│ {label} " in line)
        return any(len({cell.bg for cell in self._cells_right_of(number, label)}) > 2 for number in lines)

    def _cells_right_of(self, number: int, label: str) -> list[pyte.screens.Char]:
        line = self.lines[number]
        start = line.index(label) + len(label)
        return [self._screen.buffer[number][column] for column in range(start, line.index("│", start))]

    def end(self) -> None:
        """End the program if it still runs."""
        if self._status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self.wait_for_end()
        if self._open:
            os.close(self._fd)
            self._open = False

    def _send(self, text: str) -> None:
        rest = text.encode()
        while rest:
            self._read()  # a program that waits until somebody reads what it paints reads no keys
            if select.select([], [self._fd], [], PATIENCE)[1]:
                rest = rest[os.write(self._fd, rest[:512]) :]
            else:
                raise AssertionError(f"the program reads no keys any more:\n{self.screen()}")

    def _read(self, patience: float = 0.0) -> bool:
        """Read what there is; returns whether there may be more."""
        while select.select([self._fd], [], [], patience)[0]:
            try:
                data = os.read(self._fd, 65536)
            except BlockingIOError:
                return True
            except OSError:  # how Linux says that nobody holds the other end any more
                return False
            if not data:
                return False
            self.painted += data
            self._stream.feed(data)
            self._shown = None
            patience = 0.0
        return True

    @staticmethod
    def _set_size(descriptor: int, size: Size) -> None:
        fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))


@contextmanager
def signoff_in_a_terminal(
    home: Home, *arguments: str, size: Size = WIDE, hangs_up: bool = True, **variables: str
) -> Iterator[Program]:
    """Run `signoff` in a terminal; at the end it is killed if it still runs.

    Args:
        home: Whose program it is.
        arguments: The command line.
        size: Columns and lines.
        hangs_up: Whether the kernel tells the program when the terminal goes, as it does not where a remote connection
            or a container stands between the two.
        variables: More of its environment.
    """
    # What is sent here arrives whole, so an Esc need not wait long for what it could be the beginning of.
    variables = home.variables | {"ESCDELAY": "20"} | variables
    program = Program((*SIGNOFF, *arguments), variables, home.work, size, hangs_up=hangs_up)
    try:
        yield program
    finally:
        program.end()
    assert b"Error in sitecustomize" not in program.painted, "what is patched into the program does not fit it any more"


def _stands_in(expected: Expected, screen: str) -> bool:
    return expected in screen if isinstance(expected, str) else expected.search(screen) is not None


def _single(numbers: str) -> Iterator[str]:
    """The parts of one sequence: a single number, or what names a colour."""
    parts = iter(numbers.split(";"))
    for part in parts:
        if part in ("38", "48"):
            kind = next(parts)
            yield ";".join([part, kind, *(next(parts) for _ in range(1 if kind == "5" else 3))])
        else:
            yield part
