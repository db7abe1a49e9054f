"""The mouse, as a terminal reports it."""

from __future__ import annotations

import re

import pytest

from cli.home import Home, session_in
from signoff.domain.answer import Status
from terminal.pty_program import NARROW, NORMAL, WIDE, Size, signoff_in_a_terminal

EVERY_SIZE = pytest.mark.parametrize("size", [WIDE, NORMAL, NARROW], ids=lambda size: f"{size[0]}x{size[1]}")


@EVERY_SIZE
def test_a_click_on_an_item_selects_it(home: Home, size: Size) -> None:
    home.session()
    with signoff_in_a_terminal(home, "open", size=size) as program:
        program.wait_for("saved r0", ">[ ] Secrets")
        program.click_on("Dependencies scanned")
        program.wait_for(">[ ] Dependencies")
        program.press("n")
        program.wait_for(">[✗] Dependencies")


@EVERY_SIZE
def test_a_click_on_a_tab_shows_its_category(home: Home, size: Size) -> None:
    home.session()
    with signoff_in_a_terminal(home, "open", size=size) as program:
        program.wait_for("saved r0", ">[ ] Secrets")
        program.click_on("2 Testing")
        program.wait_for(">[ ] Coverage")
        program.click_on("1 Security")
        program.wait_for(">[ ] Secrets")


@EVERY_SIZE
def test_a_click_on_a_key_of_the_footer_acts(home: Home, size: Size) -> None:
    home.session()
    with signoff_in_a_terminal(home, "open", size=size) as program:
        program.wait_for("saved r0", ">[ ] Secrets", "f finish")
        program.click_on("y/n/c/r/a", offset=2)
        program.wait_for(">[✗] Secrets")
        program.wait_for_saved(1)
        program.click_on("? help")
        program.wait_for("HELP  Review")
        program.click_on("Esc close")
        program.wait_until_gone("HELP  Review")
        program.click_on("f finish")
        program.wait_for("ROLL CALL")


@pytest.mark.parametrize("size", [WIDE, NORMAL], ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_click_on_a_status_word_in_the_detail_sets_it(home: Home, size: Size) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "open", size=size) as program:
        program.wait_for("saved r0", "n FAIL")
        program.click_on("n FAIL", offset=3)
        program.wait_for_saved(1)
        program.wait_for("[✗] Secrets")
        program.click_on("y PASS")
        program.wait_for_saved(2)
    assert session_in(path).answers["vault"].status is Status.PASS


def test_a_double_click_opens_the_item(home: Home) -> None:
    home.session()
    with signoff_in_a_terminal(home, "open", size=NARROW) as program:
        program.wait_for("saved r0", ">[ ] Secrets")
        program.click_on("Dependencies scanned")
        program.click_on("Dependencies scanned")
        program.wait_for(re.compile(r"Evidence e +- \(required\)"))


def test_clicks_everywhere_do_no_harm(home: Home) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r0", ">[ ] Secrets")
        for line in range(8, 30):  # below the items, and in the empty part of the detail
            program.click(30, line)
            program.click(100, line)
        program.click(500, 500)
        program.press("?")
        program.wait_for("HELP")
    assert session_in(path).revision == 0
