"""Reports are read with a limit, wherever a session says that they are, and take no name that another file has."""

from __future__ import annotations

from pathlib import Path

import pytest

from meeting import NOW, a_session, decided
from signoff.domain.meeting import SignOff
from signoff.domain.session import Session
from signoff.errors import StorageError
from signoff.workflow.export_report import report_of
from signoff.workflow.report_file import write_report
from signoff.workflow.report_standing import report_standing


def signed_at(path: Path) -> Session:
    sign_off = SignOff("rm@example.com", "Release manager", "GO", NOW, "SHA256:x", str(path), "0" * 64)
    return decided(a_session()).signed(sign_off)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device without an end")
def test_a_session_that_calls_a_device_its_report_is_told_so_at_the_finish(tmp_path: Path) -> None:
    session = signed_at(Path("/dev/zero"))
    standing = report_standing(session, tmp_path / "allowed_signers")
    assert standing is not None
    assert standing.problem == "/dev/zero is not a regular file."
    with pytest.raises(StorageError, match="is not a regular file"):
        report_of(session, tmp_path / "session.toml")


def test_a_name_that_a_file_took_in_the_meantime_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "x.signoff.md"
    path.write_text("somebody else's")
    with pytest.raises(StorageError, match="is there already: choose another name"):
        write_report(path, b"a report")
    assert path.read_text() == "somebody else's"
    assert list(tmp_path.iterdir()) == [path]
