"""The clock of the meeting that is being held with the open session.

The meeting starts with the first answer or vote that is given, or when the presenter is first shown, whichever comes
first. A program that is started again in the middle finds the start in the history of the session
(`signoff.domain.clock.meeting_under_way`), so the moment is stored nowhere. Whoever filled in answers right before the
meeting starts the clock anew in the presenter.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from signoff.domain.clock import MeetingTime, is_long_on_the_screen, meeting_time, meeting_under_way, since
from signoff.domain.session import Session


class MeetingClock:
    """When the meeting started, and since when the present item has been on the screen."""

    def __init__(self, session: Session, clock: Callable[[], datetime], user: str) -> None:
        """Make the clock; it stands until the meeting starts.

        Args:
            session: The session, whose history may tell of a meeting under way.
            clock: Tells the aware present.
            user: Who runs the program.
        """
        self._clock = clock
        self._started = meeting_under_way(session, clock(), user)
        self._item = ""
        self._shown = clock()
        self._noticed: set[str] = set()

    def begin(self) -> None:
        """Start the meeting, if it has not started."""
        self._started = self._started or self._clock()

    def begin_anew(self) -> None:
        """Start the meeting now, whatever was said before."""
        self._started = self._shown = self._clock()

    def show(self, item_id: str) -> None:
        """Take note that an item is on the screen."""
        if item_id != self._item:
            self._item, self._shown = item_id, self._clock()

    def notices_long(self) -> bool:
        """Whether the item on the screen has been there so long that it is better parked; said once of each item."""
        if self._item in self._noticed or not is_long_on_the_screen(self._shown, self._clock()):
            return False
        self._noticed.add(self._item)
        return True

    def read(self, session: Session, step: timedelta) -> MeetingTime | None:
        """What the clock shows; None before the meeting, and for a signed session: its meeting is over.

        Args:
            session: The session as it is.
            step: In which steps the clock goes.
        """
        if self._started is None or session.is_signed:
            return None
        return meeting_time(session, self._started, self._clock(), step)

    def until_next(self, step: timedelta) -> float:
        """How many seconds there are until it shows something else."""
        passed = since(self._started, self._clock()) if self._started else timedelta()
        return (step - passed % step).total_seconds()
