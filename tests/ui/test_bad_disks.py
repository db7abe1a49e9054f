"""R4, and what R2 shows on the screen: a disk that is full, slow, or at fault while a meeting is held.

No answer is lost, everybody sees what is not saved, and no key waits for the disk.
"""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from walking import a_session_file, a_walk

from nightly import COUNTS, NIGHTLY, rounds
from reliability.faulty_disk import Call, Fault, a_disk
from signoff.domain.answer import Status
from signoff.domain.session import Session
from signoff.storage import session_writer
from signoff.storage.session_file import SessionFile
from signoff.ui.open_session import SaveReported

KEYS = rounds(12, 400)
"""How many answers are given."""


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_writer, "_RETRY_SECONDS", (0.02,))
    monkeypatch.setattr(session_writer, "_LOOK_SECONDS", 0.02)


def in_the_file(folder: Path) -> int:
    [path] = (folder / "data").glob("*.toml")
    return SessionFile.open(path).session.revision


async def test_a_disk_that_is_full_and_has_room_again_loses_nothing(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    with a_disk(tmp_path, room=0) as disk:
        async with a_walk(tmp_path, session=file) as walk:
            await walk.press("n")
            await walk.see("NOT SAVED since r0")
            assert "No space left on device" in walk.screen
            for _ in range(KEYS):
                await walk.press("delete", "n")
            while walk.app.opened.session.revision < 2 * KEYS + 1:  # type: ignore[union-attr]
                await walk.pilot.pause(0.01)
            disk.room = 2000  # for a part of it
            await walk.press("delete")
            assert in_the_file(tmp_path) == 0
            revision = walk.app.opened.session.revision  # type: ignore[union-attr]
            disk.room = None
            await walk.see(f"saved r{revision}")
            assert "Saved again" in walk.screen
    assert in_the_file(tmp_path) == revision > KEYS
    assert [path.name for path in (tmp_path / "data").iterdir()] == [file.path.name]


@contextmanager
def a_slow_disk(folder: Path, seconds: float | None) -> Iterator[threading.Event]:
    """A disk that takes so long for each call that waits for it, or until it is told to go on."""
    goes_on = threading.Event()

    def wait(_: int, call: Call) -> None:
        if call.name in ("fsync", "write"):
            goes_on.wait(seconds)

    with a_disk(folder, before=wait):
        try:
            yield goes_on
        finally:
            goes_on.set()


async def test_no_key_waits_for_a_slow_disk(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    with a_slow_disk(tmp_path, 2.0 if NIGHTLY else None) as goes_on:
        async with a_walk(tmp_path, session=file) as walk:
            await walk.press("j")
            times = []
            for number in range(1, KEYS + 1):
                began = time.perf_counter()
                walk._send("n" if number % 2 else "delete", "n" if number % 2 else None)
                while f"saving r{number}" not in walk.screen:
                    await walk.pilot.pause(0)
                times.append(time.perf_counter() - began)
            if not NIGHTLY:
                assert in_the_file(tmp_path) == 0
                goes_on.set()
            await walk.see(f"saved r{KEYS}")
            assert walk.session.revision == KEYS
    if NIGHTLY:
        p99 = statistics.quantiles(times, n=100)[-1] * 1000
        COUNTS[f"R4: answers on a disk that takes 2 s for each call, key to screen p99 {p99:.0f} ms"] += KEYS


@pytest.mark.parametrize("call", ["open", "write", "fsync", "replace", "stat"])
@pytest.mark.parametrize("fault", [Fault.NO_SPACE, Fault.DISK_ERROR, Fault.NOT_ALLOWED])
async def test_whatever_fails_it_is_said_and_mends_itself(tmp_path: Path, call: str, fault: Fault) -> None:
    file = a_session_file(tmp_path)
    state = {"is_bad": True}

    def bad(asked: Call) -> Fault | None:
        return fault if state["is_bad"] and asked.name == call and asked.path.startswith("data") else None

    with a_disk(tmp_path, fault_of=bad):
        async with a_walk(tmp_path, session=file) as walk:
            await walk.press("n")
            await walk.see("NOT SAVED since r0")
            await walk.press("j", "n")
            state["is_bad"] = False
            await walk.see("saved r2")
            assert [answer.status for answer in walk.session.answers.given.values()] == [Status.FAIL, Status.FAIL]


# The tests themselves: with a fault in the product they fail.


async def test_a_screen_that_waits_for_the_disk_would_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        session_writer.SessionWriter, "save", lambda self, session: self._file.save(session, self._clock())
    )
    file = a_session_file(tmp_path)
    with a_slow_disk(tmp_path, 0.3) as _:
        async with a_walk(tmp_path, session=file) as walk:
            began = time.perf_counter()
            await walk.press("n")
            assert time.perf_counter() - began > 0.3


async def test_an_answer_that_is_not_tried_again_would_be_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step, tried = session_writer.SessionWriter._step, threading.Event()

    def only_once(self: session_writer.SessionWriter, session: Session | None) -> None:
        step(self, session)
        if session:
            tried.set()

    monkeypatch.setattr(session_writer.SessionWriter, "_step", only_once)
    file = a_session_file(tmp_path)
    with a_disk(tmp_path, room=0) as disk:
        async with a_walk(tmp_path, session=file) as walk:
            await walk.press("n")
            assert tried.wait(20)
            disk.room = None
            await walk.press("j")
    assert in_the_file(tmp_path) == 0


async def test_a_disk_that_reports_when_the_last_screen_has_gone_is_no_fault(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        opened = walk.app.opened
    assert opened is not None
    walk.app.on_save_reported(SaveReported(opened, opened.path, opened.saved))
