"""What happens when the disk does not take an answer, and when the program is left or ends."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from walking import NOW, a_session_file, a_walk, locations

from signoff.domain.answer import Status
from signoff.storage.journal import Journal
from signoff.storage.journal_record import Note
from signoff.storage.session_file import SessionFile


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Say when the disk is full and when there is room again."""
    state = {"full": False}
    write = os.write

    def write_if_there_is_room(descriptor: int, data: Any) -> int:
        if state["full"] and Path(f"/proc/self/fd/{descriptor}").readlink().suffix == ".tmp":
            raise OSError(28, "No space left on device")
        return write(descriptor, data)

    monkeypatch.setattr(os, "write", write_if_there_is_room)
    return state


async def test_a_full_disk_is_said_and_the_answer_is_saved_when_there_is_room(tmp_path: Path, full_disk: Any) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        full_disk["full"] = True
        await walk.press("y")
        await walk.see("NOT SAVED since r0")
        assert "No space left on device" in walk.screen
        await walk.press("j", "n")
        full_disk["full"] = False
        await walk.see("saved r2")
        assert [a.status for a in walk.session.answers.given.values()] == [Status.PASS, Status.FAIL]
        assert not list(tmp_path.rglob("*.tmp"))


async def test_leaving_with_something_unsaved_asks_first_and_staying_loses_nothing(
    tmp_path: Path, full_disk: Any
) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        full_disk["full"] = True
        await walk.press("y")
        await walk.see("NOT SAVED")
        await walk.press("q")
        await walk.see("One edit is not saved")
        assert "- All secrets in a vault" in walk.screen or "OPEN -> PASS" in walk.screen
        await walk.press("escape")
        full_disk["full"] = False
        await walk.press("j", "n")
        await walk.see("saved r2")


async def test_a_note_that_was_being_typed_is_kept_at_the_next_start(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    journal = Journal(locations(tmp_path).state, file.path, lambda: NOW)
    journal.keep_note(Note("pii", "half a sen"))
    async with a_walk(tmp_path, session=SessionFile.open(file.path)) as walk:
        assert walk.session.answers["pii"].note == "half a sen"
        assert ">[ ] PII handling compliant" in walk.screen
        assert "being typed" in walk.screen
    assert journal.read().note is None


async def test_a_note_being_typed_reaches_the_disk_after_a_pause(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    journal = Journal(locations(tmp_path).state, file.path, lambda: NOW)
    async with a_walk(tmp_path, session=file) as walk:
        await walk.press("i")
        await walk.type("half a sen")
        for _ in range(200):
            if journal.read().note:
                break
            await walk.pilot.pause(0.02)
        assert journal.read().note == Note("secrets-in-vault", "half a sen")
        await walk.press("escape")
        assert walk.session.answers["secrets-in-vault"].note == "half a sen"
    assert journal.read().note is None


async def test_opening_and_leaving_without_an_edit_changes_no_byte(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    before = file.path.read_bytes()
    async with a_walk(tmp_path, session=file) as walk:
        await walk.press("j", "2", "f", "escape", "question_mark", "escape", "x", "escape", "q")
        await walk.see("1 session in")
    assert file.path.read_bytes() == before


async def test_every_edit_grows_the_revision_and_leaves_a_line_of_history(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("y", "n", "delete", "P")
        session = walk.session
    assert session.revision == 4
    assert [(change.revision, change.by, change.at) for change in session.history] == [
        (number, "R. Manager", NOW.replace(microsecond=0)) for number in range(1, 5)
    ]
