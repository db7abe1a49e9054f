"""Backups: the newest twenty, private, and none twice."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from meeting import NOW
from signoff.errors import StorageError
from signoff.storage.backups import Backups


def backups_of(state: Path) -> Backups:
    return Backups(state, Path("/meetings/payments.toml"))


def test_a_backup_is_the_file_as_it_was(tmp_path: Path) -> None:
    backups = backups_of(tmp_path)
    backups.keep(b"one", 1, NOW)
    backups.keep(b"two", 2, NOW)
    assert [path.read_bytes() for path in backups.paths()] == [b"one", b"two"]
    assert [path.name for path in backups.paths()] == [
        "000001-r1-20261126T140000Z.toml",
        "000002-r2-20261126T140000Z.toml",
    ]


def test_the_same_is_not_kept_twice(tmp_path: Path) -> None:
    for _ in range(3):
        backups_of(tmp_path).keep(b"one", 1, NOW)
    assert len(backups_of(tmp_path).paths()) == 1


def test_twenty_are_kept_and_the_oldest_go_also_when_the_clock_goes_back(tmp_path: Path) -> None:
    backups = backups_of(tmp_path)
    for number in range(45):
        backups.keep(b"%d" % number, number, NOW - timedelta(days=number))
    assert [path.read_bytes() for path in backups.paths()] == [b"%d" % number for number in range(25, 45)]


def test_a_temporary_file_that_was_left_there_goes(tmp_path: Path) -> None:
    backups = backups_of(tmp_path)
    backups.keep(b"one", 1, NOW)
    left = backups.paths()[0].with_name(".000002-r2.toml.17.abcd.tmp")
    left.write_bytes(b"half")
    backups.keep(b"two", 2, NOW)
    assert not left.exists()


def test_they_are_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        backups_of(tmp_path / "state").keep(b"one", 1, NOW)
    finally:
        os.umask(before)
    found = {path.stat().st_mode & 0o777 for path in (tmp_path / "state").rglob("*") if path.is_file()}
    folders = {path.stat().st_mode & 0o777 for path in (tmp_path / "state").rglob("*") if path.is_dir()}
    assert (found, folders) == ({0o600}, {0o700})


def test_one_that_cannot_be_kept_is_an_error_and_costs_none_of_the_others(tmp_path: Path) -> None:
    backups = backups_of(tmp_path)
    backups.keep(b"one", 1, NOW)
    [path] = backups.paths()
    path.rename(path.with_name("one"))
    path.parent.rename(path.parent.with_name("away"))
    path.parent.write_text("a file is where the folder was", encoding="utf-8")
    with pytest.raises(StorageError, match="Cannot"):
        backups.keep(b"two", 2, NOW)
    assert (path.parent.with_name("away") / "one").read_bytes() == b"one"
