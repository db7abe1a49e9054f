"""A time that was said by the clocks of the release is shown by them after the session was opened again."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from meeting import BY, NOW, a_checklist, a_session, a_window, answered
from signoff.domain.action import Action
from signoff.domain.answer import Status
from signoff.domain.deciding import decide
from signoff.domain.meeting import Decision, Verdict, Watch
from signoff.domain.release import Release, parse_window
from signoff.domain.session import Session
from signoff.domain.undo import undone
from signoff.domain.when import parse_when, when_text
from signoff.storage.session_file import SessionFile
from signoff.storage.time_zone import zone_named


def opened_again(folder: Path, session: Session) -> Session:
    file = SessionFile.create(folder, a_checklist(), session.release, NOW)
    file.save(session, NOW)
    return SessionFile.open(file.path).session


@pytest.mark.parametrize(
    ("zone", "shown"), [("CET", "15:00 CET"), ("Europe/London", "15:00 GMT"), ("UTC", "15:00 UTC")]
)
def test_every_time_that_somebody_says_keeps_the_name_of_its_zone(tmp_path: Path, zone: str, shown: str) -> None:
    there = NOW.astimezone(zone_named(zone))
    said = parse_when("2026-12-10 15:00", there)
    session = a_session(release=Release("payments", "1", window=parse_window("14:00-16:00", zone, there)))
    session = answered(session, "vault", Status.CONDITION, due=said, actions=(Action("merge", due=said),))
    session = answered(session, "scan", Status.RISK, until=said)
    session = session.set_watch(Watch("ana", said), now=NOW, by=BY)
    session = decide(session, Decision(Verdict.NO_GO, BY, NOW, meet_again=said), now=NOW, by=BY)

    again = opened_again(tmp_path, session)
    answers = again.answers
    times = (answers["vault"].due, answers["vault"].actions[0].due, answers["scan"].until, again.watch.until)
    assert [when_text(when) for when in (*times, again.decision.meet_again)] == [f"2026-12-10 {shown}"] * 5
    assert when_text(again.decision.at) == "2026-11-26 14:00 UTC"
    assert again == session


def test_an_undo_after_a_restart_brings_it_back_as_it_was_said(tmp_path: Path) -> None:
    there = NOW.astimezone(ZoneInfo("CET"))
    session = a_session(release=Release("payments", "1", window=a_window(there, zone="CET")))
    session = answered(session, "vault", Status.RISK, until=parse_when("15:30", there))

    again = opened_again(tmp_path, answered(session, "vault", until=None))
    assert when_text(undone(again, now=NOW, by=BY).answers["vault"].until) == "2026-11-26 15:30 CET"


def test_a_time_that_the_clocks_of_the_release_show_otherwise_stays_as_it_is(tmp_path: Path) -> None:
    berlin, tokyo = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=berlin)
    for when, shown in (
        (NOW.astimezone(tokyo), "2026-11-26 23:00 UTC+09:00"),
        (twice, "2026-10-25 02:30 UTC+02:00"),
        (twice + timedelta(hours=12), "2026-10-25 14:30 CET"),
    ):
        session = a_session(
            release=Release("payments", "1", window=a_window(NOW.astimezone(berlin), zone="Europe/Berlin"))
        )
        again = opened_again(tmp_path, session.set_watch(Watch("ana", when), now=NOW, by=BY))
        assert when_text(again.watch.until) == shown
