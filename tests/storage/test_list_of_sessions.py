"""A list shows a thousand meetings without reading them: it trusts what signoff wrote, and checks what others did."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from meeting import BY, NOW, a_checklist, answered, decided, signed
from signoff.domain.answer import Status
from signoff.domain.meeting import Verdict
from signoff.domain.release import Release
from signoff.domain.session import Session
from signoff.errors import SessionError, StorageError
from signoff.storage import session_folder
from signoff.storage.find_session import find_session
from signoff.storage.session_file import SessionFile
from signoff.storage.session_folder import list_sessions


def saved(
    folder: Path, service: str, minutes: int = 0, edit: Callable[[Session], Session] | None = None
) -> SessionFile:
    """A session that was saved some minutes after the meeting began."""
    file = SessionFile.create(folder, a_checklist(), Release(service, "1"), NOW)
    session = edit(file.session) if edit else answered(file.session, "vault", Status.PASS)
    file.save(session, NOW + timedelta(minutes=minutes))
    return file


@pytest.fixture
def read_whole(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that a listing reads to their ends."""
    names: list[str] = []
    read = SessionFile.open
    monkeypatch.setattr(SessionFile, "open", lambda path: (names.append(path.name), read(path))[1])
    return names


def test_a_header_shows_what_stands_in_the_session(tmp_path: Path) -> None:
    def edit(session: Session) -> Session:
        session = answered(answered(session, "vault", Status.FAIL), "scan", Status.NA, reason="none")
        return signed(decided(session, Verdict.NO_GO))

    file = saved(tmp_path, "payments", 5, edit)
    [header] = list_sessions(tmp_path)

    assert header.path == file.path
    assert (header.id, header.title, header.environment) == ("payments-1-prod", "payments 1", "prod")
    assert (header.answered, header.total, header.failed) == (2, 5, 1)
    assert (header.verdict, header.decision, header.signed) == ("NO-GO", "NO-GO", True)
    assert (header.revision, header.saved, header.problem) == (3, NOW + timedelta(minutes=5), "")


def test_a_reopened_session_is_listed_as_undecided_and_unsigned(tmp_path: Path) -> None:
    file = saved(tmp_path, "payments", 1, lambda s: signed(decided(s)))
    file.save(file.session.reopened(now=NOW, by=BY), NOW)

    [header] = list_sessions(tmp_path)
    assert (header.decision, header.signed) == ("", False)


def test_the_newest_stands_first(tmp_path: Path) -> None:
    for service, minutes in (("b", 2), ("c", 3), ("a", 1)):
        saved(tmp_path, service, minutes)

    assert [header.service for header in list_sessions(tmp_path)] == ["c", "b", "a"]


def test_a_clone_or_a_copy_changes_neither_the_order_nor_the_times(tmp_path: Path) -> None:
    for service, minutes in (("b", 2), ("c", 3), ("a", 1)):
        path = saved(tmp_path, service, minutes).path
        os.utime(path, (2_000_000_000 - minutes,) * 2)  # the one that was saved last was copied first

    headers = list_sessions(tmp_path)
    assert [header.service for header in headers] == ["c", "b", "a"]
    assert [header.when for header in headers] == [NOW + timedelta(minutes=minutes) for minutes in (3, 2, 1)]
    assert find_session("", tmp_path) == headers[0].path


def test_a_file_that_does_not_say_when_it_was_saved_bears_its_own_time(tmp_path: Path) -> None:
    path = saved(tmp_path, "payments", 1).path
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("saved = ")), encoding="utf-8")
    os.utime(path, (2_000_000_000,) * 2)

    [header] = list_sessions(tmp_path)
    assert (header.when.timestamp(), header.problem) == (2_000_000_000, "")


def test_our_own_saves_are_never_read_whole(tmp_path: Path, read_whole: list[str]) -> None:
    files = [saved(tmp_path, service, minutes) for minutes, service in enumerate("abc")]
    for file in files:  # long after they were created
        file.save(answered(file.session, "vault", Status.FAIL), NOW + timedelta(hours=5))

    assert len(list_sessions(tmp_path)) == 3
    assert read_whole == []


def test_a_damaged_end_is_not_seen_while_the_file_bears_the_time_of_our_own_save(tmp_path: Path) -> None:
    path = saved(tmp_path, "payments", 1).path
    ours = path.stat().st_mtime_ns
    with path.open("ab") as file:
        file.write(b"garbage")
    os.utime(path, ns=(ours, ours))

    assert list_sessions(tmp_path)[0].problem == ""


def test_a_file_that_was_touched_since_is_read_whole(tmp_path: Path, read_whole: list[str]) -> None:
    path = saved(tmp_path, "payments", 1).path
    with path.open("ab") as file:
        file.write(b"garbage")

    [header] = list_sessions(tmp_path)
    assert "is not valid TOML" in header.problem
    assert read_whole == ["payments-1-prod.toml"]


def test_a_listing_shows_what_was_edited_by_hand_and_not_the_summary_of_before(tmp_path: Path) -> None:
    path = saved(tmp_path, "payments", 1).path
    path.write_text(path.read_text(encoding="utf-8").replace('status = "pass"', 'status = "fail"'), encoding="utf-8")

    assert list_sessions(tmp_path)[0].failed == 1


def test_only_the_newest_of_many_touched_files_are_read_whole(tmp_path: Path, read_whole: list[str]) -> None:
    for number in range(session_folder._MOST_READ_WHOLE + 5):
        path = saved(tmp_path, f"s{number:02}").path
        os.utime(path, (2_000_000_000 + number,) * 2)

    headers = list_sessions(tmp_path)
    assert len(headers) == session_folder._MOST_READ_WHOLE + 5
    assert read_whole == [header.path.name for header in headers[: session_folder._MOST_READ_WHOLE]]


