"""The roll call, counted: who votes go, who does not, and whose vote nobody stands behind.

A vote without a name is kept, because a meeting moves on, and counts for nothing but against the release: a report that
says "Security: GO" and not who said so is worth little.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from signoff.domain.checklist import Agreement, Demand, Role
from signoff.domain.meeting import Choice, Vote
from signoff.domain.session import Session


@dataclass(frozen=True, slots=True)
class Count:
    """How the roles whose vote is required voted; each of them is in one of the five."""

    agreement: Agreement
    """How many of them have to vote go."""
    go: tuple[Role, ...]
    """Those that vote go, or go if."""
    no_go: tuple[Role, ...]
    """Those that vote no-go, by name or not."""
    absent: tuple[Role, ...]
    """Those that are absent."""
    uncalled: tuple[Role, ...]
    """Those that have not voted."""
    nameless: tuple[Role, ...]
    """Those that vote go, or go if, and nobody is named for it."""

    @property
    def total(self) -> int:
        """How many roles there are."""
        return sum(map(len, (self.go, self.no_go, self.absent, self.uncalled, self.nameless)))

    @property
    def needed(self) -> int:
        """How many of them have to vote go."""
        return min(self.total, self.total // 2 + 1) if self.agreement is Agreement.MAJORITY else self.total

    @property
    def is_refused(self) -> bool:
        """Whether so many vote no-go that those who are left are too few."""
        return self.total - len(self.no_go) < self.needed

    @property
    def is_agreed(self) -> bool:
        """Whether enough vote go, by name, and everybody was called."""
        return len(self.go) >= self.needed and not self.uncalled and not self.nameless


def count_votes(session: Session) -> Count:
    """Count the votes that are required."""
    roles = [role for role in session.checklist.roles if role.vote is Demand.REQUIRED]
    choices = {role.id: session.vote_of(role.id).choice for role in roles}

    def voting(*wanted: Choice) -> tuple[Role, ...]:
        return tuple(role for role in roles if choices[role.id] in wanted)

    in_favour = voting(Choice.GO, Choice.GO_IF)
    return Count(
        agreement=session.checklist.roll_call,
        go=tuple(role for role in in_favour if speaker_of(session, role.id)),
        no_go=voting(Choice.NO_GO),
        absent=voting(Choice.ABSENT),
        uncalled=voting(Choice.NONE),
        nameless=tuple(role for role in in_favour if not speaker_of(session, role.id)),
    )


def speaker_of(session: Session, role_id: str) -> str:
    """Who speaks for a role: who gave its vote, or else its person; empty when nobody is named."""
    return session.vote_of(role_id).by.strip() or session.person(role_id).strip()


def votes_without_a_name(session: Session) -> tuple[Role, ...]:
    """The roles that have spoken, whether they must or not, and for which nobody is named."""
    return tuple(role for role in session.checklist.voting_roles if lacks_a_name(session, role.id))


def lacks_a_name(session: Session, role_id: str) -> bool:
    """Whether a role has spoken and nobody is named for it; who is absent need not be named."""
    return session.vote_of(role_id).choice not in (Choice.NONE, Choice.ABSENT) and not speaker_of(session, role_id)


def with_vote(session: Session, role_id: str, vote: Vote, *, now: datetime, by: str) -> Session:
    """Record a vote. Who gives it becomes the person of a role that has none, so that nobody is asked twice.

    Args:
        session: The session.
        role_id: A role of its checklist.
        vote: What it says; without a name its person says it.
        now: The aware present.
        by: Who runs the program.

    Raises:
        SessionError: When the session is signed.
    """
    person = session.person(role_id)
    spoken = replace(vote, by=vote.by.strip() or person) if vote.choice else Vote()
    parts: dict[str, object] = {f"votes.{role_id}": spoken}
    if spoken.by and not person:
        parts["people"] = {**session.people, role_id: spoken.by}
    return session.edited(parts, now=now, by=by)
