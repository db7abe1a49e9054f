"""What is kept of the program's own faults."""

from __future__ import annotations

import stat
from datetime import timedelta
from pathlib import Path

from meeting import NOW
from signoff.ui.crash_report import report_crash

SECRET = "TOPSECRET"


def a_fault(kind: type[Exception] = RuntimeError, depth: int = 0) -> Exception:
    """A fault whose message and locals hold a note."""

    def deeper(left: int) -> None:
        note = f"{SECRET} in a note"
        if left:
            deeper(left - 1)
        raise kind(note)

    try:
        deeper(depth)
    except kind as error:
        return error
    raise AssertionError


def test_a_fault_that_follows_hides_none_of_the_ones_before(tmp_path: Path) -> None:
    for kind in (KeyError, ValueError, TypeError):
        report_crash(tmp_path, a_fault(kind), "", NOW)
    kept = (tmp_path / "crash.log").read_text()
    assert kept.index("KeyError") < kept.index("ValueError") < kept.index("TypeError")
    assert kept.count("in deeper") == 3


def test_the_last_ten_faults_are_kept_and_no_more(tmp_path: Path) -> None:
    for minute in range(12):
        report_crash(tmp_path, a_fault(), "", NOW + timedelta(minutes=minute))
    kept = (tmp_path / "crash.log").read_text()
    times = [(NOW + timedelta(minutes=minute)).isoformat() for minute in range(12)]
    assert [time in kept for time in times] == [False] * 2 + [True] * 10


def test_the_file_stays_small_and_private_and_holds_nothing_that_was_typed(tmp_path: Path) -> None:
    log = tmp_path / "crash.log"
    for _ in range(12):
        report_crash(tmp_path, a_fault(depth=400), "", NOW)
    assert log.stat().st_size < 100_000
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert SECRET not in log.read_text()


def test_a_file_that_is_none_of_ours_costs_nothing(tmp_path: Path) -> None:
    log = tmp_path / "crash.log"
    for data in (b"\xff\x00\n\nno fault\n", b"x" * 1_000_000):
        log.write_bytes(data)
        said = report_crash(tmp_path, a_fault(), "every answer is saved", NOW)
        assert str(log) in said
        assert log.read_text().count("RuntimeError") == 1
        assert log.stat().st_size < 10_000
