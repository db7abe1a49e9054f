"""A large file has a copy on the disk before it is saved, so that a save writes only what differs."""

import errno
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meeting import NOW, a_checklist, answered
from reliability.faulty_disk import Call, Fault, a_disk
from reliability.window import PATIENCE, Window, a_window, wait_for_a_copy, wait_until
from signoff import folder as folder_module
from signoff.domain.answer import Status
from signoff.domain.release import Release
from signoff.folder import Folder
from signoff.storage import session_writer
from signoff.storage import spare as spare_module
from signoff.storage.session_file import SessionFile
from signoff.storage.spare import Spare

ALIKE = st.integers(0, 12).map(lambda number: b"%d\n" % number * (number % 3))
"""Pieces of few kinds, so that many are as long as others."""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SessionFile:
    """A session that is large enough for a copy."""
    monkeypatch.setattr(spare_module, "_WORTH_IT", 0)
    return SessionFile.create(tmp_path / "s", a_checklist(), Release("payments", "1"), NOW)


@pytest.fixture
def spare() -> Iterator[Spare]:
    spare = Spare()
    yield spare
    spare.drop()


def open_files() -> int:
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208


def saved_twice(file: SessionFile, spare: Spare) -> list[Call]:
    """Save an answer, get ready, save another; returns what was asked of the disk for the second."""
    with a_disk(file.path.parent) as disk:
        file.save(answered(file.session, "vault", Status.FAIL), NOW, spare)
        file.known.fill(spare)
        first = len(disk.calls)
        file.save(answered(file.session, "scan", Status.FAIL), NOW, spare)
    assert SessionFile.open(file.path).session == file.session
    assert [path.name for path in file.path.parent.iterdir()] == [file.path.name]
    return disk.calls[first:]


def written(calls: list[Call]) -> int:
    return sum(len(call.data) for call in calls if call.name == "write")


# What is saved.


@settings(deadline=None)
@given(st.lists(st.lists(ALIKE), min_size=2, max_size=4), st.data())
def test_whatever_changes_the_file_holds_the_new_pieces(texts: list[list[bytes]], data: st.DataObject) -> None:
    kept = {piece: piece for text in texts for piece in text}
    with TemporaryDirectory() as path, Folder(Path(path)) as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(spare_module, "_WORTH_IT", 0)
        spare = Spare()
        for number, text in enumerate(texts):
            pieces = [kept[piece] if data.draw(st.booleans()) else bytes(bytearray(piece)) for piece in text]
            temporary = spare.become(folder, "x", pieces, like=None, modified_ns=number)
            assert bool(temporary) == (number > 0)
            if temporary:
                assert (folder.path / temporary[0]).read_bytes() == b"".join(pieces)
                assert temporary[1].st_mtime_ns == number
            spare.fill(folder)
        spare.drop()


def test_only_what_differs_is_written(file: SessionFile, spare: Spare) -> None:
    calls = saved_twice(file, spare)

    assert 0 < written(calls) < file.path.stat().st_size
    assert not any(b"[checklist]" in call.data for call in calls)
    assert [call.name for call in calls].count("fsync") == 2  # of the file, and of the folder


def test_a_small_file_has_no_copy(file: SessionFile, spare: Spare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spare_module, "_WORTH_IT", 256 * 1024)

    assert written(saved_twice(file, spare)) == file.path.stat().st_size


def test_what_another_wrote_is_in_the_copy_once_it_is_taken_over(file: SessionFile, spare: Spare) -> None:
    file.save(answered(file.session, "vault", Status.PASS), NOW, spare)
    file.known.fill(spare)
    other = SessionFile.open(file.path)
    other.save(answered(other.session, "scan", Status.FAIL, note="theirs, and longer than what was there"), NOW)
    theirs = file.changed_outside()
    assert theirs
    file.adopt(theirs)
    file.save(answered(file.session, "vault", Status.FAIL), NOW, spare)

    assert SessionFile.open(file.path).session == file.session


def test_it_has_the_permissions_of_the_file(file: SessionFile, spare: Spare) -> None:
    file.path.chmod(0o640)
    saved_twice(file, spare)

    assert file.path.stat().st_mode & 0o777 == 0o640


# In a window.


def rests(window: Window) -> bool:
    return not window.writer._gets_ready


def test_a_window_has_one_after_the_first_answer_and_nothing_is_left_of_it(file: SessionFile) -> None:
    before, open_then = open_files(), set()
    with a_window(file.path) as window, a_disk(file.path.parent) as disk:
        for status in (Status.PASS, Status.FAIL, Status.RISK, Status.NA, Status.PASS):
            first = len(disk.calls)
            window.edit(lambda session, status=status: answered(session, "vault", status))
            assert window.flush()
            wait_for_a_copy(disk, first)
            wait_until(lambda: rests(window))
            assert [path.name for path in file.path.parent.iterdir()] == [file.path.name]
            open_then.add(open_files())
    assert open_then == {before + 1}
    assert open_files() == before
    assert SessionFile.open(file.path).session == window.session


