"""Whole reports as files, to be read by people. `SIGNOFF_WRITE_GOLDEN=1 pytest` writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from report.sessions import body, contested_session, draft, go_session, new_session

DATA = Path(__file__).parent / "data"
REPORTS = {
    "go.md": lambda: body(go_session()),
    "contested.md": lambda: body(contested_session()),
    "undecided.md": lambda: body(new_session()),
    "draft.md": lambda: draft(contested_session()),
}


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_reads_as_it_did(name: str) -> None:
    report = REPORTS[name]()
    path = DATA / name
    if os.environ.get("SIGNOFF_WRITE_GOLDEN"):
        path.write_bytes(report.encode())
    assert path.read_bytes().decode() == report
