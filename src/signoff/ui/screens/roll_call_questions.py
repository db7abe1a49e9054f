"""What the roll call asks: what a vote depends on, who gives it, and who is in the meeting. Nothing is edited here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from signoff.domain.checklist import Role
from signoff.domain.meeting import Choice, Vote
from signoff.ui.open_session import OpenSession
from signoff.ui.screens.form import Field, Form

if TYPE_CHECKING:
    from signoff.ui.app import SignoffApp


async def ask_vote(app: SignoffApp, opened: OpenSession, role: Role, vote: Vote) -> Vote | None:
    """Ask for the "if" of a go-if or the "why" of a no-go, and who says so; None when the user left."""
    goes_if = vote.choice is Choice.GO_IF
    label, hint = ("If", "under which condition") if goes_if else ("Why", "why not")
    fields = [_who(opened, vote.by), Field("comment", label, vote.comment, hint, required=goes_if)]
    focus = "comment" if vote.by else "by"
    form = Form(f"{role.title} votes {vote.choice.word}", fields, focus=focus, verb="votes")
    values = await app.push_screen_wait(form)
    return None if values is None else replace(vote, **values)


async def ask_speaker(app: SignoffApp, opened: OpenSession, role: Role) -> Vote | None:
    """Ask who speaks for a role that has voted and for which nobody is named; None when it is left for later."""
    vote = opened.session.vote_of(role.id)
    form = Form(f"{role.title} votes {vote.choice.word}", [_who(opened, "")], keeps=True)
    values = await app.push_screen_wait(form)
    return replace(vote, **values) if values and values["by"] else None


async def ask_people(app: SignoffApp, opened: OpenSession) -> dict[str, str] | None:
    """Ask who is in the meeting, role by role; None when the user left."""
    session = opened.session
    fields = [
        Field(role.id, role.title, session.person(role.id), "a name", suggestions=opened.people)
        for role in session.checklist.roles
    ]
    return await app.push_screen_wait(Form("Who is in the meeting", fields, keeps=True))


def _who(opened: OpenSession, name: str) -> Field:
    return Field("by", "Who", name, "who speaks for the role", suggestions=opened.people)
