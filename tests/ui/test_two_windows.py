"""The same session in two windows: one answers, the other shows, and they can change places."""

from __future__ import annotations

from pathlib import Path

from walking import Walk, a_session_file, a_walk

from signoff.domain.answer import Status
from signoff.storage.session_file import SessionFile

FIRST = "secrets-in-vault"


async def test_the_second_window_shows_the_session_and_says_who_has_it(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    async with a_walk(tmp_path, session=file), a_walk(tmp_path, session=SessionFile.open(file.path)) as second:
        await second.see("Open in process")
        assert "since 14:02, shown only here" in second.screen
        assert "K take over" in second.screen
        for key in ("y", "i", "p", "e", "P", "u", "w"):
            await second.press(key)
            assert "this window only shows it" in second.screen
        await second.press("f", "y", "D")
        assert "this window only shows it" in second.screen
        assert second.session.revision == 0


async def test_the_second_window_shows_what_is_answered_in_the_first(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    async with (
        a_walk(tmp_path, session=file) as first,
        a_walk(tmp_path, session=SessionFile.open(file.path)) as second,
    ):
        await second.see("Open in process")
        await first.press("n")
        await first.see("saved r1")
        await second.see("Changed outside: Secrets in vault")
        assert second.session.answers[FIRST].status is Status.FAIL
        await first.press("u")
        await first.see("saved r2")
        await second.see("saved r2")
        assert second.session.answers[FIRST].status is Status.OPEN
        assert [path.name for path in file.path.parent.iterdir()] == [file.path.name]


async def test_taking_over_makes_the_first_window_read_only(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    async with a_walk(tmp_path, session=file) as first:
        await first.press("y")
        await first.see("saved r1")
        async with a_walk(tmp_path, session=SessionFile.open(file.path)) as second:
            await first.press("j", "n")
            await first.see("saved r2")
            await second.press("K")
            await second.see("Taken over")
            assert "Open in" not in second.screen
            assert second.app.opened
            assert second.app.opened.session.revision == 2
            await first.see("Taken over by process")
            await first.press("j", "y")
            assert "this window only shows it" in first.screen
            await second.press("j", "j", "y")
            await second.see("saved r3")
            assert second.session.revision == 3
            await first.press("K")
            await first.see("Taken over; the other window only shows it now.")
            assert first.app.opened
            assert first.app.opened.session.revision == 3
            await second.see("Taken over by process")
            await first.press("j", "n")
            await first.see("saved r4")


async def settled(walk: Walk) -> None:
    for _ in range(150):
        await walk.pilot.pause(0.01)


async def test_what_is_being_typed_when_another_window_takes_over_is_not_lost(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    async with (
        a_walk(tmp_path, session=file) as first,
        a_walk(tmp_path, session=SessionFile.open(file.path)) as second,
    ):
        await first.press("i")
        await first.type("half a sen")
        await second.press("K")
        await second.see("Taken over")
        await settled(first)
        await first.press("escape")
        assert SessionFile.open(file.path).session.answers[FIRST].note == "half a sen"
        await first.see("Taken over by process")


async def test_there_is_nothing_to_take_over_from_oneself(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("K")
        assert "nothing to take over" in walk.screen


async def test_a_signed_or_answered_session_is_free_again_when_its_window_is_closed(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    async with a_walk(tmp_path, session=file) as walk:
        await walk.press("y", "q")
        await walk.see("1 session in")
        async with a_walk(tmp_path, session=SessionFile.open(file.path)) as other:
            await other.press("j", "n")
            assert [a.status for a in other.session.answers.given.values()] == [Status.PASS, Status.FAIL]