def test_a_list_reads_the_same_few_bytes_however_long_the_meetings_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path, "payments", 1, lambda s: answered(s, "vault", Status.PASS, note="x" * 1_000_000)).path
    sizes: list[int] = []
    read = session_folder.read_bytes

    def counted(path: Path, **how: int) -> bytes:
        data = read(path, **how)
        sizes.append(len(data))
        return data

    monkeypatch.setattr(session_folder, "read_bytes", counted)

    assert list_sessions(tmp_path)[0].problem == ""
    assert path.stat().st_size > 1_000_000
    assert sizes == [4096]


@pytest.mark.parametrize("line", [b"total = ", b"failed = ", b"verdict = "])
def test_a_header_that_is_longer_than_the_head_is_not_cut_between_its_lines(tmp_path: Path, line: bytes) -> None:
    def edit(rollback: str) -> Callable[[Session], Session]:
        release = Release("payments", "1", rollback=rollback)
        return lambda s: answered(s.describe(release, now=NOW, by=BY), "vault", Status.PASS)

    short = saved(tmp_path, "payments", 1, edit("r")).path
    missing = session_folder._HEAD_BYTES - short.read_bytes().index(line)
    short.unlink()
    path = saved(tmp_path, "payments", 1, edit("r" * (1 + missing))).path

    assert path.read_bytes().index(line) == session_folder._HEAD_BYTES
    [header] = list_sessions(tmp_path)
    assert (header.answered, header.total, header.verdict) == (1, 5, "UNDECIDED")


def test_a_session_written_by_hand_without_a_summary_is_listed(tmp_path: Path) -> None:
    path = saved(tmp_path, "payments", 1).path
    head, _, rest = path.read_text(encoding="utf-8").partition("[summary]")
    path.write_text(head + rest[rest.index("\n[") :], encoding="utf-8")

    [header] = list_sessions(tmp_path)
    assert (header.problem, header.answered) == ("", 1)


def test_a_link_that_leads_nowhere_hides_no_session(tmp_path: Path) -> None:
    saved(tmp_path, "payments")
    (tmp_path / "gone.toml").symlink_to(tmp_path / "nowhere")

    problems = {header.path.name: header.problem for header in list_sessions(tmp_path)}
    assert problems["payments-1-prod.toml"] == ""
    assert problems["gone.toml"].startswith("There is no file")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_is_no_file_is_named_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "folder.toml").mkdir()

    assert all(header.problem for header in list_sessions(tmp_path))


def test_hidden_files_and_others_are_no_sessions(tmp_path: Path) -> None:
    for name in (".payments.toml.123.tmp", ".hidden.toml", "notes.md"):
        (tmp_path / name).write_text("x = ", encoding="utf-8")

    assert list_sessions(tmp_path) == []


def test_a_folder_that_is_not_there_has_no_sessions_and_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    assert list_sessions(tmp_path / "none") == []
    with pytest.raises(StorageError, match="Cannot read the folder"):
        list_sessions(tmp_path / "file")


def test_a_session_is_found_by_its_id_its_file_or_as_the_last(tmp_path: Path) -> None:
    older, newer = saved(tmp_path, "older", 1).path, saved(tmp_path, "newer", 2).path

    assert find_session("older-1-prod", tmp_path) == older
    assert find_session("older-1-prod.toml", tmp_path) == older
    assert find_session(str(older), tmp_path / "elsewhere") == older
    assert find_session("", tmp_path) == newer


def test_the_last_session_is_the_last_that_can_be_opened(tmp_path: Path) -> None:
    path = saved(tmp_path, "older", 1).path
    (tmp_path / "broken.toml").write_text("x = ", encoding="utf-8")

    assert find_session("", tmp_path) == path


def test_there_is_no_last_session_before_the_first(tmp_path: Path) -> None:
    with pytest.raises(SessionError, match="There are no sessions yet; `signoff new` starts one"):
        find_session("", tmp_path)


def test_where_every_file_is_broken_the_first_fault_is_named(tmp_path: Path) -> None:
    for name, text in (("older.toml", "y = "), ("newer.toml", "schema = 1\nx = ")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    os.utime(tmp_path / "older.toml", (1, 1))

    with pytest.raises(SessionError) as caught:
        find_session("", tmp_path)
    assert str(caught.value) == (
        f"No session can be opened; mend this first: {tmp_path / 'newer.toml'}:2: "
        "is not valid TOML: Invalid value, and 1 more"
    )


@pytest.mark.parametrize(
    "name",
    ["a" * 300, "a" * 300 + ".toml", "/" + "a" * 5000 + ".toml", "null\x00.toml"],
    ids=["id", "file", "path", "null"],
)
def test_a_name_that_no_file_can_have_is_a_session_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(SessionError, match="There is no session"):
        find_session(name, tmp_path)


@pytest.mark.parametrize(
    "name", ["../secret", "..", ".", "/", "sub/../../secret", "a/secret", "~nobody-at-all/x", "\x1b[31m"]
)
def test_a_name_cannot_leave_the_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "sessions"
    folder.mkdir()
    saved(tmp_path, "secret")
    (tmp_path / "secret-1-prod.toml").rename(tmp_path / "secret.toml")

    with pytest.raises(SessionError, match="There is no session"):
        find_session(name, folder)
