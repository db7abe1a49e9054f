"""What is to be released, where and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta


@dataclass(frozen=True, slots=True)
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
        day = self.start.date()
        while day <= self.end.date():
            if day.weekday() == weekday:
                begins = _instant(day, start, self.start)
                ends = _instant(day, end, self.start) if end else _instant(day + timedelta(1), time.min, self.start)
                if _utc(self.start) < ends and begins < _utc(self.end):
                    return True
            day += timedelta(days=1)
        return False


def _instant(day: date, clock: time, like: datetime) -> datetime:
    return _utc(datetime.combine(day, clock, tzinfo=like.tzinfo))


def _utc(moment: datetime) -> datetime:
    # Two datetimes of one zone compare by their wall clocks, which run twice through the hour when summer time ends.
    return moment.astimezone(UTC)


@dataclass(frozen=True, slots=True)
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
