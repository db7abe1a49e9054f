"""S4. What happens when a link of the evidence is opened, with a browser, without one, and with one for terminals."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from cli.home import Home
from meeting import NOW
from signoff.domain.evidence import Evidence
from signoff.domain.session import Session
from terminal.pty_program import PATIENCE, signoff_in_a_terminal

LINK = "https://ci.example/run/8812?a=b&c=$(id)"


def a_browser(home: Home, name: str = "browser") -> tuple[str, Path]:
    """A browser that writes down what it was called with."""
    log, path = home.folder / "browsed", home.folder / name
    path.write_text(f'#!/bin/sh\nprintf "%s\\n" "$#" "$@" >> {log}\necho noise; echo noise >&2\n')
    path.chmod(0o755)
    return str(path), log


def with_evidence(*targets: str):  # type: ignore[no-untyped-def]
    def change(session: Session) -> Session:
        return session.answer("vault", evidence=tuple(map(Evidence, targets)), now=NOW, by="ana")

    return change


def wait_for(path: Path) -> str:
    give_up = time.monotonic() + PATIENCE
    while not path.exists() or not path.read_text().endswith("\n"):
        assert time.monotonic() < give_up
    return path.read_text()


def test_a_link_is_one_argument_of_the_browser_which_does_not_write_on_the_screen(home: Home) -> None:
    home.session(with_evidence(LINK))
    browser, log = a_browser(home)
    with signoff_in_a_terminal(home, "open", BROWSER=f"{browser} %s") as program:
        program.wait_for("saved r1")
        program.press("o")
        program.wait_for(f"Opened {LINK}")
        assert wait_for(log) == f"1\n{LINK}\n"
        assert b"noise" not in program.painted


@pytest.mark.parametrize("name", ["w3m", "lynx", "links", "www-browser"])
def test_a_browser_for_terminals_is_not_started_in_ours(home: Home, name: str) -> None:
    home.session(with_evidence(LINK))
    _, log = a_browser(home, name)
    with signoff_in_a_terminal(home, "open", PATH=str(home.folder)) as program:
        program.wait_for("saved r1")
        program.press("o")
        program.wait_for("No browser here", LINK)
        program.press("n")
        program.wait_for_saved(2)
    assert not log.exists()


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "https://a@evil.example", "/etc/passwd", "--help", "file:///etc/passwd"]
)
def test_what_may_not_be_opened_is_shown_and_not_run(home: Home, target: str) -> None:
    home.session(with_evidence(target))
    browser, log = a_browser(home)
    with signoff_in_a_terminal(home, "open", BROWSER=f"{browser} %s") as program:
        program.wait_for("saved r1")
        program.press("o")
        program.wait_for(re.compile("Not opened: |is a file; signoff shows where it is and does not run it"))
        program.press("Down")
        program.wait_for(">[ ] Dependencies")
    assert not log.exists()
