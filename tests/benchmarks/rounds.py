"""One round of measurements: every program once, one after the other, so that a slow minute is slow for all."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.home import LARGE, SMALL, Home, python, signoff
from benchmarks.process import cpu_seconds_of, memory_of
from benchmarks.terminal import Burst, Terminal

PARTS = ("start", "moves", "answers", "commands")
"""What can be measured alone."""
_MOVES, _ANSWERS, _SCROLLS = 40, 20, 20
_BARE = Path(__file__).with_name("bare.py")

Figures = dict[str, float]
"""What was measured, by its name: milliseconds, megabytes or bytes."""


@dataclass(frozen=True, slots=True)
class Program:
    """A program that is measured on a screen."""

    name: str
    """Its name in the results."""
    command: tuple[str, ...]
    """How it is started."""
    word: str
    """A word that its first screen ends with."""
    rows: int = 0
    """How many rows of its list are seen without scrolling; 0 for the bare program, which has no list."""
    scrolls: bool = False
    """Whether the list is longer than the screen."""


def programs(home: Home) -> tuple[Program, ...]:
    """The bare program, and the review of a small and of a large session, both as they were made."""
    return (
        Program("bare", (python(), str(_BARE)), "bare 0"),
        Program("small", (signoff(), "open", str(home.session(SMALL))), "? help", 6),
        Program("large", (signoff(), "open", str(home.session(LARGE))), "? help", 30, scrolls=True),
    )


def screen_figures(program: Program, home: Home, parts: Sequence[str]) -> Figures:
    """Start a program, press keys, and say what that took."""
    figures: Figures = {}
    with Terminal(program.command, home.environment) as terminal:
        figures["start ms"] = terminal.first_paint(program.word).seconds * 1000
        figures |= _memory(terminal, "")
        if "moves" in parts:
            figures |= _timed("move", terminal, _MOVES, _move(terminal, program.rows))
            if program.scrolls:
                figures |= _timed("scroll", terminal, _SCROLLS, _scroll(terminal, program.rows))
        if "answers" in parts and program.rows:
            if "moves" in parts:
                terminal.press("g")
            figures |= _timed("answer", terminal, _ANSWERS, _answer(terminal, program.rows))
            figures |= _memory(terminal, " after answers")
    return figures


def _memory(terminal: Terminal, when: str) -> Figures:
    memory = memory_of(terminal.pid)
    return {f"memory MB{when}": memory.resident / 1e6, f"most memory MB{when}": memory.most / 1e6}


Step = tuple[str, Callable[[str], Burst], bool]
"""A key, what sends it and waits, and whether that is measured."""


def _timed(name: str, terminal: Terminal, count: int, steps: Iterator[Step]) -> Figures:
    bursts: list[Burst] = []
    cpu = 0.0
    while len(bursts) < count:
        key, press, is_measured = next(steps)
        before = cpu_seconds_of(terminal.pid)
        burst = press(key)
        if is_measured:
            cpu += cpu_seconds_of(terminal.pid) - before
            bursts.append(burst)
    times = [burst.seconds * 1000 for burst in bursts]
    return {
        f"{name} ms": statistics.median(times),
        f"{name} p95 ms": statistics.quantiles(times, n=20, method="inclusive")[-1],
        f"{name} CPU ms": cpu / count * 1000,
        f"{name} bytes": statistics.median(burst.size for burst in bursts),
    }


def _move(terminal: Terminal, rows: int) -> Iterator[Step]:
    """Cursor down to the last row that is seen, and again from the first."""
    while True:
        for _ in range(max(rows - 1, 1)):
            yield "j", terminal.press, True
        if rows:
            yield "g", terminal.press, False


def _scroll(terminal: Terminal, rows: int) -> Iterator[Step]:
    """Cursor down past the last row that is seen."""
    for _ in range(2):
        yield "\x1b[6~", terminal.press, False
    while True:
        yield "j", terminal.press, True


def _answer(terminal: Terminal, rows: int) -> Iterator[Step]:
    """Pass and fail, each time the other way round, until the header says that it is saved."""
    revision = 0
    for lap in range(_ANSWERS):
        for row in range(rows):
            revision += 1
            yield "yn"[(row + lap) % 2], partial(terminal.press_until, words=f"saved r{revision} "), True
            yield ("j" if row < rows - 1 else "g"), terminal.press, False


def command_figures(home: Home) -> Figures:
    """How long the commands take that open no screen."""
    commands = {
        "python": (python(), "-c", "pass"),
        "version": (signoff(), "--version"),
        "gate": (signoff(), "gate", *_gate(home)),
        "list": (signoff(), "list"),
    }
    return {f"{name} ms": _seconds(command, home.environment) * 1000 for name, command in commands.items()}


def _gate(home: Home) -> tuple[str, ...]:
    report, signers = map(str, home.report())
    release = ("--service", "payments-api", "--version", "4.12.0", "--environment", "prod")
    demands = ("--require-role", "Release manager", "--require-role", "Security", "--max-age", "9999w")
    return (report, *release, *demands, "--allowed-signers", signers)


def _seconds(command: Sequence[str], environment: Mapping[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    return time.perf_counter() - began
