"""R1. The program is killed with SIGKILL at random moments of a meeting, in a real terminal.

What the first line called saved is there afterwards, the file can be read, and nothing is left lying about. Answers and
a note are given as fast as the keys are taken, so that most kills meet a save that is under way.
"""

from __future__ import annotations

import random
import re
import signal
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from cli.home import Home, session_in
from nightly import rounds
from signoff.domain.answer import Answer
from signoff.domain.session import Session
from signoff.errors import SignoffError
from terminal.patched import patched
from terminal.pty_program import Program, signoff_in_a_terminal

CALLED_SAVED_TOO_EARLY = """
import os, time
from signoff.ui import open_session as place
fsync, put = os.fsync, place.OpenSession.put
def slow(descriptor):
    time.sleep(0.05)
    fsync(descriptor)
def early(opened, session):
    changed = put(opened, session)
    opened.saving.publish(place.Saved(session.revision, opened.clock()))
    return changed
os.fsync, place.OpenSession.put = slow, early
"""
SAVED_BY_WAY_OF_A_COPY = """
from signoff.storage import spare
spare._WORTH_IT = 0
"""
WRITTEN_IN_PLACE = """
import os, time
def in_place(source, target, *, src_dir_fd=None, dst_dir_fd=None):
    read = os.open(source, os.O_RDONLY, dir_fd=src_dir_fd)
    write = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600, dir_fd=dst_dir_fd)
    while piece := os.read(read, 500):
        os.write(write, piece)
        time.sleep(0.001)
    os.close(read)
    os.close(write)
    os.unlink(source, dir_fd=src_dir_fd)
os.replace = os.rename = in_place
"""
TEMPORARY_FILES_STAY = """
import os
fsync = os.fsync
def littering(descriptor):
    fsync(descriptor)
    open(os.path.join(os.environ["XDG_DATA_HOME"], f"{os.urandom(4).hex()}.tmp"), "w").close()
os.fsync = littering
"""


@dataclass
class Killing:
    """Rounds of one meeting, and what they came to."""

    home: Home
    path: Path
    choose: random.Random
    variables: dict[str, str] = field(default_factory=dict)
    unreadable: int = 0
    lost: int = 0
    most_left: int = 0
    saved: int = 0
    under_way: int = 0

    def go(self, number: int) -> None:
        """Open the session, answer for a moment, kill."""
        with signoff_in_a_terminal(self.home, "open", **self.variables) as program:
            program.wait_for(re.compile(r"saved r\d+"), "f finish")
            answers = self._meet(program)
            program.signal(signal.SIGKILL)
            assert program.wait_for_end() == -signal.SIGKILL
        called_saved = max(int(found) for found in re.findall(r"saved r(\d+)", program.all_painted))
        self.saved = called_saved
        # Beside the session: the state folder, which nobody keeps in git or shares, is swept on its own.
        self.most_left = max(self.most_left, len(list((self.home.folder / "data").rglob("*.tmp"))))
        try:
            session = session_in(self.path)
        except SignoffError:
            self.unreadable += 1
            return
        self.under_way += answers > called_saved
        if session.revision < called_saved or not is_consistent(session):
            self.lost += 1

    def _meet(self, program: Program) -> int:
        """Answer and take notes until the moment comes; returns the revision that all of it would lead to."""
        revision = session_in(self.path).revision
        for _ in range(self.choose.randrange(12)):
            if self.choose.random() < 0.2:
                program.press("i")
                program.type(f"note {self.choose.randrange(10_000)}")
                program.press("Esc")
            else:
                # In turns, so that what a revision says is known; Del is no letter, so that it is not taken for typing.
                program.press("n", "Delete")
                revision += 1
            revision += 1
            program.look_for(self.choose.choice([0.0, 0.002, 0.005, 0.02, 0.05]))
        return revision


def is_consistent(session: Session) -> bool:
    """Whether what the file says is what its history leads to, edit by edit."""
    said: dict[str, Answer] = {}
    revision = 0
    for change in session.history:
        item = change.subject.removeprefix("answers.")
        before = said.get(item, Answer())
        if any(getattr(before, name) != value for name, value in change.was.items()):
            return False
        if change.revision != revision + 1:
            return False
        revision, said[item] = change.revision, replace(before, **change.now)
    return session.revision == revision and said == dict(session.answers.given)


def killed(home: Home, number: int, code: str = "", seed: int = 1) -> Killing:
    killing = Killing(home, home.session(), random.Random(seed), patched(home, code) if code else {})
    for one in range(number):
        killing.go(one)
        if code and (killing.lost or killing.unreadable or killing.most_left > 1):
            break
    return killing


@pytest.mark.parametrize("code", ["", SAVED_BY_WAY_OF_A_COPY], ids=["written whole", "by way of a copy"])
def test_nothing_that_was_called_saved_is_lost(home: Home, code: str) -> None:
    number = rounds(12, 300)
    killing = killed(home, number, code)
    print(
        f"R1: {number} kills, {killing.under_way} with an edit under way, up to r{killing.saved}: {killing.unreadable} "
        f"unreadable, {killing.lost} lost, at most {killing.most_left} temporary files"
    )
    assert (killing.unreadable, killing.lost) == (0, 0)
    assert killing.most_left <= 1
    assert killing.under_way, "no kill met an edit that was under way, so nothing was tried"


def test_a_program_that_calls_it_saved_too_early_is_found_out(home: Home) -> None:
    assert killed(home, 300, CALLED_SAVED_TOO_EARLY).lost


def test_a_program_that_writes_in_place_is_found_out(home: Home) -> None:
    killing = killed(home, 300, WRITTEN_IN_PLACE)
    assert killing.unreadable or killing.lost


def test_a_program_that_leaves_files_behind_is_found_out(home: Home) -> None:
    assert killed(home, 300, TEMPORARY_FILES_STAY).most_left > 1
