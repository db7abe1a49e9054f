"""The list of sessions."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

from walking import NOW, a_session_file, a_walk, locations

from signoff.domain.answer import Status
from signoff.storage.locations import shipped
from signoff.storage.session_lock import SessionLock


async def test_an_empty_list_says_what_to_do(tmp_path: Path) -> None:
    async with a_walk(tmp_path) as walk:
        assert "Press n to make the first" in walk.screen
        await walk.press("enter", "c")
        assert "n makes a session" in walk.screen


async def test_the_newest_session_comes_first_and_is_opened_by_enter(tmp_path: Path) -> None:
    ledger, shop = a_session_file(tmp_path, service="ledger"), a_session_file(tmp_path, service="web-shop")
    answered = ledger.session.answer("pii", status=Status.PASS, now=NOW, by="x")
    ledger.save(answered, NOW + timedelta(minutes=1))
    async with a_walk(tmp_path) as walk:
        first, second = (line for line in walk.screen.split("\n") if "/37" in line)
        assert "ledger" in first
        assert "web-shop" in second
        await walk.press("enter")
        await walk.see("ledger 4.12.0 -> prod")
    assert shop.path.exists()


async def test_what_was_saved_today_by_the_clock_of_the_program_shows_its_time_and_else_its_day(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    os.utime(file.path, (0, 0))  # as after a clone: what the file system says of it means nothing
    async with a_walk(tmp_path) as walk:
        assert "today 14:02" in walk.screen
    async with a_walk(tmp_path, clock=lambda: NOW + timedelta(days=1)) as walk:
        assert "24 Nov 2026" in walk.screen


async def test_a_broken_file_is_listed_with_its_line_and_reason_and_is_not_touched(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    text = file.path.read_text(encoding="utf-8").replace('environment = "prod"', "").replace("[summary]", "[summary")
    file.path.write_text(text, encoding="utf-8")
    async with a_walk(tmp_path) as walk:
        assert "BROKEN" in walk.screen
        await walk.press("enter")
        assert re.search(r"payments-api-4\.12\.0-prod\.toml:\d+: ", walk.screen)
    assert file.path.read_text(encoding="utf-8") == text


async def test_a_mended_file_can_be_opened_after_reading_again(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    good = file.path.read_text(encoding="utf-8")
    file.path.write_text("garbage [", encoding="utf-8")
    async with a_walk(tmp_path) as walk:
        assert "BROKEN" in walk.screen
        file.path.write_text(good, encoding="utf-8")
        await walk.press("ctrl+r", "enter")
        await walk.see("would be: UNDECIDED")


async def test_a_window_that_cannot_be_read_is_said_in_the_form(tmp_path: Path) -> None:
    async with a_walk(tmp_path) as walk:
        await walk.press("n")
        await walk.fill("payments-api", "4.12.0", "", "", "sometime", "", "", "")
        assert '"sometime" is not a window' in walk.screen
        assert "payments-api" in walk.screen


async def test_a_commit_that_is_typed_shortly_is_kept_and_said_to_be_too_short_for_the_gate(tmp_path: Path) -> None:
    async with a_walk(tmp_path) as walk:
        await walk.press("n")
        await walk.fill("payments-api", "4.12.0", "", "abc1234", "", "", "", "")
        await walk.see("`signoff gate` will not accept the commit abc1234: it needs all 40 digits")
        assert walk.session.release.commit == "abc1234"


async def test_a_commit_that_is_typed_shortly_is_looked_up_in_the_checkout(tmp_path: Path) -> None:
    def git(*words: str) -> str:
        who = ("-c", "user.name=ana", "-c", "user.email=ana@example.com")
        done = subprocess.run(["git", *who, *words], cwd=tmp_path, capture_output=True, check=True)
        return done.stdout.decode().strip()

    git("init", "--quiet")
    git("commit", "--quiet", "--allow-empty", "--message", "first")
    commit = git("rev-parse", "HEAD")
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("w", "tab", "tab", "tab", "ctrl+u")
        await walk.type(commit[:9])
        await walk.press("enter", "enter", "enter", "enter")
        await walk.see("The release is changed")
        assert walk.session.release.commit == commit


async def test_a_checklist_that_is_not_used_is_named_where_one_is_chosen(tmp_path: Path) -> None:
    folder = locations(tmp_path).config / "checklists"
    folder.mkdir(parents=True)
    shutil.copy(shipped("checklists") / "production-readiness.toml", folder)
    async with a_walk(tmp_path) as walk:
        await walk.press("n", "escape")
        await walk.see("production-readiness is the id of a checklist that comes with signoff")


async def test_a_session_goes_to_the_trash_once_that_is_confirmed_and_comes_back(tmp_path: Path) -> None:
    ledger, shop = a_session_file(tmp_path, service="ledger"), a_session_file(tmp_path, service="web-shop")
    async with a_walk(tmp_path) as walk:
        assert "2 sessions" in walk.screen
        await walk.press("delete")
        assert "Move web-shop 4.12.0 to the trash?" in walk.screen
        assert "0 of 37 answered, UNDECIDED, not signed" in walk.screen
        await walk.press("escape")
        assert shop.path.exists()
        await walk.press("X", "y")
        await walk.see("1 session in")
        assert f"{shop.path.name} is in the trash | u takes it back" in walk.screen
        assert (ledger.path.exists(), shop.path.exists()) == (True, False)
        await walk.press("u")
        await walk.see("2 sessions in")
        assert f"{shop.path.name} is back." in walk.screen
        assert shop.path.exists()
        await walk.press("u")
        assert "Nothing was moved to the trash here" in walk.screen


async def test_what_somebody_has_taken_from_the_trash_does_not_stand_in_the_way(tmp_path: Path) -> None:
    a_session_file(tmp_path, service="ledger"), a_session_file(tmp_path, service="web-shop")
    async with a_walk(tmp_path) as walk:
        await walk.press("delete", "y")
        await walk.see("1 session in")
        await walk.press("delete", "y")
        await walk.see("No sessions yet.")
        next((walk.app.locations.data / "trash").glob("ledger*")).unlink()
        await walk.press("u")
        await walk.see("Cannot move")
        await walk.press("u")
        await walk.see("1 session in")
        assert "web-shop" in walk.screen


async def test_a_broken_file_can_go_to_the_trash_as_well(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    file.path.write_text("garbage [", encoding="utf-8")
    async with a_walk(tmp_path) as walk:
        await walk.press("delete")
        assert "It is broken:" in walk.screen
        await walk.press("y")
        await walk.see("No sessions yet.")
    assert [path.read_text(encoding="utf-8") for path in (file.path.parent / "trash").iterdir()] == ["garbage ["]


async def test_a_session_that_another_window_has_open_does_not_go_to_the_trash(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    async with a_walk(tmp_path) as walk:
        lock = SessionLock(walk.app.locations.state, file.path)
        lock.acquire(NOW)
        await walk.press("delete", "y")
        await walk.see("close it there first")
        lock.release()
    assert file.path.exists()


async def test_there_is_nothing_to_move_where_there_is_nothing(tmp_path: Path) -> None:
    async with a_walk(tmp_path) as walk:
        await walk.press("delete")
        assert "There is nothing to move to the trash." in walk.screen
