"""What terminals are sent that show few colours, none, or only ASCII."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.home import Home, session_in
from meeting import NOW, answered
from signoff.domain.answer import Status
from signoff.domain.release import Release
from signoff.domain.session import Session
from terminal.pty_program import Program, signoff_in_a_terminal

TEXT_STYLES = {"0", "1", "4", "7", "22", "24", "27"}
"""Everything as it was; bold, underlined, reversed, and no more of these."""


def with_all_statuses(session: Session) -> Session:
    session = answered(session, "vault", Status.PASS)
    session = answered(session, "scan", Status.FAIL)
    session = answered(session, "coverage", Status.CONDITION, what="it is measured", owner="ana", due=NOW.date())
    session = answered(session, "rollback-tested", Status.RISK, accepted_by="CTO", until=NOW.date(), reason="small")
    return answered(session, "rollback-plan", Status.NA, reason="nothing to roll back")


@pytest.fixture
def statuses(home: Home) -> Path:
    return home.session(with_all_statuses)


def shown(program: Program) -> None:
    """Look at both categories, a dialog and the presenter."""
    program.wait_for("saved r", "Secrets in a vault")
    program.press("i")
    program.wait_for("Note on")
    program.press("Esc")
    program.wait_until_gone("Note on")
    program.press("v")
    program.wait_for("MUST-HAVE")
    program.press("Esc")
    program.wait_until_gone("MUST-HAVE")
    program.press("2")
    program.wait_for("Rollback tested")


# Colours.


def test_a_terminal_of_sixteen_colours_gets_only_those(home: Home, statuses: Path) -> None:
    with signoff_in_a_terminal(home, "open", TERM="xterm") as program:
        shown(program)
        cells = [program.cell_of(word) for word in ("PASS", "FAIL", "COND", "RISK", "N/A")]
    dark = {"30", "40", *("37", "90", "91", "93", "96", "97"), *("47", "100", "106", "107")}
    assert program.colors_sent <= TEXT_STYLES | dark
    assert [cell.fg for cell in cells] == ["brightcyan", "brightred", "brightbrown", "brightbrown", "white"]
    assert {cell.bg for cell in cells} == {"black"}
    assert (cells[2].underscore, cells[3].underscore) == (False, True)


def test_a_light_theme_is_black_on_white_in_sixteen_colours(home: Home, statuses: Path) -> None:
    home.locations.settings.write_text('theme = "projector"\n', encoding="utf-8")
    with signoff_in_a_terminal(home, "open", TERM="xterm") as program:
        program.wait_for("saved r")
        cells = [program.cell_of(word) for word in ("PASS", "FAIL", "COND", "N/A", "would be")]
    assert [cell.fg for cell in cells] == ["blue", "red", "black", "black", "black"]
    assert {cell.bg for cell in cells} == {"brightwhite"}
    assert cells[2].bold


def test_in_sixteen_colours_the_selected_row_swaps_its_two_colours(home: Home, statuses: Path) -> None:
    with signoff_in_a_terminal(home, "open", TERM="xterm") as program:
        program.press("2")
        selected, other = program.cell_of("Coverage meets"), program.cell_of("Rollback tested")
    assert (selected.reverse, selected.fg, selected.bg) == (True, "brightwhite", "black")
    assert (other.reverse, other.fg, other.bg) == (False, "brightwhite", "black")


def test_a_terminal_of_256_colours_gets_those_and_no_others(home: Home, statuses: Path) -> None:
    with signoff_in_a_terminal(home, "open", TERM="xterm-256color") as program:
        shown(program)
    colors = program.colors_sent - TEXT_STYLES
    assert colors
    assert all(color.startswith(("38;5;", "48;5;")) for color in colors)


def test_a_terminal_of_all_colours_gets_those_of_the_theme(home: Home, statuses: Path) -> None:
    with signoff_in_a_terminal(home, "open", COLORTERM="truecolor") as program:
        program.wait_for("saved r")
    assert {"48;2;16;18;20", "38;2;255;151;112"} <= program.colors_sent


@pytest.mark.parametrize(
    "variables", [{"NO_COLOR": "1"}, {"NO_COLOR": "0", "COLORTERM": "truecolor"}, {"TERM": "dumb"}], ids=str
)
def test_without_colours_there_are_none_and_each_status_has_its_own_style(
    home: Home, statuses: Path, variables: dict[str, str]
) -> None:
    with signoff_in_a_terminal(home, "open", **variables) as program:
        shown(program)
        cells = {word: program.cell_of(f"{word}  ") for word in ("PASS", "FAIL", "COND", "RISK", "N/A")}
    assert program.colors_sent <= TEXT_STYLES
    styles = {word: (cell.bold, cell.underscore, cell.reverse) for word, cell in cells.items()}
    assert styles == {
        "PASS": (False, False, False),
        "FAIL": (True, False, True),
        "COND": (True, False, False),
        "RISK": (False, True, False),
        "N/A": (False, False, False),
    }


def test_without_colours_one_sees_where_one_types_and_what_is_chosen(home: Home, statuses: Path) -> None:
    with signoff_in_a_terminal(home, "open", NO_COLOR="1") as program:
        program.wait_for("saved r")
        program.press("p")
        program.wait_for("Owner of")
        assert program.cell_of("a name").reverse
        assert not program.cell_of("name").reverse
        program.press("Esc")
        program.wait_until_gone("Owner of")
        program.press("F")
        assert program.cell_of("all  ").reverse
        assert not program.cell_of("failed  ").reverse


def test_an_empty_no_color_says_nothing(home: Home, statuses: Path) -> None:
    with signoff_in_a_terminal(home, "open", NO_COLOR="", TERM="xterm-256color") as program:
        program.wait_for("saved r")
        assert program.cell_of("FAIL").fg == "ff875f"  # Textual would have made a grey of it


# ASCII.


@pytest.fixture
def foreign(home: Home) -> Path:
    """A session whose texts are not in ASCII."""
    return home.session(
        lambda session: with_all_statuses(answered(session, "scan", note="naïve “Prüfung” – 検査 ✓ …", owner="Zoë")),
        release=Release("paiements-é", "4.12.0", "prod"),
    )


ASCII = pytest.mark.parametrize(
    ("arguments", "settings", "variables"),
    [
        (("--ascii", "open"), "", {}),
        (("open", "--ascii"), "", {}),
        (("open",), "ascii = true\n", {}),
        (("open",), "", {"LC_ALL": "C"}),
        (("open",), "", {"LANG": "C"}),
        (("open",), "", {"LANG": "de_DE.ISO-8859-1"}),
    ],
    ids=["before the command", "after it", "settings", "LC_ALL=C", "LANG=C", "latin"],
)


@ASCII
def test_only_ascii_is_sent(
    home: Home, foreign: Path, arguments: tuple[str, ...], settings: str, variables: dict[str, str]
) -> None:
    home.locations.settings.write_text(settings, encoding="utf-8")
    with signoff_in_a_terminal(home, *arguments, **variables) as program:
        program.wait_for("[Y] Secrets", "[X] Dependencies", "paiements-e 4.12.0 -> prod")
        program.press("j")
        program.wait_for('naive "Prufung" - ???? Y ~', "Zoe")
        shown(program)
        program.wait_for("[~] Coverage", "[!] Rollback tested", "[-] Rollback plan", "###")
        program.press("Delete", "P")
        program.wait_for("[>] Coverage")
        program.press("f")
        program.wait_for("ROLL CALL")
        program.press("p")
        program.wait_for(re.compile(r"\+-{70,}\+"), "| QA")
    assert program.painted.isascii()


@pytest.mark.parametrize(
    ("arguments", "settings", "variables"),
    [
        (("open",), "", {}),
        (("--no-ascii", "open"), "ascii = true\n", {}),
        (("open", "--no-ascii"), "", {"LC_ALL": "C"}),
        (("open",), "ascii = false\n", {"LANG": "C"}),
        (("open",), "", {"LC_ALL": "en_US.UTF-8"}),
    ],
)
def test_other_terminals_get_the_boxes_as_they_are(
    home: Home, foreign: Path, arguments: tuple[str, ...], settings: str, variables: dict[str, str]
) -> None:
    home.locations.settings.write_text(settings, encoding="utf-8")
    with signoff_in_a_terminal(home, *arguments, **variables) as program:
        program.wait_for("[✓] Secrets", "[✗] Dependencies", "paiements-é 4.12.0 -> prod", "────")


def test_the_list_of_sessions_is_in_ascii_too(home: Home, foreign: Path) -> None:
    with signoff_in_a_terminal(home, "--ascii") as program:
        program.wait_for("paiements-e 4.12.0", "----")
    assert program.painted.isascii()


def test_what_is_typed_in_ascii_is_kept_as_it_was_typed(home: Home) -> None:
    path = home.session()
    with signoff_in_a_terminal(home, "open", "--ascii") as program:
        program.wait_for("saved r0")
        program.press("i")
        program.wait_for("Note on")
        program.type("Prüfung ✓")
        program.wait_for("Prufung Y")
        program.press("Esc")
        program.wait_for_saved(1)
    assert session_in(path).answers["vault"].note == "Prüfung ✓"
