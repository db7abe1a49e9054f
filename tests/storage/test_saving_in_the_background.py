"""Every edit is saved off the screen's thread, and is called saved when it is on the disk and never earlier."""

import os
import threading
import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from meeting import NOW, a_checklist, answered
from signoff.domain.answer import Status
from signoff.domain.release import Release
from signoff.errors import StorageError
from signoff.storage import session_writer
from signoff.storage.session_file import SessionFile
from signoff.storage.session_writer import SessionWriter

WAIT = 20.0
"""How many seconds a test waits for what takes milliseconds, before it calls it a failure."""


class Screen:
    """What the screen is told by the writer's thread."""

    def __init__(self, file: SessionFile) -> None:
        self.file = file
        self.saved: list[int] = []
        self.on_disk: list[int] = []
        self.failures: list[str] = []
        self.told = threading.Condition()

    def on_saved(self, revision: int, when: datetime) -> None:
        text = self.file.path.read_text(encoding="utf-8")
        with self.told:
            self.saved.append(revision)
            self.on_disk.append(tomllib.loads(text)["revision"])
            self.told.notify_all()

    def on_failed(self, error: StorageError) -> None:
        with self.told:
            self.failures.append(str(error))
            self.told.notify_all()

    def wait_for_revision(self, revision: int) -> bool:
        with self.told:
            return self.told.wait_for(lambda: revision in self.saved, WAIT)

    def wait_for_failures(self, number: int) -> bool:
        with self.told:
            return self.told.wait_for(lambda: len(self.failures) >= number, WAIT)


@pytest.fixture
def screen(tmp_path: Path) -> Screen:
    return Screen(SessionFile.create(tmp_path / "sessions", a_checklist(), Release("payments", "1"), NOW))


@pytest.fixture
def writer(screen: Screen) -> Iterator[SessionWriter]:
    writer = SessionWriter(screen.file, lambda: NOW, screen.on_saved, screen.on_failed)
    yield writer
    assert writer.close(WAIT)


def test_a_revision_is_called_saved_when_it_is_on_the_disk(screen: Screen, writer: SessionWriter) -> None:
    session = screen.file.session
    for item in a_checklist().items:
        session = answered(session, item.id, Status.PASS)
        writer.save(session)
        assert screen.wait_for_revision(session.revision)

    assert screen.saved == screen.on_disk == [1, 2, 3, 4, 5]


def test_in_a_burst_the_latest_wins_and_the_file_never_goes_back(screen: Screen, writer: SessionWriter) -> None:
    session = screen.file.session
    for number in range(200):
        session = answered(session, "vault", Status.PASS, note=str(number))
        writer.save(session)
    assert screen.wait_for_revision(200)

    assert screen.saved == screen.on_disk == sorted(set(screen.saved))
    assert SessionFile.open(screen.file.path).session == session


def test_those_between_are_skipped_while_the_disk_is_busy(
    screen: Screen, writer: SessionWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy, go_on = threading.Event(), threading.Event()
    save = SessionFile.save

    def slow(file: SessionFile, *args: object) -> None:
        busy.set()
        assert go_on.wait(WAIT)
        save(file, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(SessionFile, "save", slow)
    session = screen.file.session
    for number in range(5):
        session = answered(session, "vault", Status.PASS, note=str(number))
        writer.save(session)
        assert busy.wait(WAIT)
    go_on.set()
    assert screen.wait_for_revision(5)

    assert screen.saved == [1, 5]


def test_a_failed_save_is_said_and_tried_again_until_it_works(
    screen: Screen, writer: SessionWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_writer, "_RETRY_SECONDS", (0.01,))
    folder = screen.file.path.parent
    away = folder.rename(folder.with_name("away"))
    folder.write_text("a file is where the folder was", encoding="utf-8")
    session = answered(screen.file.session, "vault", Status.PASS)
    writer.save(session)
    assert screen.wait_for_failures(3)
    assert screen.saved == []

    folder.unlink()
    away.rename(folder)
    assert screen.wait_for_revision(1)
    assert SessionFile.open(screen.file.path).session == session
    assert screen.failures[0] == f"Cannot save: Not a directory, in {screen.file.path}."


def test_an_edit_after_a_failure_is_tried_at_once_and_nothing_is_lost(
    screen: Screen, writer: SessionWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_writer, "_RETRY_SECONDS", (3600.0,))
    folder = screen.file.path.parent
    away = folder.rename(folder.with_name("away"))
    first = answered(screen.file.session, "vault", Status.PASS)
    writer.save(first)
    assert screen.wait_for_failures(1)

    away.rename(folder)
    second = answered(first, "scan", Status.FAIL)
    writer.save(second)
    assert screen.wait_for_revision(2)
    assert SessionFile.open(screen.file.path).session == second


def test_a_fault_in_saving_is_said_and_does_not_end_the_saving(
    screen: Screen, writer: SessionWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_writer, "_RETRY_SECONDS", (0.01,))
    save, tries = SessionFile.save, iter([True, False])

    def faulty(file: SessionFile, *args: object) -> None:
        if next(tries, False):
            raise ZeroDivisionError
        save(file, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(SessionFile, "save", faulty)
    writer.save(answered(screen.file.session, "vault", Status.PASS))

    assert screen.wait_for_revision(1)
    assert "a fault of signoff itself (ZeroDivisionError)" in screen.failures[0]


def test_closing_writes_what_is_pending(screen: Screen) -> None:
    writer = SessionWriter(screen.file, lambda: NOW, screen.on_saved, screen.on_failed)
    session = answered(screen.file.session, "vault", Status.PASS)
    writer.save(session)

    assert writer.close(WAIT)
    assert SessionFile.open(screen.file.path).session == session


def test_closing_says_when_something_is_not_on_the_disk(screen: Screen) -> None:
    writer = SessionWriter(screen.file, lambda: NOW, screen.on_saved, screen.on_failed)
    screen.file.path.parent.rename(screen.file.path.parent.with_name("away"))
    writer.save(answered(screen.file.session, "vault", Status.PASS))

    assert not writer.close(WAIT)
    assert screen.failures


def test_flushing_waits_for_the_disk_and_the_writer_goes_on(screen: Screen, writer: SessionWriter) -> None:
    session = answered(screen.file.session, "vault", Status.PASS)
    writer.save(session)
    assert writer.flush(WAIT)
    assert SessionFile.open(screen.file.path).session == session

    writer.save(answered(session, "scan", Status.PASS))
    assert writer.flush(WAIT)
    assert SessionFile.open(screen.file.path).session.revision == 2


def test_a_file_that_could_not_be_saved_is_as_it_was(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    file, before = screen.file, screen.file.path.read_bytes()
    monkeypatch.setattr(os, "write", _no_space)
    session = answered(file.session, "vault", Status.PASS)
    with pytest.raises(StorageError, match="No space left"):
        file.save(session, NOW)
    monkeypatch.undo()

    assert file.path.read_bytes() == before
    assert file.session.revision == 0
    file.save(session, NOW)
    assert SessionFile.open(file.path).session == session


def _no_space(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")
