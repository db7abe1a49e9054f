"""`signoff set`: one answer, from a script or a pipeline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import click

from signoff.cli.console import narrate, narrate_kept, say, say_json
from signoff.cli.context import Run, data_dir_option, pass_run
from signoff.domain.answer import ASKED_FIELDS, Answer, Status, fields_kept_by, missing
from signoff.domain.checklist import Item
from signoff.domain.find import item_named
from signoff.domain.overwriting import Overwritten, overwritten
from signoff.domain.people import people_of
from signoff.domain.session import Session
from signoff.domain.spoken_action import parse_action
from signoff.domain.spoken_choice import status_said
from signoff.domain.verdict import verdict_of
from signoff.domain.when import parse_when
from signoff.errors import SessionError
from signoff.storage.find_session import find_session
from signoff.storage.session_tables import plain
from signoff.workflow.evidence_files import typed_evidence
from signoff.workflow.saved_session import SavedSession

EXIT_CONFLICT: Final = 1
EXIT_INCOMPLETE: Final = 3
_OPTIONS: Final = {"accepted_by": "--accepted-by"}
"""The options that are not spelled as the field they fill."""


@click.command(
    "set",
    epilog="Exit codes: 0 set and complete, 1 failed, or it is somebody else's answer, 2 wrong usage, 3 set, but "
    "something is still missing.",
)
@click.argument("session")
@click.argument("item")
@click.argument("status")
@click.option("--owner", help="Who answers for the item; for a condition, who fulfils it.")
@click.option("--note", help="The note, in place of the one there is.")
@click.option("--evidence", multiple=True, help="A link, or the path of a file, to add; may be given more than once.")
@click.option("--environment", default="", help="Where the evidence was gathered, such as staging.")
@click.option("--action", "actions", multiple=True, help='An action to add, such as "rebuild image @chen !15:00".')
@click.option("--what", help="Condition: what has to be fulfilled.")
@click.option("--due", help="Condition: until when, such as 15:00, fri, +2d or 2026-12-10.")
@click.option("--accepted-by", help="Risk: who accepts it.")
@click.option("--until", help="Risk: until when.")
@click.option("--reason", help="Risk and N/A: why.")
@click.option("--by", help='Who or what sets it, such as "CI", for the history; by default "USER, by signoff set".')
@click.option("--force", is_flag=True, help="Replace what somebody else answered.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for machines.")
@data_dir_option
@pass_run
def command(
    run: Run, /, session: str, item: str, status: str, by: str | None, force: bool, as_json: bool, **said: Any
) -> int:
    """Give one item a status: pass, fail, condition, risk, na or open.

    ITEM is its id, the beginning of its id, or words of its text. Nothing is asked: what the status must also have and
    was not given is named, and the answer is incomplete until it is there. What somebody else answered, or wrote in a
    note, is not replaced without --force; evidence and actions are only ever added.
    """
    if not session.strip():
        raise click.UsageError("Say which session; `signoff list` shows those there are.")
    given = status_said(status)
    if given is None:
        raise click.UsageError(f'"{status}" is not a status: say pass, fail, condition, risk, na or open.')
    if by is not None and (not by.strip() or "\n" in by):
        raise click.UsageError("--by names who or what sets it, in one line.")

    def change(before: Session, *, now: datetime, by: str) -> Session:
        asked = item_named(before.checklist, item)
        fields = _fields(before, asked, given, said, run.clock())
        after = before.answer(asked.id, now=now, by=by, status=given, **fields)
        if not force and (lost := overwritten(before, asked.id, after.answers[asked.id], by)):
            raise SessionError(_why_not(before.answers[asked.id], asked, lost))
        return after

    path = find_session(session, run.locations.data)
    # A script that runs under a person's login is not that person: what they said in the meeting is not its own.
    who = by.strip() if by else f"{run.user()}, by signoff set"
    opened, changed = SavedSession.edited(path, run.clock, who, change)
    asked = item_named(opened.session.checklist, item)
    narrate_kept(opened.kept)
    (_say_json if as_json else _say)(opened, asked, changed)
    if opened.kept:
        return EXIT_CONFLICT
    return EXIT_INCOMPLETE if missing(asked, opened.session.answers[asked.id]) else 0


def _fields(session: Session, item: Item, status: Status, said: dict[str, Any], present: datetime) -> dict[str, Any]:
    """The fields that were given, each understood."""
    now, answer = session.release.by_its_clocks(present.astimezone()), session.answers[item.id]
    fields = {name: said[name] for name in ("owner", "note") if said[name] is not None}
    for name in ("what", "due", "accepted_by", "until", "reason"):
        option = _OPTIONS.get(name, f"--{name}")
        if said[name] is None:
            continue
        if name not in fields_kept_by(status):
            raise click.UsageError(f"{option} does not belong to {status.word}.")
        fields[name] = _understood(option, said[name], now) if name in ("due", "until") else said[name].strip()
    if said["environment"] and not said["evidence"]:
        raise click.UsageError("--environment says where --evidence was gathered; there is none.")
    if said["evidence"]:
        found = [e for text in said["evidence"] for e in _read("--evidence", typed_evidence, text, said["environment"])]
        fields["evidence"] = (*answer.evidence, *answer.lacks_of(dict.fromkeys(found)))
    if said["actions"]:
        people = people_of(session)
        found = [_read("--action", parse_action, text, now, people) for text in said["actions"]]
        fields["actions"] = (*answer.actions, *(action for action in found if action not in answer.actions))
    return fields


def _why_not(answer: Answer, item: Item, lost: Overwritten) -> str:
    """Whose answer would be replaced, as one sentence."""
    is_status = lost.field in ("status", *ASKED_FIELDS)
    what = f'"{item.text}" is {answer.word}' if is_status else f'The {lost.field} of "{item.text}" is there already'
    said = lost.said
    who = f"by {said.by or 'somebody'} on {said.at:%Y-%m-%d %H:%M %Z}" if said else "by somebody who edited the file"
    return f"{what}, said {who}: nothing was changed; --force replaces it."


def _understood(option: str, text: str, now: datetime) -> Any:
    return _read(option, parse_when, text, now) if text.strip() else None


def _read(option: str, read: Callable[..., Any], *arguments: Any) -> Any:
    try:
        return read(*arguments)
    except ValueError as error:
        raise click.UsageError(f"{option}: {error}") from error


def _say(opened: SavedSession, item: Item, changed: bool) -> None:
    session, answer = opened.session, opened.session.answers[item.id]
    lacking = missing(item, answer)
    say(f"{answer.word:<5}{item.text}")
    if lacking:
        say(f"Incomplete: needs {' and '.join(lacking)}.")
    what = f"Saved r{session.revision}" if changed else f"It was so already, r{session.revision}"
    narrate(f"{what}; would be: {verdict_of(session).value}.")


def _say_json(opened: SavedSession, item: Item, changed: bool) -> None:
    session, answer = opened.session, opened.session.answers[item.id]
    result = {
        "session": session.id,
        "path": str(opened.path),
        "revision": session.revision,
        "changed": changed,
        "item": item.id,
        "answer": {"status": "open"} | plain(answer),
        "missing": list(missing(item, answer)),
        "verdict": verdict_of(session).value,
    }
    say_json("set", result)
