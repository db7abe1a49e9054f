"""What is asked about an item, each thing in a line of its own and saved when it is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from signoff.cli.dialogue.talk import Talk
from signoff.domain.answer import Status, missing
from signoff.domain.asked_fields import AskedField, Kind, asked_with
from signoff.domain.checklist import Item
from signoff.domain.rules import environment_looked_at
from signoff.domain.session import Session
from signoff.domain.spoken_action import parse_action
from signoff.domain.when import parse_when, when_text
from signoff.workflow.evidence_files import typed_evidence

_NOTHING: Final = "-"
"""What empties a field that has something in it."""


def ask_missing(talk: Talk, item: Item) -> None:
    """Ask for what the status must also have and the answer has not."""
    answer = talk.session.answers[item.id]
    if not missing(item, answer):
        return
    for asked in asked_with(answer.status):
        if not getattr(answer, asked.name):
            _ask_field(talk, item, asked)
    _ask_for_one_more(talk, item, answer.status)


def ask_details(talk: Talk, item: Item) -> None:
    """Ask for what the status asks for, whether it is there already or not."""
    status = talk.session.answers[item.id].status
    for asked in asked_with(status):
        _ask_field(talk, item, asked)
    _ask_for_one_more(talk, item, status)
    if status is Status.OPEN:
        talk.say("OPEN asks for nothing.")


def _ask_for_one_more(talk: Talk, item: Item, status: Status) -> None:
    if status is Status.PASS:
        add_evidence(talk, item)
    elif status is Status.FAIL:
        add_action(talk, item)


def _ask_field(talk: Talk, item: Item, asked: AskedField) -> None:
    there, now = getattr(talk.session.answers[item.id], asked.name), talk.now
    shown = when_text(there) if asked.kind is Kind.WHEN else there
    otherwise = f"Now: {shown}. Enter keeps it, {_NOTHING} empties it" if there else "Enter leaves it for later"

    def read(said: str) -> dict[str, Any]:
        if asked.kind is Kind.WHEN:
            return {asked.name: None if said == _NOTHING else parse_when(said, now)}
        return {asked.name: "" if said == _NOTHING else said}

    values = talk.ask_for(asked.label, asked.hint, read, otherwise)
    if values is not None:
        talk.edit(Session.answer, item.id, **values)


def add_evidence(talk: Talk, item: Item, said: str = "") -> None:
    """Add evidence: what was said, or what is said to a question."""
    found = _said_or_asked(talk, said, typed_evidence, "Evidence", "a link, or the path of a file")
    new = talk.session.answers[item.id].lacks_of(found or ())
    if found and not new:
        talk.say("That is there as evidence already.")
    if not new:
        return
    looked_at = environment_looked_at(talk.session, item.id)
    if looked_at:
        where = talk.ask("Environment", f"where it was gathered, such as {looked_at}", "Enter says nothing about it")
        new = tuple(replace(entry, environment=where) for entry in new)
    evidence = (*talk.session.answers[item.id].evidence, *new)
    if talk.edit(Session.answer, item.id, evidence=evidence):
        talk.say(f"Evidence: {len(evidence)}.")


def add_action(talk: Talk, item: Item, said: str = "") -> None:
    """Add an action: what was said, or what is said to a question."""
    now, people = talk.now, talk.people
    action = _said_or_asked(
        talk, said, lambda text: parse_action(text, now, people), "Action", "such as rebuild image @chen !15:00"
    )
    if action and talk.edit(Session.answer, item.id, actions=(*talk.session.answers[item.id].actions, action)):
        due = f", due {when_text(action.due)}" if action.due else ""
        talk.say(f"Action: {action.text}, owner {action.owner or 'nobody'}{due}.")


def name_owner(talk: Talk, item: Item, said: str = "") -> None:
    """Name who answers for the item."""
    there = talk.session.answers[item.id].owner
    otherwise = f"Now: {there}. Enter keeps it, {_NOTHING} empties it" if there else "Enter leaves it"
    name = said or talk.ask("Owner", "a name", otherwise)
    if name and talk.edit(Session.answer, item.id, owner="" if name == _NOTHING else name):
        talk.say(f"Owner: {talk.session.answers[item.id].owner or 'nobody'}.")


def add_note(talk: Talk, item: Item, said: str = "") -> None:
    """Add a line to the note."""
    there = talk.session.answers[item.id].note
    otherwise = f"Enter leaves it, {_NOTHING} empties the note" if there else "Enter leaves it"
    line = said or talk.ask("Note", "one more line of it", otherwise)
    note = "" if line == _NOTHING else f"{there}\n{line}".strip()
    if line and talk.edit(Session.answer, item.id, note=note):
        talk.say("Note kept." if note else "The note is empty.")


def _said_or_asked(talk: Talk, said: str, read: Callable[[str], Any], label: str, hint: str) -> Any:
    if not said:
        return talk.ask_for(label, hint, read)
    try:
        return read(said)
    except ValueError as error:
        talk.say(f"{str(error).rstrip('.')}.")
        return None
