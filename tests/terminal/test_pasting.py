"""People paste, sometimes into the wrong window."""

from __future__ import annotations

import pytest

from cli.home import Home, session_in
from signoff.domain.answer import Status
from terminal.pty_program import signoff_in_a_terminal

LINES = "first line\n  indented: y n c r a q f\n\nlast line, with ünïcode ✓"
URL = "https://ci.example/run?q=" + "0123456789" * 197 + "y_n-a"


def test_every_line_of_a_paste_is_in_the_note(home: Home) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r0")
        program.press("i")
        program.wait_for("Note on")
        program.paste(LINES)
        program.wait_for("last line, with ünïcode ✓")
        program.press("Esc")
        program.wait_for_saved(1)
    assert session_in(path).answers["vault"].note == LINES


def test_a_long_link_is_pasted_whole(home: Home) -> None:
    assert len(URL) == 2000
    path = home.session()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r0")
        program.press("e")
        program.wait_for("Evidence for", "paste a URL")
        program.paste(URL)
        program.wait_for("https://ci.example/run?q=")
        program.press("Enter")
        program.wait_for_saved(1)
        program.wait_for("…")  # the detail shows its two ends
    assert [entry.target for entry in session_in(path).answers["vault"].evidence] == [URL]


@pytest.mark.parametrize("text", ["y", "n\nn\nq\n", LINES])
def test_a_paste_on_the_list_is_no_keys(home: Home, text: str) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r0", ">[ ] Secrets")
        program.paste(text)
        program.wait_for("Add this to the note on Secrets in a vault?")
        program.press("Esc")
        program.wait_until_gone("Add this to the note")
        program.wait_for(">[ ] Secrets", "0/5 answered", "saved r0")
    assert session_in(path).revision == 0


def test_a_link_that_is_pasted_on_the_list_is_evidence_for_the_item(home: Home) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r0", ">[ ] Secrets")
        program.paste(URL)
        program.wait_for_saved(1)
    answer = session_in(path).answers["vault"]
    assert [entry.target for entry in answer.evidence] == [URL]
    assert answer.status is Status.OPEN


def test_a_paste_on_the_list_of_sessions_opens_nothing(home: Home) -> None:
    home.session()
    with signoff_in_a_terminal(home) as program:
        program.wait_for("> payments 4.12.0")
        program.paste("nq\nc\n")
        program.press("?")
        program.wait_for("HELP  Sessions")
