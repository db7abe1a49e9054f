"""Who changed what, and when. Texts are named, not repeated: what they say now stands in the sections above."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

from signoff.domain.answer import Status
from signoff.domain.history import Change
from signoff.domain.meeting import Choice, Verdict
from signoff.domain.session import Session
from signoff.report.escape import inline
from signoff.report.layout import table
from signoff.report.roll_call import vote_word
from signoff.report.times import utc_text

_FLAGS: Final = {
    ("parked", True): "parked",
    ("parked", False): "no longer parked",
    ("carried", True): "carried over",
    ("carried", False): "re-confirmed",
}


def history_lines(session: Session) -> list[str]:
    """One row for each saved edit, oldest first."""
    if not session.history:
        return ["Nothing was changed yet."]
    titles = _titles(session)
    rows = [
        (
            str(change.revision),
            utc_text(change.at),
            inline(change.by),
            inline(titles.get(change.subject, change.subject)),
            inline(", ".join(_changes(session, change))),
        )
        for change in session.history
    ]
    return table(("Revision", "When", "Who", "What", "Changed"), rows)


def _titles(session: Session) -> Mapping[str, str]:
    checklist = session.checklist
    return {
        **{f"answers.{item.id}": item.text for item in checklist.items},
        **{f"votes.{role.id}": f"Vote: {role.title}" for role in checklist.roles},
        **{f"overrides.{rule.id}": f"Override: {rule.text}" for rule in checklist.rules},
        "people": "People",
        "release": "Release",
        "watch": "Watch",
        "decision": "Decision",
        "supersedes": "Reopened after signing",
    }


def _changes(session: Session, change: Change) -> Iterator[str]:
    for name, now in change.now.items():
        was = change.was.get(name)
        if change.subject == "people":
            yield session.checklist.role_title(name)
        elif isinstance(now, StrEnum) and isinstance(was, StrEnum):
            yield f"{name}: {_word(was)} -> {_word(now)}"
        else:
            yield _flag(name, now) or name.replace("_", " ")


def _flag(name: str, now: Any) -> str:
    return _FLAGS.get((name, now), "") if isinstance(now, bool) else ""


def _word(value: StrEnum) -> str:
    match value:
        case Status():
            return value.word
        case Choice():
            return vote_word(value)
        case Verdict():
            return value.value
    return str(value)
