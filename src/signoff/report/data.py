"""What machines read of a report, as plain values.

    actions             [{text, owner, due, item}]
    blockers            [{text, item}]
    checklist           {id, version, title, sha256}
    conditions          [{item, text, what, owner, due, complete}]
    counts              {total, open, pass, fail, condition, risk, na, to_reconfirm, incomplete, parked}
    decision            {choice, by, at, reason, verdict, meet_again}, or null while nothing is decided
    format              signoff-report/1
    program             the program with its version
    reasons             [{verdict, text, item}] in the order of their weight
    release             {service, version, environment, commit, rollback, window: {start, end, zone} or null}
    required_sign_offs  [{role, signer}]; signer is null where anybody whose key is known may sign
    risks               [{item, text, must, accepted_by, until, reason}]
    roll_call           {agreement: unanimous or majority, total, needed, go}; of the roles whose vote is needed
    rules               [{id, kind, text, state, because, item, override: {by, reason, state} or null}]
    session             {id, revision, sha256, created, changed}
    supersedes          {revision, report, body_sha256}, or null
    verdict             the program's verdict on this revision
    votes               [{role, title, needed, choice, by, comment}]
    watch               {watcher, until}

An absent id, moment or vote is null, an absent text is empty. Texts are as they were typed, not as they are shown; only
a lone surrogate is replaced, since strict JSON readers refuse the whole object for one.
"""

from __future__ import annotations

import re
from typing import Any, Final

from signoff.domain.session import Session
from signoff.domain.verdict import verdict_of
from signoff.report import data_records
from signoff.report.data_block import FORMAT
from signoff.report.data_records import Record
from signoff.report.origin import Origin

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def report_data(session: Session, origin: Origin) -> Record:
    """Everything that machines may rely on, of JSON's own types; its shape stands at the head of this file."""
    data: Record = {
        "actions": data_records.action_records(session),
        "blockers": data_records.blocker_records(session),
        "checklist": data_records.checklist_record(session),
        "conditions": data_records.condition_records(session),
        "counts": data_records.count_record(session),
        "decision": data_records.decision_record(session),
        "format": FORMAT,
        "program": origin.program,
        "reasons": data_records.reason_records(session),
        "release": data_records.release_record(session),
        "required_sign_offs": data_records.required_records(session),
        "risks": data_records.risk_records(session),
        "roll_call": data_records.roll_call_record(session),
        "rules": data_records.rule_record_list(session),
        "session": data_records.session_record(session, origin),
        "supersedes": data_records.supersedes_record(session),
        "verdict": verdict_of(session).value,
        "votes": data_records.vote_records(session),
        "watch": data_records.watch_record(session),
    }
    return {key: _clean(value) for key, value in data.items()}


def _clean(value: Any) -> Any:
    match value:
        case str():
            return _SURROGATE.sub("\ufffd", value)
        case dict():
            return {key: _clean(entry) for key, entry in value.items()}
        case list():
            return [_clean(entry) for entry in value]
    return value
