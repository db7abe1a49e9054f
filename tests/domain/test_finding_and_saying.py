"""Finding items, saying actions in one line, links in pasted text, and many answers at once."""

from __future__ import annotations

from datetime import date

import pytest

from meeting import BY, LINK, NOW, a_session
from signoff.domain.action import Action
from signoff.domain.answer import Status
from signoff.domain.find import Show, find_items, shown_items
from signoff.domain.pasted import links_in
from signoff.domain.spoken_action import action_as_typed, parse_action
from signoff.domain.undo import undone

SAID = {"now": NOW, "by": BY}


def ids(items: tuple[object, ...]) -> list[str]:
    return [item.id for item in items]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["vault", "scan", "coverage", "rollback-tested", "rollback-plan"]),
        ("ROLLBACK", ["rollback-tested", "rollback-plan"]),
        ("plan rollback", ["rollback-plan"]),
        ("pods", ["vault"]),
        ("dee", ["scan"]),
        ("run/8812", ["coverage"]),
        ("nothing like it", []),
    ],
)
def test_items_are_found_by_text_note_owner_and_link(query: str, found: list[str]) -> None:
    session = a_session().answer("vault", note="2 of 6 pods", **SAID).answer("scan", owner="Dee", **SAID)
    session = session.answer("coverage", evidence=(LINK,), **SAID)
    assert ids(find_items(session, query)) == found


@pytest.mark.parametrize(
    ("show", "shown"),
    [
        (Show.ALL, ["vault", "scan", "coverage", "rollback-tested", "rollback-plan"]),
        (Show.OPEN, ["scan", "rollback-tested", "rollback-plan"]),
        (Show.FAILED, ["coverage"]),
        (Show.RECONFIRM, ["rollback-tested"]),
        (Show.PARKED, ["scan"]),
    ],
)
def test_a_part_of_the_items_is_shown(show: Show, shown: list[str]) -> None:
    session = a_session().answer("vault", status=Status.PASS, **SAID).answer("scan", parked=True, **SAID)
    session = session.answer("coverage", status=Status.FAIL, **SAID)
    session = session.answer("rollback-tested", status=Status.PASS, carried=True, **SAID)
    assert ids(shown_items(session, show)) == shown


def test_the_items_of_one_owner_are_shown() -> None:
    session = a_session().answer("vault", owner="ana", **SAID)
    assert ids(shown_items(session, Show.ALL, "ana")) == ["vault"]


@pytest.mark.parametrize(
    ("said", "action"),
    [
        ("rebuild image", Action("rebuild image")),
        ("rebuild image @chen !2026-12-10", Action("rebuild image", "chen", date(2026, 12, 10))),
        ("@chen rebuild image !fri", Action("rebuild image", "chen", date(2026, 11, 27))),
        ("rebuild !fri 15:00 image", Action("rebuild image", "", NOW.replace(day=27, hour=15))),
        ("rebuild image !15:00 @chen", Action("rebuild image", "chen", NOW.replace(hour=15))),
        ("mail ops@example.com !today", Action("mail ops@example.com", "", date(2026, 11, 26))),
    ],
)
def test_an_action_is_said_in_one_line(said: str, action: Action) -> None:
    assert parse_action(said, NOW) == action
    assert parse_action(action_as_typed(action, NOW), NOW) == action


@pytest.mark.parametrize(("said", "owner"), [("@ch", "Chen Li"), ("@C", "C"), ("@eve", "eve"), ("", "")])
def test_the_owner_of_an_action_is_the_one_person_whose_name_begins_so(said: str, owner: str) -> None:
    assert parse_action(f"rebuild {said}", NOW, ("Ana", "Chen Li", "Carl")).owner == owner


@pytest.mark.parametrize("said", ["", "@chen", "!fri", "rebuild !someday"])
def test_an_action_that_cannot_be_read_says_why(said: str) -> None:
    with pytest.raises(ValueError, match=r"Say what is to be done|is not a date or time"):
        parse_action(said, NOW)


@pytest.mark.parametrize(
    ("pasted", "links"),
    [
        ("https://ci.example/1", ["https://ci.example/1"]),
        ("see (https://ci.example/1), https://ci.example/2.", ["https://ci.example/1", "https://ci.example/2"]),
        ("<https://ci.example/?q=1&b=2#x>", ["https://ci.example/?q=1&b=2#x"]),
        ("https://en.example/wiki/A_(b)", ["https://en.example/wiki/A_(b)"]),
        ("https://a.example\rhttps://b.example\rhttps://a.example", ["https://a.example", "https://b.example"]),
        ("HTTPS://A.example/" + "x" * 2000, ["HTTPS://A.example/" + "x" * 2000]),
        ("no link at all, https:// neither", []),
    ],
)
def test_links_are_taken_out_of_a_pasted_text(pasted: str, links: list[str]) -> None:
    assert list(links_in(pasted)) == links


def test_many_answers_are_one_revision_and_one_undo() -> None:
    session = a_session().answer_all(("vault", "scan", "coverage"), status=Status.PASS, **SAID)
    assert session.revision == 1
    assert session.answers.tally.answered() == 3
    assert undone(session, **SAID).answers.tally.answered() == 0


def test_going_back_to_a_revision_is_one_step_that_an_undo_takes_back() -> None:
    first = a_session().answer("vault", status=Status.PASS, **SAID)
    last = first.answer("vault", status=Status.FAIL, **SAID).answer("scan", note="x", **SAID)
    back = last.as_of(1, **SAID)
    assert back.revision == 4
    assert (back.answers["vault"], back.answers["scan"]) == (first.answers["vault"], first.answers["scan"])
    again = undone(back, **SAID)
    assert (again.answers["vault"], again.answers["scan"]) == (last.answers["vault"], last.answers["scan"])
