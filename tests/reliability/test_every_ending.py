"""R5. However the program is made to end, the last edit is saved, the terminal is given back, and it is gone at once.

A signal, a terminal that is closed, one that is gone without a word; with a note half typed, and with a disk that does
not answer.
"""

from __future__ import annotations

import os
import resource
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from cli.home import Home, session_in
from nightly import NIGHTLY, rounds
from signoff.domain.answer import Status
from signoff.storage.journal import journals, read_journal
from terminal.patched import patched
from terminal.pty_program import Program, signoff_in_a_terminal

SLOWEST = 1.0 if NIGHTLY else 10.0
"""How many seconds an ending may take; the normal run shares its machine."""
MOST_WORK = 0.5
"""How many seconds of work an ending may be: a program that spins makes more."""
ENDINGS = ("SIGTERM", "SIGHUP", "closed terminal", "dead terminal")
A_DISK_THAT_DOES_NOT_ANSWER = """
import time
from signoff.storage.session_file import SessionFile
SessionFile.save = lambda *_: time.sleep(60)
"""
NOBODY_LOOKS_OUT = """
from signoff.ui.ending import Ending
Ending.watch_signals = lambda _: None
"""
A_DEAD_TERMINAL_IS_NOT_SEEN = """
from signoff.ui.ending import Ending
Ending._look_for_terminal = lambda _: None
"""


@dataclass(frozen=True)
class Ended:
    """How the program ended."""

    seconds: float
    work: float
    code: int
    gave_back: bool


def made_to_end(program: Program, how: str, patience: float = 20.0) -> Ended:
    """Have the program end; nothing it shows afterwards is seen where the terminal is gone."""
    children, own = resource.getrusage(resource.RUSAGE_CHILDREN), work_of(program.pid)
    start = time.monotonic()
    if how.startswith("SIG"):
        program.signal(signal.Signals[how])
    else:
        program.close_terminal()
    code = program.wait_for_end(patience)
    seconds, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    work = after.ru_utime + after.ru_stime - children.ru_utime - children.ru_stime - own
    return Ended(seconds, work, code, program.left_the_screen)


def work_of(process: int) -> float:
    """How many seconds of work a process has done."""
    words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize("how", ENDINGS)
def test_the_last_edit_is_saved_and_the_program_is_gone(home: Home, how: str) -> None:
    number, ended = rounds(2, 20), []
    path = home.session()
    for one in range(1, number + 1):
        with signoff_in_a_terminal(home, "open", hangs_up=how != "dead terminal") as program:
            program.wait_for(f"saved r{one - 1}", "f finish")
            program.press("n" if one % 2 else "u")
            program.wait_for("set to FAIL" if one % 2 else "Undone")
            ended.append(made_to_end(program, how))
        assert session_in(path).revision == one
    slowest, most = max(one.seconds for one in ended), max(one.work for one in ended)
    print(f"R5 {how}: {number} of {number} saved, slowest {slowest:.2f} s, most work {most:.2f} s")
    assert slowest < SLOWEST
    assert most < MOST_WORK
    if how.startswith("SIG"):
        assert {one.code for one in ended} == {128 + signal.Signals[how]}
        assert all(one.gave_back for one in ended)


@pytest.mark.parametrize("how", ENDINGS)
def test_a_disk_that_does_not_answer_costs_neither_the_edit_nor_the_note(home: Home, how: str) -> None:
    path = home.session()
    slow = patched(home, A_DISK_THAT_DOES_NOT_ANSWER)
    with signoff_in_a_terminal(home, "open", hangs_up=how != "dead terminal", **slow) as program:
        program.wait_for("saved r0", "f finish")
        program.press("n", "i")
        program.wait_for("Note on")
        program.type("half a sen")
        program.wait_for("half a sen")
        ended = made_to_end(program, how)
        assert ended.seconds < SLOWEST + 1
        assert ended.work < MOST_WORK
    assert session_in(path).revision == 0
    [journal] = journals(home.locations.state)
    assert read_journal(journal).unsaved is not None
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r2")
    answer = session_in(path).answers["vault"]
    assert (answer.status, answer.note) == (Status.FAIL, "half a sen")


def test_an_idle_program_does_next_to_nothing(home: Home) -> None:
    home.session()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r0", "f finish")
        program.wait_until_quiet()
        seconds = rounds(2, 20)
        before = work_of(program.pid)
        program.look_for(seconds)
        share = (work_of(program.pid) - before) / seconds
    print(f"R5 idle: {share:.1%} of a processor over {seconds} s")
    assert share < (0.01 if NIGHTLY else 0.1)


@pytest.mark.parametrize("how", ["SIGTERM", "SIGHUP"])
def test_a_program_that_looks_out_for_no_signal_is_found_out(home: Home, how: str) -> None:
    home.session()
    with signoff_in_a_terminal(home, "open", **patched(home, NOBODY_LOOKS_OUT)) as program:
        program.wait_for("saved r0", "f finish")
        ended = made_to_end(program, how)
    assert ended.code == -signal.Signals[how]
    assert not ended.gave_back


def test_a_program_that_reads_a_dead_terminal_is_found_out(home: Home) -> None:
    home.session()
    blind = patched(home, A_DEAD_TERMINAL_IS_NOT_SEEN)
    with signoff_in_a_terminal(home, "open", hangs_up=False, **blind) as program:
        program.wait_for("saved r0", "f finish")
        before = work_of(program.pid)
        program.close_terminal()
        assert not program.ends_within(2)
        assert work_of(program.pid) - before > MOST_WORK
