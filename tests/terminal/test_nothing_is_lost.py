"""What is on the disk when the program, its terminal or its machine is taken away."""

from __future__ import annotations

import os
import re
import signal
import time

import pytest

from cli.home import Home, session_in
from meeting import NOW, answered
from signoff.domain.answer import Status
from signoff.domain.session import Session
from signoff.storage.journal import Journal, journals, read_journal
from signoff.storage.journal_record import Note
from terminal.pty_program import PATIENCE, Program, signoff_in_a_terminal

NOTE = "2 of 6 pods return 404"


def taken_away(program: Program, how: str) -> None:
    if how == "closed terminal":
        program.close_terminal()
    else:
        program.signal(signal.Signals[how])


def wait_for_note(home: Home, text: str) -> None:
    """Wait until the note being typed is on the disk."""
    give_up = time.monotonic() + PATIENCE
    while text not in [kept.note.text for kept in map(read_journal, journals(home.locations.state)) if kept.note]:
        assert time.monotonic() < give_up, "the note being typed does not reach the disk"
        os.sched_yield()


def test_an_answer_is_on_the_disk_when_the_first_line_says_so(home: Home) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r0")
        for revision, (key, status) in enumerate((("y", "pass"), ("n", "fail"), ("Delete", "open"), ("n", "fail")), 1):
            program.press(key)
            program.wait_for_saved(revision)
            assert (session_in(path).revision, session_in(path).answers["vault"].status) == (revision, status)


def test_and_survives_the_death_of_the_program_right_after(home: Home) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r0")
        program.press("n")
        program.wait_for_saved(1)
        program.signal(signal.SIGKILL)
        assert program.wait_for_end() == -signal.SIGKILL
    assert session_in(path).answers["vault"].status is Status.FAIL
    assert [entry.name for entry in home.sessions.iterdir()] == [path.name]


@pytest.mark.parametrize("how", ["closed terminal", "SIGHUP", "SIGTERM"])
def test_who_is_taken_away_while_typing_loses_nothing(home: Home, how: str) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r0")
        program.press("n")
        program.wait_for("[✗] Secrets")
        program.press("Down")
        program.wait_for(">[ ] Dependencies")
        program.press("i")
        program.wait_for("Note on Dependencies scanned")
        program.type(NOTE)
        program.wait_for(NOTE)
        taken_away(program, how)
        program.wait_for_end(seconds=5)
        assert program.left_the_screen == (how != "closed terminal")
    assert session_in(path).answers["vault"].status is Status.FAIL
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for(re.compile("saved r2.*would be", re.DOTALL))
        assert session_in(path).answers["scan"].note == NOTE
        program.press_until("Down", ">[ ] Dependencies")
        program.press("i")
        program.wait_for("Note on Dependencies scanned", NOTE)


def test_a_terminal_that_goes_without_a_word_ends_the_program(home: Home) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "open", hangs_up=False) as program:
        program.wait_for("saved r0")
        program.press("n")
        program.wait_for("[✗] Secrets")
        program.close_terminal()
        program.wait_for_end(seconds=3)
    assert session_in(path).answers["vault"].status is Status.FAIL


def test_a_note_that_was_typed_before_a_pause_survives_even_kill_9(home: Home) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r0")
        program.press("i")
        program.wait_for("Note on")
        program.type(NOTE)
        program.wait_for(NOTE)
        wait_for_note(home, NOTE)
        program.signal(signal.SIGKILL)
        program.wait_for_end()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("is kept here.")
        program.wait_for_saved(1)
    assert session_in(path).answers["vault"].note == NOTE


def test_a_note_that_was_kept_is_seen_beside_its_item(home: Home) -> None:
    path = home.session()
    Journal(home.locations.state, path, lambda: NOW).keep_note(Note("vault", NOTE))
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("is kept here.")
        program.wait_for_saved(1)
        program.press("Down", "Up")
        program.wait_for(">[ ] Secrets")
        assert re.search(f"Note i +{NOTE}", program.screen())


def first_settled(session: Session) -> Session:
    return answered(answered(session, "vault", Status.FAIL), "scan", Status.FAIL)


def test_the_note_is_kept_where_one_stands_also_when_that_item_is_answered(home: Home) -> None:
    path = home.session(first_settled)
    Journal(home.locations.state, path, lambda: NOW).keep_note(Note("vault", NOTE))
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("is kept here.")
        program.wait_for_saved(3)
        assert ">[✗] Secrets in a vault" in program.screen()


def test_a_finished_note_is_not_offered_again(home: Home) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r0")
        program.press("i")
        program.wait_for("Note on")
        program.type(NOTE)
        wait_for_note(home, NOTE)
        program.press("Esc")
        program.wait_for_saved(1)
        program.press("q")
        program.wait_for("go/no-go meetings")
    assert session_in(path).answers["vault"].note == NOTE
    assert journals(home.locations.state) == []


@pytest.mark.parametrize("how", ["SIGHUP", "SIGTERM"])
def test_the_list_of_sessions_gives_the_terminal_back_as_well(home: Home, how: str) -> None:
    with signoff_in_a_terminal(home) as program:
        program.wait_for("No sessions yet.")
        taken_away(program, how)
        assert program.wait_for_end(seconds=5) == 128 + signal.Signals[how]
        assert program.left_the_screen


def test_leaving_gives_the_terminal_back_and_says_nothing(home: Home) -> None:
    home.session()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r0")
        program.press("q")
        program.wait_for("go/no-go meetings", "payments 4.12.0")
        program.press("q")
        assert program.wait_for_end() == 0
        assert program.left_the_screen
        assert program.said_afterwards == ""


def test_a_program_that_was_stopped_comes_back_with_everything(home: Home) -> None:
    home.session()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r0")
        program.press("n")
        program.wait_for_saved(1)
        program.signal(signal.SIGTSTP)
        program.wait_until_stopped()
        assert program.left_the_screen
        program.signal(signal.SIGCONT)
        program.wait_until(lambda _: not program.left_the_screen, "the screen again")
        program.press("Down")
        program.wait_for(">[ ] Dependencies")
        program.press("n")
        program.wait_for_saved(2)
