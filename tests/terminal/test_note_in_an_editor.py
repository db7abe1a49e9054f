"""A note in the user's own editor: a real program on the real terminal, which may fail, be killed, or be left open."""

from __future__ import annotations

import signal
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.home import Home, session_in
from meeting import answered
from signoff.domain.answer import Status
from signoff.domain.session import Session
from terminal.pty_program import NARROW, PATIENCE, Program, signoff_in_a_terminal

_EDITOR = """#!/bin/sh
for file; do :; done
echo "EDITING $(stat -c %a "$file") [$(cat "$file")] $#"
while read -r line; do
  case "$line" in
    quit) exit 0;;
    fail) exit 3;;
    die) kill -9 $$;;
    empty) : > "$file";;
    latin) printf 'm\\344h' > "$file";;
    *) echo "$line" >> "$file"; echo "WROTE $line";;
  esac
done
"""
FIRST = "Secrets in a vault"


@pytest.fixture
def editor(home: Home) -> str:
    """An editor that adds the lines that are typed to its file, and ends as it is told."""
    program = home.folder / "my editor"
    program.write_text(_EDITOR)
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return f"'{program}'"


def notes_in_files(home: Home) -> Iterator[Path]:
    return (home.locations.state / "notes").glob("*")


def wait_until_no_notes_in_files(home: Home) -> None:
    give_up = time.monotonic() + PATIENCE
    while list(notes_in_files(home)):
        assert time.monotonic() < give_up, "a note stays in a file"
        time.sleep(0.01)


def edit(program: Program, *lines: str) -> None:
    """Type lines into the editor; where it ends, wait until the program has the screen again."""
    for line in lines:
        program.type(f"{line}\n")
        if line in ("quit", "fail", "die"):
            program.wait_until_gone("EDITING")
        elif line not in ("empty", "latin"):
            program.wait_for(f"WROTE {line}")


def noted(session: Session) -> Session:
    return answered(session, "vault", note="as it was")


@pytest.mark.parametrize("key", ["E", "F4"])
def test_the_note_is_what_the_editor_saved(home: Home, editor: str, key: str) -> None:
    path = home.session(noted)
    with signoff_in_a_terminal(home, "open", EDITOR=editor) as program:
        program.wait_for(f">[ ] {FIRST}")
        program.press(key)
        program.wait_for("EDITING 600 [as it was] 1")
        edit(program, "and", "more", "quit")
        program.wait_for(f"{FIRST}: note kept")
        program.wait_for_saved(2)
        program.press("n")  # it reads keys again
        program.wait_for(f">[✗] {FIRST}")
        wait_until_no_notes_in_files(home)
        program.press("Ctrl+Q")
        assert program.wait_for_end() == 0
        assert program.left_the_screen
    assert session_in(path).answers["vault"].note == "as it was\nand\nmore"
    assert stat.S_IMODE((home.locations.state / "notes").stat().st_mode) == 0o700


def test_a_note_that_is_only_looked_at_stays_to_the_letter(home: Home, editor: str) -> None:
    note = "two\x0blines  \n\n"
    path = home.session(lambda session: answered(session, "vault", note=note))
    before = path.read_bytes()
    with signoff_in_a_terminal(home, "open", EDITOR=editor) as program:
        program.wait_for(f">[ ] {FIRST}")
        program.press("E")
        program.wait_for("EDITING")
        edit(program, "quit")
        program.wait_for(f">[ ] {FIRST}")
        program.press("Ctrl+Q")
        assert program.wait_for_end() == 0
    assert session_in(path).answers["vault"].note == note
    assert path.read_bytes() == before


def test_visual_comes_before_editor_and_both_may_have_arguments(home: Home, editor: str) -> None:
    home.session()
    with signoff_in_a_terminal(home, "open", EDITOR="false", VISUAL=f"{editor} --wait 'two words'") as program:
        program.wait_for(f">[ ] {FIRST}")
        program.press("E")
        program.wait_for("EDITING 600 [] 3")


def test_the_presenter_has_it_too(home: Home, editor: str) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "open", size=NARROW, EDITOR=editor) as program:
        program.wait_for(f">[ ] {FIRST}")
        program.press("v")
        program.wait_for("MUST-HAVE")
        program.press("E")
        program.wait_for("EDITING 600 []")
        edit(program, "said in the room", "quit")
        program.wait_for(f"{FIRST}: note kept", "MUST-HAVE")
        program.press("v")
        program.wait_for_saved(1)
    assert session_in(path).answers["vault"].note == "said in the room"


def test_within_the_note_f4_goes_on_there_and_esc_keeps_it(home: Home, editor: str) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "open", EDITOR=editor) as program:
        program.wait_for(f">[ ] {FIRST}")
        program.press("i")
        program.wait_for("Note on", "F4 $EDITOR")
        program.type("typed here")
        program.press("F4")
        program.wait_for("EDITING 600 [typed here]")
        edit(program, "typed there", "quit")
        program.wait_for("Note on", "typed there")
        program.type(" and here")
        program.wait_for("typed there and here")
        assert session_in(path).revision == 0
        program.press("F4")
        program.wait_for("EDITING 600 [typed here", "typed there and here] 1")
        edit(program, "twice", "quit")
        program.wait_for("Note on", "twice")
        program.press("Esc")
        program.wait_for(f"{FIRST}: note kept")
        wait_until_no_notes_in_files(home)
        program.wait_for_saved(1)
    assert session_in(path).answers["vault"].note == "typed here\ntyped there and here\ntwice"


