"""The keys of the footer, as a terminal sends them."""

from __future__ import annotations

import re

import pytest

from cli.home import Home, session_in
from signoff.domain.answer import Status
from terminal.pty_program import NARROW, NORMAL, WIDE, Program, Size, signoff_in_a_terminal

ITEM = "Coverage meets its threshold"


@pytest.mark.parametrize("size", [WIDE, NORMAL, NARROW], ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_answer_is_one_key(home: Home, size: Size) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "open", size=size) as program:
        program.wait_for("saved r0")
        program.press("2")
        program.wait_for(f">[ ] {ITEM}")
        for revision, (key, box, asked) in enumerate(
            (
                ("y", "✓", ""),
                ("n", "✗", f"Actions for {ITEM}"),
                ("c", "~", f"COND: {ITEM}"),
                ("r", "!", f"RISK: {ITEM}"),
                ("a", "-", f"N/A: {ITEM}"),
                ("Delete", " ", ""),
            ),
            1,
        ):
            program.press(key)
            program.wait_for_saved(revision)
            if asked:
                program.wait_for(asked)
                program.press("Esc")
                program.wait_until_gone(asked)
            program.wait_for(f">[{box}] {ITEM}")
    statuses = [change.now["status"] for change in session_in(path).history]
    assert statuses == ["pass", "fail", "condition", "risk", "na", "open"]


def test_what_an_answer_must_also_have_is_asked_at_once(home: Home) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r0")
        program.press("a")
        program.wait_for("N/A: Secrets in a vault", "why it does not apply")
        program.type("it has no secrets")
        program.press("Enter")
        program.wait_for_saved(2)
        program.wait_for("Secrets in a vault: N/A is complete")
    assert session_in(path).answers["vault"].reason == "it has no secrets"


def test_space_goes_to_the_next_open_item_and_backspace_back(home: Home) -> None:
    home.session()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r0")
        program.press("n")
        program.wait_for(">[✗] Secrets")
        for item in ("Dependencies", "Coverage", "Rollback tested", "Rollback plan", "Dependencies"):
            program.press("Space")
            program.wait_for(f">[ ] {item}")
        program.press("Backspace")
        program.wait_for(">[ ] Rollback plan")


def test_owner_evidence_and_note_are_a_key_and_a_line_each(home: Home) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r0")
        program.press("p")
        program.wait_for("Owner of Secrets in a vault", "a name")
        program.type("ana")
        program.press("Enter")
        program.wait_for_saved(1)
        program.wait_until_gone("Owner of")
        program.press("e")
        program.wait_for("Evidence for Secrets in a vault", "paste a URL")
        program.type("https://ci.example/run/1")
        program.press("Enter")
        program.wait_for_saved(2)
        program.wait_until_gone("Evidence for")
        program.press("i")
        program.wait_for("Note on Secrets in a vault")
        program.type("all of them, y or n")
        program.press("Enter")
        program.type("the second line")
        program.wait_for("the second line")
        program.press("Esc")
        program.wait_for_saved(3)
        program.wait_for(re.compile("Owner p +ana"), "https://ci.example/run/1", "the second line")
    answer = session_in(path).answers["vault"]
    assert (answer.status, answer.owner, answer.note) == (Status.OPEN, "ana", "all of them, y or n\nthe second line")
    assert [entry.target for entry in answer.evidence] == ["https://ci.example/run/1"]


@pytest.mark.parametrize(
    ("key", "screen"), [("f", "ROLL CALL"), ("?", "HELP  Review"), ("F1", "HELP  Review"), ("x", "PREVIEW")]
)
def test_other_screens_are_a_key_away_and_esc_comes_back(home: Home, key: str, screen: str) -> None:
    home.session()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r0")
        program.press("Down")
        program.wait_for(">[ ] Dependencies")
        program.press(key)
        program.wait_for(screen)
        program.press("Esc")
        program.wait_until_gone(screen)
        program.wait_for(">[ ] Dependencies")


def test_q_goes_back_then_quits(home: Home) -> None:
    home.session()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r0")
        program.press("q")
        program.wait_for("go/no-go meetings", "> payments 4.12.0")
        program.press("q")
        assert program.wait_for_end() == 0


