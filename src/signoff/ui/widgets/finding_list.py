"""What the end of the meeting is about: what blocks, what is conditional, what is open, and the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from textual.reactive import reactive

from signoff.domain.answer import Answer, Status, missing
from signoff.domain.checklist import Item
from signoff.domain.rules import RuleResult, RuleState, evaluate_rules
from signoff.domain.session import Session
from signoff.domain.verdict import items_where
from signoff.domain.when import when_text
from signoff.ui.status_look import answer_look, look_of, status_class
from signoff.ui.widgets.line_view import Part, cell
from signoff.ui.widgets.row_list import RowList


@dataclass(frozen=True, slots=True, repr=False)
class Finding:
    """One row: a heading, an item or a rule."""

    heading: str = ""
    """The text of a heading; empty for anything else."""
    item: Item | None = None
    """The item; None for anything else."""
    rule: RuleResult | None = None
    """The rule; None for anything else."""


class FindingList(RowList):
    """Blockers first, then what is weaker, then the rules with why each is met or not."""

    session: reactive[Session | None] = reactive(None, repaint=False, init=False)
    """The session."""

    @property
    def selected(self) -> Finding | None:
        """The row under the cursor; None where there is none."""
        return self._findings[self.cursor] if self.cursor < len(self._findings) else None

    def __init__(self) -> None:
        super().__init__()
        self._findings: tuple[Finding, ...] = ()

    def on_mount(self) -> None:
        """Find what there is."""
        self.watch_session()

    def watch_session(self) -> None:
        """Find anew."""
        self._findings = tuple(_findings(self.session)) if self.session else ()
        self.rows_changed()

    def row_count(self) -> int:
        """How many rows there are."""
        return len(self._findings)

    def is_selectable(self, row: int) -> bool:
        """Headings are passed over."""
        return 0 <= row < len(self._findings) and not self._findings[row].heading

    def row_parts(self, row: int, width: int) -> list[Part]:
        """A heading, an item with what its status carries, or a rule with its reason."""
        finding = self._findings[row]
        if finding.rule:
            return self._rule(finding.rule, width)
        if finding.item and self.session:
            return self._item(finding.item, self.session.answers[finding.item.id], width)
        return [(cell(finding.heading, width), self.styled("row-list--heading"))]

    def _item(self, item: Item, answer: Answer, width: int) -> list[Part]:
        look = self.styled(status_class(answer_look(answer)))
        carries = cell(_carries(item, answer), min(30, max(width // 3, 0)))
        room = width - 4 - 2 - 6 - len(carries) - 1
        return [
            (f"{answer.box} ", look),
            (cell(item.text, room), None),
            (" *" if item.must else "  ", None),
            (f" {answer.word:<5}", look),
            (" ", None),
            (carries, self.styled("row-list--muted")),
        ]

    def _rule(self, result: RuleResult, width: int) -> list[Part]:
        look = look_of(result.state)
        reason_width = min(36, width // 2)
        return [
            (f"{look.box} ", self.styled(status_class(look))),
            (cell(result.title, width - 5 - reason_width), None),
            (" ", None),
            (cell(result.reason, reason_width), self.styled("row-list--muted")),
        ]


_Group = tuple[str, int, Callable[[Item, Answer], bool]]


def _findings(session: Session) -> Iterator[Finding]:
    tally = session.answers.tally
    said: tuple[_Group, ...] = (
        ("CONDITIONS", tally.with_status(Status.CONDITION), lambda _, a: _is(a, Status.CONDITION)),
        ("FAILED, NOT A MUST", tally.with_status(Status.FAIL, must=False), _failed_not_must),
        ("RISKS ACCEPTED", tally.with_status(Status.RISK), lambda _, a: _is(a, Status.RISK)),
        ("INCOMPLETE", tally.incomplete(), lambda item, a: a.is_settled and bool(missing(item, a))),
    )
    unsaid: tuple[_Group, ...] = (
        ("TO RE-CONFIRM", tally.to_reconfirm, lambda _, a: a.carried and a.status is not Status.OPEN),
        ("STILL OPEN", tally.open - tally.parked, lambda _, a: a.status is Status.OPEN and not a.parked),
        ("PARKED", tally.parked, lambda _, a: a.status is Status.OPEN and a.parked),
    )
    results = evaluate_rules(session)
    yield from _blockers(session, results)
    yield from _items(session, said)
    yield from _rules(results)
    yield from _items(session, unsaid)


def _items(session: Session, groups: tuple[_Group, ...]) -> Iterator[Finding]:
    for heading, count, belongs in groups:
        if count:
            yield Finding(f"{heading} ({count})")
            for item, _ in items_where(session, belongs):
                yield Finding(item=item)


def _blockers(session: Session, results: tuple[RuleResult, ...]) -> Iterator[Finding]:
    """What keeps the release from going, whatever else is said: failed must items, then broken rules."""
    broken = [result for result in results if result.state is RuleState.BROKEN]
    count = session.answers.tally.with_status(Status.FAIL, must=True) + len(broken)
    if count:
        yield Finding(f"BLOCKERS ({count})")
        for item, _ in items_where(session, lambda item, answer: item.must and _is(answer, Status.FAIL)):
            yield Finding(item=item)
        for result in broken:
            yield Finding(rule=result)


def _rules(results: tuple[RuleResult, ...]) -> Iterator[Finding]:
    if results:
        met = sum(not result.state.holds_back for result in results)
        yield Finding(f"RULES ({met} of {len(results)})")
        for result in results:
            yield Finding(rule=result)


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
