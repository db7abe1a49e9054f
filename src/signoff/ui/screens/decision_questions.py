"""What is asked at the end of the meeting: the watcher, an override of a rule, the decision. Nothing is edited here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from signoff.domain.deciding import needs_reason
from signoff.domain.meeting import Decision, Override, Verdict, Watch
from signoff.domain.rules import RuleResult
from signoff.domain.verdict import verdict_of
from signoff.domain.when import EXAMPLES, when_as_typed
from signoff.ui.open_session import OpenSession
from signoff.ui.screens.answer_forms import reading_when, release_now
from signoff.ui.screens.decide import Decide
from signoff.ui.screens.form import Field, Form

if TYPE_CHECKING:
    from signoff.ui.app import SignoffApp


async def ask_watch(app: SignoffApp, opened: OpenSession) -> Watch | None:
    """Ask who watches the release after the deploy, and until when; None when the user left."""
    session = opened.session
    watch, now = session.watch, session.release.watched_from(opened.clock().astimezone())
    fields = [
        Field("watcher", "Watcher", watch.watcher, "a name", suggestions=opened.people),
        Field("until", "Until", when_as_typed(watch.until, now), EXAMPLES, reading_when(now)),
    ]
    values = await app.push_screen_wait(Form("Who watches the release", fields, keeps=True))
    return None if values is None else replace(watch, **values)


async def ask_override(app: SignoffApp, opened: OpenSession, result: RuleResult) -> Override | None:
    """Ask who takes a rule upon themselves, and why; None when the user left."""
    before = opened.session.override_of(result.rule.id)
    fields = [
        Field("by", "By", before.by, "whose word it is", suggestions=opened.people),
        Field("reason", "Reason", before.reason, "why the rule does not hold the release back"),
    ]
    text = f"{result.title}\n{result.state.value}: {result.reason}"
    values = await app.push_screen_wait(Form("Override a rule", fields, text=text, keeps=True))
    return None if values is None else replace(before, **values)


async def ask_decision(app: SignoffApp, opened: OpenSession) -> Decision | None:
    """Ask for the decision, and for its reason where it needs one; None when the user left."""
    choice = await app.push_screen_wait(Decide(opened.session))
    if choice is None:
        return None
    session, now = opened.session, opened.clock().replace(microsecond=0)
    verdict, because = verdict_of(session), needs_reason(session, choice)
    fields = [Field("by", "Decided by", app.user, required=True, suggestions=opened.people)]
    title = f"{choice.value}, although the rules say {verdict.value}" if because else choice.value
    if because or choice is Verdict.NO_GO:
        fields.append(Field("reason", "Why", hint="for whoever reads the report", required=because))
    if choice is Verdict.NO_GO:
        read = reading_when(release_now(session, now))
        fields.append(Field("meet_again", "Meet again", hint=EXAMPLES, read=read))
    focus = "reason" if len(fields) > 1 else "by"
    values = await app.push_screen_wait(Form(title, fields, focus=focus, verb="decides"))
    return None if values is None else Decision(choice, at=now, **values)
