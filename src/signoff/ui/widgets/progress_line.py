"""How far the meeting is, and what the decision would be if it ended now."""

from __future__ import annotations

from typing import Final

from textual.content import Content
from textual.reactive import reactive

from signoff.domain.answer import Status
from signoff.domain.deciding import worse_since_decided
from signoff.domain.safe_text import safe_text
from signoff.domain.session import Session
from signoff.domain.tally import Tally
from signoff.domain.verdict import Reason, verdict_of
from signoff.ui.status_look import look_of, status_style
from signoff.ui.widgets.line import Line, spread

_BAR_WIDTH: Final = 40
_NARROWEST_BAR: Final = 8
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
        """The bar and the counts as there is room, in short words before without a bar; the verdict always."""
        if self.session is None:
            return Content()
        tally = self.session.answers.tally
        outcome = verdict_content(self.session, width) + Content(" ")
        for answered, roomy in ((" answered", True), ("", True), ("", False)):
            counts = Content(f"{tally.answered()}/{tally.total()}{answered}")
            counts = Content("  " if roomy else " ").join([counts, *_counts(tally, roomy=roomy)])
            bar_width = min(_BAR_WIDTH, width - counts.cell_length - outcome.cell_length - 5)
            if bar_width >= _NARROWEST_BAR:
                counts = _bar(tally, bar_width) + Content("  ") + counts
                break
        return spread(Content(" ") + counts, outcome, width)


def verdict_content(session: Session, width: int) -> Content:
    """What the decision would be, or what was decided; and what the rules say where that is something else.

    A decision that does not hold any more is said to be none; on a line of 110 columns also why.
    """
    decision, verdict, long = session.decision, verdict_of(session), width >= 80
    if worse := next(worse_since_decided(session), None):
        return Content.styled(_stale(session, worse, width), "$status-fail bold")
    rules = (verdict.value, status_style(look_of(verdict)))
    if not decision.is_taken:
        return Content.assemble("would be: " if long else "now ", rules)
    decided = Content.assemble(
        "decided: " if long else "", (decision.choice.value, status_style(look_of(decision.choice)))
    )
    if decision.choice is verdict:
        return decided
    return decided + Content.assemble("  rules: " if long else "/", rules)


def _stale(session: Session, worse: Reason, width: int) -> str:
    choice = session.decision.choice.value
    if width < 80:
        return f"{choice} is stale"
    if width < 110:
        return f"decided {choice}, now stale: decide again"
    what = safe_text(worse.text.partition(":")[0])
    return f"decided {choice} at r{session.decided_at_revision}; since then {what}: decide again"


def _bar(tally: Tally, width: int) -> Content:
    total = max(tally.total(), 1)
    counts = {status: tally.with_status(status) for status, _ in _MARKS}
    # A single failed item among thousands must still be seen, whatever else there is.
    cells = {status: max(round(count * width / total), 1) if count else 0 for status, count in counts.items()}
    while sum(cells.values()) > width:
        cells[max(cells, key=lambda status: cells[status])] -= 1
    parts = [(mark * cells[status], f"$status-{status.value}") for status, mark in _MARKS]
    return Content.assemble(*parts, ("·" * (width - sum(cells.values())), "$muted"))


def _counts(tally: Tally, *, roomy: bool) -> list[Content]:
    found = [
        Content.assemble((f"{count} {status.word}", status_style(status)))
        for status in (Status.PASS, Status.FAIL, Status.CONDITION, Status.RISK, Status.NA)
        if (count := tally.with_status(status))
    ]
    if tally.to_reconfirm:
        found.append(Content(f"{tally.to_reconfirm} {'to re-confirm' if roomy else '↻'}"))
    if tally.parked and roomy:
        found.append(Content(f"{tally.parked} parked"))
    if tally.incomplete():
        words = f"{tally.incomplete()} {'incomplete' if roomy else '?'}"
        found.append(Content.assemble((words, "$status-condition bold")))
    return found
