"""A file is read to its limit and no further, whatever the file system says of its size."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from signoff import regular_file
from signoff.errors import MissingFileError, StorageError
from signoff.regular_file import MEGABYTE, read_bytes
from signoff.workflow.evidence_files import typed_evidence


def test_a_file_of_just_the_limit_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * MEGABYTE)
    assert len(read_bytes(path, most=MEGABYTE)) == MEGABYTE
    path.write_bytes(b"x" * (MEGABYTE + 1))
    with pytest.raises(StorageError, match=r"file is larger than 1 MB, so signoff does not read it\.$"):
        read_bytes(path, most=MEGABYTE)


def test_a_file_that_grows_while_it_is_read_is_read_to_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x")
    asked: list[int] = []

    def endless(_: int, size: int) -> bytes:
        asked.append(size)
        return b"x" * size

    monkeypatch.setattr(regular_file.os, "read", endless)
    with pytest.raises(StorageError, match="is larger than 1 MB"):
        read_bytes(path, most=MEGABYTE)
    assert sum(asked) == MEGABYTE + 1


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
def test_a_file_that_is_said_to_be_empty_is_read_all_the_same() -> None:
    assert b"Name:" in read_bytes(Path("/proc/self/status"), most=MEGABYTE)
    with pytest.raises(StorageError, match="is larger than 0 MB"):
        read_bytes(Path("/proc/self/status"), most=10)


@pytest.mark.parametrize("name", ["a\0b", "a\ud800b"])
def test_a_name_that_no_file_can_have_is_an_error_like_others(tmp_path: Path, name: str) -> None:
    with pytest.raises(StorageError, match=r"no file can have such a name|There is no file"):
        read_bytes(tmp_path / name, most=MEGABYTE)


def test_a_file_that_is_not_there_is_told_from_one_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        read_bytes(tmp_path / "gone", most=MEGABYTE)
    (tmp_path / "file").touch()
    with pytest.raises(StorageError) as caught:
        read_bytes(tmp_path / "file" / "below", most=MEGABYTE)
    assert not isinstance(caught.value, MissingFileError)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_evidence_that_would_be_waited_for_backs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ValueError, match="neither an address nor a file"):
        typed_evidence(str(tmp_path / "pipe"))

    def nothing_yet(*_: int) -> bytes:  # as the kernel's own log says, which is a regular file
        raise BlockingIOError

    (tmp_path / "log").write_text("x")
    monkeypatch.setattr(regular_file.os, "read", nothing_yet)
    with pytest.raises(ValueError, match="neither an address nor a file"):
        typed_evidence(str(tmp_path / "log"))
