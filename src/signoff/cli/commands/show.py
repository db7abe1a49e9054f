"""`signoff show`: one session on stdout."""

from __future__ import annotations

from typing import Any

import click

from signoff.cli.console import narrate, say, say_json
from signoff.cli.context import Run, data_dir_option, pass_run
from signoff.domain.answer import Answer, missing
from signoff.domain.deciding import stale_words, worse_since_decided
from signoff.domain.rules import evaluate_rules
from signoff.domain.session import Session
from signoff.domain.verdict import reasons_for, verdict_of
from signoff.storage.find_session import find_session
from signoff.storage.session_file import SessionFile
from signoff.storage.session_tables import plain


@click.command("show")
@click.argument("session", default="")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for machines.")
@data_dir_option
@pass_run
def command(run: Run, session: str, as_json: bool) -> int:
    """Show a session by its name or file; without one, the session that was saved last."""
    file = SessionFile.open(find_session(session, run.locations.data))
    if file.read_only:
        narrate(file.read_only)
    found = file.session
    if as_json:
        say_json("session", _object(found))
    else:
        _say_session(found)
    return 0


def _say_session(session: Session) -> None:
    tally, decision = session.answers.tally, session.decision
    say(f"{session.release.title}   {session.id} r{session.revision}")
    if session.release.window:
        say(f"window     {session.release.window.text}")
    say(f"checklist  {session.checklist.title} {session.checklist.version}")
    say(f"answered   {tally.answered()}/{tally.total()}")
    say(f"verdict    {verdict_of(session).value}")
    if decision.is_taken:
        say(f"decision   {decision.choice.value} by {decision.by}")
    if since := stale_words(session):
        say(f"stale      since then {since}: decide again")
    for sign_off in session.sign_offs:
        say(f"signed     {sign_off.verdict} by {sign_off.signer}, {sign_off.report}")
    for category in session.checklist.categories:
        say(f"\n{category.title}")
        for item in category.items:
            answer = session.answers[item.id]
            must = "*" if item.must else " "
            lacking = missing(item, answer)
            note = f"  (incomplete: needs {' and '.join(lacking)})" if lacking else ""
            say(f"  {answer.box} {answer.word:<5}{must} {item.text}{_by(answer)}{note}")
    say("\nRules")
    for result in evaluate_rules(session):
        say(f"  {result.state.value:<11}{result.title}: {result.reason}")


def _by(answer: Answer) -> str:
    return f"  [{answer.owner}]" if answer.owner else ""


def _object(session: Session) -> dict[str, Any]:
    answers = {
        item.id: {"category": category.id, "text": item.text, "must": item.must, "status": "open"}
        | plain(session.answers[item.id])
        | {"missing": list(missing(item, session.answers[item.id]))}
        for category in session.checklist.categories
        for item in category.items
    }
    return {
        "id": session.id,
        "revision": session.revision,
        "checklist": {"id": session.checklist.id, "version": session.checklist.version},
        "release": {"environment": session.release.environment, **plain(session.release)},
        "verdict": verdict_of(session).value,
        "reasons": [{"verdict": reason.verdict.value, "text": reason.text} for reason in reasons_for(session)],
        "decision": plain(session.decision) if session.decision.is_taken else None,
        "stale": [reason.text for reason in worse_since_decided(session)],
        "rules": {
            result.rule.id: {"state": result.state.value, "reason": result.reason} for result in evaluate_rules(session)
        },
        "people": dict(session.people),
        "votes": {role: plain(vote) for role, vote in session.votes.items()},
        "watch": plain(session.watch),
        "answers": answers,
        "sign_offs": plain(session.sign_offs),
    }
