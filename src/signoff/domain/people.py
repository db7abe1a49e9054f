"""The names that are offered while somebody is named."""

from __future__ import annotations

from collections.abc import Iterable

from signoff.domain.session import Session


def people_of(session: Session, earlier: Iterable[str] = ()) -> tuple[str, ...]:
    """The names that are known, each once.

    Args:
        session: The session: the people of its roles come first, then the owners of its items.
        earlier: The names of earlier sessions, which come last.
    """
    owners = (answer.owner for answer in session.answers.given.values())
    return tuple(dict.fromkeys(name for name in (*session.people.values(), *owners, *earlier) if name))
