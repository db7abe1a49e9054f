"""How long the meeting has lasted, and what that leaves for each item.

Nobody presses a key to start a meeting, and a terminal that closes must not set its clock back. So the clock is read
from the history: a meeting is a run of answers without a long pause between them. What was answered the day before was
preparation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from signoff.domain.history import Change
from signoff.domain.session import Session

MINUTE: Final = timedelta(minutes=1)
PAUSE: Final = timedelta(minutes=30)
"""A silence after which an answer belongs to another meeting."""
LONG_ON_THE_SCREEN: Final = timedelta(minutes=3)
"""How long one item may be talked about before somebody should offer to park it."""


@dataclass(frozen=True, slots=True, repr=False)
class MeetingTime:
    """What the clock of a meeting shows at one moment."""

    elapsed: timedelta
    """How long the meeting has lasted; never negative."""
    planned: timedelta
    """How long it was to last; zero when the checklist does not say."""
    left: int
    """How many items still have to be asked."""

    @property
    def over(self) -> timedelta:
        """By how much the meeting has overrun; zero while it has not."""
        return max(self.elapsed - self.planned, timedelta()) if self.planned else timedelta()

    @property
    def for_each(self) -> timedelta | None:
        """How long each of the items that are left may take; None when none is left, or no time."""
        rest = self.planned - self.elapsed
        return rest / self.left if self.left and rest > timedelta() else None

    @property
    def text(self) -> str:
        """With seconds: `12:41/30:00`, and `31:05/30:00 +1:05` when it overruns."""
        if not self.planned:
            return clock_text(self.elapsed)
        over = f" +{clock_text(self.over)}" if self.over else ""
        return f"{clock_text(self.elapsed)}/{clock_text(self.planned)}{over}"

    @property
    def minutes_text(self) -> str:
        """In whole minutes, so that it changes once a minute: `12/30 min`, and `34/30 min +4`."""
        elapsed, planned = self.elapsed // MINUTE, self.planned // MINUTE
        if not planned:
            return f"{elapsed} min"
        return f"{elapsed}/{planned} min" + (f" +{elapsed - planned}" if elapsed > planned else "")


def clock_text(span: timedelta) -> str:
    """Minutes and seconds, `12:41`; an hour and more stays in minutes, as the plan is in minutes."""
    minutes, rest = divmod(span, MINUTE)
    return f"{minutes}:{rest.seconds:02}"


def meeting_time(session: Session, started: datetime, now: datetime, step: timedelta) -> MeetingTime:
    """What the clock shows.

    Args:
        session: The meeting's session.
        started: When the meeting started, aware.
        now: The aware present.
        step: In which steps the clock goes; what has passed is cut to whole ones.
    """
    passed = since(started, now)
    tally = session.answers.tally
    planned = timedelta(minutes=session.checklist.minutes)
    return MeetingTime(passed - passed % step, planned, tally.total() - tally.answered())


def since(moment: datetime, now: datetime) -> timedelta:
    """How long ago a moment was; nothing when the clock of the machine was set back behind it."""
    # Two datetimes of one zone differ by their wall clocks, which jump when summer time begins or ends.
    return max(now.astimezone(UTC) - moment.astimezone(UTC), timedelta())


def meeting_under_way(session: Session, now: datetime, by: str) -> datetime | None:
    """When the meeting that is still going on started, as history tells it.

    Args:
        session: The session.
        now: The aware present.
        by: Who runs the program: answers that others gave, a pipeline for one, start no meeting.

    Returns:
        The moment of its first answer or vote; None when there was none within the last `PAUSE`.
    """
    started, later = None, now
    for change in reversed(session.history):
        if change.by != by or not is_said_in_a_meeting(change):
            continue
        if since(change.at, later) > PAUSE:
            break
        started = later = change.at
    return started


def is_said_in_a_meeting(change: Change) -> bool:
    """Whether a change is a status or a vote, and not preparation: a note, an owner, or an answer carried over."""
    if change.subject.startswith("votes."):
        return True
    return change.subject.startswith("answers.") and "status" in change.now and not change.now.get("carried")


def says_something(before: Session, after: Session) -> bool:
    """Whether an edit gave an answer or a vote."""
    return any(is_said_in_a_meeting(change) for change in after.history[len(before.history) :])


def is_long_on_the_screen(shown: datetime, now: datetime) -> bool:
    """Whether an item has been on the screen for so long that it is better parked."""
    return since(shown, now) >= LONG_ON_THE_SCREEN
