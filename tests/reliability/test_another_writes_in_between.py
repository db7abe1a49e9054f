"""Somebody else writes the file between any two calls of a save, in place as some editors do, or by another file.

What they wrote is in the session afterwards. POSIX leaves one gap to who does not lock the folder, such as an editor:
between the call that gives the old file its second name and the one that replaces it, a file that takes the name is
gone.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from meeting import NOW, a_checklist, answered
from nightly import COUNTS
from reliability.faulty_disk import Call, a_disk
from reliability.window import a_window, wait_for_a_copy, wait_until_nothing_is_done
from signoff.domain.answer import Status
from signoff.domain.release import Release
from signoff.storage import known_file, session_writer, spare
from signoff.storage.session_file import SessionFile

BEFORE, AFTER = b"first", b"other"
"""What they change: the file stays as long as it is."""


@pytest.fixture(params=[False, True], ids=["written whole", "by way of a copy"])
def path(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # No look of its own accord: calls are told by their numbers, and it would come between them at any time.
    monkeypatch.setattr(session_writer, "_LOOK_SECONDS", 3600.0)
    if request.param:
        monkeypatch.setattr(spare, "_WORTH_IT", 0)
    file = SessionFile.create(tmp_path / "s", a_checklist(), Release("payments", "1"), NOW)
    file.save(answered(file.session, "scan", Status.PASS, note=BEFORE.decode()), NOW)
    return file.path


def in_place(path: Path, data: bytes) -> None:
    with path.open("r+b") as file:
        file.write(data)


def by_another_file(path: Path, data: bytes) -> None:
    other = path.with_name("other.swp")
    other.write_bytes(data)
    other.rename(path)


def lost(path: Path, write: Callable[[Path, bytes], None]) -> list[Call]:
    """The calls before which another's writing would be lost."""
    start = path.read_bytes()
    found: list[Call] = []
    for number in itertools.count():
        for old in path.parent.iterdir():
            old.unlink()
        path.write_bytes(start)
        with a_window(path) as window, a_disk(path.parent) as disk:
            window.edit(lambda s: answered(s, "coverage", Status.FAIL))
            assert window.flush()
            if not spare._WORTH_IT:
                wait_for_a_copy(disk)
            wait_until_nothing_is_done(window)
            first = len(disk.calls)

            def another(at: int, call: Call, number: int = first + number) -> None:
                if at == number:
                    write(path, path.read_bytes().replace(BEFORE, AFTER, 1))

            disk.before = another
            window.edit(lambda s: answered(s, "vault", Status.FAIL))
            assert window.flush()
            if number >= len(disk.calls) - first:
                return found
            assert window.flush()
            assert SessionFile.open(path).session == window.session
            assert window.session.answers["vault"].status is Status.FAIL
        COUNTS["R3: writings of another between two calls"] += 1
        if AFTER not in path.read_bytes():
            found.append(disk.calls[first + number])
        assert list(path.parent.glob("*.conflict-*")) == []  # it goes together with ours
    raise AssertionError("calls come to an end")


def test_who_writes_in_place_loses_nothing(path: Path) -> None:
    assert lost(path, in_place) == []


def test_who_replaces_the_file_loses_nothing_but_in_the_one_gap(path: Path) -> None:
    assert [call.name for call in lost(path, by_another_file)] == ["replace"]


def test_who_hides_the_time_of_writing_loses_nothing(path: Path) -> None:
    with a_window(path) as window:
        assert window.flush()
        before = path.stat()
        while path.stat().st_ctime_ns == before.st_ctime_ns:  # a kernel's clock goes in steps
            in_place(path, path.read_bytes().replace(BEFORE, AFTER, 1))
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        window.edit(lambda s: answered(s, "vault", Status.FAIL))
        assert window.flush()
    assert SessionFile.open(path).session.answers["scan"].note == AFTER.decode()


# The tests themselves: without a step of the protocol they fail.


def test_without_the_look_before_it_more_would_be_lost(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_file.KnownFile, "_expected", lambda self, folder: folder.status(self._real.name))

    assert len(lost(path, by_another_file)) > 1


def test_without_the_second_name_more_would_be_lost(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_file.KnownFile, "_second_name", lambda *_: "")

    assert [call.name for call in lost(path, in_place)] == ["replace"]


def test_without_looking_again_afterwards_what_came_later_would_be_lost(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def its_name(self: known_file.KnownFile, folder: known_file.Folder, written: known_file.Stamp) -> object:
        status = folder.status(self._real.name)
        return known_file.Stamp.of(status) if status else written

    monkeypatch.setattr(known_file.KnownFile, "_stamp_of_ours", its_name)

    with pytest.raises(AssertionError):
        lost(path, by_another_file)
