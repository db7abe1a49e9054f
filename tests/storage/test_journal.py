"""What is not in a session's file yet survives in the journal: the program's death, a torn record, a full disk."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meeting import NOW
from signoff.errors import StorageError
from signoff.storage import journal as journal_module
from signoff.storage.journal import Journal, journals, read_journal
from signoff.storage.journal_record import Note, Unsaved, note_record, read_records, unsaved_record

PATH = Path("/meetings/payments.toml")
NOTE = Note("vault", "half a sen")
UNSAVED = Unsaved(7, 'id = "payments"\n# ünsaved ✓\n')


def journal_of(state: Path, session: Path = PATH) -> Journal:
    return Journal(state, session, lambda: NOW)


@pytest.mark.parametrize(
    "text", ["", "half a sent", "two\nlines\r\n", '"""', "half a pair \ud83d", "\x00\x1b", "👩‍👩‍👧", "x" * 100_000]
)
def test_a_note_is_read_back_as_it_was_typed(tmp_path: Path, text: str) -> None:
    journal_of(tmp_path).keep_note(Note("vault", text))
    kept = journal_of(tmp_path).read()
    assert (kept.note, kept.unsaved, kept.path, kept.at) == (Note("vault", text), None, PATH, NOW)


def test_the_last_of_each_kind_counts(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    journal.keep_note(Note("vault", "h"))
    journal.keep_unsaved(Unsaved(6, "six"))
    journal.keep_note(NOTE)
    journal.keep_unsaved(UNSAVED)
    assert journal_of(tmp_path).read() == journal.kept
    assert (journal.kept.note, journal.kept.unsaved) == (NOTE, UNSAVED)


def test_what_is_dropped_is_gone_and_the_other_stays(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    journal.keep_note(NOTE)
    journal.keep_unsaved(UNSAVED)
    journal.keep_note(None)
    assert (journal_of(tmp_path).read().note, journal_of(tmp_path).read().unsaved) == (None, UNSAVED)
    journal.keep_unsaved(None)
    journal.keep_unsaved(None)
    assert journals(tmp_path) == []
    assert journal_of(tmp_path).read().is_empty


def test_two_sessions_of_one_name_have_two_journals_and_a_link_has_its_target_s(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "a")
    journal_of(tmp_path, tmp_path / "a" / "session.toml").keep_note(NOTE)
    assert journal_of(tmp_path, tmp_path / "b" / "session.toml").read().is_empty
    assert journal_of(tmp_path, tmp_path / "link" / "session.toml").read().note == NOTE


def test_of_a_record_that_was_written_in_part_nothing_counts_and_all_before_it_does() -> None:
    first = unsaved_record(PATH, NOW, UNSAVED)
    second = note_record(PATH, NOW, NOTE)
    for end in range(len(second) - 1):  # without its line feed a record is whole
        kept = read_records(first + second[:end])
        assert (kept.unsaved, kept.note) == (UNSAVED, None), f"cut after {end} bytes"
    assert read_records(first + second[:-1]).note == NOTE


@given(st.integers(0), st.binary(min_size=1, max_size=3))
def test_a_damaged_record_is_no_record(place: int, damage: bytes) -> None:
    first, second = unsaved_record(PATH, NOW, UNSAVED), note_record(PATH, NOW, NOTE)
    at = place % (len(second) - 1)
    damaged = second[:at] + damage + second[at + len(damage) :]
    if damaged == second:
        return
    kept = read_records(first + damaged)
    assert kept.unsaved == UNSAVED
    assert kept.note in (None, NOTE)  # a zero before the length, or a letter of the checksum in capitals, says the same


@given(st.binary(max_size=200))
def test_any_bytes_can_be_read(data: bytes) -> None:
    assert read_records(data).is_empty


@pytest.mark.parametrize(
    "body",
    [b"null", b"[]", b"{}", b'{"path": 1, "at": "x", "note": null}', b'{"path": "/x", "at": "2026-01-01", "note": 7}'],
)
def test_a_record_that_somebody_else_made_is_no_record(body: bytes) -> None:
    import zlib

    assert read_records(b"%d %08x %s\n" % (len(body), zlib.crc32(body), body)).is_empty


def test_a_record_after_a_torn_one_counts(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    journal.keep_note(Note("vault", "before"))
    with journal.path.open("ab") as file:
        file.write(note_record(PATH, NOW, Note("vault", "torn"))[:-9])
    again = journal_of(tmp_path)
    assert again.read().note == Note("vault", "before")
    again.keep_note(NOTE)
    assert journal_of(tmp_path).read().note == NOTE


def test_it_is_private_with_its_folders_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        journal_of(tmp_path / "state" / "signoff").keep_note(NOTE)
    finally:
        os.umask(before)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*")}
    assert [oct(mode) for path, mode in modes.items() if path.is_dir()] == [oct(0o700)] * 3
    assert [oct(mode) for path, mode in modes.items() if path.is_file()] == [oct(0o600)]


def test_every_record_is_on_the_disk_before_it_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def noted(name: str, call: Callable[[int], None]) -> Callable[[int], None]:
        return lambda descriptor: (calls.append(name), call(descriptor))[1]  # type: ignore[func-returns-value]

    for name in ("fsync", "fdatasync"):
        monkeypatch.setattr(os, name, noted(name, getattr(os, name)))
    journal = journal_of(tmp_path)
    journal.keep_note(NOTE)
    assert calls == ["fsync", "fsync"]  # the new file, and its folder, in which its name is new
    journal.keep_note(Note("vault", "half a sentence"))
    assert calls == ["fsync", "fsync", "fdatasync"]


def test_it_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_module, "_LARGE", 10_000)
    journal = journal_of(tmp_path)
    journal.keep_unsaved(UNSAVED)
    for number in range(200):
        journal.keep_note(Note("vault", f"{number} {'x' * 500}"))
        assert journal.path.stat().st_size < 11_000
        assert read_journal(journal.path) == journal.kept


@pytest.mark.parametrize("where", ["state", "state/journal"])
def test_a_journal_that_cannot_be_kept_is_an_error(tmp_path: Path, where: str) -> None:
    (tmp_path / where).parent.mkdir(exist_ok=True)
    (tmp_path / where).write_text("a file", encoding="utf-8")
    journal = journal_of(tmp_path / "state")
    with pytest.raises(StorageError, match="Cannot"):
        journal.keep_note(NOTE)
    assert journal.kept.is_empty


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    journal.path.parent.mkdir()
    journal.path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StorageError, match="Cannot keep"):
        journal.keep_note(NOTE)
    assert not (tmp_path / "elsewhere").exists()


def test_a_full_disk_leaves_what_was_kept_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal, write = journal_of(tmp_path), os.write
    journal.keep_note(NOTE)

    def half(descriptor: int, data: memoryview) -> int:
        if len(data) < 8:
            raise OSError(28, "No space left on device")
        return write(descriptor, data[: len(data) // 2])

    monkeypatch.setattr(os, "write", half)
    with pytest.raises(StorageError, match="No space left on device"):
        journal.keep_note(Note("vault", "longer"))
    monkeypatch.undo()
    assert journal_of(tmp_path).read().note == NOTE
    journal.keep_note(Note("vault", "longer"))
    assert journal_of(tmp_path).read().note == Note("vault", "longer")


def test_what_is_set_aside_is_still_there_and_hides_nothing(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    journal.keep_unsaved(UNSAVED)
    aside = journal.set_aside()
    journal.keep_note(NOTE)
    assert journals(tmp_path) == sorted([aside, journal.path])
    assert read_journal(aside).unsaved == UNSAVED
    assert journal_of(tmp_path).read().unsaved is None
