"""R2. Each call by which a file is read or written fails once, does half, or is the last of its process.

Whatever happens: what was said to be on the disk is there, what was there before is there or what was to come after,
nobody but the user's own sentences is heard, and nothing is left beside the file.
"""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from meeting import NOW, a_checklist, answered
from nightly import COUNTS, rounds
from reliability.faulty_disk import DEAD_PROCESS, Disk, Fault, Killed, a_disk
from reliability.window import a_window
from signoff import atomic_file, folder, open_file
from signoff.domain.answer import Status
from signoff.domain.release import Release
from signoff.domain.session import Session
from signoff.errors import SignoffError
from signoff.storage import session_writer, spare
from signoff.storage.backups import Backups
from signoff.storage.journal import Journal, journals, read_journal
from signoff.storage.journal_record import Note, Unsaved
from signoff.storage.session_file import SessionFile
from signoff.storage.settings import load_settings, remember
from signoff.workflow.export_report import draft_of, write_report

FAULTS = list(Fault)


def failed(fault: Fault, work: Callable[[], None], root: Path) -> Iterator[tuple[int, bool, Disk]]:
    """Do some work again and again, each time with one fault one call later, until there is no such call.

    Yields the number of the call, whether the work was done, and the disk after it; `root` is then as the work left it.
    """
    before = root.with_name("before")
    shutil.copytree(root, before)
    for number in itertools.count():
        shutil.rmtree(root)
        shutil.copytree(before, root)
        with a_disk(root, faults={number: fault}, process=DEAD_PROCESS) as disk:
            done = False
            try:
                work()
                done = True
            except (SignoffError, Killed):
                pass
        if number >= len(disk.calls):
            return
        COUNTS["R2: calls that failed, did half, or were the last of their process"] += 1
        yield number, done, disk


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with one session in it."""
    root = tmp_path / "disk"
    SessionFile.create(root, a_checklist(), Release("payments", "1"), NOW)
    return root


def names(root: Path) -> list[str]:
    return sorted(path.name for path in root.rglob("*") if path.is_file())


@pytest.mark.parametrize("fault", FAULTS)
def test_while_a_session_is_opened(root: Path, fault: Fault) -> None:
    path = root / "payments-1-prod.toml"
    before = path.read_bytes()
    for _ in failed(fault, lambda: SessionFile.open(path) and None, root):
        assert path.read_bytes() == before
        assert names(root) == [path.name]


@pytest.mark.parametrize("fault", FAULTS)
def test_while_a_session_is_made(root: Path, fault: Fault) -> None:
    def work() -> None:
        SessionFile.create(root / "more", a_checklist(), Release("ledger", "1"), NOW)

    for _, done, _disk in failed(fault, work, root):
        made = sorted((root / "more").glob("*.toml"))
        assert len(made) == 1 or not done
        for path in made:
            assert SessionFile.open(path).session.release.service == "ledger"


@pytest.mark.parametrize("fault", FAULTS)
def test_while_an_edit_is_saved(root: Path, fault: Fault) -> None:
    path = root / "payments-1-prod.toml"
    old = SessionFile.open(path).session
    new = answered(old, "vault", Status.FAIL, note="said once")
    files: list[SessionFile] = []

    def work() -> None:
        files.clear()
        files.append(SessionFile.open(path))
        files[-1].save(new, NOW)

    for number, done, disk in failed(fault, work, root):
        found = SessionFile.open(path)
        assert found.session == new or (found.session == old and not done), (number, disk.calls[number])
        if files and not disk.is_dead:
            files[-1].save(new, NOW)
            assert SessionFile.open(path).session == new
        found.known.sweep(NOW)
        assert names(root) == [path.name], (number, disk.calls[number])


@pytest.mark.parametrize("fault", FAULTS)
def test_while_an_edit_is_saved_by_way_of_a_copy(root: Path, fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spare, "_WORTH_IT", 0)
    path = root / "payments-1-prod.toml"
    before = SessionFile.open(path).session
    first = answered(before, "scan", Status.PASS)
    second = answered(first, "vault", Status.FAIL, note="said once")
    copies: list[spare.Spare] = []
    saved: list[Session] = []

    def work() -> None:
        saved[:] = [before]
        file = SessionFile.open(path)
        copies.append(spare.Spare())
        for session in (first, second):
            file.save(session, NOW, copies[-1])
            saved.append(session)
            file.known.fill(copies[-1])

    for number, _done, disk in failed(fault, work, root):
        for copy in copies:
            copy.drop()
        found = SessionFile.open(path)
        possible = [before, first, second][len(saved) - 1 :]
        assert found.session in possible, (number, disk.calls[number])
        found.known.sweep(NOW)
        assert names(root) == [path.name], (number, disk.calls[number])


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if not fault.is_death])
def test_while_what_two_people_wrote_is_brought_together(
    root: Path, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_writer, "_RETRY_SECONDS", (0.001,))
    monkeypatch.setattr(session_writer, "_LOOK_SECONDS", 0.01)
    path = root / "payments-1-prod.toml"
    step = rounds(5, 1)

    def at(number: int) -> int:
        """Do it with a fault at a call; returns how many calls there are."""
        with a_window(path) as window:
            assert window.flush()
            theirs = SessionFile.open(path)
            with a_disk(root, faults={number: fault}) as disk:
                with window.busy():
                    others = answered(answered(theirs.session, "scan", Status.FAIL), "vault", Status.FAIL, owner="ana")
                    path.write_bytes(bytes(theirs._text.with_session(theirs.session, others, NOW)))
                    window.edit(lambda s: answered(s, "vault", Status.PASS, owner="bob"))
                assert window.flush()
            assert path.with_suffix("").name == SessionFile.open(path).session.id
            found = SessionFile.open(path).session
            assert found == window.session
            assert (found.answers["vault"].owner, found.answers["scan"].status) == ("bob", Status.FAIL)
            kept = {SessionFile.open(copy).session.revision: copy.read_bytes() for copy in root.glob("*.conflict-*")}
            assert kept == {others.revision: bytes(theirs._text.with_session(theirs.session, others, NOW))}
            COUNTS["R2: calls that failed while two writers were brought together"] += 1
            return len(disk.calls)

    before = root.with_name("before")
    shutil.copytree(root, before)
    count = at(10_000)
    for number in range(0, count, step):
        shutil.rmtree(root)
        shutil.copytree(before, root)
        at(number)


@pytest.mark.parametrize("fault", FAULTS)
def test_while_a_report_is_exported(root: Path, fault: Fault) -> None:
    session, report = root / "payments-1-prod.toml", root / "reports" / "payments.draft.md"
    report.parent.mkdir()
    report.write_bytes(b"an older draft")
    new = draft_of(SessionFile.open(session).session, session)

    def work() -> None:
        write_report(report, draft_of(SessionFile.open(session).session, session), replace=True)

    for _, done, disk in failed(fault, work, root):
        assert report.read_bytes() == new or (report.read_bytes() == b"an older draft" and not done)
        if not disk.is_dead:
            work()
            assert names(root) == [session.name, report.name]


@pytest.mark.parametrize("fault", FAULTS)
def test_while_a_report_is_exported_to_a_name_that_no_file_has(root: Path, fault: Fault) -> None:
    report = root / "reports" / "payments.signoff.md"
    report.parent.mkdir()

    for _, done, disk in failed(fault, lambda: write_report(report, b"a report"), root):
        assert report.read_bytes() == b"a report" if report.exists() else not done
        if not disk.is_dead:
            write_report(report, b"a report", replace=True)
            assert names(report.parent) == [report.name]


@pytest.mark.parametrize("fault", FAULTS)
def test_while_settings_are_kept(root: Path, fault: Fault) -> None:
    settings = root / "config.toml"
    remember(settings, name="ana", theme="dark")

    def work() -> None:
        remember(settings, theme="light")

    for _, done, _disk in failed(fault, work, root):
        found = load_settings(settings)
        assert found.name == "ana"
        assert found.theme == "light" or (found.theme == "dark" and not done)


@pytest.mark.parametrize("fault", FAULTS)
def test_while_the_journal_takes_what_the_file_does_not(root: Path, fault: Fault) -> None:
    session, state, unsaved = root / "payments-1-prod.toml", root / "state", Unsaved(1, "schema = 1")
    old, new = Note("vault", "half"), Note("vault", "half a sen")
    Journal(state, session, lambda: NOW).keep_note(old)

    def work() -> None:
        journal = Journal(state, session, lambda: NOW)
        journal.read()
        journal.keep_note(new)
        journal.keep_unsaved(unsaved)

    for _, done, _disk in failed(fault, work, root):
        [path] = journals(state)
        kept = read_journal(path)
        assert (kept.note, kept.unsaved) in ((old, None), (new, None), (new, unsaved))
        assert (kept.note, kept.unsaved) == (new, unsaved) or not done


@pytest.mark.parametrize("fault", FAULTS)
def test_while_a_backup_is_made(root: Path, fault: Fault) -> None:
    backups = Backups(root / "state", root / "payments-1-prod.toml")
    backups.keep(b"older", 1, NOW)
    for _, done, disk in failed(fault, lambda: backups.keep(b"newer", 2, NOW), root):
        assert [path.read_bytes() for path in backups.paths()] in ([b"older"], [b"older", b"newer"])
        if not disk.is_dead:
            backups.keep(b"newer", 2, NOW)
            assert len(names(root)) == 3
        assert not done or backups.paths()[-1].read_bytes() == b"newer"


# The tests themselves: without a step of the protocol they fail.


def test_without_a_temporary_file_the_session_would_be_lost(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def in_place(self: folder.Folder, name: str, data: bytes, **how: object) -> object:
        path = self.path / name
        descriptor = os.open(path, os.O_WRONLY | os.O_TRUNC)
        open_file.write_all(descriptor, data)
        status = os.fstat(descriptor)
        os.close(descriptor)
        return name, status

    monkeypatch.setattr(folder.Folder, "write_temporary", in_place)
    with pytest.raises((AssertionError, SignoffError)):
        test_while_an_edit_is_saved(root, Fault.KILLED_BEFORE)


def test_a_write_that_does_half_would_be_taken_for_a_whole_one(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_file, "write_all", lambda descriptor, data: os.write(descriptor, data) and None)
    with pytest.raises((AssertionError, SignoffError)):
        test_while_an_edit_is_saved(root, Fault.SHORT)


def test_a_temporary_file_that_is_not_removed_would_be_found(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder.Folder, "remove", lambda *_: None)
    with pytest.raises(AssertionError):
        test_while_an_edit_is_saved(root, Fault.NO_SPACE)


def test_what_a_dead_process_left_would_be_found(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder.Folder, "sweep", lambda *_: None)
    with pytest.raises(AssertionError):
        test_while_an_edit_is_saved(root, Fault.KILLED_AFTER)


def test_a_fault_that_is_not_turned_into_a_sentence_would_be_found(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("signoff.workflow.export_report.write_report", atomic_file.write_atomically)
    with pytest.raises(OSError, match="No space"):
        for _ in failed(Fault.NO_SPACE, lambda: atomic_file.write_atomically(root / "x", b"x"), root):
            pass
