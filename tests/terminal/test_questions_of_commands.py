"""Commands that ask for what was not given, where there is a terminal to ask in."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.home import Home, session_in
from cli.reports import PASSPHRASE as KEY_PASSPHRASE
from cli.reports import a_key
from seeded import RM, SEC
from signoff.domain.answer import Status
from signoff.signing.container import parse_report
from terminal.pty_program import signoff_in_a_terminal
from vectors import BODY

PASSPHRASE = "correct horse battery"
OTHER = "sec@example.com"


def test_new_asks_for_service_and_version_then_opens_the_session(home: Home) -> None:
    with signoff_in_a_terminal(home, "new") as program:
        program.wait_for("Service:")
        program.type("payments-api\n")
        program.wait_for("Version:")
        program.type("4.12.0\n")
        program.wait_for("payments-api 4.12.0 -> prod", "0/37 answered")
        program.press("n")
        program.wait_for_saved(1)
    [path] = home.sessions.glob("*.toml")
    assert session_in(path).release.title == "payments-api 4.12.0 -> prod"


def test_a_question_can_be_left(home: Home) -> None:
    with signoff_in_a_terminal(home, "new") as program:
        program.wait_for("Service:")
        assert program.interrupt() == 130
        assert "Stopped." in program.all_painted
    assert list(home.sessions.iterdir()) == []


def test_without_a_keyring_a_passphrase_is_asked_twice_and_never_shown(home: Home) -> None:
    with signoff_in_a_terminal(home, "key", "new") as program:
        program.wait_for("Sign as")
        program.type("rm@example.com\n")
        program.wait_for("No keyring of this system can be reached", "Passphrase:")
        program.type(f"{PASSPHRASE}\n")
        program.wait_for("Once more:")
        program.type(f"{PASSPHRASE}\n")
        assert program.wait_for_end() == 0
        assert "Made a key; its private half is in" in program.all_painted
        assert PASSPHRASE not in program.all_painted
    assert (home.locations.config / "signing_key").exists()


@pytest.fixture
def report(home: Home) -> Path:
    """A report that somebody else has signed."""
    path = home.work / "r.md"
    path.write_bytes(RM.signs(BODY))
    return path


def test_sign_shows_the_report_and_asks_verdict_and_passphrase(home: Home, report: Path) -> None:
    a_key(home, OTHER)
    with signoff_in_a_terminal(home, "sign", "r.md", "--role", "security") as program:
        program.wait_for("Sign-offs so far:", f"You sign as {OTHER}, Security", "Your verdict")
        program.type("maybe\n")
        program.wait_for("is not one of")
        program.type("no-go\n")
        program.wait_for(f"Passphrase of {OTHER}:")
        program.type("not the passphrase\n")
        program.wait_until(lambda screen: screen.count(f"Passphrase of {OTHER}:") == 2, "a second question")
        assert "The passphrase does not open" in program.screen()
        program.type(f"{KEY_PASSPHRASE}\n")
        assert program.wait_for_end() == 0
        assert "# Small: payments-api" in program.all_painted
        assert f"Signed: NO-GO by {OTHER}, Security." in program.all_painted
        assert KEY_PASSPHRASE not in program.all_painted
    assert [each.header.verdict.value for each in parse_report(report.read_bytes()).sign_offs] == ["GO", "NO-GO"]


def test_three_wrong_passphrases_sign_nothing(home: Home, report: Path) -> None:
    a_key(home, OTHER)
    before = report.read_bytes()
    with signoff_in_a_terminal(home, "sign", "r.md", "--role", "security", "--verdict", "ack") as program:
        for number in range(3):
            program.wait_until(lambda screen, n=number: screen.count(f"Passphrase of {OTHER}:") > n, "a question")
            program.type("not the passphrase\n")
        assert program.wait_for_end() == 1
    assert report.read_bytes() == before


def test_signing_can_be_left_until_the_last_question(home: Home, report: Path) -> None:
    a_key(home, OTHER)
    before = report.read_bytes()
    with signoff_in_a_terminal(home, "sign", "r.md", "--role", "security", "--verdict", "go") as program:
        program.wait_for(f"Passphrase of {OTHER}:")
        assert program.interrupt() == 130
    assert report.read_bytes() == before


def test_a_report_that_somebody_else_signs_meanwhile_is_not_written_over(home: Home, report: Path) -> None:
    a_key(home, OTHER)
    with signoff_in_a_terminal(home, "sign", "r.md", "--role", "security", "--verdict", "go") as program:
        program.wait_for(f"Passphrase of {OTHER}:")
        meanwhile = SEC.signs(report.read_bytes(), "Security")
        report.write_bytes(meanwhile)
        program.type(f"{KEY_PASSPHRASE}\n")
        assert program.wait_for_end() == 1
        assert "was changed while you looked at it" in program.all_painted
    assert report.read_bytes() == meanwhile


def test_a_key_out_of_a_report_is_trusted_only_when_somebody_says_that_they_compared_it(
    home: Home, report: Path
) -> None:
    words = ("key", "trust", "rm@example.com", "r.md")
    with signoff_in_a_terminal(home, *words) as program:
        program.wait_for(RM.identity.fingerprint, "Have you compared it, every character")
        program.type("n\n")
        assert program.wait_for_end() == 130
    assert not home.locations.allowed_signers.exists()
    with signoff_in_a_terminal(home, *words) as program:
        program.wait_for("Have you compared it, every character")
        program.type("y\n")
        assert program.wait_for_end() == 0
    assert home.run("verify", "r.md").code == 0


def test_merge_paints_no_report_over_a_terminal(home: Home, report: Path) -> None:
    with signoff_in_a_terminal(home, "merge", "r.md", "r.md") as program:
        assert program.wait_for_end() == 2
        assert "Say -o FILE, or send the report elsewhere with > or |." in program.all_painted
        assert "payments-api" not in program.all_painted


def test_a_walk_line_by_line_is_stopped_with_everything_saved_and_nothing_painted(home: Home) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "answer") as program:
        program.wait_for("Secrets in a vault", "Answer?")
        program.type("y\n")
        program.wait_for("PASS.", "Dependencies scanned")
        program.type("r\nthe CTO\n")
        program.wait_for("Until: ")
        assert program.interrupt() == 130
        assert "Everything is saved, r3." in program.all_painted
        assert b"\x1b" not in program.painted
    answers = session_in(path).answers
    assert (answers["vault"].status, answers["scan"].accepted_by) == (Status.PASS, "the CTO")


def test_a_walk_line_by_line_ends_with_the_input_of_its_terminal(home: Home) -> None:
    home.session()
    with signoff_in_a_terminal(home, "answer") as program:
        program.wait_for("Secrets in a vault", "Answer?")
        program.press("Ctrl+D")
        assert program.wait_for_end() == 3
        assert "Nothing is decided: signoff answer payments-4.12.0-prod goes on here" in program.all_painted
