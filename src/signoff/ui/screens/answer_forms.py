"""What each status asks for, as one small form each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from signoff.domain.answer import Answer, Status
from signoff.domain.checklist import Item
from signoff.domain.session import Session
from signoff.domain.when import EXAMPLES, When, parse_when, when_as_typed
from signoff.ui.screens.form import Field, Form


def people_of(session: Session) -> tuple[str, ...]:
    """The names that were said in this session, for type-ahead."""
    owners = (answer.owner for answer in session.answers.given.values())
    return tuple(dict.fromkeys(name for name in (*session.people.values(), *owners) if name))


def reading_when(now: datetime) -> Callable[[str], When | None]:
    """Reads a date or time that may stay empty."""
    return lambda text: parse_when(text, now) if text.strip() else None


def release_now(session: Session, now: datetime) -> datetime:
    """The present by the clocks of the release, so that "15:00" means what the meeting means by it."""
    window = session.release.window
    return now.astimezone(window.start.tzinfo) if window else now.astimezone()


def form_for(session: Session, item: Item, now: datetime) -> Form | None:
    """What the status of an item's answer asks for; None when it asks for nothing that a form can take."""
    answer = session.answers[item.id]
    match answer.status:
        case Status.CONDITION:
            fields = _condition(session, answer, now)
        case Status.RISK:
            fields = _risk(session, answer, now)
        case Status.NA:
            fields = (Field("reason", "Reason", answer.reason, "why it does not apply"),)
        case _:
            return None
    return Form(f"{answer.status.word}: {item.text}", fields, keeps=True)


def _condition(session: Session, answer: Answer, now: datetime) -> tuple[Field, ...]:
    return (
        Field("what", "Condition", answer.what, "what has to be fulfilled, so that one can see it"),
        Field("owner", "Owner", answer.owner, "who fulfils it", suggestions=people_of(session)),
        Field("due", "Due", when_as_typed(answer.due, now), EXAMPLES, reading_when(now)),
    )


def _risk(session: Session, answer: Answer, now: datetime) -> tuple[Field, ...]:
    return (
        Field("accepted_by", "Accepted by", answer.accepted_by, "who takes the risk", suggestions=people_of(session)),
        Field("until", "Until", when_as_typed(answer.until, now), EXAMPLES, reading_when(now)),
        Field("reason", "Reason", answer.reason, "why it can be taken"),
    )
