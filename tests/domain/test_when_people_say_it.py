"""Dates and times as people say them: "15:00", "tomorrow", "+2d", "fri"."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signoff.domain.when import is_past, parse_when, when_as_typed, when_text

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 26, 14, 0, tzinfo=BERLIN)
"""A Thursday."""


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("15:00", at(26, 15)),
        ("15.00", at(26, 15)),
        ("14:00", at(27, 14)),  # that is now: tomorrow's is meant
        ("9:30", at(27, 9, 30)),
        ("today", date(2026, 11, 26)),
        ("Tomorrow", date(2026, 11, 27)),
        ("tomorrow 09:00", at(27, 9)),
        ("thu", date(2026, 11, 26)),
        ("fri", date(2026, 11, 27)),
        ("Friday", date(2026, 11, 27)),
        ("tues", date(2026, 12, 1)),
        ("wed 14:00", datetime(2026, 12, 2, 14, tzinfo=BERLIN)),
        ("+2d", date(2026, 11, 28)),
        ("+1w", date(2026, 12, 3)),
        ("+3h", at(26, 17)),
        ("+3 h", at(26, 17)),
        ("2026-12-10", date(2026, 12, 10)),
        ("  2026-12-10  ", date(2026, 12, 10)),
        ("2026-12-10 15:00", datetime(2026, 12, 10, 15, tzinfo=BERLIN)),
        ("2026-12-10T15:00", datetime(2026, 12, 10, 15, tzinfo=BERLIN)),
        ("2026-12-10   15:00", datetime(2026, 12, 10, 15, tzinfo=BERLIN)),
    ],
)
def test_what_is_said_is_understood(said: str, meant: date) -> None:
    understood = parse_when(said, NOW)

    assert understood == meant
    assert isinstance(understood, datetime) == isinstance(meant, datetime)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "soon",
        "month",  # not a Monday
        "sunset 14:00",
        "fr",
        "24:00",
        "12:60",
        "+2",
        "+2y",
        "-2d",
        "2026-02-30",
        "2026-13-01",
        "0226-12-10",
        "9999-12-31",
        "26-12-10",
        "tomorrow noon",
        "2026-12-10 15:00 CET",
        "١٥:٠٠",
    ],
)
def test_what_is_not_understood_says_what_would_be(said: str) -> None:
    with pytest.raises(ValueError, match="is not a date or time: say 15:00, tomorrow, fri"):
        parse_when(said, NOW)


@settings(deadline=None)
@given(st.text(max_size=30) | st.from_regex(r"[0-9a-z+:. -]{1,12}", fullmatch=True))
def test_whatever_is_typed_is_a_day_or_a_clear_refusal(said: str) -> None:
    try:
        meant = parse_when(said, NOW)
    except ValueError as error:
        meant = str(error)  # type: ignore[assignment]
    assert isinstance(meant, date) or f'"{said}" is not a date or time' in meant


def test_every_weekday_is_the_next_one_and_today_counts() -> None:
    days = {parse_when(day, NOW) for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}

    assert days == {NOW.date() + timedelta(days=ahead) for ahead in range(7)}


def test_hours_are_counted_on_the_clock_on_the_wall_that_goes_on_when_summer_time_ends() -> None:
    before = datetime(2026, 10, 25, 1, 30, tzinfo=BERLIN)

    assert parse_when("+3h", before) == datetime(2026, 10, 25, 3, 30, tzinfo=BERLIN)
    assert parse_when("+3h", before).astimezone(UTC) - before.astimezone(UTC) == timedelta(hours=3)  # type: ignore[attr-defined]


def test_a_time_that_the_clocks_skip_is_the_one_they_show() -> None:
    night = datetime(2026, 3, 29, 1, 0, tzinfo=BERLIN)

    skipped = parse_when("02:30", night)
    assert isinstance(skipped, datetime)
    assert f"{skipped:%H:%M %Z}" == "03:30 CEST"


def test_a_time_that_comes_twice_is_the_next_of_the_two() -> None:
    first, second = (datetime(2026, 10, 25, 2, 40, tzinfo=BERLIN, fold=fold) for fold in (0, 1))

    assert when_text(parse_when("02:50", first)) == "2026-10-25 02:50 CEST"
    assert when_text(parse_when("02:30", first)) == "2026-10-25 02:30 CET"
    assert when_text(parse_when("02:50", second)) == "2026-10-25 02:50 CET"
    assert when_text(parse_when("02:30", second)) == "2026-10-26 02:30 CET"


def test_tomorrow_has_its_own_offset() -> None:
    evening = datetime(2026, 10, 24, 20, 0, tzinfo=BERLIN)

    assert when_text(parse_when("tomorrow 15:00", evening)) == "2026-10-25 15:00 CET"


def test_a_day_is_past_when_it_is_over_and_a_moment_when_it_has_passed() -> None:
    assert not is_past(NOW.date(), NOW)
    assert is_past(NOW.date() - timedelta(days=1), NOW)
    assert not is_past(NOW, NOW)
    assert is_past(NOW - timedelta(seconds=1), NOW)
    assert is_past(NOW.astimezone(UTC) - timedelta(seconds=1), NOW)


def test_a_moment_in_the_hour_that_comes_twice_is_past_by_the_sun_and_not_by_the_clock() -> None:
    first, second = (datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=fold) for fold in (0, 1))

    assert is_past(first, second.replace(minute=10))
    assert not is_past(second.replace(minute=10), first)


def test_a_day_stays_a_day_and_a_moment_names_its_zone() -> None:
    assert when_text(date(2026, 12, 10)) == "2026-12-10"
    assert when_text(datetime(2026, 12, 10, 15, 0, tzinfo=BERLIN)) == "2026-12-10 15:00 CET"
    assert when_text(None) == ""


@pytest.mark.parametrize("said", ["+2d", "tomorrow 09:00", "2026-12-10", "2026-12-10 15:00"])
def test_what_was_understood_can_be_typed_again(said: str) -> None:
    meant = parse_when(said, NOW)

    assert parse_when(when_as_typed(meant, NOW), NOW) == meant
