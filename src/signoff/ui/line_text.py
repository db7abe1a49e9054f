"""A line of a screen as text to paste elsewhere: what is said about it, without boxes and columns."""

from __future__ import annotations

from signoff.domain.checklist import Item, Role
from signoff.domain.rules import RuleResult
from signoff.domain.session import Session


def item_text(session: Session, item: Item) -> str:
    """An item with its status, owner, note and links."""
    answer = session.answers[item.id]
    facts = [answer.word, answer.owner and f"owner {answer.owner}", "parked" if answer.parked else ""]
    lines = [f"{item.text}: {', '.join(fact for fact in facts if fact)}", answer.note]
    lines += [entry.target for entry in answer.evidence]
    return "\n".join(line for line in lines if line)


def rule_text(result: RuleResult) -> str:
    """A rule with how it stands and why."""
    return f"{result.title}: {result.state.value}, {result.reason}"


def vote_text(session: Session, role: Role) -> str:
    """A role with its vote."""
    vote = session.vote_of(role.id)
    facts = [vote.choice.word if vote.choice else "has not voted", vote.by or session.person(role.id), vote.comment]
    return f"{role.title}: {', '.join(fact for fact in facts if fact)}"
