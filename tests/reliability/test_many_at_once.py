"""Several programs answer one session at once, each an item of its own: what one of them was told is set is set.

They save back to back, so that each of their saves meets somebody else's.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from cli.home import Home, session_in
from meeting import a_checklist, answered
from nightly import COUNTS, rounds
from reliability.window import Window, a_window
from signoff.domain.answer import Status
from signoff.domain.checklist import Checklist, Item
from terminal.pty_program import Program, signoff_in_a_terminal

SETS = """
import sys
from signoff.cli.main import run
path, *items = sys.argv[1:]
sys.stdin.readline()
for item in items:
    print("code", run(["set", path, item, "pass", "--json"]), item, file=sys.stderr, flush=True)
"""
EACH = 12
"""How many answers one program gives in a round."""


@dataclass(frozen=True)
class Round:
    """What came of several programs that answered at once."""

    accepted: list[str]
    """The items whose answers were said to be set."""
    said: str
    """All that was said beside."""


def items_of(count: int) -> list[str]:
    return [f"item-{number:03}" for number in range(count)]


def a_checklist_of(items: list[str]) -> Checklist:
    category = replace(a_checklist().categories[0], items=tuple(Item(item, f"It is {item}") for item in items))
    return replace(a_checklist(), categories=(category, *a_checklist().categories[1:]))


def set_at_once(
    home: Home, path: Path, programs: int, items: list[str], meanwhile: Callable[[], None] = lambda: None
) -> Round:
    """Have each program set its share of the items, all from the same moment on."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", SETS, path, *items[number::programs]],
            env=home.variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(programs)
    ]
    for program in running:
        assert program.stdin
        program.stdin.write("go\n")
        program.stdin.flush()
    meanwhile()
    said = [program.communicate(timeout=120)[1] for program in running]
    lines = [line for text in said for line in text.splitlines()]
    codes = [line.split() for line in lines if line.startswith("code ")]
    assert len(codes) == len(items)
    return Round(
        [item for _, code, item in codes if code in ("0", "3")],
        "\n".join(line for line in lines if not line.startswith("code ")),
    )


@pytest.mark.parametrize("programs", [2, 4])
def test_what_several_programs_set_at_once_is_all_in_the_session(home: Home, programs: int) -> None:
    items = items_of(EACH * programs)
    for _ in range(rounds(1, 30)):
        path = home.session(checklist=a_checklist_of(items))
        done = set_at_once(home, path, programs, items)
        session = session_in(path)
        assert done.said == ""
        assert done.accepted == [item for number in range(programs) for item in items[number::programs]]
        assert [item for item in done.accepted if session.answers[item].status is not Status.PASS] == []
        assert {change.subject for change in session.history} == {f"answers.{item}" for item in items}
        assert list(home.sessions.glob("*.conflict-*")) == []
        COUNTS["R3: answers that several programs set at once"] += len(items)


def test_beside_an_open_window_that_saves_as_well_all_answers_are_in_the_session(home: Home) -> None:
    items = items_of(2 * EACH + 60)
    theirs, mine = items[: 2 * EACH], items[2 * EACH :]
    for _ in range(rounds(1, 30)):
        path = home.session(checklist=a_checklist_of(items))
        with a_window(path) as window:

            def somebody_answers(window: Window = window) -> None:
                for item in mine:
                    window.edit(lambda s, item=item: answered(s, item, Status.FAIL))  # type: ignore[misc]
                    time.sleep(0.03)

            done = set_at_once(home, path, 2, theirs, somebody_answers)
            assert window.flush()
            assert (window.kept, window.failures) == ([], [])
        session = session_in(path)
        assert session == window.session
        assert (done.said, sorted(done.accepted)) == ("", theirs)
        assert [item for item in theirs if session.answers[item].status is not Status.PASS] == []
        assert [item for item in mine if session.answers[item].status is not Status.FAIL] == []
        assert {change.subject for change in session.history} == {f"answers.{item}" for item in items}
        assert list(home.sessions.glob("*.conflict-*")) == []
        COUNTS["R3: answers that were set beside an open window"] += len(items)


def test_beside_the_window_of_a_meeting_all_answers_are_in_the_session(home: Home) -> None:
    items = items_of(2 * EACH + 20)
    mine, theirs = items[:20], items[20:]
    for _ in range(rounds(1, 10)):
        path = home.session(checklist=a_checklist_of(items))
        with signoff_in_a_terminal(home, "open", str(path)) as program:
            program.wait_for("saved r0")

            def somebody_answers(program: Program = program) -> None:
                for following in items[1 : len(mine) + 1]:
                    program.press("y", "Down")
                    program.wait_for(re.compile(rf">\[.\] It is {following}"))  # a program may have answered it by now

            done = set_at_once(home, path, 2, theirs, somebody_answers)
            program.wait_for(f"saved r{len(items)} ", f"{len(items)}/{len(items) + 3}")
        session = session_in(path)
        assert (done.said, sorted(done.accepted)) == ("", theirs)
        assert [item for item in items if session.answers[item].status is not Status.PASS] == []
        assert {change.subject for change in session.history} == {f"answers.{item}" for item in items}
        assert list(home.sessions.glob("*.conflict-*")) == []
        COUNTS["R3: answers that were set beside an open window"] += len(items)
