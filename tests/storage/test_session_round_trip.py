"""Whatever is said in a meeting stands in its file, and is read back as it was said."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from any_session import Edit, after, edits, sessions
from meeting import (
    BY,
    NOW,
    a_checklist,
    a_ready_session,
    a_session,
    a_window,
    answered,
    decided,
    signed,
    the_built_in_checklist,
)
from signoff.domain.answer import Status
from signoff.domain.checklist import Agreement
from signoff.domain.evidence import Evidence
from signoff.domain.release import Release
from signoff.domain.session import Session
from signoff.storage.session_file import SessionFile
from signoff.storage.session_reader import read_session
from signoff.storage.session_text import SessionText


def created(folder: Path, session: Session) -> SessionFile:
    """The session, saved in a new file."""
    file = SessionFile.create(folder, session.checklist, a_session().release, NOW)
    file.save(session, NOW + timedelta(minutes=1))
    return file


def read_back(text: SessionText) -> Session:
    return read_session(tomllib.loads(str(text)))


@settings(deadline=None)
@given(sessions)
def test_any_session_is_read_back_as_it_was(session: Session) -> None:
    assert read_back(SessionText.of(session, NOW)) == session


@settings(max_examples=40, deadline=None)
@given(st.lists(edits, min_size=1, max_size=6))
def test_any_edits_saved_one_by_one_are_read_back(done: list[Edit]) -> None:
    with TemporaryDirectory() as folder:
        file = SessionFile.create(Path(folder), a_checklist(), a_session().release, NOW)
        for edit in done:
            file.save(edit(file.session), NOW)
            assert SessionFile.open(file.path).session == file.session


@settings(deadline=None)
@given(sessions, st.lists(edits, min_size=1, max_size=3))
def test_edits_saved_at_once_are_read_back_and_keep_the_layout(session: Session, done: list[Edit]) -> None:
    later = after(session, done)
    text = SessionText.of(session, NOW).with_session(session, later, NOW)

    assert read_back(text) == later
    assert not text.is_edited_as_whole


def parts_of(path: Path) -> list[str]:
    """The parts that stand in a file, in their order, each time one follows another."""
    headers = (line.strip("[]").partition(".")[0] for line in path.read_text().splitlines() if line.startswith("["))
    return [part for part, _ in groupby(headers)]


def test_what_a_meeting_adds_to_stands_last_so_that_no_long_checklist_moves_for_an_answer(tmp_path: Path) -> None:
    file = SessionFile.create(tmp_path, a_checklist(), a_session().release, NOW)
    for item in ("vault", "scan"):
        file.save(answered(file.session, item, Status.PASS), NOW)

    assert parts_of(file.path) == ["release", "summary", "checklist", "answers", "history"]


def test_an_answer_stands_with_the_others_wherever_they_are(tmp_path: Path) -> None:
    file = SessionFile.create(tmp_path, a_checklist(), a_session().release, NOW)
    file.save(answered(file.session, "vault", Status.PASS), NOW)
    head, mark, checklist = file.path.read_text().partition("\n[checklist]")
    checklist, answer, rest = checklist.partition("\n[answers.vault]")
    answers, history, changes = rest.partition("\n[[history]]")
    file.path.write_text("".join([head, answer, answers, mark, checklist, history, changes]))
    file = SessionFile.open(file.path)
    file.save(answered(file.session, "scan", Status.PASS), NOW)

    assert parts_of(file.path) == ["release", "summary", "answers", "checklist", "history"]
    assert SessionFile.open(file.path).session == file.session


def test_how_the_roll_call_is_counted_is_read_back_with_the_checklist(tmp_path: Path) -> None:
    checklist = replace(a_checklist(), roll_call=Agreement.MAJORITY)
    path = SessionFile.create(tmp_path, checklist, a_session().release, NOW).path

    assert SessionFile.open(path).session.checklist == checklist


def test_a_whole_meeting_is_read_back(tmp_path: Path) -> None:
    session = decided(a_ready_session()).name_people({"qa": "Quinn"}, now=NOW, by=BY)
    superseding = answered(signed(session).reopened(now=NOW, by=BY), "vault", Status.FAIL)

    for meeting in (session, signed(session), superseding):
        assert SessionFile.open(created(tmp_path, meeting).path).session == meeting


def test_a_session_carries_its_checklist_to_the_letter(tmp_path: Path) -> None:
    file = SessionFile.create(tmp_path, the_built_in_checklist(), Release("payments", "1"), NOW)

    assert SessionFile.open(file.path).session.checklist == the_built_in_checklist()


def test_the_revision_in_the_file_grows_with_every_edit(tmp_path: Path) -> None:
    file = SessionFile.create(tmp_path, a_checklist(), Release("payments", "1"), NOW)
    seen = [tomllib.loads(file.path.read_text(encoding="utf-8"))["revision"]]
    for item in a_checklist().items:
        file.save(answered(file.session, item.id, Status.PASS), NOW)
        seen.append(tomllib.loads(file.path.read_text(encoding="utf-8"))["revision"])

    assert seen == [0, 1, 2, 3, 4, 5]


def test_the_time_of_the_last_save_stands_in_the_file_and_on_it(tmp_path: Path) -> None:
    file = SessionFile.create(tmp_path, a_checklist(), Release("payments", "1"), NOW)
    later = NOW + timedelta(hours=1, microseconds=123456)
    file.save(answered(file.session, "vault", Status.PASS), later)

    saved = tomllib.loads(file.path.read_text(encoding="utf-8"))["saved"]
    assert saved == later.replace(microsecond=123000)
    assert abs(file.path.stat().st_mtime - saved.timestamp()) < 0.002


def test_half_of_a_surrogate_pair_becomes_a_question_mark(tmp_path: Path) -> None:
    session = answered(a_session(), "vault", Status.PASS, note="broken \ud83d paste", owner="\udc00")
    file = created(tmp_path, session.name_people({"qa": "\ud800"}, now=NOW, by=BY))

    read = SessionFile.open(file.path).session
    assert (read.answers["vault"].note, read.answers["vault"].owner) == ("broken ? paste", "?")
    assert read.person("qa") == "?"


def test_a_broken_paste_does_not_keep_the_next_edit_from_its_place() -> None:
    session = answered(a_session(), "vault", Status.PASS, note="\ud83d")
    later = answered(session, "vault", Status.FAIL)
    text = SessionText.of(session, NOW).with_session(session, later, NOW)

    assert not text.is_edited_as_whole
    assert read_back(text).answers["vault"].status is Status.FAIL


def test_a_moment_in_the_hour_that_comes_twice_keeps_its_offset(tmp_path: Path) -> None:
    first, second = (datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=fold) for fold in (0, 1))
    session = answered(a_session(), "vault", Status.CONDITION, due=first)
    session = answered(session, "scan", Status.CONDITION, due=second)
    path = created(tmp_path, session).path
    text = path.read_text(encoding="utf-8").replace("[answers.vault]", "# here\n[answers.vault]")
    path.write_text(text, encoding="utf-8")
    file = SessionFile.open(path)
    file.session = session
    file.save(answered(session, "scan", note="an edit of the same table"), NOW)

    assert "# here\n[answers.vault]" in path.read_text(encoding="utf-8")
    read = SessionFile.open(file.path).session.answers
    dues = [read[item].due for item in ("vault", "scan")]
    assert [due.astimezone(UTC).hour for due in dues if isinstance(due, datetime)] == [0, 1]


def test_a_window_comes_back_in_its_own_zone(tmp_path: Path) -> None:
    window = a_window(datetime(2026, 10, 25, 1, 0, tzinfo=ZoneInfo("Europe/Berlin")), 4, "Europe/Berlin")
    session = a_session().describe(Release("payments", "1", window=window), now=NOW, by=BY)

    read = SessionFile.open(created(tmp_path, session).path).session.release.window
    assert read == window
    assert read.text == "Sun 25 Oct 01:00-04:00 Europe/Berlin"
    assert str(read.start.tzinfo) == "Europe/Berlin"


@pytest.mark.parametrize("year", [226, 1800])
def test_a_zone_of_long_ago_with_odd_seconds_does_not_break_the_file(tmp_path: Path, year: int) -> None:
    until = datetime(year, 1, 1, 15, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # 53 minutes and 28 seconds from Greenwich
    file = created(tmp_path, answered(a_session(), "vault", Status.RISK, until=until))

    assert SessionFile.open(file.path).session.answers["vault"].until == until


def test_a_day_stays_a_day(tmp_path: Path) -> None:
    file = created(tmp_path, answered(a_session(), "vault", Status.RISK, until=date(2026, 12, 10)))

    assert SessionFile.open(file.path).session.answers["vault"].until == date(2026, 12, 10)


def test_fields_that_say_nothing_are_not_written() -> None:
    text = str(SessionText.of(answered(a_session(), "vault", Status.PASS), NOW))

    assert '\n[answers.vault]\nstatus = "pass"\n\n' in text
    assert "[votes" not in text
    assert "[watch]" not in text


def test_one_link_is_one_line() -> None:
    links = tuple(Evidence(f"https://ci.example/{n}") for n in range(2))
    text = str(SessionText.of(answered(a_session(), "vault", Status.PASS, evidence=links), NOW))

    assert 'evidence = [\n    {target = "https://ci.example/0"},\n    {target = "https://ci.example/1"},\n]\n' in text
