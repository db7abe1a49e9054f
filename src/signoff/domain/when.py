"""Dates and times as people say them in a meeting: "15:00", "tomorrow", "+2d", "fri".

A due that is a whole day stays a day: turning it into midnight would make it overdue a day early.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

When = date
"""A day, or (a `datetime` is a `date`) an aware moment."""

EXAMPLES: Final = "15:00, tomorrow, fri, +2d or 2026-12-10"
"""What may be typed, for placeholders and error messages."""

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_YEARS: Final = range(1970, 9000)
"""The years that are meant; 0226 is a slip of the finger, and some zones had no whole minutes then."""
_STEP: Final = r"\+(\d{1,3})\s*([hdw])"
_DAY: Final = r"\d{4}-\d{2}-\d{2}"
_CLOCK: Final = r"([01]?\d|2[0-3])[:.]([0-5]\d)"


def parse_when(text: str, now: datetime) -> When:
    """Read a date or a time as it is said.

    Args:
        text: Such as `15:00`, `today`, `fri 14:00`, `+2d`, `+3h`, `2026-12-10` or `2026-12-10 15:00`.
        now: The aware present, whose zone is meant.

    Returns:
        A day, or an aware moment where a clock time was said. A clock time alone that has passed is tomorrow's.

    Raises:
        ValueError: When it cannot be read; the message says what can.
    """
    words = text.strip().lower().replace("t", " ", 1) if re.match(_DAY, text.strip()) else text.strip().lower()
    if step := re.fullmatch(_STEP, words):
        return _stepped(int(step[1]), step[2], now)
    first, _, rest = words.partition(" ")
    if clock := re.fullmatch(_CLOCK, words):
        # When summer time ends, a clock time comes twice.
        today = (_at(now.date(), clock, now, fold) for fold in (0, 1))
        ahead = (moment for moment in today if is_past(now, moment))
        return next(ahead, None) or _at(now.date() + timedelta(days=1), clock, now)
    day = _day(first, now)
    if day is not None and not rest:
        return day
    if day is not None and (clock := re.fullmatch(_CLOCK, rest.strip())):
        return _at(day, clock, now)
    raise ValueError(f'"{text}" is not a date or time: say {EXAMPLES}')


def _stepped(amount: int, unit: str, now: datetime) -> When:
    if unit == "h":
        return (now.astimezone(UTC) + timedelta(hours=amount)).astimezone(now.tzinfo)
    return now.date() + timedelta(days=amount * (7 if unit == "w" else 1))


def _day(word: str, now: datetime) -> date | None:
    if word in ("today", "tomorrow"):
        return now.date() + timedelta(days=int(word == "tomorrow"))
    if len(word) >= 3:
        for number, weekday in enumerate(_WEEKDAYS):
            if weekday.startswith(word):
                return now.date() + timedelta(days=(number - now.weekday()) % 7)
    if re.fullmatch(_DAY, word):
        try:
            day = date.fromisoformat(word)
        except ValueError:
            return None
        return day if day.year in _YEARS else None
    return None


def _at(day: date, clock: re.Match[str], now: datetime, fold: int = 0) -> datetime:
    moment = datetime.combine(day, time(int(clock[1]), int(clock[2]), fold=fold), tzinfo=now.tzinfo)
    # There and back: a time that the clocks skip when summer time begins becomes the one that they show.
    return moment.astimezone(UTC).astimezone(now.tzinfo)


def when_text(when: When | None) -> str:
    """A date or time as it is shown: `2026-12-10` or `2026-12-10 15:00 CET`; empty for None."""
    if when is None:
        return ""
    if isinstance(when, datetime):
        return when.strftime("%Y-%m-%d %H:%M %Z").strip()
    return when.isoformat()


def is_past(when: When, now: datetime) -> bool:
    """Whether a day is over, or a moment has passed."""
    if isinstance(when, datetime):
        return when.astimezone(UTC) < now.astimezone(UTC)
    return when < now.date()


def when_as_typed(when: When | None, now: datetime) -> str:
    """A date or time in the form in which `parse_when` reads it back, by the clocks of `now`."""
    if isinstance(when, datetime):
        return when.astimezone(now.tzinfo).strftime("%Y-%m-%d %H:%M")
    return when.isoformat() if when else ""
