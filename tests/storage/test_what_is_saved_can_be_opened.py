"""Nothing is saved that could not be opened again, and nothing is changed that nobody edited."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from any_session import Edit, edits, sessions
from meeting import NOW, a_checklist, a_session, answered
from signoff.domain.answer import Status
from signoff.domain.release import Release
from signoff.domain.session import Session
from signoff.errors import SessionError, StorageError
from signoff.storage import toml_text
from signoff.storage.session_file import SessionFile
from signoff.storage.session_folder import list_sessions
from signoff.storage.session_room import most_bytes
from signoff.storage.session_text import SessionText
from signoff.storage.stamp import Stamp
from signoff.storage.toml_file import LARGEST

MARK = b"\xef\xbb\xbf"


@pytest.fixture
def file(tmp_path: Path) -> SessionFile:
    return SessionFile.create(tmp_path, a_checklist(), Release("payments", "1"), NOW)


def test_saving_without_an_edit_touches_nothing(file: SessionFile) -> None:
    before = Stamp.of(file.path.stat())
    opened = SessionFile.open(file.path)
    opened.save(opened.session, NOW.replace(year=2030))

    assert Stamp.of(file.path.stat()) == before


def test_a_byte_order_mark_stays_before_the_text(file: SessionFile) -> None:
    file.path.write_bytes(MARK + file.path.read_bytes())
    for status in (Status.PASS, Status.FAIL):
        opened = SessionFile.open(file.path)
        opened.save(answered(opened.session, "vault", status), NOW)

    data = file.path.read_bytes()
    assert data.startswith(MARK)
    assert data.count(MARK) == 1
    assert SessionFile.open(file.path).session == opened.session


def test_a_session_cannot_grow_past_what_is_opened(file: SessionFile) -> None:
    before = file.path.read_bytes()
    large = answered(file.session, "vault", Status.FAIL, note="x" * (LARGEST // 2))
    with pytest.raises(StorageError, match="would grow past 16 MB, and could not be opened again"):
        file.save(large, NOW)

    assert file.path.read_bytes() == before
    file.save(answered(file.session, "vault", Status.FAIL), NOW)
    assert SessionFile.open(file.path).session.revision == 1


def test_that_there_is_no_room_is_known_before_anything_is_done(file: SessionFile) -> None:
    file.check_room(answered(file.session, "vault", Status.FAIL, note="x" * 100_000))
    with pytest.raises(SessionError, match="larger than signoff can open again: say it shorter"):
        file.check_room(answered(file.session, "vault", Status.FAIL, note="x" * LARGEST))


@settings(max_examples=60, deadline=None)
@given(sessions, edits)
def test_no_edit_adds_more_than_what_is_reckoned_with(session: Session, edit: Edit) -> None:
    new = edit(session)
    before = SessionText.of(session, NOW)
    after = before.with_session(session, new, NOW)
    most = sum(most_bytes(change) for change in new.history[len(session.history) :])

    assert len(bytes(after)) - len(bytes(before)) <= most


@pytest.mark.parametrize("letter", ["x", "\x00", "\n", '"', "é", "🦊", "\\", "\x7f"])
def test_nor_does_a_long_text(letter: str) -> None:
    session = a_session()
    new = answered(session, "vault", Status.FAIL, note=letter * 5000)
    before, after = (bytes(SessionText.of(each, NOW)) for each in (session, new))

    assert 10_000 < len(after) - len(before) <= most_bytes(new.history[-1]) < 14 * 5000


def test_a_session_of_a_newer_signoff_is_shown_and_never_written(file: SessionFile) -> None:
    newer = file.path.read_bytes().replace(b"schema = 1", b"schema = 2\nmood = 'good'")
    file.path.write_bytes(newer)
    opened = SessionFile.open(file.path)

    assert opened.session == file.session
    with pytest.raises(
        StorageError, match=r"A newer signoff made this session \(schema 2\): this one shows it and cannot"
    ):
        opened.save(answered(opened.session, "vault", Status.PASS), NOW)
    assert file.path.read_bytes() == newer
    assert list_sessions(file.path.parent)[0].problem == ""


@pytest.mark.parametrize("part", ["[history]", "answers.vault"])
def test_what_does_not_read_back_as_it_was_meant_is_never_written(
    file: SessionFile, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    table_text = toml_text.table_text

    def forgetful(name: str, values: Mapping[str, Any]) -> str:
        return table_text(name, {**values, "by": "nobody", "status": "na"} if name == part else values)

    monkeypatch.setattr(toml_text, "table_text", forgetful)
    before = file.path.read_bytes()
    with pytest.raises(StorageError, match="cannot be written so that it could be read again"):
        file.save(answered(file.session, "vault", Status.PASS), NOW)

    assert file.path.read_bytes() == before
