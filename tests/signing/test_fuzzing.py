"""The first few thousand changes of one seed; `fuzz_reports.py` says how to go on for minutes or hours."""

from __future__ import annotations

import base64

import pytest

from seeded import RM, STRANGER
from signing import fuzz_reports
from signing.fuzz_reports import SIGNED, ForgeryError, Mutator, everything_signed, fuzz, judge
from vectors import BODY, OTHER_BODY


def test_no_change_of_a_report_passes_and_none_crashes() -> None:
    found = fuzz(seed=7, enough=lambda number: number >= 4_000)
    assert found["refused: AlteredReportError"] > 3_000
    # Some changes are none: what a web form does to a report, or sign-offs in another order.
    assert found["genuine, and passes"] > 10
    assert found["keys: refused"] > 100
    assert found["keys: read"] > 10


def test_a_forgery_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    genuine = everything_signed((RM.signs(BODY),))
    assert judge(RM.signs(BODY), genuine) == "genuine, and passes"
    with pytest.raises(ForgeryError, match="claims to be stranger@"):
        judge(STRANGER.signs(RM.signs(BODY), "Security"), genuine)
    monkeypatch.setattr(fuzz_reports, "BODY", OTHER_BODY)
    with pytest.raises(ForgeryError, match="gate"):
        judge(RM.signs(BODY), genuine)


def test_one_seed_makes_the_same_changes_every_time() -> None:
    first, second = (Mutator(3, SIGNED) for _ in range(2))
    assert [first.mutant() for _ in range(50)] == [second.mutant() for _ in range(50)]


def test_a_crash_is_told_with_the_bytes_that_cause_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def crash(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(fuzz_reports, "judge", crash)
    with pytest.raises(ZeroDivisionError):
        fuzz(seed=7, enough=lambda number: number >= 1)
    said = capsys.readouterr().err
    assert said.startswith("seed 7, change 1: ")
    assert base64.b64decode(said.rpartition(" ")[2])
