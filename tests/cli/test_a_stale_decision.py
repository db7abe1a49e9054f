"""A GO that was decided before something got worse is nothing to sign, and every command says so."""

from __future__ import annotations

from cli.home import Home, session_in
from meeting import a_ready_session, answered, decided
from signoff.domain.answer import Status
from signoff.domain.meeting import Verdict
from signoff.domain.session import Session

SINCE = "since then must item failed: Secrets in a vault"


def a_go_and_then_a_failure(session: Session) -> Session:
    return answered(decided(a_ready_session()), "vault", Status.FAIL)


def test_it_cannot_be_exported_for_a_signature(home: Home) -> None:
    home.session(a_go_and_then_a_failure)
    ran = home.run("export", "--unsigned")
    assert (ran.code, ran.out) == (1, "")
    assert f"Decide again: GO was decided at r11; {SINCE}." in ran.err


def test_a_draft_of_it_says_so_in_its_title_and_beside_the_decision(home: Home) -> None:
    home.session(a_go_and_then_a_failure)
    lines = home.run("export", "--draft", "-o", "-").lines
    assert any(line.startswith("# ") and line.endswith(": GO, to be decided again (not signed)") for line in lines)
    assert any(line.startswith("- Since then, so that it has to be decided again") for line in lines)


def test_the_list_and_the_session_say_so(home: Home) -> None:
    home.session(a_go_and_then_a_failure)
    assert "stale" in home.run("list").lines[1]
    assert f"stale      {SINCE}: decide again" in home.run("show").lines
    assert home.run("show", "--json").object["stale"] == ["must item failed: Secrets in a vault"]


def test_the_walk_line_by_line_ends_as_undecided_until_it_is_decided_again(home: Home) -> None:
    path = home.session(a_go_and_then_a_failure)
    ran = home.run("answer", typed="quit\n")
    assert ran.code == 3
    assert "Before it is signed: Decide again: GO was decided at r11; since then must item failed" in ran.out

    ran = home.run("answer", typed="skip\n" * 20)
    assert f"S{SINCE[1:]}: decide again" in ran.lines
    assert session_in(path).decision.choice is Verdict.GO
