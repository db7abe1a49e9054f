"""Nothing moves by itself on the screen of a meeting: no spinner, no animation, nothing that blinks."""

from __future__ import annotations

import pytest

from cli.home import Home
from terminal.pty_program import signoff_in_a_terminal

LONGER_THAN_A_BLINK = 1.3
"""Seconds. A cursor that blinks does so twice a second, and a spinner turns more often."""


@pytest.mark.parametrize(
    ("key", "shown"),
    [("", "Secrets in a vault"), ("/", "FIND"), ("i", "Note on"), ("p", "Owner of"), ("e", "Evidence for")],
    ids=["list", "find", "note", "form", "entries"],
)
def test_nothing_is_painted_while_nobody_presses_a_key(home: Home, key: str, shown: str) -> None:
    home.session()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r0")
        program.press("n")  # the meeting has begun, and its clock goes on once a minute
        program.wait_for_saved(1)
        program.press(*key)
        program.wait_for(shown)
        program.wait_until_quiet()
        assert program.painted_within(LONGER_THAN_A_BLINK) == b""
        assert not {"5", "6"} & program.colors_sent  # how a terminal is asked to blink by itself
