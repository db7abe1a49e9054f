"""What each status asks for, as one small form each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from signoff.domain.answer import Answer
from signoff.domain.asked_fields import AskedField, Kind, asked_with
from signoff.domain.checklist import Item
from signoff.domain.session import Session
from signoff.domain.when import When, parse_when, when_as_typed
from signoff.ui.screens.form import Field, Form, as_typed


def reading_when(now: datetime) -> Callable[[str], When | None]:
    """Reads a date or time that may stay empty."""
    return lambda text: parse_when(text, now) if text.strip() else None


def release_now(session: Session, now: datetime) -> datetime:
    """The present by the clocks of the release, so that "15:00" means what the meeting means by it."""
    return session.release.by_its_clocks(now.astimezone())


def form_for(session: Session, item: Item, now: datetime, people: tuple[str, ...]) -> Form | None:
    """What the status of an item's answer asks for; None when it asks for nothing that a form can take.

    Args:
        session: The session.
        item: The item.
        now: The aware present, by the clocks of the release.
        people: The names that are offered.
    """
    answer = session.answers[item.id]
    fields = [_field(asked, answer, now, people) for asked in asked_with(answer.status)]
    return Form(f"{answer.status.word}: {item.text}", fields, keeps=True) if fields else None


def _field(asked: AskedField, answer: Answer, now: datetime, people: tuple[str, ...]) -> Field:
    value = getattr(answer, asked.name)
    return Field(
        asked.name,
        asked.label,
        when_as_typed(value, now) if asked.kind is Kind.WHEN else value,
        asked.hint,
        reading_when(now) if asked.kind is Kind.WHEN else as_typed,
        suggestions=people if asked.kind is Kind.NAME else (),
    )
