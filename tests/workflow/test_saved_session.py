"""A session that is answered without a screen, while somebody else has it open as well."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cli.home import session_in
from meeting import NOW, a_checklist, answered
from signoff.domain.answer import Status
from signoff.domain.release import Release
from signoff.domain.session import Session
from signoff.errors import BrokenFileError, LeftBrokenError, SessionError
from signoff.storage.known_file import KnownFile
from signoff.storage.session_file import SessionFile
from signoff.workflow.saved_session import SavedSession


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return SessionFile.create(tmp_path, a_checklist(), Release("payments", "1"), NOW).path


@pytest.fixture
def opened(path: Path) -> SavedSession:
    return SavedSession.open(path, lambda: NOW, "rm")


def failed_by_ana(path: Path, item: str) -> Session:
    file = SessionFile.open(path)
    file.save(answered(file.session, item, Status.FAIL, owner="ana"), NOW)
    return file.session


def test_what_somebody_else_answered_meanwhile_is_in_the_session(path: Path, opened: SavedSession) -> None:
    failed_by_ana(path, "scan")
    opened.edit(Session.answer, "vault", status=Status.PASS)

    answers = session_in(path).answers
    assert (answers["vault"].status, answers["scan"].owner) == (Status.PASS, "ana")
    assert opened.session == session_in(path)
    assert opened.is_saved
    assert opened.kept == []


def test_what_both_answered_stays_as_it_was_said_here_and_theirs_is_kept(path: Path, opened: SavedSession) -> None:
    theirs = failed_by_ana(path, "vault")
    opened.edit(Session.answer, "vault", status=Status.PASS)

    assert session_in(path).answers["vault"].status is Status.PASS
    assert [session_in(kept) for kept in opened.kept] == [theirs]


def test_a_file_in_pieces_is_left_alone_and_saved_to_when_it_is_mended(path: Path, opened: SavedSession) -> None:
    good = path.read_bytes()
    path.write_bytes(b"<<<<<<< ours")
    with pytest.raises(LeftBrokenError, match="your edits wait until it can be read"):
        opened.edit(Session.answer, "vault", status=Status.PASS)
    assert path.read_bytes() == b"<<<<<<< ours"

    path.write_bytes(good)
    opened.save()
    assert session_in(path).answers["vault"].status is Status.PASS


def test_a_session_of_a_newer_signoff_is_not_answered(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"schema = 1", b"schema = 2"))
    with pytest.raises(SessionError, match="A newer signoff made this session"):
        SavedSession.open(path, lambda: NOW, "rm")


def test_a_text_that_would_make_the_file_too_large_is_refused(path: Path, opened: SavedSession) -> None:
    with pytest.raises(SessionError, match="say it shorter"):
        opened.edit(Session.answer, "vault", note="x" * 9_000_000)
    opened.edit(Session.answer, "vault", note="x")

    assert session_in(path).revision == 1


def test_a_change_is_made_anew_on_what_somebody_else_left_meanwhile(path: Path) -> None:
    seen: list[Status] = []

    def change(session: Session, **by_whom: Any) -> Session:
        if not seen:
            failed_by_ana(path, "vault")
        seen.append(session.answers["vault"].status)
        return session.answer("vault", note=f"it was {seen[-1]}", **by_whom)

    opened, changed = SavedSession.edited(path, lambda: NOW, "CI", change)

    assert seen == [Status.OPEN, Status.FAIL]
    assert changed
    assert opened.session == session_in(path)
    assert (opened.session.answers["vault"].status, opened.session.answers["vault"].note) == (
        Status.FAIL,
        "it was fail",
    )
    assert opened.kept == []


def test_a_file_that_somebody_left_in_pieces_meanwhile_is_said_to_be_broken_and_left_alone(path: Path) -> None:
    def change(session: Session, **by_whom: Any) -> Session:
        path.write_bytes(b"<<<<<<< ours")
        return session.answer("vault", status=Status.PASS, **by_whom)

    with pytest.raises(BrokenFileError, match="is not valid TOML"):
        SavedSession.edited(path, lambda: NOW, "CI", change)
    assert path.read_bytes() == b"<<<<<<< ours"


@pytest.mark.parametrize(("theirs", "is_apart"), [("scan", False), ("vault", True)])
def test_what_ours_replaced_unseen_is_brought_in_before_anything_is_said_to_be_saved(
    path: Path, monkeypatch: pytest.MonkeyPatch, theirs: str, is_apart: bool
) -> None:
    said = [] if is_apart else [Status.FAIL]
    second_name = KnownFile._second_name

    def in_the_last_moment(known: KnownFile, *args: Any) -> str:
        monkeypatch.setattr(KnownFile, "_second_name", second_name)
        text = path.read_bytes() + f'\n[answers.{theirs}]\nstatus = "fail"\n'.encode()
        path.with_name("other").write_bytes(text)
        path.with_name("other").replace(path)
        return second_name(known, *args)

    monkeypatch.setattr(KnownFile, "_second_name", in_the_last_moment)
    opened, _ = SavedSession.edited(
        path, lambda: NOW, "CI", lambda s, **by_whom: s.answer("vault", status=Status.PASS, **by_whom)
    )

    answers = session_in(path).answers
    assert answers["vault"].status is Status.PASS
    assert [answer.status for answer in answers.values() if answer.status is Status.FAIL] == said
    assert sorted(path.parent.glob("*.conflict-*")) == opened.kept
    assert len(opened.kept) == is_apart
