"""One window has a session, the others show it: by a lock that dies with its process."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from meeting import NOW
from signoff.errors import StorageError
from signoff.storage.session_lock import Holder, SessionLock

SESSION = Path("/meetings/payments.toml")
OTHER = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from signoff.storage.session_lock import SessionLock
lock = SessionLock(Path(sys.argv[1]), Path(sys.argv[2]))
print(lock.acquire(datetime(2026, 11, 26, 14, 2, tzinfo=UTC)), flush=True)
sys.stdin.readline()
print(lock.is_lost(), lock.holder().process, flush=True)
"""


@contextlib.contextmanager
def another_process(state: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that has the lock, and says whether it lost it when it is sent a line."""
    with subprocess.Popen(
        [sys.executable, "-c", OTHER, str(state), str(SESSION)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "None\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_session_that_is_open_elsewhere_says_where_and_since_when(tmp_path: Path) -> None:
    with another_process(tmp_path) as other:
        assert SessionLock(tmp_path, SESSION).acquire(NOW) == Holder(other.pid, NOW.replace(minute=2))
        assert SessionLock(tmp_path, Path("/meetings/other.toml")).acquire(NOW) is None


def test_it_is_free_when_it_is_released(tmp_path: Path) -> None:
    lock = SessionLock(tmp_path, SESSION)
    for _ in range(3):
        assert lock.acquire(NOW) is None
        assert SessionLock(tmp_path, SESSION).acquire(NOW) == Holder(os.getpid(), NOW)
        lock.release()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_it_is_free_when_its_process_is_gone(tmp_path: Path, number: signal.Signals) -> None:
    with another_process(tmp_path) as other:
        os.kill(other.pid, number)
        other.wait()
        assert SessionLock(tmp_path, SESSION).acquire(NOW) is None


def test_whoever_is_taken_over_sees_it_and_by_whom(tmp_path: Path) -> None:
    with another_process(tmp_path) as other:
        lock = SessionLock(tmp_path, SESSION)
        lock.take_over(NOW)
        assert not lock.is_lost()
        said = other.communicate("\n")[0]
        assert said == f"True {os.getpid()}\n"


def test_whoever_is_stopped_can_be_taken_over_as_well(tmp_path: Path) -> None:
    with another_process(tmp_path) as other:
        os.kill(other.pid, signal.SIGSTOP)
        lock = SessionLock(tmp_path, SESSION)
        assert lock.acquire(NOW) is not None
        lock.take_over(NOW)
        os.kill(other.pid, signal.SIGCONT)
        assert other.communicate("\n")[0].startswith("True")


def test_of_two_that_take_over_the_last_one_has_it(tmp_path: Path) -> None:
    first, second = SessionLock(tmp_path, SESSION), SessionLock(tmp_path, SESSION)
    first.take_over(NOW)
    second.take_over(NOW)
    assert (first.is_lost(), second.is_lost()) == (True, False)
    assert SessionLock(tmp_path, SESSION).acquire(NOW) is not None
    first.release()
    assert SessionLock(tmp_path, SESSION).acquire(NOW) is not None


def test_whoever_never_had_it_cannot_lose_it(tmp_path: Path) -> None:
    lock, guest = SessionLock(tmp_path, SESSION), SessionLock(tmp_path, SESSION)
    assert lock.acquire(NOW) is None
    assert guest.acquire(NOW) is not None
    assert not guest.is_lost()


def test_a_lock_that_says_nothing_is_a_lock(tmp_path: Path) -> None:
    lock = SessionLock(tmp_path, SESSION)
    assert lock.acquire(NOW) is None
    [path] = (tmp_path / "locks").iterdir()
    for data in (b"", b"{", b"[]", b'{"process": "x", "since": 3}', b"\xff" * 9000):
        path.write_bytes(data)
        assert SessionLock(tmp_path, SESSION).acquire(NOW) == Holder()
    assert str(Holder()) == "another window"


def test_where_there_can_be_no_lock_the_meeting_goes_on(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file", encoding="utf-8")
    lock = SessionLock(tmp_path / "state", SESSION)
    assert lock.acquire(NOW) is None
    assert not lock.is_lost()
    lock.release()
    with pytest.raises(StorageError, match="Cannot"):
        lock.take_over(NOW)


def test_it_is_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        SessionLock(tmp_path / "state", SESSION).acquire(NOW)
        SessionLock(tmp_path / "state", SESSION).take_over(NOW)
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "state").rglob("*.lock")} == {0o600}
    assert [path.name for path in (tmp_path / "state" / "locks").glob("*.tmp")] == []
