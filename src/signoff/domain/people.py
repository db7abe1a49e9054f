"""The names that are offered while somebody is named."""

from __future__ import annotations

from signoff.domain.session import Session


def people_of(session: Session) -> tuple[str, ...]:
    """The names that were said in a session: the people of its roles, then the owners of its items."""
    owners = (answer.owner for answer in session.answers.given.values())
    return tuple(dict.fromkeys(name for name in (*session.people.values(), *owners) if name))
