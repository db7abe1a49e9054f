"""R3. The power is cut after each call, on a disk that keeps the order of things and on one that does not.

Whatever of it reached the disk, the session's file is a whole one, and has every revision that was said to be saved.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from meeting import NOW, a_checklist, answered
from nightly import COUNTS, rounds
from reliability.faulty_disk import Call, Disk, a_disk
from reliability.power_loss import put, states
from signoff import open_file
from signoff.atomic_file import write_atomically
from signoff.domain.answer import Status
from signoff.domain.release import Release
from signoff.errors import OutsideChangeError, SignoffError
from signoff.folder import Folder
from signoff.storage import spare
from signoff.storage.session_file import SessionFile
from signoff.storage.spare import Spare

MODELS = pytest.mark.parametrize("weak", [False, True], ids=["ordered", "weak"])


@pytest.fixture(params=[False, True], ids=["written whole", "by way of a copy"], autouse=True)
def has_copies(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether what does not change is on the disk before a save."""
    if request.param:
        monkeypatch.setattr(spare, "_WORTH_IT", 0)
    return bool(request.param)


class Cut:
    """Some saves, and every state in which a power cut could have left their folder."""

    def __init__(self, root: Path, work: Callable[[Disk, Path], None]) -> None:
        self.path = SessionFile.create(root / "s", a_checklist(), Release("payments", "1"), NOW).path
        before = {f"s/{path.name}": path.read_bytes() for path in (root / "s").iterdir()}
        with a_disk(root) as disk:
            work(disk, self.path)
        self.before, self.calls = before, disk.calls

    def bad_states(self, *, weak: bool) -> tuple[int, list[str]]:
        """How many states there are, and what is wrong with those in which something is lost."""
        found, bad = 0, []
        for number, state in states(self.before, self.calls, "s", weak=weak):
            found += 1
            COUNTS["R3: states of a disk after a power cut"] += 1
            put(state, self.path.parent)
            said = max((int(call.path) for call in self.calls[:number] if call.name == "saved"), default=0)
            try:
                file = SessionFile.open(self.path)
                if file.session.revision < said:
                    bad.append(
                        f"after call {number} r{said} was said to be saved, and r{file.session.revision} is there"
                    )
            except SignoffError as error:
                bad.append(f"after call {number}: {error}")
        return found, bad


def many_saves(disk: Disk, path: Path) -> None:
    some_saves(disk, path, rounds(3, 40))


def some_saves(disk: Disk, path: Path, count: int = 2) -> None:
    file, copy = SessionFile.open(path), Spare()
    for number in range(count):
        file.save(answered(file.session, "vault", Status.FAIL, note="x" * 40 * number), NOW, copy)
        disk.calls.append(Call("saved", str(file.session.revision)))
        file.known.fill(copy)
    copy.drop()


@MODELS
def test_no_cut_leaves_less_than_was_said_to_be_saved(tmp_path: Path, weak: bool) -> None:
    found, bad = Cut(tmp_path, many_saves).bad_states(weak=weak)

    assert bad == []
    assert found > 50


@MODELS
def test_a_cut_while_a_session_is_made_leaves_a_whole_one_or_none(tmp_path: Path, weak: bool) -> None:
    (tmp_path / "s").mkdir()
    with a_disk(tmp_path) as disk:
        SessionFile.create(tmp_path / "s", a_checklist(), Release("payments", "1"), NOW)
        disk.calls.append(Call("saved", "0"))
    for number, state in states({}, disk.calls, "s", weak=weak):
        put(state, tmp_path / "s")
        made = [path for path in (tmp_path / "s").iterdir() if path.suffix == ".toml"]
        assert all(SessionFile.open(path).session.release.service == "payments" for path in made)
        assert made or number < len(disk.calls)


@MODELS
def test_a_cut_while_both_sides_are_kept_leaves_what_the_other_wrote(tmp_path: Path, weak: bool) -> None:
    theirs: list[bytes] = []

    def work(disk: Disk, path: Path) -> None:
        mine = SessionFile.open(path)
        other = SessionFile.open(path)
        other.save(answered(other.session, "vault", Status.FAIL, owner="ana"), NOW)
        theirs.append(path.read_bytes())
        found = mine.changed_outside()
        assert found is not None
        found.known.keep_copy(NOW)
        mine.disregard(found)
        mine.save(answered(mine.session, "vault", Status.PASS, owner="bob"), NOW)

    cut = Cut(tmp_path, work)
    for number, state in states(cut.before, cut.calls, "s", weak=weak):
        put(state, cut.path.parent)
        session = SessionFile.open(cut.path).session
        if session.answers["vault"].owner == "bob":
            kept = [path for path in cut.path.parent.iterdir() if ".conflict-" in path.name]
            assert [path.read_bytes() for path in kept] == theirs, number


@MODELS
def test_a_cut_while_a_report_is_written_leaves_the_old_or_the_new(tmp_path: Path, weak: bool) -> None:
    report = tmp_path / "s" / "report.md"
    report.parent.mkdir()
    report.write_bytes(b"old" * 99)
    with a_disk(tmp_path) as disk:
        write_atomically(report, b"new" * 99)
        disk.calls.append(Call("saved", "0"))
    found = set()
    for number, state in states({"s/report.md": b"old" * 99}, disk.calls, "s", weak=weak):
        data = dict(state)["s/report.md"]
        assert data in (b"old" * 99, b"new" * 99)
        assert data == b"new" * 99 or number < len(disk.calls)
        found.add(data)
    assert len(found) == 2


# The tests themselves: without a step of the protocol they fail.


def test_without_the_sync_of_the_file_a_cut_would_be_found_to_empty_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_file, "sync", lambda _: None)
    _, bad = Cut(tmp_path, some_saves).bad_states(weak=True)

    assert any("is not" in line for line in bad)


def test_without_the_sync_of_the_folder_a_cut_would_be_found_to_take_a_save_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Folder, "sync", lambda _: None)
    _, bad = Cut(tmp_path, some_saves).bad_states(weak=True)

    assert any("was said to be saved" in line for line in bad)


def test_without_a_temporary_file_a_cut_would_be_found_to_tear_the_file(tmp_path: Path) -> None:
    def in_place(disk: Disk, path: Path) -> None:
        file = SessionFile.open(path)
        new = file._text.with_session(file.session, answered(file.session, "vault", Status.FAIL), NOW)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.write(descriptor, bytes(new))
        os.close(descriptor)

    for weak in (False, True):
        (tmp_path / str(weak)).mkdir()
        assert Cut(tmp_path / str(weak), in_place).bad_states(weak=weak)[1]


def test_saying_so_before_the_disk_has_it_would_be_found(tmp_path: Path) -> None:
    def hasty(disk: Disk, path: Path) -> None:
        file = SessionFile.open(path)
        disk.calls.append(Call("saved", "1"))
        with suppress(OutsideChangeError):
            file.save(answered(file.session, "vault", Status.FAIL), NOW)

    assert Cut(tmp_path, hasty).bad_states(weak=False)[1]
