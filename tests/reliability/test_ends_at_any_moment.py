"""R5. A signal comes at any moment after a key that opens something, and the terminal is given back.

A question that is half on the screen can neither be left nor closed, so this is where an ending gets stuck. Whatever
does get stuck nevertheless is ended by the last resort, which gives the terminal back as well.
"""

from __future__ import annotations

import random
import resource
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import pytest

from cli.home import Home, session_in
from nightly import COUNTS, NIGHTLY
from signoff.domain.answer import Status
from terminal.patched import patched
from terminal.pty_program import Program, signoff_in_a_terminal

SLOWEST = 3.0
"""How many seconds an ending may take on a busy machine; the last resort comes after four."""
LAST_RESORT = 10.0
SIGNALS = ("SIGTERM", "SIGHUP")
DELAYS = range(0, 140, 10)
"""How many milliseconds after the key the signal comes."""
SOME = DELAYS if NIGHTLY else (20,)
PLACES = {
    "review": "cwtpeiranyP/:?fvxF\t",
    "finish": "wdpi:?Os\x1b",
    "presenter": "neictpb:?\x1b",
    "sessions": "n:?t\r",
}
"""The keys that open or close something, by where they are pressed."""
MOMENTS = list(product([(place, key) for place, keys in PLACES.items() for key in keys], DELAYS, SIGNALS))
A_QUESTION_THAT_HANGS = """
import time
import signoff.ui.screens.review as place
place.ReviewScreen.action_park = lambda _: time.sleep(60)
"""
A_QUESTION_THAT_CANNOT_BE_LEFT = """
import signoff.ui.screens.form as place
def faulty(_):
    raise RuntimeError("TOPSECRET")
place.Form.action_leave = faulty
"""
AN_END_THAT_HANGS = """
import asyncio
from textual.app import App
async def for_ever(_):
    await asyncio.sleep(60)
App._close_all = for_ever
"""


@contextmanager
def opened(home: Home, place: str = "review", **variables: str) -> Iterator[Program]:
    """The program, at a place of it."""
    with signoff_in_a_terminal(home, "open", **variables) as program:
        program.wait_for("saved r", "f finish")
        if place == "finish":
            program.press("f")
            program.wait_for("ROLL CALL")
        elif place == "presenter":
            program.press("v")
            program.wait_for("b blank")
        elif place == "sessions":
            program.press("q")
            program.wait_until_gone("f finish")
        program.look_for(0.05)
        yield program


def wait(milliseconds: float) -> None:
    """Wait without reading what is painted: that would take its own time."""
    time.sleep(milliseconds / 1000)


def assert_given_back(program: Program, *codes: int, within: float = SLOWEST) -> None:
    """The program ends, not by force, and its terminal is as it was."""
    start = time.monotonic()
    assert program.wait_for_end() in codes, program.screen()
    assert time.monotonic() - start < within
    assert program.left_the_screen
    assert program.has_its_keyboard_back


def test_a_signal_at_any_moment_gives_the_terminal_back(home: Home) -> None:
    home.session()
    moments = MOMENTS if NIGHTLY else random.Random(25).sample(MOMENTS, 12)
    stuck = []
    for (place, key), delay, name in moments:
        with opened(home, place) as program:
            program.type(key)
            wait(delay)
            program.signal(signal.Signals[name])
            try:
                assert_given_back(program, 128 + signal.Signals[name])
            except AssertionError as error:
                stuck.append(f"{place} {key!r} {delay} ms {name}: {str(error)[:80]}")
        COUNTS["R5: signals after a key"] += 1
    assert stuck == []
    assert not (home.locations.state / "crash.log").exists()


@pytest.mark.parametrize("again", ["SIGTERM", "SIGHUP", "closed terminal"])
def test_a_second_signal_changes_nothing(home: Home, again: str) -> None:
    home.session()
    for delay in SOME:
        with opened(home) as program:
            program.press("w")
            wait(delay)
            program.signal(signal.SIGTERM)
            wait(20)
            if again == "closed terminal":
                program.close_terminal()
                assert program.wait_for_end() == 128 + signal.SIGTERM
            else:
                program.signal(signal.Signals[again])
                assert_given_back(program, 128 + signal.SIGTERM)
    assert not (home.locations.state / "crash.log").exists()