def test_ctrl_q_quits_from_anywhere_and_keeps_what_is_being_typed(home: Home) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r0")
        program.press("i")
        program.wait_for("Note on")
        program.type("a long thought")
        program.wait_for("a long thought")
        program.press("Ctrl+Q")
        assert program.wait_for_end() == 0
    assert session_in(path).answers["vault"].note == "a long thought"


def fill(program: Program, label: str, text: str) -> None:
    """Type into a line of a form once it has the keys, and leave it with Enter."""
    program.wait_for_cursor(label)
    program.type(text)
    program.wait_for(re.compile(f"{label} +{re.escape(text)}"))
    program.press("Enter")


def test_a_meeting_from_the_first_screen_to_the_decision(home: Home) -> None:
    with signoff_in_a_terminal(home) as program:
        program.wait_for("No sessions yet.")
        program.press("n")
        program.wait_for("New session")
        fill(program, "Service", "ledger")
        fill(program, "Version", "9.1")
        for label in ("Environment", "Commit", "Window", "Time zone", "Rollback", "Checklist"):
            program.wait_for_cursor(label)
            program.press("Enter")
        program.wait_for("ledger 9.1 -> prod", "0/37 answered")
        program.press("n")
        program.wait_for("would be: NO-GO", re.compile(r"saved r1\b"))
        program.press("f")
        program.wait_for("FINISH", "BLOCKERS (1)")
        program.press("D")
        program.wait_for("The rules say: NO-GO")
        program.press("n")
        fill(program, "Why", "secrets stand in the code")
        fill(program, "Meet again", "2026-12-10")
        program.wait_for("Decided: NO-GO. The report is ready; S signs it.")
        program.wait_for_saved(2)
    [path] = home.sessions.glob("*.toml")
    decision = session_in(path).decision
    assert (decision.choice.value, decision.by, decision.reason) == ("NO-GO", "rm", "secrets stand in the code")


# Keys that arrive faster than the screen is painted, as they do after a lag.


def test_an_answer_belongs_to_the_item_that_was_selected_when_its_key_was_pressed(home: Home) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r0", ">[ ] Secrets")
        program.type("njnjj")
        program.wait_for(re.compile(r">\[.\] Rollback|>\[.\] Dependencies"))
        program.press("?")
        program.wait_for("HELP")
        program.press("Esc")
        program.wait_until_gone("HELP")
        program.press("q")
        program.wait_for("go/no-go meetings")
    assert {item: answer.status.value for item, answer in session_in(path).answers.given.items()} == {
        "vault": "fail",
        "scan": "fail",
    }


def test_what_is_typed_right_after_enter_goes_into_the_next_line(home: Home) -> None:
    with signoff_in_a_terminal(home) as program:
        program.wait_for("No sessions yet.")
        program.press("n")
        program.wait_for_cursor("Service")
        program.type("ledger\r9.1")
        program.wait_for(re.compile("Service +ledger"), "9.1")
        assert re.search("Version +9.1", program.screen())


def test_keys_of_a_text_field_are_done_in_the_order_in_which_they_come(home: Home) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r0")
        for key, title in (("p", "Owner of"), ("i", "Note on")):
            program.press(key)
            program.wait_for(title)
            program.type("abc\x7fd\x01x")
            program.wait_for("xabd")
            program.press("Esc")
            program.wait_until_gone(title)
        program.wait_for_saved(2)
        program.press("e")
        program.wait_for("Evidence for")
        program.type("https://a.example/1\tcoverage\x1b[Bprod")
        program.wait_for(re.compile("Title +coverage"), re.compile("Environment +prod"))
        program.press("Esc")
        program.wait_for_saved(3)
        program.press("/")
        program.wait_for("FIND")
        program.type("zz\x15vault")
        program.wait_for("FIND  vault", '"vault": 1 of 5')
    answer = session_in(path).answers["vault"]
    assert (answer.owner, answer.note) == ("xabd", "xabd")
    assert [(entry.title, entry.environment) for entry in answer.evidence] == [("coverage", "prod")]
