"""Every screen shows texts that mean harm, and not one byte of them acts on the terminal.

What the program itself may write is little and is listed here; whatever else would move, colour, name or copy anything
must have come from a text.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from cli.home import Home, session_in
from cli.hostile import A_HOSTILE_RELEASE, MARK, a_hostile_checklist, a_hostile_session, assert_harmless
from signoff.domain.meeting import Decision
from signoff.domain.session import Session
from terminal.pty_program import NARROW, NORMAL, WIDE, Program, Size, signoff_in_a_terminal

_OWN = re.compile(
    r"\x1b\[(?!31m)[0-9;]*m"  # colours, of which none is the plain red of the texts
    r"|\x1b\[[0-9;]*H"  # where the cursor goes
    r"|\x1b\[\?[0-9;]+(?:h|l|\$p)"  # screen, cursor, mouse, pasting; questions about them
    r"|\x1b\[[>=<][0-9;]*u"  # the keyboard
    r"|\x1b\]22;[a-z-]+\x07"  # the shape of the mouse
    r"|\r\n|\r|\n"
)
_CURSOR = re.compile(r"^>", re.MULTILINE)
_MARKUP = "[@click=app.quit]"


def undecided(session: Session) -> Session:
    """As hostile, and still to be decided."""
    return replace(a_hostile_session(session), decision=Decision())


def assert_nothing_acted(program: Program) -> None:
    assert MARK in program.all_painted
    assert_harmless(_OWN.sub("", program.all_painted).encode())


@pytest.mark.parametrize("size", [WIDE, NORMAL, NARROW], ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_walk_through_every_screen(home: Home, size: Size) -> None:
    path = home.session(undecided, release=A_HOSTILE_RELEASE, checklist=a_hostile_checklist())
    (home.sessions / f"a\x1b]2;{MARK}\x07\x9b\u202e.toml").write_text("schema = 1\nid\n")
    with signoff_in_a_terminal(home, size=size) as program:

        def ask(key: str, *title: str) -> None:
            """Open a question, then leave it."""
            program.press(key)
            program.wait_for(*title)
            program.press("Esc")
            program.wait_until_gone(*title)

        program.wait_for("2 sessions", "BROKEN", MARK)
        program.press("Down")
        program.wait_for(re.compile(r"^>.*BROKEN", re.MULTILINE), "⟨U+001B⟩]2")
        program.press("Enter")  # which says that it cannot be opened
        ask("?", "HELP")
        ask("n", "New session")
        program.press("c")  # the good one
        program.wait_for(">[~] vault")
        program.press("Enter")
        program.wait_until_gone(_CURSOR)
        program.press_until("End", "History")
        program.press("Esc")
        program.wait_for(">[~] vault")
        ask("i", "Note on vault")
        ask("p", "Owner of vault")
        ask("e", "Evidence for vault")
        ask("d", "COND: vault")
        program.press("Down")
        program.wait_for(">[✓] scan")
        program.press("e")
        program.wait_for("Evidence for scan", "https://evil.example/⟨U+001B⟩")
        program.click_on("https://evil.example/⟨U+001B⟩")  # the entry is edited
        program.wait_for("https://evil.example/�]52")
        program.press("Esc")
        program.wait_until_gone("Evidence for scan")
        ask("o", "Open which?")
        program.press("2")
        program.wait_for(">[✗] coverage")
        program.press("Down")
        program.wait_for(">[!] rollback-tested")
        ask("d", "RISK: rollback-tested")
        program.press("Down")
        program.wait_for(">[-] rollback-plan")
        ask("d", "N/A: rollback-plan")
        ask("w", "Time zone")
        program.press("x")
        program.wait_for("PREVIEW of the report", "UNSIGNED DRAFT")
        program.press("End")
        program.press("Esc")
        program.wait_until_gone("PREVIEW of the report")
        program.press("f")
        program.wait_for("FINISH", "ROLL CALL")
        ask("p", "Who is in the meeting")
        ask("w", "Who watches the release")
        ask("n", "votes NO-GO")
        ask("D", "The rules say: NO-GO")
        program.press("Tab")
        program.press("End")
        ask("?", "HELP")
        program.press("Esc")
        program.wait_for(">[-] rollback-plan")
        assert_nothing_acted(program)
        program.press("q")
        program.wait_for("2 sessions")
        program.press("q")
        assert program.wait_for_end() == 0
    assert program.said_afterwards == ""
    assert session_in(path).checklist.title == a_hostile_checklist().title


def test_markup_is_only_text_and_does_nothing_when_it_is_clicked(home: Home) -> None:
    home.session(undecided, checklist=a_hostile_checklist())
    with signoff_in_a_terminal(home, "open", size=(200, 50)) as program:
        program.wait_for(">[~] vault", "Why")
        program.press("i")
        program.wait_for("Note on vault", f"{_MARKUP}{MARK}x[/] [/{MARK}]", f"[b]{MARK}y[/b] $x")
        program.click_on(f"{MARK}x[/]", offset=1)
        program.press("Esc")
        program.wait_until_gone("Note on vault")
        program.click_on(f"{MARK}x[/]", offset=1)
        program.press("?")
        program.wait_for("HELP")  # it did not quit
        assert_nothing_acted(program)


def test_what_is_typed_or_pasted_acts_on_nothing_either(home: Home) -> None:
    home.session()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r0")
        program.press("i")
        program.wait_for("Note on")
        program.paste(f"\x9d52;c;{MARK}\x9c\u202e\x07{MARK}\n{_MARKUP}{MARK}[/]")
        program.wait_for(f"{_MARKUP}{MARK}[/]")
        program.press("Esc")
        program.wait_for_saved(1)
        program.press("p")
        program.wait_for("Owner of")
        program.paste(f"ana\x9d2;{MARK}\x9c\u202e")
        program.wait_for("ana�")
        program.press("Enter")
        program.wait_for_saved(2)
        assert_nothing_acted(program)


@pytest.mark.parametrize(
    "arguments", [("nope{}",), ("show", "{}"), ("verify", "{}"), ("--{}",), ("list", "--data-dir", "{}")]
)
def test_errors_are_harmless_where_there_is_a_terminal_to_harm(home: Home, arguments: tuple[str, ...]) -> None:
    word = f"a\x1b]2;{MARK}\x07\x9b31m\u202e\x1b[31m"
    (home.work / word).write_text("a file, not a folder")
    with signoff_in_a_terminal(home, *(argument.format(word) for argument in arguments)) as program:
        assert program.wait_for_end() in (1, 2)
        assert_nothing_acted(program)
