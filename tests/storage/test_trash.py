"""A session that is moved to the trash is there as it was, and nothing else is touched."""

from __future__ import annotations

import errno
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from signoff.errors import StorageError
from signoff.folder import Folder
from signoff.storage import trash
from signoff.storage.session_folder import list_sessions
from signoff.storage.session_lock import SessionLock
from signoff.storage.trash import move_to_trash, take_back

NOW = datetime(2026, 11, 26, 14, 2, 11, tzinfo=UTC)


@pytest.fixture
def session(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    path = tmp_path / "data" / "payments-1-prod.toml"
    path.write_bytes(b"whatever was in it")
    return path


def test_the_file_is_in_the_trash_under_its_name_and_the_moment_and_in_no_list(tmp_path: Path, session: Path) -> None:
    before = session.stat().st_mtime_ns
    trashed = move_to_trash(session, tmp_path / "state", NOW)
    assert trashed == session.parent / "trash" / "payments-1-prod-20261126T140211Z.toml"
    assert (trashed.read_bytes(), trashed.stat().st_mtime_ns) == (b"whatever was in it", before)
    assert trashed.parent.stat().st_mode & 0o777 == 0o700
    assert list_sessions(session.parent) == []


def test_it_comes_back_as_it_was(tmp_path: Path, session: Path) -> None:
    trashed = move_to_trash(session, tmp_path / "state", NOW)
    assert take_back(trashed, session) == session
    assert session.read_bytes() == b"whatever was in it"
    assert not trashed.exists()


def test_no_file_is_replaced_on_either_way(tmp_path: Path, session: Path) -> None:
    first = move_to_trash(session, tmp_path / "state", NOW)
    session.write_bytes(b"another of the same name")
    second = move_to_trash(session, tmp_path / "state", NOW)
    assert (first.read_bytes(), second.read_bytes()) == (b"whatever was in it", b"another of the same name")
    session.write_bytes(b"a third")
    back = take_back(first, session)
    assert (back.name, session.read_bytes()) == ("payments-1-prod-2.toml", b"a third")


def test_a_file_that_comes_in_the_last_moment_is_not_replaced(
    tmp_path: Path, session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = trash.free_path

    def late(folder: Path, name: str) -> Path:
        monkeypatch.undo()
        path = free(folder, name)
        path.write_bytes(b"just come")
        return path

    monkeypatch.setattr(trash, "free_path", late)
    trashed = move_to_trash(session, tmp_path / "state", NOW)
    assert trashed.name == "payments-1-prod-20261126T140211Z-2.toml"
    assert trashed.with_name("payments-1-prod-20261126T140211Z.toml").read_bytes() == b"just come"


def test_a_session_that_somebody_has_open_stays(tmp_path: Path, session: Path) -> None:
    lock = SessionLock(tmp_path / "state", session)
    assert lock.acquire(NOW) is None
    with pytest.raises(StorageError, match=r"Open in process \d+ since .*: close it there first"):
        move_to_trash(session, tmp_path / "state", NOW)
    lock.release()
    move_to_trash(session, tmp_path / "state", NOW)


def test_what_is_no_file_stays(tmp_path: Path, session: Path) -> None:
    link = session.with_name("link.toml")
    link.symlink_to(session)
    with pytest.raises(StorageError, match=r"link.toml is no file but something else: remove it yourself"):
        move_to_trash(link, tmp_path / "state", NOW)
    assert link.is_symlink()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, session: Path) -> None:
    session.parent.chmod(0o500)
    with pytest.raises(StorageError, match="trash"):
        move_to_trash(session, tmp_path / "state", NOW)
    session.parent.chmod(0o700)
    assert session.exists()


def test_a_disk_that_fails_is_named_and_the_file_stays(
    tmp_path: Path, session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "replace", _failing)
    with pytest.raises(StorageError, match=r"Cannot move .*payments-1-prod.toml to .*trash: No space left"):
        move_to_trash(session, tmp_path / "state", NOW)
    assert session.exists()
    assert list((session.parent / "trash").iterdir()) == []


def test_what_is_moved_is_said_to_be_moved_also_where_the_disk_does_not_promise_to_keep_it(
    tmp_path: Path, session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Folder, "sync", _failing)
    trashed = move_to_trash(session, tmp_path / "state", NOW)
    assert (trashed.exists(), session.exists()) == (True, False)


def _failing(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")
