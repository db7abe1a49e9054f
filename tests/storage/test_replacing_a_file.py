"""How a session's file is replaced, and what is done about what programs that were killed left beside it."""

import os
import stat
from pathlib import Path

import pytest

from meeting import NOW, a_checklist, answered
from reliability.faulty_disk import DEAD_PROCESS, Disk, Fault, a_disk
from signoff import folder as folder_module
from signoff.atomic_file import write_atomically
from signoff.domain.answer import Status
from signoff.domain.release import Release
from signoff.errors import OutsideChangeError, StorageError
from signoff.folder import Folder
from signoff.storage.session_file import SessionFile


@pytest.fixture
def file(tmp_path: Path) -> SessionFile:
    return SessionFile.create(tmp_path / "s", a_checklist(), Release("payments", "1"), NOW)


def names(file: SessionFile) -> list[str]:
    return sorted(path.name for path in file.path.parent.iterdir())


def test_a_link_stays_a_link_and_leads_where_it_led_when_it_was_opened(file: SessionFile, tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(file.path)
    opened = SessionFile.open(link)
    opened.save(answered(opened.session, "vault", Status.PASS), NOW)

    assert link.is_symlink()
    assert SessionFile.open(file.path).session.answers["vault"].status is Status.PASS
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.toml", "s"]


def test_a_session_is_private_and_keeps_the_permissions_that_it_is_given(file: SessionFile) -> None:
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    file.path.chmod(0o640)
    file.save(answered(file.session, "vault", Status.PASS), NOW)

    assert stat.S_IMODE(file.path.stat().st_mode) == 0o640


def test_two_that_start_a_session_of_one_name_get_one_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def start() -> SessionFile:
        return SessionFile.create(tmp_path, a_checklist(), Release("payments", "1"), NOW)

    seen, exists = [], os.path.lexists
    first = []

    def just_before(path: Path) -> bool:
        there = exists(path)
        if not seen:  # the other one starts between the look and the writing
            seen.append(path)
            first.append(start())
        return there

    monkeypatch.setattr(os.path, "lexists", just_before)
    second = start()

    assert [first[0].path.name, second.path.name] == ["payments-1-prod.toml", "payments-1-prod-2.toml"]
    assert SessionFile.open(second.path).session == second.session


def test_temporary_files_of_the_dead_go_and_those_of_the_living_stay(file: SessionFile) -> None:
    for process in (DEAD_PROCESS, os.getppid()):
        (file.path.parent / f".{file.path.name}.{process}.0123abcd.tmp").write_bytes(b"half")
    (file.path.parent / f".other.toml.{DEAD_PROCESS}.0123abcd.tmp").write_bytes(b"half")
    file.known.sweep(NOW)

    assert names(file) == [
        f".other.toml.{DEAD_PROCESS}.0123abcd.tmp",
        f".{file.path.name}.{os.getppid()}.0123abcd.tmp",
        file.path.name,
    ]


def test_any_file_that_is_written_whole_is_swept_for_like_a_session(tmp_path: Path) -> None:
    (tmp_path / f".report.md.{DEAD_PROCESS}.0123abcd.tmp").write_bytes(b"half")
    write_atomically(tmp_path / "report.md", b"whole")

    assert [path.name for path in tmp_path.iterdir()] == ["report.md"]


def left_by_a_dead_process(file: SessionFile, *, changed: bool) -> bytes:
    """What is left of a save whose process was killed right after the file was replaced."""
    replaced = file.path.with_name("replaced")
    os.link(file.path, replaced)
    status = replaced.stat()
    words = f"{status.st_ino:x}-{status.st_size:x}-{status.st_mtime_ns:x}"
    file.save(answered(file.session, "vault", Status.PASS), NOW)
    if changed:
        replaced.write_bytes(replaced.read_bytes() + b"# theirs\n")
    data = replaced.read_bytes()
    replaced.rename(file.path.with_name(f".{file.path.name}.{DEAD_PROCESS}.0123abcd.{words}.prev"))
    return data


def test_what_a_dead_process_replaced_goes_where_it_was_as_it_should_be(file: SessionFile) -> None:
    left_by_a_dead_process(file, changed=False)

    assert file.known.sweep(NOW) == []
    assert names(file) == [file.path.name]


def test_what_somebody_wrote_while_a_process_died_is_kept(file: SessionFile) -> None:
    data = left_by_a_dead_process(file, changed=True)
    [kept] = file.known.sweep(NOW)

    assert kept.name.startswith("payments-1-prod.conflict-20261126T140000Z-")
    assert kept.read_bytes() == data
    assert names(file) == sorted([file.path.name, kept.name])


def test_a_name_of_any_length_can_be_saved(file: SessionFile) -> None:
    long = file.path.rename(file.path.with_name("é" * 120 + ".toml"))
    opened = SessionFile.open(long)
    opened.save(answered(opened.session, "vault", Status.PASS), NOW)
    opened.known.keep_copy(NOW)

    assert SessionFile.open(long).session.revision == 1
    assert len(names(file)) == 2


def test_a_file_system_without_second_names_can_be_saved_to(file: SessionFile, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object, **__: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", none)
    file.save(answered(file.session, "vault", Status.PASS), NOW)
    other = SessionFile.create(file.path.parent, a_checklist(), Release("ledger", "1"), NOW)

    assert names(file) == sorted([file.path.name, other.path.name])
    assert SessionFile.open(file.path).session.revision == 1


# A disk that reports a fault of its own.


def temporary_files(disk: Disk) -> list[str]:
    """The temporary files that were made."""
    return [call.path for call in disk.calls if call.name == "open" and call.path.endswith(".tmp")]


def test_after_a_fault_of_the_disk_everything_is_written_once_more_to_another_file(file: SessionFile) -> None:
    faults = iter([Fault.DISK_ERROR, Fault.DISK_ERROR])
    with a_disk(file.path.parent, fault_of=lambda call: next(faults, None) if call.name == "fsync" else None) as disk:
        file.save(answered(file.session, "vault", Status.PASS), NOW)

    assert SessionFile.open(file.path).session.revision == 1
    assert len(set(temporary_files(disk))) == 3
    synchronised = [call.path for call in disk.calls if call.name == "fsync"]
    assert len(synchronised[:3]) == len(set(synchronised[:3]))  # what failed once says nothing the second time
    assert names(file) == [file.path.name]


def test_but_not_for_ever(file: SessionFile) -> None:
    with (
        a_disk(file.path.parent, fault_of=lambda call: Fault.DISK_ERROR if call.name == "fsync" else None) as disk,
        pytest.raises(StorageError, match="Cannot save: Input/output error"),
    ):
        file.save(answered(file.session, "vault", Status.PASS), NOW)

    assert len(temporary_files(disk)) == 3
    assert names(file) == [file.path.name]


# Gone is not deleted.


def test_a_file_that_is_gone_is_written_again(file: SessionFile) -> None:
    before = file.path.read_bytes()
    file.path.unlink()
    file.save(file.session, NOW)

    assert file.path.read_bytes() == before


def test_a_folder_that_is_gone_is_not_made_again(file: SessionFile) -> None:
    file.path.unlink()
    file.path.parent.rmdir()
    with pytest.raises(StorageError, match="Cannot save: No such file or directory"):
        file.save(answered(file.session, "vault", Status.PASS), NOW)

    assert not file.path.parent.exists()


def test_nothing_is_written_to_the_empty_folder_where_a_disk_was(
    file: SessionFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.path.unlink()
    monkeypatch.setattr(Folder, "device", lambda self: 4711)
    with pytest.raises(StorageError, match=r"Cannot save: the disk of .* is not there"):
        file.save(answered(file.session, "vault", Status.PASS), NOW)

    assert names(file) == []


def test_what_somebody_else_wrote_is_never_replaced(file: SessionFile) -> None:
    theirs = file.path.read_bytes() + b"# theirs\n"
    file.path.write_bytes(theirs)
    with pytest.raises(OutsideChangeError, match="was changed by somebody else"):
        file.save(answered(file.session, "vault", Status.PASS), NOW)

    assert file.path.read_bytes() == theirs


def test_a_file_that_was_only_touched_or_copied_back_can_be_saved(file: SessionFile) -> None:
    copy = file.path.with_name("copy")
    copy.write_bytes(file.path.read_bytes())
    copy.rename(file.path)
    os.utime(file.path, (1, 1))
    file.save(answered(file.session, "vault", Status.PASS), NOW)

    assert SessionFile.open(file.path).session.revision == 1


# Windows.


class InUse:
    """How Windows behaves while somebody has the file open: the first calls fail."""

    def __init__(self, times: int, code: int) -> None:
        self.left, self.code = times, code
        self.replace = os.replace
        self.waited: list[float] = []

    def __call__(self, *names: str, **where: int) -> None:
        if self.left:
            self.left -= 1
            error = PermissionError(13, "The process cannot access the file")
            error.winerror = self.code  # type: ignore[attr-defined, misc, unused-ignore]
            raise error
        self.replace(*names, **where)


@pytest.mark.parametrize("code", [5, 32, 33])
def test_a_file_that_a_virus_scanner_has_open_is_replaced_when_it_is_done(
    file: SessionFile, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    in_use = InUse(4, code)
    monkeypatch.setattr(os, "replace", in_use)
    monkeypatch.setattr(folder_module.time, "sleep", in_use.waited.append)
    file.save(answered(file.session, "vault", Status.PASS), NOW)

    assert SessionFile.open(file.path).session.revision == 1
    assert in_use.waited == [0.05, 0.1, 0.2, 0.4]


@pytest.mark.parametrize(("times", "code", "waited"), [(99, 32, 2.55), (99, 1, 0.0)])
def test_and_nobody_waits_for_ever(
    file: SessionFile, monkeypatch: pytest.MonkeyPatch, times: int, code: int, waited: float
) -> None:
    in_use = InUse(times, code)
    monkeypatch.setattr(os, "replace", in_use)
    monkeypatch.setattr(folder_module.time, "sleep", in_use.waited.append)
    with pytest.raises(StorageError, match="cannot access"):
        file.save(answered(file.session, "vault", Status.PASS), NOW)

    assert sum(in_use.waited) == pytest.approx(waited)
    assert names(file) == [file.path.name]


def test_where_folders_cannot_be_held_open_all_goes_by_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_module, "_HELD_OPEN", False)
    monkeypatch.delattr(os, "fchmod")
    file = SessionFile.create(tmp_path / "s", a_checklist(), Release("payments", "1"), NOW)
    for status in (Status.PASS, Status.FAIL):
        file.save(answered(file.session, "vault", status), NOW)

    assert SessionFile.open(file.path).session == file.session
    assert names(file) == [file.path.name]
