"""What a screen does not need is not loaded for it: that is what it starts fast and stays small by."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cli.home import Home
from terminal.pty_program import signoff_in_a_terminal


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux what a process has loaded")
def test_no_screen_of_a_walk_loads_openssl(home: Home) -> None:
    home.session()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r0")
        program.press("n")
        program.wait_for_saved(1)
        loaded = Path(f"/proc/{program.pid}/maps").read_text()
        assert "python" in loaded
        assert "libcrypto" not in loaded
        assert "libssl" not in loaded
