"""A session from what tomllib returns, or the fault that keeps it from being one."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

from signoff.domain.answers import Answers
from signoff.domain.history import Change, first_gap
from signoff.domain.session import Session
from signoff.storage import readers
from signoff.storage.checklist_file import read_checklist
from signoff.storage.readers import Fault, Place, Reader
from signoff.storage.release_clocks import by_clocks_of
from signoff.storage.session_fields import KEYED_PARTS, SIGN_OFFS, SINGLE_PARTS

SCHEMA: Final = 1


def read_session(data: Mapping[str, Any]) -> Session:
    """A session from parsed TOML; one of a newer signoff as far as this one understands it.

    Raises:
        Fault: When it is not a session, or one that cannot be understood.
    """
    check_schema(data)
    try:
        return _session(data)
    except Fault as fault:
        if newer := newer_schema(data):
            raise Fault(("schema",), f"is made by a newer signoff ({newer}), and this one cannot read it") from fault
        raise


def _session(data: Mapping[str, Any]) -> Session:
    if "checklist" not in data:
        raise Fault(("checklist",), "the session has no copy of its checklist")
    checklist = read_checklist(
        readers.table(data["checklist"], ("checklist",)), ("checklist",), of_newer=bool(newer_schema(data))
    )
    given = read_part("answers", data.get("answers", {}))
    _check_keys("answers", given, checklist.item_by_id, "item")
    release = read_part("release", data.get("release", {}))
    said = partial(by_clocks_of, release.window.start.tzinfo) if release.window else _as_it_is
    votes, overrides = read_part("votes", data.get("votes", {})), read_part("overrides", data.get("overrides", {}))
    history = readers.list_of(_change)(data.get("history", []), ("history",))
    revision = readers.number(data.get("revision"), ("revision",))
    _check_whole(history, revision, len(checklist.item_by_id), data.get("summary"))
    return Session(
        id=readers.one_line(data.get("id"), ("id",)),
        checklist=checklist,
        release=release,
        created=readers.moment(data.get("created"), ("created",)),
        answers=Answers(checklist, said(given)),
        revision=revision,
        people=read_part("people", data.get("people", {})),
        votes=votes,
        overrides=overrides,
        watch=said(read_part("watch", data.get("watch", {}))),
        decision=said(read_part("decision", data.get("decision", {}))),
        sign_offs=read_part("signed", data.get("signed", {})),
        supersedes=read_part("supersedes", data.get("supersedes", {})),
        history=said(history),
    )


def _check_whole(history: Sequence[Change], revision: int, items: int, summary: Any) -> None:
    """See that nothing of a file is gone: each revision has its lines of history, which stand last, and are counted."""
    if gap := first_gap(history, revision):
        index, missing = gap
        if index == len(history):
            raise Fault(
                ("revision",), f"revision is {revision}, and the history ends at {missing - 1}: its end is lost"
            )
        place, found = ("history", index, "revision"), history[index].revision
        if found > revision:
            raise Fault(place, f"revision is {found} in the history, which is past that of the session, {revision}")
        raise Fault(place, f"revision is {found} in the history where {missing} is to come: lines of it are lost")
    counted = summary if isinstance(summary, Mapping) else {}
    # There may be more: who brings two copies together by hand keeps the lines of both.
    if isinstance(changes := counted.get("changes"), int) and changes > len(history):
        said = f"changes is {changes}, and the history has {len(history)} lines: some of them are lost"
        raise Fault(("summary", "changes"), said)
    # Without a line of history the checklist is what stands last.
    if not history and isinstance(total := counted.get("total"), int) and total > items:
        raise Fault(("summary", "total"), f"total is {total}, and the checklist has {items} items: the end is lost")


def _as_it_is(value: Any) -> Any:
    return value


def check_schema(data: Mapping[str, Any]) -> None:
    """See that the data is a session of this version or of a newer one.

    Raises:
        Fault: When it is not.
    """
    if (data.get("schema") != SCHEMA and not newer_schema(data)) or "revision" not in data:
        raise Fault(("schema",), "is not a session of signoff")


def newer_schema(data: Mapping[str, Any]) -> str:
    """Of what schema a session is, in words, where that is newer than ours; empty otherwise."""
    schema = data.get("schema")
    return f"schema {schema}" if isinstance(schema, int) and schema > SCHEMA else ""


def last_saved(data: Mapping[str, Any]) -> datetime | None:
    """When a session says that it was last saved; None where that cannot be understood.

    Nothing depends on it but its place in a list, so a wrong one is no fault of the file.
    """
    with contextlib.suppress(Fault):
        return readers.moment_or_none(data.get("saved"), ("saved",))
    return None


def read_part(name: str, value: Any) -> Any:
    """One part of a session from its table, or all of a keyed part from its table of tables.

    Raises:
        Fault: When it cannot be understood.
    """
    place: Place = tuple(name.split("."))
    if name == "people":
        return readers.table_of(readers.text)(value, place)
    if name == "signed":
        return SIGN_OFFS(readers.table(value, place).get("sign_offs", []), (*place, "sign_offs"))
    if name in SINGLE_PARTS:
        return readers.record(*SINGLE_PARTS[name])(value, place)
    kind, fields_of_kind = KEYED_PARTS[str(place[0])]
    reader: Reader = readers.record(kind, fields_of_kind)
    return reader(value, place) if len(place) > 1 else readers.table_of(reader)(value, place)


def _check_keys(part: str, given: Mapping[str, Any], known: Mapping[str, Any], what: str) -> None:
    for key in given:
        if key not in known:
            raise Fault((part, key), f'the checklist has no {what} "{key}"')


def _change(value: Any, place: Place) -> Change:
    raw = readers.table(value, place)
    subject = readers.one_line(raw.get("subject"), (*place, "subject"))
    was, now = (readers.table(raw.get(name), (*place, name)) for name in ("was", "now"))
    if was.keys() != now.keys():
        raise Fault((*place, "now"), "has other fields than was")
    return Change(
        revision=readers.number(raw.get("revision"), (*place, "revision")),
        at=readers.moment(raw.get("at"), (*place, "at")),
        by=readers.text(raw.get("by", ""), (*place, "by")),
        subject=subject,
        was=_changed_fields(subject, was, (*place, "was")),
        now=_changed_fields(subject, now, (*place, "now")),
        undoes=readers.number(raw.get("undoes", 0), (*place, "undoes")),
        redoes=readers.number(raw.get("redoes", 0), (*place, "redoes")),
    )


def _changed_fields(subject: str, value: Any, place: Place) -> Mapping[str, Any]:
    part = subject.partition(".")[0]
    if part == "people":
        return {key: readers.text(entry, (*place, key)) for key, entry in readers.table(value, place).items()}
    _, known = SINGLE_PARTS.get(part) or KEYED_PARTS.get(part) or (None, {})
    return readers.read_some(known, value, place)
