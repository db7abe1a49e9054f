from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meeting import BY, NOW, a_session, answered, voted
from signoff.domain.answer import Status
from signoff.domain.clock import (
    LONG_ON_THE_SCREEN,
    MINUTE,
    PAUSE,
    MeetingTime,
    clock_text,
    is_long_on_the_screen,
    meeting_time,
    meeting_under_way,
    says_something,
    since,
)
from signoff.domain.meeting import Choice
from signoff.domain.session import Session
from signoff.domain.undo import undone

SECOND = timedelta(seconds=1)
HALF_AN_HOUR = timedelta(minutes=30)


def shown(elapsed: timedelta, planned: timedelta = HALF_AN_HOUR, left: int = 24) -> MeetingTime:
    return MeetingTime(elapsed, planned, left)


def answered_at(session: Session, item: str, moment: datetime, by: str = BY, **changed: object) -> Session:
    return session.answer(item, now=moment, by=by, **(changed or {"status": Status.PASS}))


@pytest.mark.parametrize(
    ("elapsed", "text", "minutes"),
    [
        (timedelta(), "0:00/30:00", "0/30 min"),
        (timedelta(minutes=12, seconds=41), "12:41/30:00", "12/30 min"),
        (timedelta(minutes=30), "30:00/30:00", "30/30 min"),
        (timedelta(minutes=30, seconds=5), "30:05/30:00 +0:05", "30/30 min"),
        (timedelta(minutes=34, seconds=10), "34:10/30:00 +4:10", "34/30 min +4"),
        (timedelta(hours=2, seconds=1), "120:01/30:00 +90:01", "120/30 min +90"),
        (timedelta(days=2), "2880:00/30:00 +2850:00", "2880/30 min +2850"),
    ],
)
def test_the_clock_says_how_much_of_the_plan_is_used_and_by_how_much_it_overruns(
    elapsed: timedelta, text: str, minutes: str
) -> None:
    assert (shown(elapsed).text, shown(elapsed).minutes_text) == (text, minutes)


def test_a_checklist_that_plans_nothing_cannot_be_overrun() -> None:
    unplanned = shown(timedelta(minutes=7, seconds=3), timedelta())

    assert (unplanned.text, unplanned.minutes_text, unplanned.over) == ("7:03", "7 min", timedelta())
    assert unplanned.for_each is None


def test_what_is_left_of_the_time_is_shared_by_what_is_left_to_ask() -> None:
    assert shown(timedelta(minutes=18), left=24).for_each == timedelta(seconds=30)
    assert shown(timedelta(minutes=18), left=0).for_each is None
    assert shown(timedelta(minutes=31), left=24).for_each is None


def test_the_time_goes_in_whole_steps_so_that_it_is_painted_no_more_often() -> None:
    session, now = a_session(), NOW + timedelta(minutes=12, seconds=41, microseconds=7)

    assert meeting_time(session, NOW, now, MINUTE).elapsed == timedelta(minutes=12)
    assert meeting_time(session, NOW, now, SECOND).elapsed == timedelta(minutes=12, seconds=41)
    assert meeting_time(session, NOW, now, MINUTE) == meeting_time(session, NOW, now + 18 * SECOND, MINUTE)


def test_left_are_the_items_that_are_open_or_to_re_confirm() -> None:
    session = answered(answered(a_session(), "vault", Status.PASS), "scan", Status.PASS, carried=True)

    assert meeting_time(session, NOW, NOW, MINUTE).left == 4
    assert meeting_time(session, NOW, NOW, MINUTE).planned == timedelta(minutes=session.checklist.minutes)


def test_time_passes_by_the_sun_when_the_clocks_on_the_wall_jump() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    before = datetime(2026, 10, 25, 2, 50, tzinfo=berlin)
    after = datetime(2026, 10, 25, 2, 10, tzinfo=berlin, fold=1)

    assert since(before, after) == timedelta(minutes=20)
    assert (
        since(datetime(2026, 3, 29, 1, 50, tzinfo=berlin), datetime(2026, 3, 29, 3, 10, tzinfo=berlin)) == 20 * MINUTE
    )


def test_a_machine_whose_clock_is_set_back_shows_no_negative_time() -> None:
    assert meeting_time(a_session(), NOW, NOW - HALF_AN_HOUR, SECOND).text == "0:00/30:00"


def test_a_meeting_is_a_run_of_answers_without_a_long_pause() -> None:
    session = answered_at(a_session(), "vault", NOW)
    session = answered_at(session, "scan", NOW + timedelta(minutes=20))

    assert meeting_under_way(session, NOW + timedelta(minutes=25), BY) == NOW
    assert meeting_under_way(session, NOW + timedelta(minutes=20) + PAUSE, BY) == NOW
    assert meeting_under_way(session, NOW + timedelta(minutes=20) + PAUSE + SECOND, BY) is None


def test_what_was_answered_the_day_before_is_no_part_of_the_meeting() -> None:
    session = answered_at(a_session(), "vault", NOW - timedelta(days=1))
    session = answered_at(session, "scan", NOW)

    assert meeting_under_way(session, NOW + MINUTE, BY) == NOW


def test_preparation_starts_no_meeting() -> None:
    session = answered_at(a_session(), "vault", NOW, note="ask ana", owner="ana")
    session = answered_at(session, "scan", NOW, status=Status.PASS, carried=True)
    session = session.name_people({"qa": "dee"}, now=NOW, by=BY)

    assert meeting_under_way(session, NOW, BY) is None


def test_a_pipeline_that_answers_starts_no_meeting() -> None:
    session = answered_at(a_session(), "vault", NOW, by="ci")

    assert meeting_under_way(session, NOW, BY) is None
    assert meeting_under_way(session, NOW, "ci") == NOW


def test_an_answer_a_vote_and_their_undo_are_said_in_a_meeting() -> None:
    session = a_session()
    failed = answered(session, "vault", Status.FAIL)

    assert says_something(session, failed)
    assert says_something(failed, undone(failed, now=NOW, by=BY))
    assert says_something(session, voted(session, "qa", Choice.GO))
    assert not says_something(session, answered(session, "vault", note="later"))
    assert not says_something(failed, failed)


def test_an_item_is_long_on_the_screen_after_three_minutes() -> None:
    assert not is_long_on_the_screen(NOW, NOW + LONG_ON_THE_SCREEN - SECOND)
    assert is_long_on_the_screen(NOW, NOW + LONG_ON_THE_SCREEN)


@given(st.timedeltas(timedelta(), timedelta(days=400)))
def test_minutes_and_seconds_add_up(span: timedelta) -> None:
    minutes, seconds = clock_text(span).split(":")

    assert len(seconds) == 2
    assert 60 * int(minutes) + int(seconds) == span // SECOND


@given(st.datetimes(timezones=st.sampled_from([UTC, ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")])))
def test_no_moment_is_ahead_of_itself(moment: datetime) -> None:
    assert since(moment, moment) == timedelta()
