"""Each call by which a command writes fails once: what the command then says of the file is true.

What is in the file is never said to be impossible, and what is not there is never said to be written.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cli.home import Home, session_in
from meeting import a_ready_session, decided
from nightly import COUNTS
from reliability.faulty_disk import Call, Fault, a_disk
from signoff.cli.main import run
from signoff.domain.answer import Status

SESSION = "payments-4.12.0-prod"
FAULTS = [fault for fault in Fault if not fault.is_death]
UNCONFIRMED = "is written, but the disk did not confirm it"


@dataclass(frozen=True)
class Said:
    """What a command said after a call had failed."""

    call: Call
    code: int
    out: str
    err: str

    def is_true(self, *, is_there: bool) -> bool:
        """Whether it says what there is."""
        if self.code in (0, 3):
            return is_there
        is_said = UNCONFIRMED in self.err or "is written, but cannot be read back" in self.err
        return self.code == 1 and self.err.startswith("Error: ") and is_said == is_there


def said(home: Home, root: Path, fault: Fault, capsys: pytest.CaptureFixture[str], *arguments: str) -> Iterator[Said]:
    """What a command says, each time with one fault one call later, until there is no such call."""
    before = home.folder / "before"
    shutil.copytree(root, before)
    for number in itertools.count():
        shutil.rmtree(root)
        shutil.copytree(before, root)
        capsys.readouterr()
        with a_disk(root, faults={number: fault}) as disk:
            code = run(list(arguments))
        if number >= len(disk.calls):
            assert code == 0
            return
        COUNTS["R2: calls of a command that failed"] += 1
        yield Said(disk.calls[number], code, *capsys.readouterr())


@pytest.fixture(autouse=True)
def _at_home(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in home.variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(home.work)


@pytest.mark.parametrize("fault", FAULTS)
def test_of_an_answer(home: Home, fault: Fault, capsys: pytest.CaptureFixture[str]) -> None:
    path = home.session()
    for told in said(home, home.sessions, fault, capsys, "set", SESSION, "vault", "pass"):
        assert told.is_true(is_there=session_in(path).answers["vault"].status is Status.PASS), told


@pytest.mark.parametrize("fault", FAULTS)
def test_of_a_new_session(home: Home, fault: Fault, capsys: pytest.CaptureFixture[str]) -> None:
    home.session()
    new = ("new", "--service", "ledger", "--version", "1", "--no-open")
    for told in said(home, home.sessions, fault, capsys, *new):
        made = [session_in(path).release.service for path in home.sessions.glob("ledger*.toml")]
        assert told.is_true(is_there=made == ["ledger"]), told


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("kind", ["--draft", "--unsigned"])
def test_of_a_report(home: Home, fault: Fault, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    home.session(lambda _: decided(a_ready_session()))
    output = home.work / "reports" / "report.md"
    output.parent.mkdir()
    whole = run(["export", SESSION, kind, "-o", str(output)]), output.read_bytes()
    assert whole[0] == 0
    output.write_bytes(b"an older one")
    for told in said(home, output.parent, fault, capsys, "export", SESSION, kind, "-o", str(output), "--force"):
        assert told.is_true(is_there=output.read_bytes() == whole[1]), told
