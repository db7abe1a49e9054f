"""Answering items: one key for a status, one small question for what it must also have."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest
from walking import NARROW, NORMAL, NOW, WIDE, a_session_file, a_walk

from signoff.domain.answer import Status
from signoff.storage.session_file import SessionFile

FIRST = "secrets-in-vault"
SCAN = "dependency-scan"
TRACING = "distributed-tracing"


@pytest.mark.parametrize(
    ("key", "status"),
    [("y", Status.PASS), ("n", Status.FAIL), ("c", Status.CONDITION), ("r", Status.RISK), ("a", Status.NA)],
)
async def test_one_key_gives_a_status(tmp_path: Path, key: str, status: Status) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press(key)
        assert walk.session.answers[FIRST].status is status
        assert "saved r1 14:02:11" in walk.screen


async def test_the_line_above_the_keys_says_what_the_last_key_did_and_stays(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("y", "j", "k")
        assert "✓ Secrets in vault/secrets manager, not env vars or code set to PASS" in walk.screen


async def test_delete_clears_an_answer(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("y", "delete")
        assert walk.session.answers[FIRST].status is Status.OPEN
        assert walk.session.revision == 2


async def test_a_condition_asks_what_by_whom_and_until_when(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("c")
        await walk.fill("the vault path is reviewed", "dee", "fri")
        answer = walk.session.answers[FIRST]
        assert (answer.what, answer.owner, answer.due) == ("the vault path is reviewed", "dee", date(2026, 11, 27))
        assert "would be: UNDECIDED" in walk.screen


async def test_a_risk_asks_who_accepts_it_until_when_and_why(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("r")
        await walk.fill("CTO", "2026-12-15", "small traffic at first")
        answer = walk.session.answers[FIRST]
        assert (answer.accepted_by, answer.until) == ("CTO", date(2026, 12, 15))
        assert answer.reason == "small traffic at first"


async def test_not_applicable_asks_why(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("a")
        await walk.fill("this service has no secrets")
        assert walk.session.answers[FIRST].reason == "this service has no secrets"


async def test_a_failed_item_that_is_not_a_must_asks_for_an_action(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("2", "j", "j", "j", "n")
        await walk.fill("trace the queue @chen !+2d")
        (action,) = walk.session.answers[TRACING].actions
        assert (action.text, action.owner, action.due) == ("trace the queue", "chen", date(2026, 11, 26))


async def test_a_failed_must_asks_for_nothing_and_says_no_go(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("n")
        assert "would be: NO-GO" in walk.screen
        assert "Esc" not in walk.screen


async def test_what_is_left_for_later_shows_as_incomplete(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("j", "j", "y", "escape")
        assert walk.session.answers[SCAN].status is Status.PASS
        assert "PASS?" in walk.screen
        assert "1 incomplete" in walk.screen
        assert "Incomplete: needs evidence" in walk.screen
        assert "Incomplete, needs evidence (e adds it): Dependencies" in walk.screen


async def test_escape_keeps_what_was_typed_so_far(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("c")
        await walk.type("the vault path is reviewed")
        await walk.press("escape")
        assert walk.session.answers[FIRST].what == "the vault path is reviewed"
        await walk.press("d")
        await walk.see("the vault path is reviewed")


async def test_a_date_that_cannot_be_read_is_said_before_anything_is_lost(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("c")
        await walk.fill("what", "dee", "someday")
        assert '"someday" is not a date or time' in walk.screen
        await walk.press("ctrl+u")
        await walk.fill("tomorrow")
        assert walk.session.answers[FIRST].due == date(2026, 11, 25)


async def test_evidence_is_added_edited_and_removed(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("e")
        await walk.type("https://ci.example/run/1")
        await walk.press("tab")
        await walk.type("pipeline")
        await walk.press("tab")
        await walk.type("staging")
        await walk.press("enter")
        (entry,) = walk.session.answers[FIRST].evidence
        assert (entry.target, entry.title, entry.environment) == ("https://ci.example/run/1", "pipeline", "staging")

        await walk.press("e")
        await walk.fill("https://ci.example/run/2")
        await walk.press("e", "up", "enter", "end")
        await walk.fill("2")
        assert [e.target for e in walk.session.answers[FIRST].evidence] == [
            "https://ci.example/run/1",
            "https://ci.example/run/22",
        ]

        await walk.press("e", "up", "up", "delete", "escape")
        assert [e.target for e in walk.session.answers[FIRST].evidence] == ["https://ci.example/run/22"]


async def test_a_local_file_is_kept_with_its_hash(tmp_path: Path) -> None:
    (tmp_path / "scan.txt").write_text("clean\n")
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("e")
        await walk.fill(str(tmp_path / "scan.txt"))
        (entry,) = walk.session.answers[FIRST].evidence
    assert entry.sha256 == hashlib.sha256(b"clean\n").hexdigest()


async def test_a_note_has_several_lines_and_escape_keeps_it(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("i")
        await walk.type("2 of 6 pods return 404.")
        await walk.press("enter")
        await walk.type("Fix is merged.")
        await walk.press("escape")
        assert walk.session.answers[FIRST].note == "2 of 6 pods return 404.\nFix is merged."
        assert "Fix is merged." in walk.screen


@pytest.mark.parametrize("note", ["a\x0cb", "a\x85b", "a\u2028b", "a\r\nb", "a \n", "\x1e"])
async def test_a_note_in_which_nothing_is_typed_stays_to_the_letter(tmp_path: Path, note: str) -> None:
    file = a_session_file(tmp_path)
    file.save(file.session.answer(FIRST, note=note, now=NOW, by="an editor"), NOW)
    async with a_walk(tmp_path, session=file) as walk:
        await walk.press("i", "escape")
        assert (walk.session.answers[FIRST].note, walk.session.revision) == (note, 1)
        await walk.press("i", "c", "backspace", "escape")
        assert walk.session.revision == 1
        await walk.press("i", "c", "escape")
        assert walk.session.answers[FIRST].note.endswith("c")


async def test_letters_type_in_a_text_field_and_answer_nothing(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("i")
        await walk.type("yncra?fq/.")
        await walk.press("escape")
        answer = walk.session.answers[FIRST]
        assert answer.note == "yncra?fq/."
        assert answer.status is Status.OPEN


async def test_a_name_of_an_earlier_session_of_the_service_is_offered(tmp_path: Path) -> None:
    earlier = a_session_file(tmp_path, version="4.11.0")
    earlier.save(earlier.session.name_people({"qa": "Chenoa Li"}, now=NOW, by="rm"), NOW)
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("p")
        await walk.fill("che")
        assert walk.session.answers[FIRST].owner == "Chenoa Li"
        await walk.press("c")
        await walk.fill("it is merged", "", "fri")
        await walk.press("t")
        await walk.fill("rebuild @ch")
        answer = walk.session.answers[FIRST]
        assert (answer.owner, answer.actions[0].owner) == ("Chenoa Li", "Chenoa Li")
        await walk.press("f", "p")
        await walk.fill("chenoa")
        await walk.press("escape")
        assert walk.session.people["security"] == "Chenoa Li"


async def test_an_owner_is_named(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("p")
        await walk.fill("ana")
        assert walk.session.answers[FIRST].owner == "ana"


async def test_space_goes_to_the_next_open_item_across_categories_and_backspace_returns(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("G", "space")
        assert ">[ ] Structured logging configured" in walk.screen
        await walk.press("backspace")
        assert ">[ ] HTTPS enforced" in walk.screen


async def test_a_parked_item_comes_back_last(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("P")
        assert "[»] Secrets in vault" in walk.screen
        for _ in range(37):
            await walk.press("space", "n")
            if "Esc" in walk.screen:
                await walk.press("escape")
        assert walk.session.answers[FIRST].status is Status.FAIL
        assert walk.session.answers.tally.open == 0


async def test_a_carried_over_answer_counts_as_open_until_it_is_confirmed(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    carried = file.session.answer(FIRST, now=file.session.created, by="x", status=Status.PASS, carried=True)
    file.save(carried, file.session.created)
    async with a_walk(tmp_path, session=SessionFile.open(file.path)) as walk:
        assert ">[↻] Secrets in vault" in walk.screen
        assert "1 to re-confirm" in walk.screen
        await walk.press("full_stop")
        assert walk.session.answers[FIRST].carried is False
        await walk.press("full_stop")
        assert "Nothing to confirm" in walk.screen


@pytest.mark.parametrize("size", [NARROW, NORMAL, WIDE])
async def test_enter_shows_the_whole_item_and_escape_goes_back_to_the_list(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with a_walk(tmp_path, size, session=a_session_file(tmp_path)) as walk:
        await walk.press("enter", "y")
        assert "Check" in walk.screen
        await walk.press("escape", "j", "n")
        answers = walk.session.answers.given
        assert [answer.status for answer in answers.values()] == [Status.PASS, Status.FAIL]


async def test_the_release_can_be_changed_during_the_meeting(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("w", "tab", "ctrl+u")
        await walk.type("4.12.1")
        await walk.press("enter", "enter", "enter", "enter", "enter", "enter")
        assert walk.session.release.version == "4.12.1"
        assert walk.session.release.window is not None
        assert "payments-api 4.12.1 -> prod" in walk.screen


async def test_a_link_that_is_no_link_is_not_opened_and_the_reason_is_said(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("o")
        assert "There is no evidence to open" in walk.screen
        await walk.press("e")
        await walk.fill("https://user@evil.example/")
        await walk.press("o")
        assert "Not opened: it carries a user name." in walk.screen
