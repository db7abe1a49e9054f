"""A file is replaced whole or not at all."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from signoff.atomic_file import write_atomically

POSIX = pytest.mark.skipif(os.name != "posix", reason="permissions and links are POSIX's")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_made_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "file"
    for data in (b"first", b"", b"line\r\nline\n\x00\xff"):
        write_atomically(path, data)
        assert path.read_bytes() == data
    assert list(tmp_path.iterdir()) == [path]


@POSIX
def test_a_new_file_is_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        write_atomically(tmp_path / "private", b"x")
        write_atomically(tmp_path / "public", b"x", mode=0o644)
    finally:
        os.umask(before)

    assert mode(tmp_path / "private") == 0o600
    assert mode(tmp_path / "public") == 0o644


@POSIX
@pytest.mark.parametrize("permissions", [0o644, 0o600, 0o660, 0o400])
def test_a_file_keeps_its_permissions(tmp_path: Path, permissions: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(permissions)
    write_atomically(path, b"new", mode=0o666)

    assert mode(path) == permissions
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a file away")
def test_root_does_not_take_a_file_from_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    os.chown(path, 1234, 4321)
    write_atomically(path, b"new")

    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 4321)


@POSIX
def test_a_link_stays_a_link_and_its_target_is_replaced(tmp_path: Path) -> None:
    target, link = tmp_path / "folder" / "target", tmp_path / "link"
    target.parent.mkdir()
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_atomically(link, b"new")

    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert list(target.parent.iterdir()) == [target]


def fails(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def is_interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("failure", [fails, is_interrupted])
@pytest.mark.parametrize("step", ["write", "fsync", "fchmod", "close", "replace"])
def test_a_failure_at_any_step_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, failure: Callable[..., None]
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    closed: list[int] = []
    if step == "close":
        monkeypatch.setattr(os, "close", lambda descriptor: (closed.append(descriptor), failure()))
    else:
        monkeypatch.setattr(os, step, failure)

    with pytest.raises((OSError, KeyboardInterrupt)):
        write_atomically(path, b"new")
    monkeypatch.undo()
    for descriptor in closed:
        os.close(descriptor)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_that_takes_a_few_bytes_at_a_time_gets_them_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:3]))
    write_atomically(tmp_path / "file", b"0123456789")

    assert (tmp_path / "file").read_bytes() == b"0123456789"


@POSIX
@pytest.mark.parametrize(("error", "is_fatal"), [(errno.EINVAL, False), (errno.ENOTSUP, False), (errno.EIO, True)])
def test_a_file_system_that_cannot_sync_a_folder_can_still_be_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int, is_fatal: bool
) -> None:
    sync = os.fsync

    def refuse_folders(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(error, os.strerror(error))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", refuse_folders)
    failed = False
    try:
        write_atomically(tmp_path / "file", b"new")
    except OSError:
        failed = True

    assert failed == is_fatal
    assert (tmp_path / "file").read_bytes() == b"new"


def test_the_bytes_are_on_the_disk_before_they_take_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    sync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda descriptor: (steps.append("sync"), sync(descriptor))[1])
    monkeypatch.setattr(os, "replace", lambda *names, **where: (steps.append("rename"), replace(*names, **where))[1])
    write_atomically(tmp_path / "file", b"x")

    assert steps == ["sync", "rename", "sync"] if os.name == "posix" else ["sync", "rename"]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "none" / "file", b"x")
