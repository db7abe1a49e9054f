"""What Y sends to the terminal is what the terminal is told to copy."""

from __future__ import annotations

import base64
import re

from cli.home import Home
from meeting import answered
from signoff.domain.answer import Status
from signoff.domain.session import Session
from terminal.pty_program import signoff_in_a_terminal

_COPIED = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")


def noted(session: Session) -> Session:
    return answered(session, "vault", Status.FAIL, owner="änne", note="one\x1b]52;c;eA==\x07\ntwo")


def test_the_selected_line_is_copied_by_osc_52(home: Home) -> None:
    home.session(noted)
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r1", ">[ ] Dependencies")
        program.press("Up")
        program.wait_for(">[✗] Secrets")
        program.press("Y")
        program.wait_for("Sent to the terminal's clipboard: Secrets in a vault: FAIL, owner änne")
        [sent] = _COPIED.findall(bytes(program.painted))
    text = base64.b64decode(sent).decode()
    assert text == "Secrets in a vault: FAIL, owner änne\none⟨U+001B⟩]52;c;eA==⟨U+0007⟩\ntwo"
