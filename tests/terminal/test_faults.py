"""What is seen and kept when the program itself is at fault.

The fault is put into the real program from outside, by a module that Python imports before anything else.
"""

from __future__ import annotations

import stat

import pytest

from cli.home import Home, session_in
from meeting import answered
from signoff.domain.answer import Status
from signoff.domain.session import Session
from terminal.patched import patched
from terminal.pty_program import Program, signoff_in_a_terminal

SECRET = "TOPSECRET"
SENTENCE = "signoff met a fault of its own and stopped; every answer is saved."

_FAULTY = f"""
def faulty(self, *arguments, **named):
    typed = "{SECRET} in a local variable"
    raise RuntimeError(f"{{typed}}, and in the message")
"""
IN_A_KEY = "import signoff.ui.screens.review as place\nplace.ReviewScreen.action_park = faulty\n"
IN_A_WORKER = "import signoff.ui.screens.answering_screen as place\nplace.ask_owner = faulty\n"
IN_THE_PAINTING = "import signoff.ui.widgets.command_list as place\nplace.CommandList.row_parts = faulty\n"
IN_A_THREAD = "import signoff.workflow.export_report as place\nplace.draft_of = faulty\n"


def noted(session: Session) -> Session:
    return answered(session, "scan", Status.FAIL, note=f"{SECRET} in a note")


def with_fault(home: Home, where: str) -> dict[str, str]:
    """The variables by which the program meets a fault."""
    return patched(home, _FAULTY + where)


def assert_one_sentence(home: Home, program: Program) -> None:
    """The end of a program that met a fault of its own."""
    assert program.wait_for_end() == 1
    assert program.left_the_screen
    log = home.locations.state / "crash.log"
    # A long path is broken into lines.
    assert "".join(program.said_afterwards.split()) == "".join(f"{SENTENCE} Where it happened is in {log}.".split())
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    kept = log.read_text()
    assert "RuntimeError" in kept
    assert "sitecustomize.py:4 in faulty" in kept
    assert SECRET not in kept


@pytest.mark.parametrize(
    ("where", "key"),
    [(IN_A_KEY, "P"), (IN_A_WORKER, "p"), (IN_A_THREAD, "x")],
    ids=["in a key", "in a worker", "in a thread"],
)
def test_a_fault_saves_and_says_one_sentence_without_what_anybody_typed(home: Home, where: str, key: str) -> None:
    path = home.session(noted)
    with signoff_in_a_terminal(home, "open", **with_fault(home, where)) as program:
        program.wait_for("saved r1")
        program.press("n")
        program.wait_for(">[✗] Secrets")
        program.press(key)
        assert_one_sentence(home, program)
    assert session_in(path).answers["vault"].status is Status.FAIL


def test_a_fault_that_makes_others_fail_is_the_one_that_is_kept(home: Home) -> None:
    home.session(noted)
    with signoff_in_a_terminal(home, "open", **with_fault(home, IN_THE_PAINTING)) as program:
        program.wait_for("saved r1")
        program.press("?")
        assert_one_sentence(home, program)


def test_a_fault_at_the_start_is_one_sentence_too(home: Home) -> None:
    home.session(noted)
    where = "import signoff.ui.widgets.item_list as place\nplace.ItemList.row_parts = faulty\n"
    with signoff_in_a_terminal(home, "open", **with_fault(home, where)) as program:
        assert_one_sentence(home, program)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('name = "ana"\ntheme = 7\n', "config.toml:2 is ignored: theme must be text in quotes"),
        ('name = "ana"\n[keys\n', "The settings are ignored: "),
    ],
)
def test_broken_settings_are_named_on_the_first_screen_and_stop_no_meeting(home: Home, text: str, said: str) -> None:
    session = home.session()
    (home.locations.config / "config.toml").write_text(text)
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for(said)
        program.press("y")
        program.wait_for_saved(session_in(session).revision + 1)
    assert session_in(session).answers["vault"].status is Status.PASS
