"""What the answers amount to: risks, blockers, failures, what is undecided, conditions, counts, and every item."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from signoff.domain.answer import CARRIED_BOX, PARKED_BOX, Answer, Status
from signoff.domain.checklist import Item
from signoff.domain.meeting import Verdict
from signoff.domain.session import Session
from signoff.domain.verdict import items_where, reasons_for
from signoff.domain.when import is_past
from signoff.report.escape import inline
from signoff.report.item_lines import item_lines
from signoff.report.layout import NONE, table
from signoff.report.times import shown_when

ORDER: Final = (Status.PASS, Status.FAIL, Status.CONDITION, Status.RISK, Status.NA, Status.OPEN)
"""The statuses in the order in which they are counted."""


def settled_with(status: Status) -> Callable[[Item, Answer], bool]:
    """Whether an answer has this status, confirmed."""
    return lambda _, answer: answer.status is status and answer.is_settled


def risk_lines(session: Session) -> list[str]:
    """The accepted risks as a table."""
    decided = session.decision.at
    rows = []
    for item, answer in items_where(session, settled_with(Status.RISK)):
        until = shown_when(answer.until)
        if answer.until and decided and is_past(answer.until, decided):
            until += " (over when it was decided)"
        must = "must" if item.must else ""
        rows.append((inline(item.text), must, inline(answer.accepted_by), until, inline(answer.reason)))
    return table(("Not satisfied", "Must", "Accepted by", "Until", "Why"), rows) if rows else NONE


def blocker_lines(session: Session) -> list[str]:
    """Every reason for a NO-GO."""
    return _reasons(session, Verdict.NO_GO)


def undecided_lines(session: Session) -> list[str]:
    """Everything that keeps the verdict UNDECIDED."""
    return _reasons(session, Verdict.UNDECIDED)


def _reasons(session: Session, verdict: Verdict) -> list[str]:
    return [f"- {inline(reason.text)}" for reason in reasons_for(session) if reason.verdict is verdict] or NONE


def failed_lines(session: Session) -> list[str]:
    """The failed checks with everything that was said about them."""
    failed = items_where(session, settled_with(Status.FAIL))
    return [line for item, _ in failed for line in item_lines(session, item)] or NONE


def condition_lines(session: Session) -> list[str]:
    """The conditions as a table, then whatever else makes the verdict CONDITIONAL."""
    rows = [
        (inline(answer.what), inline(answer.owner), shown_when(answer.due), inline(item.text))
        for item, answer in items_where(session, settled_with(Status.CONDITION))
    ]
    others = [
        f"- {inline(reason.text)}"
        for reason in reasons_for(session)
        if reason.verdict is Verdict.CONDITIONAL and not _is_condition(session, reason.item)
    ]
    lines = table(("Condition", "Fulfilled by", "Due", "Check"), rows) if rows else []
    gap = [""] if lines and others else []
    return [*lines, *gap, *others] or NONE


def _is_condition(session: Session, item_id: str) -> bool:
    return bool(item_id) and session.answers[item_id].status is Status.CONDITION


def count_lines(session: Session) -> list[str]:
    """The items counted by status, each status apart: there is no score."""
    tally = session.answers.tally
    rows = [
        (f"`{status.box} {status.word}`", str(tally.with_status(status)), str(tally.with_status(status, must=True)))
        for status in ORDER
    ]
    carried = [item for item, _ in items_where(session, lambda _, a: a.carried and a.status is not Status.OPEN)]
    rows.append((f"`{CARRIED_BOX}` to re-confirm", str(tally.to_reconfirm), str(sum(item.must for item in carried))))
    rows.append(("all", str(tally.total()), str(sum(item.must for item in session.checklist.items))))
    return [
        *table(("Answer", "Checks", "Must"), rows),
        "",
        f"- Incomplete, counted under their status: {tally.incomplete()}",
        f"- `{PARKED_BOX}` Parked, counted as open: {tally.parked}",
    ]


def check_lines(session: Session) -> list[str]:
    """Every category with every item."""
    lines: list[str] = []
    tally = session.answers.tally
    for index, category in enumerate(session.checklist.categories):
        counted = [f"{n} {s.word}" for s in ORDER if (n := tally.with_status(s, index))]
        carried = tally.total(index) - sum(tally.with_status(status, index) for status in ORDER)
        counted += [f"{carried} to re-confirm"] if carried else []
        lines += [f"### {inline(category.title) or '-'}", "", f"{', '.join(counted) or 'No checks'}.", ""]
        lines += [line for item in category.items for line in item_lines(session, item)]
        lines.append("")
    return lines[:-1] or NONE