@pytest.mark.parametrize(
    ("end", "said"), [("fail", "ended with the exit code 3."), ("die", "was ended by the signal 9.")]
)
def test_an_editor_that_fails_leaves_its_text_in_the_note_being_typed(
    home: Home, editor: str, end: str, said: str
) -> None:
    path = home.session(noted)
    with signoff_in_a_terminal(home, "open", EDITOR=editor) as program:
        program.wait_for(f">[ ] {FIRST}")
        program.press("E")
        program.wait_for("EDITING")
        edit(program, "typed before it failed", end)
        program.wait_for("Note on", said, "typed before it failed")
        assert session_in(path).answers["vault"].note == "as it was"
        program.press("Esc")
        program.wait_for(f"{FIRST}: note kept")
        program.wait_for_saved(2)
    assert session_in(path).answers["vault"].note == "as it was\ntyped before it failed"


def test_an_editor_that_fails_with_an_empty_file_costs_nothing(home: Home, editor: str) -> None:
    path = home.session(noted)
    with signoff_in_a_terminal(home, "open", EDITOR=editor) as program:
        program.wait_for(f">[ ] {FIRST}")
        program.press("E")
        program.wait_for("EDITING")
        edit(program, "empty", "fail")
        program.wait_for("Note on", "exit code 3", "as it was")
        program.press("Esc")
        program.wait_until_gone("Note on")
    assert session_in(path).answers["vault"].note == "as it was"


def test_what_is_no_text_is_left_in_its_file_and_said(home: Home, editor: str) -> None:
    path = home.session(noted)
    with signoff_in_a_terminal(home, "open", EDITOR=editor) as program:
        program.wait_for(f">[ ] {FIRST}")
        program.press("E")
        program.wait_for("EDITING")
        edit(program, "latin", "quit")
        program.wait_for("Note on", "not UTF-8 text", "as it was")
        program.press("Esc")
        program.wait_until_gone("Note on")
    assert session_in(path).answers["vault"].note == "as it was"
    [left] = notes_in_files(home)
    assert left.read_bytes() == b"m\xe4h"


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({}, "No editor is set: set EDITOR to its command, such as `export EDITOR=nano`."),
        ({"EDITOR": "no-such-editor -x"}, "EDITOR names no-such-editor, which is not to be found"),
        ({"VISUAL": "ed 'x"}, "VISUAL cannot be read as a command: no closing quotation."),
    ],
)
def test_without_an_editor_it_says_what_to_set(home: Home, variables: dict[str, str], said: str) -> None:
    home.session()
    with signoff_in_a_terminal(home, "open", **variables) as program:
        program.wait_for(f">[ ] {FIRST}")
        program.press("E")
        program.wait_for(said)
        program.press("i")
        program.wait_for("Note on")
        program.press("F4")
        program.wait_for(said.partition(",")[0].partition(" as ")[0])


def test_ctrl_c_is_the_editors(home: Home, editor: str) -> None:
    home.session()
    with signoff_in_a_terminal(home, "open", EDITOR=editor) as program:
        program.wait_for(f">[ ] {FIRST}")
        program.press("E")
        program.wait_for("EDITING")
        program.press("Ctrl+C")
        program.wait_for("Note on", "was ended by the signal 2.")


def test_answers_are_saved_while_the_editor_is_open(home: Home, editor: str) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "open", EDITOR=editor) as program:
        program.wait_for(f">[ ] {FIRST}")
        program.type("nE")
        program.wait_for("EDITING")
        give_up = time.monotonic() + PATIENCE
        while session_in(path).answers["vault"].status is not Status.FAIL:
            assert time.monotonic() < give_up, "the answer is not saved while the editor is open"
            time.sleep(0.01)
        edit(program, "x", "quit")
        program.wait_for("note kept")
        program.wait_for_saved(2)


def test_another_size_meanwhile_is_the_size_afterwards(home: Home, editor: str) -> None:
    home.session()
    with signoff_in_a_terminal(home, "open", EDITOR=editor) as program:
        program.wait_for(f">[ ] {FIRST}")
        program.press("E")
        program.wait_for("EDITING")
        program.resize(NARROW)
        edit(program, "x", "quit")
        program.wait_for("note kept", "─" * 60)
        program.wait_until(lambda screen: "─" * 61 not in screen, "the narrow layout")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_when_the_program_is_ended_meanwhile_what_the_editor_saved_is_kept(
    home: Home, editor: str, number: signal.Signals
) -> None:
    path = home.session(noted)
    with signoff_in_a_terminal(home, "open", EDITOR=editor) as program:
        program.wait_for(f">[ ] {FIRST}")
        program.press("E")
        program.wait_for("EDITING")
        edit(program, "before the end")
        program.signal(number)
        assert program.wait_for_end() == 128 + number
    assert session_in(path).answers["vault"].note == "as it was\nbefore the end"


def test_locked_answers_open_no_editor(home: Home, editor: str) -> None:
    home.session()
    with signoff_in_a_terminal(home, "open", EDITOR=editor) as program:
        program.wait_for(f">[ ] {FIRST}")
        program.type("LE")
        program.wait_for("The answers are locked; L unlocks them.", "LOCKED")
