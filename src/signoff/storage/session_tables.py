"""A session as the tables of its file.

Every part of a session is one table, named for the part: `answers.ITEM`, `votes.ROLE`, `release` and so on. Two edits
to two items are two hunks of a diff. Fields that say nothing are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, time, timedelta, timezone
from enum import StrEnum
from itertools import compress
from operator import is_not
from typing import Any

from signoff.domain.answer import Status
from signoff.domain.checklist import Checklist, Rule
from signoff.domain.deciding import is_decided
from signoff.domain.history import Change
from signoff.domain.session import Session
from signoff.domain.verdict import verdict_of
from signoff.storage.checklist_file import RULE_NAMES, WEEKDAYS
from signoff.storage.session_reader import SCHEMA
from signoff.storage.toml_file import storable


def tables_of(session: Session, saved: datetime) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """All tables of a new file, in the order in which they stand.

    What a list shows comes first, and what a meeting adds to comes last: a long checklist need not be moved for it.
    """
    nothing_said = Session.start(session.id, session.checklist, session.release, session.created)
    yield "", preamble(session, saved)
    yield "release", plain(session.release)
    yield "summary", summary(session)
    yield from _changed_single_tables(nothing_said, session)
    yield from checklist_tables(session.checklist)
    yield from _changed_keyed_tables(nothing_said, session)
    for change in session.history:
        yield "[history]", change_table(change)


def preamble(session: Session, saved: datetime) -> Mapping[str, Any]:
    """The keys that stand before the first table."""
    return {
        "schema": SCHEMA,
        "id": session.id,
        "revision": session.revision,
        "saved": saved,
        "created": session.created,
    }


def summary(session: Session) -> Mapping[str, Any]:
    """What a list of sessions shows, so that it need not read the rest of the file."""
    tally = session.answers.tally
    counts = {
        "checklist": storable(f"{session.checklist.title} {session.checklist.version}"),
        "answered": tally.answered(),
        "total": tally.total(),
        "failed": tally.with_status(Status.FAIL),
        "to_reconfirm": tally.to_reconfirm,
        "changes": len(session.history),
        "verdict": verdict_of(session).value,
    }
    # An empty decision stands there too: it is written over the one of a session that was reopened.
    decision = session.decision.choice.value if session.decision.is_taken else ""
    stale = session.decision.is_taken and not is_decided(session)
    return {**counts, "decision": decision, "stale": stale, "signed": session.is_signed}


def changed_tables(old: Session, new: Session) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The tables of the parts in which two revisions differ, in the order in which they stand in a new file."""
    yield from _changed_single_tables(old, new)
    yield from _changed_keyed_tables(old, new)


def _changed_single_tables(old: Session, new: Session) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if old.release != new.release:
        yield "release", plain(new.release)
    if old.people != new.people:
        yield "people", plain(new.people)
    for name in ("watch", "decision", "supersedes"):
        if getattr(old, name) != getattr(new, name):
            yield name, plain(getattr(new, name))
    if old.sign_offs != new.sign_offs:
        yield "signed", {"sign_offs": plain(new.sign_offs)} if new.sign_offs else {}


def _changed_keyed_tables(old: Session, new: Session) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield from _changed_keys("votes", old.votes, new.votes)
    yield from _changed_keys("overrides", old.overrides, new.overrides)
    yield from _changed_keys("answers", old.answers.given, new.answers.given)


def _changed_keys(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    # Identity and not equality: an edit replaces one part, and ten thousand comparisons by value would cost more.
    for key in compress(new, map(is_not, new.values(), map(old.get, new))):
        yield f"{name}.{key}", plain(new[key])


def change_table(change: Change) -> Mapping[str, Any]:
    """One line of history."""
    was = {name: plain(value) for name, value in change.was.items()}
    now = {name: plain(value) for name, value in change.now.items()}
    return {
        "revision": change.revision,
        "at": change.at,
        "by": storable(change.by),
        "subject": change.subject,
        **{name: value for name in ("undoes", "redoes") if (value := getattr(change, name))},
        "was": was,
        "now": now,
    }


def checklist_tables(checklist: Checklist) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The session's copy of its checklist. Names that begin with `[` are lists of tables."""
    head = plain(replace(checklist, categories=(), rules=(), roles=()))
    yield "checklist", {key: value for key, value in head.items() if key not in ("categories", "rules", "roles")}
    for role in checklist.roles:
        yield "[checklist.roles]", plain(role)
    for rule in checklist.rules:
        yield "[checklist.rules]", _rule_table(rule)
    for category in checklist.categories:  # the last, since they are counted: so it is seen when the end is cut off
        yield "[checklist.categories]", plain(replace(category, items=()), without=("items",))
        for item in category.items:
            yield "[checklist.categories.items]", plain(item)


def _rule_table(rule: Rule) -> Mapping[str, Any]:
    file_name = {field: name for name, field in RULE_NAMES.items()}
    values = {file_name.get(key, key): value for key, value in plain(rule).items()}
    if rule.weekday is not None:
        until = rule.end.isoformat("minutes") if rule.end else "24:00"
        values |= {"weekday": WEEKDAYS[rule.weekday], "from": rule.start.isoformat("minutes"), "until": until}
    return values


def plain(value: Any, without: tuple[str, ...] = ()) -> Any:
    """A value of the domain as TOML has it: tables without the fields that say nothing, lists, words, dates."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, Mapping):
        return {key: plain(part) for key, part in value.items()}
    if is_dataclass(value):
        pairs = ((f, getattr(value, f.name)) for f in fields(value) if f.name not in without)
        return {f.name: plain(part) for f, part in pairs if part != f.default}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if value is None:
        return ""
    if isinstance(value, datetime):
        return _with_offset(value)
    return value.isoformat("minutes") if isinstance(value, time) else value


def _with_offset(moment: datetime) -> datetime:
    """The moment with the offset that TOML keeps of its zone."""
    offset = moment.utcoffset()
    if not offset or offset % timedelta(minutes=1):  # a zone of long ago: TOML's offsets have no seconds
        return moment.astimezone(UTC)
    # A zone with summer time would make the moment unequal to itself, read back, in the hour that comes twice.
    return moment.replace(tzinfo=timezone(offset))
