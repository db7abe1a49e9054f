"""What is seen and what can be done while the disk of a session takes nothing."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from walking import NARROW, NOW, WIDE, Walk, a_session_file, a_walk, locations

from signoff.domain.answer import Status
from signoff.storage import session_keeper
from signoff.storage.journal import Journal, journals
from signoff.storage.session_file import SessionFile

FIRST = "secrets-in-vault"


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, bool]]:
    """A disk that can be full for the session's file, and one for the journal."""
    state = {"file": True, "journal": True}
    save, keep = SessionFile._write, Journal._add

    def write(file: SessionFile, *args: object) -> None:
        if not state["file"] and "elsewhere" not in str(file.path):
            from signoff.errors import StorageError

            raise StorageError(f"Cannot save: No space left on device, in {file.path}.")
        save(file, *args)  # type: ignore[arg-type]

    def add(journal: Journal, *args: object) -> None:
        if not state["journal"]:
            raise OSError(28, "No space left on device")
        keep(journal, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(SessionFile, "_write", write)
    monkeypatch.setattr(Journal, "_add", add)
    yield state
    state["file"] = state["journal"] = True


def banner(walk: Walk) -> str:
    """The line above the message, without its blanks."""
    return " ".join(walk.screen.splitlines()[-3].split())


async def test_a_banner_says_since_when_and_where_and_goes_again(tmp_path: Path, disk: dict[str, bool]) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        assert "Not saved" not in walk.screen
        disk["file"] = False
        await walk.press("y", "j", "n")
        await walk.see("2 edits kept in")
        assert banner(walk).startswith(f"Not saved since 14:02: 2 edits kept in {tmp_path}"[:80])
        assert banner(walk).endswith("| Ctrl+S save as")
        await walk.press("f")
        await walk.see("FINISH")
        assert "Not saved since 14:02: 2 edits kept" in walk.screen
        await walk.press("escape", "v")
        await walk.see("2 of 6")
        assert "Not saved since 14:02: 2 edits kept" in walk.screen
        await walk.press("escape")
        disk["file"] = True
        await walk.press("j", "y")
        await walk.see("saved r3")
        assert "Not saved" not in walk.screen
        assert "everything is on the disk" in walk.screen
    assert journals(locations(tmp_path).state) == []


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_where_the_journal_fails_as_well_the_banner_says_so(
    tmp_path: Path, disk: dict[str, bool], size: tuple[int, int]
) -> None:
    async with a_walk(tmp_path, size, session=a_session_file(tmp_path)) as walk:
        disk["file"] = disk["journal"] = False
        await walk.press("y")
        await walk.see("Not saved since 14:02, NOT KEPT: 1 ")
        assert "Ctrl+S save as" in walk.screen
        await walk.press("q")
        await walk.see("k leave and LOSE them")
        await walk.press("escape")
        disk["file"] = disk["journal"] = True
        await walk.press("j", "n")
        await walk.see("saved r2")


async def test_a_disk_that_does_not_answer_is_a_banner_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    answer, save = threading.Event(), SessionFile.save

    def slow(file: SessionFile, *args: object) -> None:
        assert answer.wait(20)
        save(file, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(SessionFile, "save", slow)
    monkeypatch.setattr(session_keeper, "_STALLED_SECONDS", 0.0)
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        walk._send("y", "y")
        await walk.see("1 edit kept in")
        assert "The disk does not answer" in walk.screen
        answer.set()
        await walk.see("saved r1")
        assert "Not saved" not in walk.screen


async def test_save_as_goes_on_in_another_file(tmp_path: Path, disk: dict[str, bool]) -> None:
    file = a_session_file(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    async with a_walk(tmp_path, session=file) as walk:
        disk["file"] = False
        await walk.press("y", "j", "n")
        await walk.see("2 edits kept")
        await walk.press("ctrl+s")
        await walk.see("Save as")
        await walk.press("ctrl+a", "ctrl+k")
        await walk.fill("elsewhere/other")
        await walk.see("Saved as ")
        assert "Not saved" not in walk.screen
        assert ">[✗]" in walk.screen
        await walk.press("j", "n")
        await walk.see("saved r3")
        assert walk.app.opened
        assert walk.app.opened.path == tmp_path / "elsewhere" / "other.toml"
        assert [a.status for a in walk.session.answers.given.values()] == [Status.PASS, Status.FAIL, Status.FAIL]
    assert tomllib.loads(file.path.read_text())["revision"] == 0
    assert journals(locations(tmp_path).state) == []


async def test_save_as_replaces_nothing_and_asks_again(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("mine")
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("ctrl+s", "ctrl+a", "ctrl+k")
        await walk.fill("mine.toml")
        await walk.see("choose another name.")
        await walk.press("escape")
        assert "saved r0" in walk.screen
    assert (tmp_path / "mine.toml").read_text() == "mine"


async def left_with(walk: Walk, key: str) -> None:
    await walk.press("y", "j", "n")
    await walk.see("2 edits kept")
    walk._send("ctrl+q", None)
    await walk.see("2 edits are not saved")
    assert "- Secrets" in walk.screen or "OPEN -> PASS" in walk.screen
    assert "OPEN -> FAIL" in walk.screen
    walk._send(key, key if len(key) == 1 else None)


async def ended(walk: Walk) -> None:
    for _ in range(500):
        if walk.app._exit:
            return
        await walk.pilot.pause(0.01)
    raise AssertionError(f"the program did not end:\n{walk.screen}")


async def test_quitting_can_leave_edits_to_the_journal_and_the_next_start_brings_them_back(
    tmp_path: Path, disk: dict[str, bool]
) -> None:
    file = a_session_file(tmp_path)
    async with a_walk(tmp_path, session=file) as walk:
        disk["file"] = False
        await left_with(walk, "k")
        await ended(walk)
        assert walk.app.return_code == 75
    assert len(journals(locations(tmp_path).state)) == 1
    disk["file"] = True
    async with a_walk(tmp_path, session=SessionFile.open(file.path)) as walk:
        await walk.see("Back from the journal: 2 edits that could not be saved.")
        await walk.see("saved r2")
        assert [a.status for a in walk.session.answers.given.values()] == [Status.PASS, Status.FAIL]
        await walk.press("u")
        await walk.see("saved r3")
        assert [a.status for a in walk.session.answers.given.values()] == [Status.PASS, Status.OPEN]
    assert journals(locations(tmp_path).state) == []


async def test_quitting_can_try_again(tmp_path: Path, disk: dict[str, bool]) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        disk["file"] = False
        await left_with(walk, "r")
        await walk.pilot.pause(0.1)  # the question goes before it comes again
        await walk.see("2 edits are not saved")
        disk["file"] = True
        walk._send("r", "r")
        await ended(walk)
        assert walk.app.return_code == 0
        assert walk.session.revision == 2


async def test_quitting_can_save_elsewhere(tmp_path: Path, disk: dict[str, bool]) -> None:
    (tmp_path / "elsewhere").mkdir()
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        disk["file"] = False
        await left_with(walk, "s")
        await walk.see("Save as")
        await walk.press("ctrl+a", "ctrl+k")
        await walk.type("elsewhere/other.toml")
        walk._send("enter", None)
        await ended(walk)
        assert walk.app.return_code == 0
    assert SessionFile.open(tmp_path / "elsewhere" / "other.toml").session.revision == 2


async def test_going_back_to_the_list_leaves_edits_to_the_journal_as_well(
    tmp_path: Path, disk: dict[str, bool]
) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        disk["file"] = False
        await walk.press("y")
        await walk.see("1 edit kept")
        await walk.press("q")
        await walk.see("One edit is not saved")
        await walk.press("k")
        await walk.see("1 session in")
        disk["file"] = True
        await walk.press("enter")
        await walk.see("Back from the journal: an edit that could not be saved.")
        await walk.see("saved r1")
        await walk.press("q")
        await walk.see("1 session in")
        walk._send("q", "q")
        await ended(walk)


async def test_edits_are_brought_together_with_what_another_wrote_before_they_are_back(
    tmp_path: Path, disk: dict[str, bool]
) -> None:
    file = a_session_file(tmp_path)
    async with a_walk(tmp_path, session=file) as walk:
        disk["file"] = False
        await left_with(walk, "k")
        await ended(walk)
    disk["file"] = True
    other = SessionFile.open(file.path)
    answers = {FIRST: Status.NA, "no-hardcoded-credentials": Status.FAIL}
    for item, status in answers.items():
        other.save(other.session.answer(item, status=status, reason="by another", now=NOW, by="other"), NOW)
    async with a_walk(tmp_path, session=SessionFile.open(file.path)) as walk:
        await walk.see("CONFLICT")
        assert "Yours stays, theirs is in" in walk.screen
        assert walk.session.answers[FIRST].status is Status.PASS
        assert walk.session.answers["no-hardcoded-credentials"].status is Status.FAIL
        await walk.settle()
        assert SessionFile.open(file.path).session == walk.session
    assert journals(locations(tmp_path).state) == []


async def test_edits_that_do_not_fit_the_file_any_more_are_pointed_out(tmp_path: Path, disk: dict[str, bool]) -> None:
    file = a_session_file(tmp_path)
    async with a_walk(tmp_path, session=file) as walk:
        disk["file"] = False
        await left_with(walk, "k")
        await ended(walk)
    disk["file"] = True
    file.path.unlink()
    checklist, release, later = file.session.checklist, file.session.release, NOW + timedelta(seconds=1)
    other = SessionFile.create(file.path.parent, checklist, release, later)
    other.save(other.session.answer(FIRST, status=Status.NA, reason="by another", now=NOW, by="other"), NOW)
    async with a_walk(tmp_path, session=SessionFile.open(file.path)) as walk:
        assert "Unsaved edits do not fit this file any more: `signoff recover` has them." in walk.screen
        assert walk.session.answers[FIRST].reason == "by another"
    assert len(journals(locations(tmp_path).state)) == 1
