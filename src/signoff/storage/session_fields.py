"""How each part of a session is read: one description of its fields, used for whole parts and for lines of history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from signoff.domain.action import Action
from signoff.domain.answer import Answer, Status
from signoff.domain.evidence import Evidence
from signoff.domain.meeting import Choice, Decision, Override, SignOff, Superseded, Verdict, Vote, Watch
from signoff.domain.release import Release, Window
from signoff.storage import readers
from signoff.storage.readers import Fault, Fields, Place
from signoff.storage.time_zone import zone_named

EVIDENCE_FIELDS: Final = {
    "target": readers.text,
    "title": readers.text,
    "environment": readers.text,
    "sha256": readers.sha256,
}
ACTION_FIELDS: Final = {"text": readers.text, "owner": readers.text, "due": readers.when}
ANSWER_FIELDS: Final = {
    "status": readers.choice(Status),
    "owner": readers.text,
    "note": readers.text,
    "evidence": readers.list_of(readers.record(Evidence, EVIDENCE_FIELDS)),
    "actions": readers.list_of(readers.record(Action, ACTION_FIELDS)),
    "parked": readers.flag,
    "carried": readers.flag,
    "what": readers.text,
    "due": readers.when,
    "accepted_by": readers.text,
    "until": readers.when,
    "reason": readers.text,
}
VOTE_FIELDS: Final = {"choice": readers.choice(Choice), "by": readers.text, "comment": readers.text}
OVERRIDE_FIELDS: Final = {"by": readers.text, "reason": readers.text}
WATCH_FIELDS: Final = {"watcher": readers.text, "until": readers.when}
DECISION_FIELDS: Final = {
    "choice": readers.choice(Verdict),
    "by": readers.text,
    "at": readers.moment_or_none,
    "reason": readers.text,
    "verdict": readers.choice(Verdict),
    "meet_again": readers.when,
    "reasons": readers.list_of(readers.text),
}
SIGN_OFF_FIELDS: Final = {
    "signer": readers.text,
    "role": readers.text,
    "verdict": readers.text,
    "at": readers.moment,
    "key": readers.text,
    "report": readers.file_path,
    "body_sha256": readers.sha256,
}
SUPERSEDED_FIELDS: Final = {"revision": readers.number, "body_sha256": readers.sha256, "report": readers.file_path}
WINDOW_FIELDS: Final = {"start": readers.moment, "end": readers.moment, "zone": readers.text}


def _window(value: Any, place: Place) -> Window | None:
    if value == "":
        return None
    window: Window = readers.record(Window, WINDOW_FIELDS)(value, place)
    try:
        there = zone_named(window.zone)
    except ValueError as error:
        raise Fault((*place, "zone"), str(error)) from error
    if window.end <= window.start:
        raise Fault((*place, "end"), "the window ends before it starts")
    return replace(window, start=window.start.astimezone(there), end=window.end.astimezone(there))


RELEASE_FIELDS: Final = {
    "service": readers.text,
    "version": readers.text,
    "environment": readers.text,
    "commit": readers.text,
    "window": _window,
    "rollback": readers.text,
}

SINGLE_PARTS: Final[Mapping[str, tuple[type[Any], Fields]]] = {
    "release": (Release, RELEASE_FIELDS),
    "watch": (Watch, WATCH_FIELDS),
    "decision": (Decision, DECISION_FIELDS),
    "supersedes": (Superseded, SUPERSEDED_FIELDS),
}
"""The parts of which a session has one, by the names of their tables."""
KEYED_PARTS: Final[Mapping[str, tuple[type[Any], Fields]]] = {
    "answers": (Answer, ANSWER_FIELDS),
    "votes": (Vote, VOTE_FIELDS),
    "overrides": (Override, OVERRIDE_FIELDS),
}
"""The parts of which a session has one for each item, role or rule."""
SIGN_OFFS: Final = readers.list_of(readers.record(SignOff, SIGN_OFF_FIELDS))
