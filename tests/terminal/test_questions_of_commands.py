"""Commands that ask for what was not given, where there is a terminal to ask in."""

from __future__ import annotations

from cli.home import Home, session_in
from terminal.pty_program import signoff_in_a_terminal

PASSPHRASE = "correct horse battery"


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
