"""The terminal changes its size in the middle of a meeting."""

from __future__ import annotations

import random
import re
import signal

import pytest

from cli.home import Home, session_in
from nightly import rounds
from terminal.patched import patched
from terminal.pty_program import NARROW, NORMAL, WIDE, signoff_in_a_terminal

TINY = (39, 11)
SENTENCE = "Make the terminal at least 40x12."


def test_selection_stays_through_every_size(home: Home) -> None:
    home.session()
    with signoff_in_a_terminal(home, "open", size=WIDE) as program:
        program.wait_for("saved r0")
        program.press("2")
        program.wait_for(">[ ] Coverage")
        program.press("Down")
        program.wait_for(">[ ] Rollback tested")
        for size in (NORMAL, NARROW, WIDE, NARROW, NORMAL, WIDE):
            program.resize(size)
            program.wait_for(">[ ] Rollback tested", "f finish")
        program.press("n")
        program.wait_for_saved(1)
        program.wait_for(">[✗] Rollback tested")


def test_a_terminal_that_gets_too_small_shows_one_line_and_loses_nothing(home: Home) -> None:
    home.session()
    with signoff_in_a_terminal(home, "open", size=WIDE) as program:
        program.wait_for("saved r0")
        program.press("Down")
        program.wait_for(">[ ] Dependencies")
        program.patience = 3
        program.resize(TINY)
        screen = program.wait_for(SENTENCE)
        assert [line for line in screen.splitlines() if line.strip()] == [SENTENCE]
        program.resize(WIDE)
        program.wait_for(">[ ] Dependencies", "f finish")


def test_a_terminal_that_is_too_small_from_the_start_shows_one_line(home: Home) -> None:
    home.session()
    with signoff_in_a_terminal(home, "open", size=TINY) as program:
        screen = program.wait_for(SENTENCE)
        assert [line for line in screen.splitlines() if line.strip()] == [SENTENCE]
        program.resize(NARROW)
        program.wait_for(">[ ] Secrets", "f finish")


@pytest.mark.parametrize(
    ("keys", "asked"),
    [("F", "Show which items?"), ("e", "https://example.com/scan"), ("p", "Owner of")],
    ids=["choice", "entries", "form"],
)
def test_a_question_outlives_a_terminal_of_one_cell(home: Home, keys: str, asked: str) -> None:
    home.session()
    with signoff_in_a_terminal(home, "open", size=WIDE) as program:
        program.wait_for("saved r0")
        program.paste("https://example.com/scan")
        program.wait_for("saved r1")
        program.press(*keys)
        program.wait_for(asked)
        for size in ((1, 1), (4, 2), (7, 30), WIDE):
            program.resize(size)
            program.wait_until_quiet()
        program.wait_for(asked)


READ_TOO_EARLY = """
from textual.drivers.linux_driver import LinuxDriver
ask, last = LinuxDriver._get_terminal_size, []
def the_size_before(self):
    last.append(ask(self))
    return last[-2] if len(last) > 1 else last[-1]
LinuxDriver._get_terminal_size = the_size_before
"""
"""Each time the size is asked for it is the one before, as where two changes come so soon that their order is lost."""


def test_a_size_that_was_read_too_early_is_not_believed(home: Home) -> None:
    home.session()
    with signoff_in_a_terminal(home, "open", size=WIDE, **patched(home, READ_TOO_EARLY)) as program:
        program.wait_for(">[ ] Secrets", "f finish")
        for size in (TINY, WIDE, NORMAL, NARROW):
            program.patience = 5
            program.resize(size)
            program.wait_for(SENTENCE if size == TINY else "f finish")
            assert max(len(line) for line in program.screen().splitlines()) in (size[0], len(SENTENCE))


@pytest.mark.parametrize("key", ["", "?", "p", "f"], ids=["review", "help", "dialog", "finish"])
def test_a_terminal_that_was_another_size_for_a_moment_is_painted_anew(home: Home, key: str) -> None:
    home.session()
    with signoff_in_a_terminal(home, "open", size=WIDE) as program:
        program.wait_for(">[ ] Secrets", "f finish")
        if key:
            program.press(key)
            program.wait_for(re.compile("HELP|Owner of|FINISH"))
        before = program.wait_until_quiet()
        program.resize(WIDE)  # which is no change to the system; the terminal has lost what it showed
        program.signal(signal.SIGWINCH)
        program.patience = 5
        program.wait_until(lambda screen: screen == before, "the same screen again")


def test_a_storm_of_sizes_with_keys_between_ends_in_the_right_screen(home: Home) -> None:
    home.session()
    choose = random.Random(7)
    with signoff_in_a_terminal(home, "open", size=WIDE) as program:
        program.wait_for(">[ ] Secrets", "f finish")
        for number in range(rounds(30, 300)):
            for _ in range(choose.randint(1, 4)):
                program.resize(choose.choice([(1, 1), TINY, NORMAL, NARROW, (500, 200), (40, 12)]))
            program.press("Up" if number % 2 else "Down")
            program.resize(WIDE)
            program.wait_for(">[ ] Secrets" if number % 2 else ">[ ] Dependencies", "saved r0", "f finish")


@pytest.mark.parametrize("size", [(40, 12), (39, 11), (20, 5), (5, 2), (500, 200)])
def test_no_size_is_a_crash(home: Home, size: tuple[int, int]) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "open", size=WIDE) as program:
        program.wait_for("saved r0")
        program.resize(size)
        program.press("n")
        program.wait_until(lambda _: session_in(path).revision == 1, "an answer on the disk")
        program.resize(WIDE)
        program.wait_for_saved(1)
        program.wait_for(">[✗] Secrets", "f finish")


def test_typed_text_stays_through_every_size(home: Home) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "open", size=WIDE) as program:
        program.wait_for("saved r0")
        program.press("i")
        program.wait_for("Note on Secrets in a vault")
        program.type("half a sen")
        program.wait_for("half a sen")
        for size in (NORMAL, NARROW, TINY, WIDE):
            program.resize(size)
            if size != TINY:
                program.wait_for("Note on Secrets in a vault", "half a sen")
        program.type("tence")
        program.wait_for("half a sentence")
        program.press("Esc")
        program.wait_for_saved(1)
    assert session_in(path).answers["vault"].note == "half a sentence"


def test_a_link_being_typed_stays_through_every_size(home: Home) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "open", size=WIDE) as program:
        program.wait_for("saved r0")
        program.press("e")
        program.wait_for("Evidence for Secrets in a vault", "paste a URL")
        program.type("https://ci.example/")
        program.wait_for("https://ci.example/")
        for size in (NARROW, NORMAL, WIDE):
            program.resize(size)
            program.wait_for("Evidence for", "https://ci.example/")
        program.type("run/1")
        program.wait_for("https://ci.example/run/1")
        program.press("Enter")
        program.wait_for_saved(1)
    assert [entry.target for entry in session_in(path).answers["vault"].evidence] == ["https://ci.example/run/1"]
