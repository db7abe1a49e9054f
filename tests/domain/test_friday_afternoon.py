"""The window rule: part of a weekday, by the calendar and the clocks of the release's own time zone."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from signoff.domain.release import Window

FRIDAY, SATURDAY, SUNDAY, THURSDAY = 4, 5, 6, 3


def window(zone: str, start: str, end: str) -> Window:
    there = ZoneInfo(zone)
    return Window(
        datetime.fromisoformat(start).replace(tzinfo=there), datetime.fromisoformat(end).replace(tzinfo=there), zone
    )


def is_friday_afternoon(release: Window) -> bool:
    return release.touches(FRIDAY, time(12), None)


@pytest.mark.parametrize(
    ("start", "end", "touches"),
    [
        ("2026-11-26T14:00", "2026-11-26T16:00", False),  # Thursday
        ("2026-11-27T08:00", "2026-11-27T11:59", False),  # Friday morning
        ("2026-11-27T08:00", "2026-11-27T12:00", False),  # until just before noon
        ("2026-11-27T08:00", "2026-11-27T12:01", True),
        ("2026-11-27T12:00", "2026-11-27T12:01", True),
        ("2026-11-27T23:59", "2026-11-28T00:00", True),
        ("2026-11-28T00:00", "2026-11-28T02:00", False),  # Saturday
        ("2026-11-27T22:00", "2026-11-28T02:00", True),  # over midnight out of it
        ("2026-11-26T22:00", "2026-11-27T02:00", False),  # over midnight into its morning
        ("2026-11-26T22:00", "2026-11-28T02:00", True),  # all around it
        ("2026-11-23T00:00", "2026-12-04T00:00", True),  # days, and one of them is a Friday
        ("2026-11-28T00:00", "2026-12-04T12:00", False),  # days, up to noon of the next Friday
        ("2026-01-01T00:00", "2036-01-01T00:00", True),  # somebody mistyped the year
    ],
)
def test_a_window_touches_friday_afternoon(start: str, end: str, touches: bool) -> None:
    assert is_friday_afternoon(window("UTC", start, end)) is touches


def test_a_part_of_a_day_ends_before_the_window_that_starts_then() -> None:
    from_noon = window("UTC", "2026-11-27T12:00", "2026-11-27T13:00")

    assert not from_noon.touches(FRIDAY, time(8), time(12))
    assert from_noon.touches(FRIDAY, time(8), time(12, 1))


def test_one_instant_is_friday_in_new_york_and_saturday_in_tokyo() -> None:
    in_new_york = window("America/New_York", "2026-11-27T20:00", "2026-11-27T21:00")
    tokyo = ZoneInfo("Asia/Tokyo")
    in_tokyo = Window(in_new_york.start.astimezone(tokyo), in_new_york.end.astimezone(tokyo), "Asia/Tokyo")

    assert in_new_york.start == in_tokyo.start
    assert is_friday_afternoon(in_new_york)
    assert not is_friday_afternoon(in_tokyo)


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Asia/Kathmandu", "Australia/Adelaide", "Pacific/Chatham"])
def test_zones_that_are_not_whole_hours_have_their_own_noon(zone: str) -> None:
    assert not is_friday_afternoon(window(zone, "2026-11-27T11:00", "2026-11-27T12:00"))
    assert is_friday_afternoon(window(zone, "2026-11-27T11:00", "2026-11-27T12:15"))
    assert not is_friday_afternoon(window(zone, "2026-11-28T00:00", "2026-11-28T00:15"))


@pytest.mark.parametrize("sunday", ["2026-03-29", "2026-10-25"])
def test_a_day_on_which_the_clocks_change_is_still_that_day(sunday: str) -> None:
    day = datetime.fromisoformat(sunday)
    whole = window("Europe/Berlin", f"{sunday}T00:00", f"{(day + timedelta(1)).date()}T00:00")

    assert whole.touches(SUNDAY, time(0), time(0, 1))
    assert whole.touches(SUNDAY, time(23, 59), None)
    assert not whole.touches(SATURDAY, time(0), None)
    assert not whole.touches(0, time(0), None)


def test_a_friday_that_is_an_hour_short_at_midnight_has_its_afternoon() -> None:
    # In Cairo the clocks of 2026 go from 00:00 to 01:00 on Friday 24 April and back at the end of Thursday 29 October.
    spring, autumn = ("2026-04-24T13:00", "2026-04-24T14:00"), ("2026-10-30T11:00", "2026-10-30T12:00")

    assert is_friday_afternoon(window("Africa/Cairo", *spring))
    assert not is_friday_afternoon(window("Africa/Cairo", *autumn))


def test_the_header_shows_the_window_with_its_zone() -> None:
    assert window("UTC", "2026-11-26T14:00", "2026-11-26T16:00").text == "Thu 26 Nov 14:00-16:00 UTC"
    assert (
        window("Asia/Tokyo", "2026-11-27T22:00", "2026-11-28T02:00").text
        == "Fri 27 Nov 22:00-Sat 28 Nov 02:00 Asia/Tokyo"
    )
