"""Dates and times in a report: with their year and their zone, and in no language of any locale."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from signoff.domain.release import Window
from signoff.domain.when import When, when_text
from signoff.report.escape import inline

_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def shown_when(when: When | None) -> str:
    """A day or a moment for people; empty for None."""
    return inline(when_text(when))


def data_when(when: When | None) -> str | None:
    """A day or a moment for machines, in ISO 8601 with its offset; None for None."""
    if isinstance(when, datetime):
        return when.isoformat(timespec="seconds")
    return when.isoformat() if when else None


def utc_text(moment: datetime) -> str:
    """A moment to the second, such as `2026-11-24 03:00:00 UTC`."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def window_text(window: Window) -> str:
    """A window with its year, its zone, and the same in UTC where that differs."""
    local = f"{_span(window.start, window.end)} {window.zone}"
    if window.zone == "UTC":
        return inline(local)
    return inline(f"{local} ({_span(window.start.astimezone(UTC), window.end.astimezone(UTC))} UTC)")


def _span(start: datetime, end: datetime) -> str:
    last = f"{end:%H:%M}" if end.date() == start.date() else f"{_WEEKDAYS[end.weekday()]} {end:%Y-%m-%d %H:%M}"
    return f"{_WEEKDAYS[start.weekday()]} {start:%Y-%m-%d %H:%M} to {last}"
