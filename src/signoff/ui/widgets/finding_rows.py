"""What the end of the meeting is about, in rows: what blocks, what is conditional, what is open, and the rules.

Nothing is cut that could stand somewhere: what an item carries and why a rule is as it is stand behind it where there
is room, and otherwise in a row of their own below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from rich.cells import cell_len

from signoff.domain.answer import Answer, Status, missing
from signoff.domain.checklist import Item
from signoff.domain.rules import RuleResult, RuleState, evaluate_rules
from signoff.domain.safe_text import safe_text
from signoff.domain.session import Session
from signoff.domain.verdict import items_where
from signoff.domain.when import when_text
from signoff.ui.widgets.detail_pane import wrapped

BOX_WIDTH: Final = 4
"""The box of an item or a rule, and a blank."""
WORD_WIDTH: Final = 9
"""Whether an item is a must, and the word of its status, with their blanks."""


@dataclass(frozen=True, slots=True)
class Finding:
    """An item or a rule."""

    text: str
    """The item's text or the rule's title, safe to show."""
    about: str
    """What the item carries or why the rule is as it is, safe to show; may be empty."""
    item: Item | None = None
    """The item; None for a rule."""
    rule: RuleResult | None = None
    """The rule; None for an item."""

    @property
    def room(self) -> int:
        """How many cells it needs beside its text."""
        return BOX_WIDTH + (0 if self.rule else WORD_WIDTH)


@dataclass(frozen=True, slots=True)
class Row:
    """One row."""

    text: str
    """A heading, the text of a finding, or what is said about the finding above."""
    finding: Finding | None = None
    """What it is about; None for a heading and for what belongs to the row above."""
    is_heading: bool = False
    """Whether it is a heading."""
    column: int = 0
    """How many cells the text has, so that what stands behind it is in one column within its group."""
    about: str = ""
    """What stands behind it."""
    is_muted: bool = False
    """Whether it is read second."""


Group = tuple[str, Sequence[Finding]]
"""A heading, and what stands below it."""
_Belongs = Callable[[Item, Answer], bool]


def rows_for(groups: Sequence[Group], width: int) -> tuple[Row, ...]:
    """The rows of some groups.

    Args:
        groups: The groups.
        width: How many cells a row has.
    """
    rows: list[Row] = []
    for heading, findings in groups:
        rows.append(Row(heading, is_heading=True))
        for _, alike in groupby(findings, key=lambda finding: finding.rule is None):
            rows += _rows(list(alike), width)
    return tuple(rows)


def _rows(findings: Sequence[Finding], width: int) -> Iterator[Row]:
    widest = max(cell_len(finding.text) for finding in findings)
    needed = max(finding.room + widest + 1 + cell_len(finding.about) for finding in findings)
    for finding in findings:
        column = max(min(widest, width - finding.room), 1)
        first, *more = wrapped(finding.text, column)
        # One that is too long takes its neighbours with it: a column with holes is harder to read than none.
        beside = needed <= width
        yield Row(first, finding, column=column, about=finding.about if beside else "")
        yield from (Row(line) for line in more)
        if finding.about and not beside:
            yield from (Row(line, is_muted=True) for line in wrapped(finding.about, max(width - BOX_WIDTH, 1)))


def findings_of(session: Session) -> tuple[Group, ...]:
    """What there is to say at the end: blockers, then what is weaker, then the rules, then what is open."""
    tally = session.answers.tally
    said: tuple[tuple[str, int, _Belongs], ...] = (
        ("CONDITIONS", tally.with_status(Status.CONDITION), lambda _, a: _is(a, Status.CONDITION)),
        ("FAILED, NOT A MUST", tally.with_status(Status.FAIL, must=False), _failed_not_must),
        ("RISKS ACCEPTED", tally.with_status(Status.RISK), lambda _, a: _is(a, Status.RISK)),
        ("INCOMPLETE", tally.incomplete(), lambda item, a: a.is_settled and bool(missing(item, a))),
    )
    unsaid: tuple[tuple[str, int, _Belongs], ...] = (
        ("TO RE-CONFIRM", tally.to_reconfirm, lambda _, a: a.carried and a.status is not Status.OPEN),
        ("STILL OPEN", tally.open - tally.parked, lambda _, a: a.status is Status.OPEN and not a.parked),
        ("PARKED", tally.parked, lambda _, a: a.status is Status.OPEN and a.parked),
    )
    rules = evaluate_rules(session)
    met = sum(not result.state.holds_back for result in rules)
    groups = [
        ("BLOCKERS", _blockers(session, rules)),
        *((heading, _items(session, belongs)) for heading, count, belongs in said if count),
        (f"RULES ({met} of {len(rules)})", [_of_rule(result) for result in rules]),
        *((heading, _items(session, belongs)) for heading, count, belongs in unsaid if count),
    ]
    return tuple((_counted(heading, findings), findings) for heading, findings in groups if findings)


def _counted(heading: str, findings: Sequence[Finding]) -> str:
    return heading if heading.endswith(")") else f"{heading} ({len(findings)})"


def _blockers(session: Session, rules: Sequence[RuleResult]) -> list[Finding]:
    """What keeps the release from going, whatever else is said: failed must items, then broken rules."""
    failed = _items(session, lambda item, answer: item.must and _is(answer, Status.FAIL))
    return failed + [_of_rule(result) for result in rules if result.state is RuleState.BROKEN]


def _items(session: Session, belongs: _Belongs) -> list[Finding]:
    return [
        Finding(safe_text(item.text), safe_text(_carries(item, answer)), item=item)
        for item, answer in items_where(session, belongs)
    ]


def _of_rule(result: RuleResult) -> Finding:
    return Finding(safe_text(result.title), safe_text(result.reason), rule=result)


def _is(answer: Answer, status: Status) -> bool:
    return answer.status is status and answer.is_settled


def _failed_not_must(item: Item, answer: Answer) -> bool:
    return not item.must and _is(answer, Status.FAIL)


def _carries(item: Item, answer: Answer) -> str:
    lacking = missing(item, answer)
    if lacking:
        return f"needs {' and '.join(lacking)}"
    parts = [answer.accepted_by or answer.owner, when_text(answer.due or answer.until), answer.what or answer.reason]
    parts += [action.text for action in answer.actions]
    return "  ".join(part for part in parts if part)
