"""The roll call with its dissent, which belongs to the signed body: nobody can strip it from the report."""

from __future__ import annotations

from dataclasses import dataclass

from signoff.domain.checklist import Agreement, Demand, Role
from signoff.domain.meeting import Choice, Verdict, Vote
from signoff.domain.roll_call import Count, count_votes, speaker_of
from signoff.domain.session import Session
from signoff.report.escape import inline
from signoff.report.layout import NONE, table


@dataclass(frozen=True, slots=True)
class Call:
    """One role of the roll call."""

    role: Role
    """The role."""
    vote: Vote
    """What it said."""
    person: str
    """Who speaks for it; empty when nobody is named."""


def calls(session: Session) -> tuple[Call, ...]:
    """The roles that are called, and any other that has spoken, in the checklist's order."""
    return tuple(
        Call(role, session.vote_of(role.id), speaker_of(session, role.id))
        for role in session.checklist.roles
        if role.vote is not Demand.NONE or session.vote_of(role.id) != Vote()
    )


def dissent(session: Session) -> tuple[Call, ...]:
    """The votes against the decision: a no-go where the release goes, a go where it does not."""
    decision = session.decision
    if decision.lets_go:
        against: tuple[Choice, ...] = (Choice.NO_GO,)
    elif decision.choice is Verdict.NO_GO:
        against = (Choice.GO, Choice.GO_IF)
    else:
        return ()
    return tuple(call for call in calls(session) if call.vote.choice in against)


def vote_word(choice: Choice) -> str:
    """A vote as the report shows it."""
    return choice.word if choice is not Choice.NONE else "no vote"


def _counted(count: Count) -> str:
    if not count.total:
        return "No role's vote is needed."
    if count.agreement is Agreement.MAJORITY:
        return f"By majority: {count.needed} of the {count.total} needed roles have to vote go; {len(count.go)} do."
    return f"Unanimous: all {count.total} needed roles have to vote go; {len(count.go)} do."


def roll_call_lines(session: Session) -> list[str]:
    """The votes as a table, how they are counted, and who voted against the decision."""
    rows = [
        (
            vote_word(call.vote.choice),
            "yes" if call.role.vote is Demand.REQUIRED else "no",
            inline(call.role.title),
            inline(call.person),
            inline(call.vote.comment),
        )
        for call in calls(session)
    ]
    if not rows:
        return NONE
    lines = [*table(("Vote", "Needed", "Role", "Who", "Said"), rows), "", _counted(count_votes(session))]
    against = dissent(session)
    if not session.decision.is_taken:
        return lines
    if not against:
        return [*lines, "", "Nobody voted against the decision."]
    heading = f"**Against the decision ({session.decision.choice.value}):**"
    return [*lines, "", heading, "", *(f"- {call.vote.choice.word}: {inline(call.role.title)}" for call in against)]
