"""A change in words, for history and for what an undo took back."""

from __future__ import annotations

from collections.abc import Sequence

from signoff.domain.answer import Status
from signoff.domain.history import Change
from signoff.domain.session import Session


def describe_change(change: Change) -> str:
    """What a change did, without its subject: `OPEN -> FAIL` or the names of the fields."""
    if "status" in change.now:
        return f"{Status(change.was['status']).word} -> {Status(change.now['status']).word}"
    return ", ".join(name.replace("_", " ") for name in change.now)


def describe_changes(session: Session, changes: Sequence[Change]) -> str:
    """What the changes of one revision did; what a user typed stands in it as it was typed."""
    if len(changes) > 1:
        return f"{len(changes)} changes"
    if not changes:
        return "nothing"
    change = changes[0]
    subject = describe_subject(session, change.subject)
    return f"{subject}, {describe_change(change)}" if change.subject.startswith("answers.") else subject


def describe_subject(session: Session, subject: str) -> str:
    """What of a session a change is about; what a user typed stands in it as it was typed."""
    part, _, key = subject.partition(".")
    if part == "answers" and key in session.checklist.item_by_id:
        return session.checklist.item_by_id[key].text
    return f"vote of {session.checklist.role_title(key)}" if part == "votes" else part
