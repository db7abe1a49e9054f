"""Finding and showing items, answering many at once, actions in one line, and what a paste on the list does."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual import events
from walking import NARROW, NOW, WIDE, Walk, a_session_file, a_walk

from signoff.domain.action import Action
from signoff.domain.answer import Status
from signoff.storage.session_file import SessionFile

FIRST = "secrets-in-vault"


async def paste(walk: Walk, text: str) -> None:
    walk.app.post_message(events.Paste(text))
    await walk.settle()


def rows(walk: Walk) -> list[str]:
    return [line for line in walk.screen.split("\n") if line[1:2] == "["]


async def test_slash_finds_while_one_types_and_escape_shows_everything_again(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("slash")
        await walk.type("roll")
        assert '"roll": 2 of 37' in walk.screen
        assert len(rows(walk)) == 2
        await walk.press("enter", "j", "y", "escape")
        assert walk.session.answers["rollback-plan"].status is Status.PASS or "Link or file" in walk.screen


async def test_what_was_found_is_answered_and_left_where_it_is(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("slash")
        await walk.type("runbook")
        await walk.press("enter", "n")
        assert walk.session.answers["runbooks"].status is Status.FAIL
        await walk.press("escape")
        assert ">[✗] Runbooks documented" in walk.screen
        assert "On-call rotation defined" in walk.screen


async def test_letters_type_in_the_find_line_and_answer_nothing(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("slash")
        await walk.type("yncra?fq/.")
        assert "0 of 37" in walk.screen
        await walk.press("escape")
        assert walk.session.revision == 0
        assert ">[ ] Secrets in vault" in walk.screen


async def test_only_what_is_open_can_be_shown_and_answered_one_after_the_other(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("y", "F", "down", "enter")
        assert "OPEN: 36 of 37" in walk.screen
        await walk.press("g", "n", "n")
        assert "OPEN: 34 of 37" in walk.screen
        await walk.press("2")
        assert "OPEN:" not in walk.screen


async def test_the_items_of_one_owner_can_be_shown(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("p")
        await walk.fill("ana")
        await walk.press("F", "up", "enter")
        assert "ana: 1 of 37" in walk.screen


async def test_marked_items_are_answered_together_after_a_question_and_undone_in_one_step(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("m", "m", "y")
        assert "Set 2 items to PASS?" in walk.screen
        await walk.press("y")
        assert walk.session.answers.tally.answered() == 2
        assert "2 items set to PASS" in walk.screen
        await walk.press("u")
        assert walk.session.answers.tally.answered() == 0


async def test_all_that_is_shown_is_marked_and_escape_takes_the_marks_off(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("M")
        assert "6 marked" in walk.screen
        assert "[ ]+Secrets" in walk.screen
        await walk.press("escape", "n")
        assert walk.session.answers.tally.answered() == 1


async def test_carried_over_answers_are_confirmed_together(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    items = [item.id for item in file.session.checklist.categories[0].items]
    carried = file.session.answer_all(items, now=NOW, by="x", status=Status.PASS, carried=True)
    file.save(carried, NOW)
    async with a_walk(tmp_path, session=SessionFile.open(file.path)) as walk:
        await walk.press("F", "down", "down", "down", "enter")
        assert "TO RE-CONFIRM: 6 of 37" in walk.screen
        await walk.press("M", "full_stop", "y")
        assert walk.session.answers.tally.to_reconfirm == 0
        assert "6 answers confirmed" in walk.screen


async def test_an_action_is_said_in_one_line_and_shown_as_it_is_understood(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("t")
        await walk.type("rebuild image @chen !2026-12-10")
        assert "rebuild image   owner chen   due 2026-12-10" in walk.screen
        await walk.press("enter")
        assert walk.session.answers[FIRST].actions == (Action("rebuild image", "chen", date(2026, 12, 10)),)


async def test_a_failure_with_owner_and_action_takes_few_keys(tmp_path: Path) -> None:
    keys = ["n", "p", *"chen", "enter", "t"]
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press(*keys)
        await walk.type("rebuild image !15:00")
        await walk.press("enter")
        answer = walk.session.answers[FIRST]
        assert (answer.status, answer.owner, answer.actions[0].text) == (Status.FAIL, "chen", "rebuild image")


async def test_three_pasted_links_are_three_pieces_of_evidence(tmp_path: Path) -> None:
    long = "https://ci.example/" + "x" * 2000
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await paste(walk, f"https://a.example/1\rhttps://b.example/2?q=1\r{long}")
        targets = [entry.target for entry in walk.session.answers[FIRST].evidence]
        assert targets == ["https://a.example/1", "https://b.example/2?q=1", long]
        assert "3 pieces of evidence added" in walk.screen
        await paste(walk, "https://a.example/1")
        assert "has that as evidence already" in walk.screen


@pytest.mark.parametrize("form", ["{}", "'{}'", "file://{}"])
async def test_the_pasted_path_of_a_file_is_evidence_with_its_hash(tmp_path: Path, form: str) -> None:
    scan = tmp_path / "scan.txt"
    scan.write_text("clean\n")
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await paste(walk, form.format(scan))
        (entry,) = walk.session.answers[FIRST].evidence
        assert entry.target == str(scan)
        assert len(entry.sha256) == 64


async def test_other_pasted_text_is_offered_as_a_note(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await paste(walk, "is the build green?\ryes")
        assert "Add this to the note" in walk.screen
        await walk.press("n")
        assert walk.session.revision == 0
        await paste(walk, "is the build green?\ryes")
        await walk.press("y")
        assert walk.session.answers[FIRST].note == "is the build green?\nyes"


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_an_empty_result_says_so_and_keys_do_no_harm(tmp_path: Path, size: tuple[int, int]) -> None:
    async with a_walk(tmp_path, size, session=a_session_file(tmp_path)) as walk:
        await walk.press("F", "down", "down", "enter")
        assert "FAILED: 0 of 37" in walk.screen
        await walk.press("j", "k", "g", "G", "enter", "escape", "escape")
        assert "Secrets in vault" in walk.screen
