"""What is to be released, where and when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from signoff.domain.when import parse_when

WINDOW_EXAMPLES: Final = "thu 14:00-16:00, or 2026-11-26 14:00-16:00"
"""What may be typed for a window."""

_WHOLE_COMMIT: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}", re.IGNORECASE)
_SPAN: Final = r"(.*?\d[:.]\d\d)\s*(?:-|–|to)\s*(.+)"
_CLOCK_ONLY: Final = r"\d{1,2}[:.]\d\d"


@dataclass(frozen=True, slots=True, repr=False)
class Window:
    """The planned release window: from `start` until just before `end`."""

    start: datetime
    """Aware, in the release's time zone."""
    end: datetime
    """Aware, in the release's time zone; after `start`."""
    zone: str
    """The zone's IANA name, such as Europe/Berlin."""

    @property
    def text(self) -> str:
        """As it stands in the header: `Thu 26 Nov 14:00-16:00 UTC`."""
        end = f"{self.end:%H:%M}" if self.end.date() == self.start.date() else f"{self.end:%a %d %b %H:%M}"
        return f"{self.start:%a %d %b %H:%M}-{end} {self.zone}"

    def touches(self, weekday: int, start: time, end: time | None) -> bool:
        """Whether the window shares a moment with a part of a weekday.

        Args:
            weekday: 0 for Monday to 6 for Sunday, by the release's own calendar.
            start: When on that day the part begins, by the release's own clocks.
            end: When it ends; None for midnight.
        """
        first = self.start.date()
        # A fortnight has every part of a week whole, so a window that a slip made years long needs no more than that.
        for ahead in range(min((self.end.date() - first).days, 14) + 1):
            day = first + timedelta(days=ahead)
            if day.weekday() == weekday:
                begins = _instant(day, start, self.start)
                ends = _instant(day, end, self.start) if end else _instant(day + timedelta(1), time.min, self.start)
                if _utc(self.start) < ends and begins < _utc(self.end):
                    return True
        return False


def parse_window(text: str, zone: str, now: datetime) -> Window:
    """Read a window as it is said.

    Args:
        text: Such as `thu 14:00-16:00` or `2026-11-26 22:00 - 2026-11-27 02:00`.
        zone: The IANA name of the zone of `now`.
        now: The aware present in the release's zone.

    Raises:
        ValueError: When it cannot be read; the message says what can.
    """
    span = re.fullmatch(_SPAN, text.strip())
    if not span:
        raise ValueError(f'"{text}" is not a window: say {WINDOW_EXAMPLES}')
    start, end = parse_when(span[1], now), None
    if isinstance(start, datetime) and re.fullmatch(_CLOCK_ONLY, span[2].strip()):
        # A clock time alone is the next one after the start; parse_when counts from the moment it is given.
        end = parse_when(span[2], start)
    elif isinstance(start, datetime):
        end = parse_when(span[2], now)
    if not isinstance(start, datetime) or not isinstance(end, datetime) or _utc(end) <= _utc(start):
        raise ValueError(f'"{text}" has no start before its end: say {WINDOW_EXAMPLES}')
    return Window(start, end, zone)


def window_as_typed(window: Window | None) -> str:
    """A window in the form in which `parse_window` reads it back; empty for None."""
    if window is None:
        return ""
    end = "%H:%M" if window.end.date() == window.start.date() else "%Y-%m-%d %H:%M"
    return f"{window.start:%Y-%m-%d %H:%M} - {window.end.strftime(end)}"


def is_whole_commit(text: str) -> bool:
    """Whether a text is a whole id of a commit: 40 hex digits, or 64 in a repository of SHA-256.

    Fewer name no commit for certain: two that begin with the same twelve digits are made in seconds.
    """
    return bool(_WHOLE_COMMIT.fullmatch(text))


def _instant(day: date, clock: time, like: datetime) -> datetime:
    return _utc(datetime.combine(day, clock, tzinfo=like.tzinfo))


def _utc(moment: datetime) -> datetime:
    # Two datetimes of one zone compare by their wall clocks, which run twice through the hour when summer time ends.
    return moment.astimezone(UTC)


@dataclass(frozen=True, slots=True, repr=False)
class Release:
    """The release that the meeting is about."""

    service: str
    """What is released."""
    version: str
    """Which version of it."""
    environment: str = "prod"
    """Where it goes."""
    commit: str = ""
    """The commit it is built from; empty when nobody said."""
    window: Window | None = None
    """When; None when nobody said."""
    rollback: str = ""
    """The link to the rollback plan, or what triggers it; empty when nobody said."""

    @property
    def title(self) -> str:
        """As it stands in the header: `payments-api 4.12.0 -> prod`."""
        return f"{self.service} {self.version} -> {self.environment}"

    def by_its_clocks(self, now: datetime) -> datetime:
        """The aware present by the clocks of the release; as it is where the release has no window."""
        return now.astimezone(self.window.start.tzinfo) if self.window else now

    def watched_from(self, now: datetime) -> datetime:
        """The moment from which "until 18:00" of a watch counts: that of the release, or the present after it."""
        return max(self.by_its_clocks(now), self.window.start, key=_utc) if self.window else now
