"""The sessions there are, the newest first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from textual.reactive import reactive

from signoff.domain.meeting import Verdict
from signoff.storage.session_folder import SessionHeader
from signoff.ui.status_look import look_of, status_class
from signoff.ui.widgets.line_view import Part, cell, word
from signoff.ui.widgets.row_list import RowList

_ROOMY: Final = 100
"""From this width on a row says everything."""
_FAILURES_TOO: Final = 70


class SessionList(RowList):
    """One row a session."""

    sessions: reactive[tuple[SessionHeader, ...]] = reactive((), repaint=False, init=False)
    """The sessions, the newest first."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        """Make the list.

        Args:
            clock: Tells the aware present: what was saved today shows the time instead of the day.
        """
        super().__init__()
        self._clock = clock

    @property
    def selected(self) -> SessionHeader | None:
        """The session under the cursor."""
        return self.sessions[self.cursor] if self.cursor < len(self.sessions) else None

    def watch_sessions(self, old: tuple[SessionHeader, ...], new: tuple[SessionHeader, ...]) -> None:
        """Show other sessions; the cursor stays on the one it is on."""
        current = old[self.cursor].path if self.cursor < len(old) else None
        position = next((row for row, header in enumerate(new) if header.path == current), 0)
        self.rows_changed(position)

    def row_count(self) -> int:
        """How many sessions there are."""
        return len(self.sessions)

    def row_parts(self, row: int, width: int) -> list[Part]:
        """One session: release, environment, progress, verdict or decision, when."""
        header = self.sessions[row]
        if header.problem or header.is_conflict:
            what = "BROKEN" if header.problem else "CONFLICT"
            column = 14 if width < _ROOMY else 25  # where others have what was decided
            name = cell(f" {header.path.name}", width - column - 1) + " "
            return [(name, None), *word(what, column, self.styled("status--fail"))]
        outcome = header.decision or header.verdict
        look = self.styled(status_class(look_of(Verdict(outcome)))) if outcome in set(Verdict) else None
        failed = f"{header.failed} FAIL" if header.failed else ""
        progress = f"{header.answered:>4}/{header.total:<4}"
        state = header.decided or "would be"
        if width < _ROOMY:
            failing = word(failed, 8, self.styled("status--fail")) if width >= _FAILURES_TOO else []
            room = width - len(progress) - 14 - (8 if failing else 0)
            return [
                (cell(f" {header.title}", room), None),
                (progress, None),
                *failing,
                *word(outcome, 14, look),
            ]
        when = cell(self._when(header), 13)
        environment = cell(header.environment, 9)
        room = width - len(environment) - len(progress) - 9 - 10 - 12 - len(when)
        return [
            (cell(f" {header.title}", room), None),
            (environment, self.styled("row-list--muted")),
            (progress, None),
            *word(failed, 9, self.styled("status--fail")),
            (cell(state, 10), self.styled("row-list--muted")),
            *word(outcome, 12, look),
            (when, self.styled("row-list--muted")),
        ]

    def _when(self, header: SessionHeader) -> str:
        moment, now = header.when.astimezone(), self._clock().astimezone()
        return f"{moment:today %H:%M}" if moment.date() == now.date() else f"{moment:%d %b %Y}"
