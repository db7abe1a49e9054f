"""One item with everything that was said about it."""

from __future__ import annotations

from signoff.domain.action import Action
from signoff.domain.answer import Answer, Status, missing
from signoff.domain.checklist import Item
from signoff.domain.evidence import Evidence
from signoff.domain.session import Session
from signoff.report.escape import code, inline
from signoff.report.layout import fact, told
from signoff.report.link import link
from signoff.report.times import shown_when


def item_lines(session: Session, item: Item) -> list[str]:
    """The item as a list entry: box and word, then one fact a line."""
    answer = session.answers[item.id]
    must = " **must**" if item.must else ""
    # An open answer has nothing to re-confirm, wherever it comes from.
    word = answer.status.word if answer.status is Status.OPEN else answer.word
    return [
        # A code span keeps the box from becoming a task that can be ticked on a web page.
        f"- `{answer.box} {word}`{must} {inline(item.text)}",
        *_flags(item, answer),
        *fact(_owner_label(answer), inline(answer.owner), "  "),
        *told("Condition", answer.what, "  "),
        *fact("Due", shown_when(answer.due), "  "),
        *fact("Accepted by", inline(answer.accepted_by), "  "),
        *fact("Accepted until", shown_when(answer.until), "  "),
        *told("Reason", answer.reason, "  "),
        *(line for evidence in answer.evidence for line in evidence_lines(evidence)),
        *(line for action in answer.actions for line in _action_lines(action)),
        *told("Note", answer.note, "  "),
    ]


def _flags(item: Item, answer: Answer) -> list[str]:
    lines: list[str] = []
    if answer.carried and answer.status is not Status.OPEN:
        lines.append("  - To re-confirm: carried over from an earlier session, counts as open")
    if answer.parked and answer.status is Status.OPEN:
        lines.append("  - Parked: asked and put off, counts as open")
    lacking = missing(item, answer)
    if lacking:
        lines.append(f"  - Incomplete: without {' and '.join(lacking)}")
    return lines


def _owner_label(answer: Answer) -> str:
    return "Fulfilled by" if answer.status is Status.CONDITION else "Owner"


def evidence_lines(evidence: Evidence) -> list[str]:
    """A piece of evidence: where it is, what it shows, where it was gathered, and a file's digest."""
    target = link(evidence.target)
    digest = f", sha256 {code(evidence.sha256)}" if evidence.sha256 else ""
    origin = f", gathered in {code(evidence.environment)}" if code(evidence.environment) else ""
    title = inline(evidence.title)
    return [f"  - Evidence: {target or 'unnamed'}{origin}{digest}{': ' if title else ''}{title}"]


def _action_lines(action: Action) -> list[str]:
    return [
        *fact("Action", inline(action.text) or "unnamed", "  "),
        *fact("Owner", inline(action.owner), "    "),
        *fact("Due", shown_when(action.due), "    "),
    ]