def test_one_that_is_not_used_is_let_go(file: SessionFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spare_module, "_IDLE_SECONDS", 0.1)
    monkeypatch.setattr(session_writer, "_LOOK_SECONDS", 0.01)
    before = open_files()
    with a_window(file.path) as window, a_disk(file.path.parent) as disk:
        window.edit(lambda session: answered(session, "vault", Status.PASS))
        wait_for_a_copy(disk)
        wait_until(lambda: open_files() == before)
        window.edit(lambda session: answered(session, "vault", Status.FAIL))
        assert window.flush()
    assert SessionFile.open(file.path).session == window.session


def test_nobody_waits_for_one_at_the_end(file: SessionFile) -> None:
    go_on = threading.Event()

    def slow(_: int, call: Call) -> None:
        if call.name == "fsync" and "#" in call.path:
            assert go_on.wait(PATIENCE)

    with a_window(file.path) as window, a_disk(file.path.parent, before=slow):
        window.edit(lambda session: answered(session, "vault", Status.PASS))
        wait_until(lambda: not rests(window))
        assert window.writer.flush(0.01)
        assert window.writer.close(0.01)
        window.edit(lambda session: answered(session, "vault", Status.FAIL))
        assert not window.writer.flush(0.01)
        go_on.set()
        assert window.writer.close(PATIENCE)
    assert SessionFile.open(file.path).session == window.session


def test_a_fault_in_getting_ready_does_not_end_the_saving(file: SessionFile, monkeypatch: pytest.MonkeyPatch) -> None:
    faults: list[int] = []

    def faulty(*_: object) -> None:
        faults.append(1)
        raise MemoryError

    monkeypatch.setattr(Spare, "fill", faulty)
    with a_window(file.path) as window:
        for status in (Status.PASS, Status.FAIL):
            window.edit(lambda session, status=status: answered(session, "vault", status))
            assert window.flush()
            wait_until(lambda: faults)
    assert SessionFile.open(file.path).session == window.session


def test_a_session_that_is_only_looked_at_writes_nothing(file: SessionFile) -> None:
    with a_window(file.path) as window, a_disk(file.path.parent) as disk:
        window.writer.look()
        assert window.flush()
        time.sleep(0.1)

    assert not [call for call in disk.calls if call.name in ("write", "fsync")]


# Where there is none.


@pytest.mark.parametrize("call", ["write", "link", "fsync", "fchmod"])
@pytest.mark.parametrize("fault", [Fault.NO_SPACE, Fault.DISK_ERROR])
def test_where_it_fails_everything_is_written_anew(file: SessionFile, spare: Spare, call: str, fault: Fault) -> None:
    before = open_files()
    failures = iter([fault])
    with a_disk(file.path.parent) as disk:
        file.save(answered(file.session, "vault", Status.PASS), NOW, spare)
        file.known.fill(spare)
        first = len(disk.calls)
        disk.fault_of = lambda asked: next(failures, None) if asked.name == call and "#" in asked.path else None
        file.save(answered(file.session, "scan", Status.FAIL), NOW, spare)

    assert next(failures, None) is None, "the fault was not met"
    assert written(disk.calls[first:]) >= file.path.stat().st_size
    assert SessionFile.open(file.path).session == file.session
    assert [path.name for path in file.path.parent.iterdir()] == [file.path.name]
    assert open_files() == before


def test_a_disk_that_has_no_room_for_it_costs_nothing(file: SessionFile, spare: Spare) -> None:
    file.save(answered(file.session, "vault", Status.PASS), NOW, spare)
    with a_disk(file.path.parent, room=100):
        file.known.fill(spare)
    file.save(answered(file.session, "scan", Status.FAIL), NOW, spare)

    assert SessionFile.open(file.path).session == file.session


@pytest.mark.parametrize(("copies", "has_one"), [(15, False), (17, True)])
def test_it_takes_no_room_that_others_may_need(
    file: SessionFile, spare: Spare, monkeypatch: pytest.MonkeyPatch, copies: int, has_one: bool
) -> None:
    file.save(answered(file.session, "vault", Status.FAIL), NOW, spare)
    monkeypatch.setattr(Folder, "room", lambda _: file.path.stat().st_size * copies)
    file.known.fill(spare)
    with a_disk(file.path.parent) as disk:
        file.save(answered(file.session, "scan", Status.FAIL), NOW, spare)

    assert (written(disk.calls) < file.path.stat().st_size) == has_one


def test_what_is_written_whole_has_the_room_that_was_held(file: SessionFile, spare: Spare) -> None:
    before = open_files()
    saved_twice(file, spare)
    assert open_files() == before + 1  # what was replaced, as long as nobody has time
    file.save(answered(file.session, "vault", Status.PASS), NOW, spare)

    assert open_files() == before


@pytest.mark.parametrize("lack", ["files without a name", "a system that can name them", "a folder"])
def test_where_the_system_cannot_do_it_everything_is_written(
    file: SessionFile, spare: Spare, monkeypatch: pytest.MonkeyPatch, lack: str
) -> None:
    link = os.link

    def no_link(source: str, *names: str, **where: object) -> None:
        if source.startswith("/proc"):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        link(source, *names, **where)  # type: ignore[arg-type]

    if lack == "files without a name":
        monkeypatch.setattr(folder_module, "_UNNAMED", 0)
    elif lack == "a folder":
        monkeypatch.setattr(folder_module, "_HELD_OPEN", False)
    else:
        monkeypatch.setattr(os, "link", no_link)

    assert written(saved_twice(file, spare)) >= file.path.stat().st_size
