"""What is known about one item, in labelled lines: for screens that show all of it."""

from __future__ import annotations

from collections.abc import Iterator

from signoff.domain.action import Action
from signoff.domain.answer import Answer, Status, missing
from signoff.domain.checklist import Demand, Item
from signoff.domain.evidence import Evidence
from signoff.domain.session import Session
from signoff.domain.when import when_text

Words = tuple[str, str]
"""A label, and what somebody typed; not yet safe to show."""


def asked_words(session: Session, item: Item) -> str:
    """Who is asked: the role, and who speaks for it; empty when nobody in particular is."""
    if not item.role:
        return ""
    person = session.person(item.role)
    title = session.checklist.role_title(item.role)
    return f"{title}: {person}" if person else title


def flag_words(item: Item, answer: Answer) -> str:
    """What keeps an answer from counting; empty for one that counts, or that nobody gave."""
    lacking = missing(item, answer)
    if answer.carried and answer.status is not Status.OPEN:
        return "Carried over from an earlier session: give the status again to confirm it"
    if lacking:
        return f"Incomplete: needs {' and '.join(lacking)}"
    return "Parked: asked, comes back later" if answer.parked and answer.status is Status.OPEN else ""


def said_words(item: Item, answer: Answer, room: int) -> Iterator[Words]:
    """What was said: what the status carries, the actions, the note, the first evidence.

    Args:
        item: The item.
        answer: What is said about it.
        room: How many cells a line has; a link is shortened to it.
    """
    match answer.status:
        case Status.CONDITION:
            due = f", due {when_text(answer.due)}" if answer.due else ""
            yield "Go if", f"{answer.what or '-'}{due}"
        case Status.RISK:
            yield "Accepted", f"by {answer.accepted_by or '-'} until {when_text(answer.until) or '-'}"
            yield "Reason", answer.reason
        case Status.NA:
            yield "Reason", answer.reason
        case _:
            pass
    for action in answer.actions:
        yield "Action", _action_words(action)
    yield "Note", answer.note
    if answer.evidence:
        yield "Evidence", _evidence_words(answer.evidence, room)
    elif item.evidence is Demand.REQUIRED:
        yield "Evidence", "none yet; a pass needs it"


def _evidence_words(evidence: tuple[Evidence, ...], room: int) -> str:
    first, more = evidence[0], len(evidence) - 1
    about = f"{first.title} {first.environment and f'({first.environment})'}".strip()
    others = f"and {more} more" if more else ""
    target = shortened(first.target, room - sum(len(part) + 1 for part in (about, others) if part))
    return " ".join(part for part in (about, target, others) if part)


def shortened(target: str, room: int) -> str:
    """A link or path cut in its middle, where it says least."""
    room = max(room, 12)
    if len(target) <= room:
        return target
    head = room * 2 // 3
    return f"{target[:head]}…{target[-(room - head - 1) :]}"


def _action_words(action: Action) -> str:
    due = action.due and f"due {when_text(action.due)}"
    return " ".join(part for part in (action.text, action.owner and f"@{action.owner}", due) if part)