def test_a_signal_while_quitting_gives_the_terminal_back(home: Home) -> None:
    home.session()
    for delay in SOME:
        with opened(home) as program:
            program.press("c", "Ctrl+Q")
            wait(delay)
            program.signal(signal.SIGTERM)
            assert_given_back(program, 0, 128 + signal.SIGTERM)
    assert not (home.locations.state / "crash.log").exists()


def test_quitting_at_any_moment_gives_the_terminal_back(home: Home) -> None:
    home.session()
    for key, delay in product("cwt?" if NIGHTLY else "cw", SOME):
        with opened(home) as program:
            program.press(key)
            wait(delay)
            program.press("Ctrl+Q")
            assert_given_back(program, 0)
    assert not (home.locations.state / "crash.log").exists()


def test_a_signal_while_the_program_starts_gives_the_terminal_back(home: Home) -> None:
    home.session()
    for delay in range(0, 200, 10 if NIGHTLY else 100):
        with signoff_in_a_terminal(home, "open") as program:
            program.wait_until(lambda _, it=program: b"\x1b[?1049h" in it.painted, "the screen")
            wait(delay)
            program.signal(signal.SIGTERM)
            assert_given_back(program, 128 + signal.SIGTERM)
    assert not (home.locations.state / "crash.log").exists()


def test_what_was_typed_last_is_kept(home: Home) -> None:
    path = home.session()
    with opened(home) as program:
        program.press("i")
        program.wait_for("Note on")
        program.type("half a sen")
        program.signal(signal.SIGTERM)
        assert_given_back(program, 128 + signal.SIGTERM)
    assert session_in(path).answers["vault"].note == "half a sen"


def test_an_answer_given_just_before_is_saved(home: Home) -> None:
    path = home.session()
    with opened(home) as program:
        program.press("y")
        program.signal(signal.SIGTERM)
        assert_given_back(program, 128 + signal.SIGTERM)
    assert session_in(path).answers["vault"].status is Status.PASS


def test_a_program_that_does_nothing_any_more_is_ended_and_gives_the_terminal_back(home: Home) -> None:
    path = home.session()
    with opened(home, **patched(home, A_QUESTION_THAT_HANGS)) as program:
        program.press("n")
        program.wait_for("set to FAIL", "saved r1")
        program.press("P")
        wait(200)
        program.signal(signal.SIGTERM)
        assert_given_back(program, 128 + signal.SIGTERM, within=LAST_RESORT)
    assert session_in(path).answers["vault"].status is Status.FAIL


def test_an_end_that_hangs_is_cut_short(home: Home) -> None:
    home.session()
    with opened(home, **patched(home, AN_END_THAT_HANGS)) as program:
        program.press("Ctrl+Q")
        assert_given_back(program, 0, within=LAST_RESORT)


def test_a_question_that_fails_costs_neither_the_ending_nor_what_is_typed(home: Home) -> None:
    home.session()
    with opened(home, **patched(home, A_QUESTION_THAT_CANNOT_BE_LEFT)) as program:
        program.press("p")
        program.wait_for("Owner of")
        program.signal(signal.SIGTERM)
        assert_given_back(program, 128 + signal.SIGTERM)
    kept = (home.locations.state / "crash.log").read_text()
    assert "RuntimeError" in kept
    assert "TOPSECRET" not in kept


def test_a_terminal_that_nobody_reads_holds_nothing_up(home: Home) -> None:
    path = home.session()
    with opened(home) as program:
        program.press("n")
        program.wait_for("set to FAIL", "saved r1")
        for _ in range(150):
            program.type_unread("v")  # a whole screen each time
            wait(30)
        program.signal(signal.SIGTERM)
        assert program.ends_unread_within(LAST_RESORT)
        assert program.wait_for_end() == 128 + signal.SIGTERM
    assert session_in(path).answers["vault"].status is Status.FAIL


def test_a_program_that_gets_no_memory_any_more_ends_and_gives_the_terminal_back(home: Home) -> None:
    path = home.session()
    with opened(home) as program:
        pages = int(Path(f"/proc/{program.pid}/statm").read_text().split()[0])
        resource.prlimit(program.pid, resource.RLIMIT_AS, (pages * resource.getpagesize(),) * 2)
        program.press("n")
        program.look_for(0.5)
        program.signal(signal.SIGTERM)
        assert_given_back(program, 1, 128 + signal.SIGTERM, within=LAST_RESORT)
    assert session_in(path).answers["vault"].status is Status.FAIL
