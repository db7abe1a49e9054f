"""How far the meeting is, and what the decision would be if it ended now."""

from __future__ import annotations

from typing import Final

from textual.content import Content
from textual.reactive import reactive

from signoff.domain.answer import Status
from signoff.domain.meeting import Verdict
from signoff.domain.session import Session
from signoff.domain.tally import Tally
from signoff.domain.verdict import verdict_of
from signoff.ui.status_look import status_style, verdict_look
from signoff.ui.widgets.line import Line, spread

_BAR_WIDTH: Final = 40
_MARKS: Final = (
    (Status.PASS, "█"),
    (Status.RISK, "▒"),
    (Status.NA, "-"),
    (Status.CONDITION, "~"),
    (Status.FAIL, "x"),
)


class ProgressLine(Line):
    """A bar, the counts of each status, and the verdict."""

    session: reactive[Session | None] = reactive(None)
    """The session that is counted."""

    def line(self, width: int) -> Content:
        """The bar and the counts as there is room; the verdict always."""
        if self.session is None:
            return Content()
        tally = self.session.answers.tally
        outcome = verdict_content(self.session, long=width >= 80) + Content(" ")
        roomy = width >= 110
        counts = Content(f"{tally.answered()}/{tally.total()}{' answered' if roomy else ''}")
        counts = Content("  " if roomy else " ").join([counts, *_counts(tally, roomy=roomy)])
        bar_width = min(_BAR_WIDTH, width - counts.cell_length - outcome.cell_length - 5)
        if bar_width >= 8:
            counts = _bar(tally, bar_width) + Content("  ") + counts
        return spread(Content(" ") + counts, outcome, width)


def verdict_content(session: Session, *, long: bool) -> Content:
    """What was decided, or what the decision would be, in its colour."""
    decision = session.decision
    if decision.is_taken:
        return Content.assemble("decided: ", (decision.choice.value, status_style(verdict_look(decision.choice))))
    verdict: Verdict = verdict_of(session)
    return Content.assemble("would be: " if long else "now ", (verdict.value, status_style(verdict_look(verdict))))


def _bar(tally: Tally, width: int) -> Content:
    total = max(tally.total(), 1)
    parts, used = [], 0
    for status, mark in _MARKS:
        count = tally.with_status(status)
        # A single failed item among thousands must still be seen.
        cells = min(max(round(count * width / total), 1), width - used) if count else 0
        parts.append((mark * cells, f"$status-{status.value}"))
        used += cells
    return Content.assemble(*parts, ("·" * (width - used), "$muted"))


def _counts(tally: Tally, *, roomy: bool) -> list[Content]:
    found = [
        Content.assemble((f"{count} {status.word}", status_style(status)))
        for status in (Status.PASS, Status.FAIL, Status.CONDITION, Status.RISK, Status.NA)
        if (count := tally.with_status(status))
    ]
    if tally.to_reconfirm:
        found.append(Content(f"{tally.to_reconfirm} {'to re-confirm' if roomy else '↻'}"))
    if tally.incomplete():
        words = f"{tally.incomplete()} {'incomplete' if roomy else '?'}"
        found.append(Content.assemble((words, "$status-condition bold")))
    return found
