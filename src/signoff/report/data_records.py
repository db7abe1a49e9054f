"""The objects inside the data block, one function for each kind."""

from __future__ import annotations

from typing import Any

from signoff.domain.answer import Status, missing
from signoff.domain.checklist import Demand
from signoff.domain.meeting import Verdict
from signoff.domain.roll_call import count_votes
from signoff.domain.session import Session
from signoff.domain.verdict import items_where, reasons_for
from signoff.report.answer_sections import ORDER, settled_with
from signoff.report.follow_up import follow_ups
from signoff.report.origin import Origin
from signoff.report.required_sign_offs import required_sign_offs
from signoff.report.roll_call import calls
from signoff.report.rule_records import RuleRecord, rule_records
from signoff.report.times import data_when

Record = dict[str, Any]
"""A JSON object."""


def session_record(session: Session, origin: Origin) -> Record:
    """Which session, at which revision, in which file."""
    return {
        "id": session.id,
        "revision": session.revision,
        "created": data_when(session.created),
        "changed": data_when(session.history[-1].at) if session.history else None,
        "sha256": origin.session_sha256,
    }


def checklist_record(session: Session) -> Record:
    """What was asked."""
    checklist = session.checklist
    return {
        "id": checklist.id,
        "version": checklist.version,
        "title": checklist.title,
        "sha256": checklist.sha256 or None,
    }


def release_record(session: Session) -> Record:
    """What is released, where and when."""
    release, window = session.release, session.release.window
    planned = window and {"start": data_when(window.start), "end": data_when(window.end), "zone": window.zone}
    return {
        "service": release.service,
        "version": release.version,
        "environment": release.environment,
        "commit": release.commit,
        "window": planned,
        "rollback": release.rollback,
    }


def decision_record(session: Session) -> Record | None:
    """What was decided; None where nothing was."""
    decision = session.decision
    if not decision.is_taken:
        return None
    return {
        "choice": decision.choice.value,
        "by": decision.by,
        "at": data_when(decision.at),
        "reason": decision.reason,
        "verdict": decision.verdict.value,
        "meet_again": data_when(decision.meet_again),
    }


def count_record(session: Session) -> Record:
    """How many items stand how; incomplete and parked ones are counted under their status too."""
    tally = session.answers.tally
    return {
        **{status.value: tally.with_status(status) for status in ORDER},
        "total": tally.total(),
        "to_reconfirm": tally.to_reconfirm,
        "incomplete": tally.incomplete(),
        "parked": tally.parked,
    }


def risk_records(session: Session) -> list[Record]:
    """The accepted risks."""
    return [
        {
            "item": item.id,
            "text": item.text,
            "must": item.must,
            "accepted_by": answer.accepted_by,
            "until": data_when(answer.until),
            "reason": answer.reason,
        }
        for item, answer in items_where(session, settled_with(Status.RISK))
    ]


def condition_records(session: Session) -> list[Record]:
    """The conditions; an incomplete one is not `complete`."""
    return [
        {
            "item": item.id,
            "text": item.text,
            "what": answer.what,
            "owner": answer.owner,
            "due": data_when(answer.due),
            "complete": not missing(item, answer),
        }
        for item, answer in items_where(session, settled_with(Status.CONDITION))
    ]


def rule_record_list(session: Session) -> list[Record]:
    """The critical rules; `because` is about the rule itself, whoever overrode it."""
    return [_rule(record) for record in rule_records(session)]


def _rule(record: RuleRecord) -> Record:
    result, override = record.result, record.override
    taken = override and {"by": override.by, "reason": override.reason, "state": record.plain.state.value}
    return {
        "id": result.rule.id,
        "kind": result.rule.kind.value,
        "text": result.rule.text,
        "state": result.state.value,
        "because": record.plain.reason,
        "item": result.item or None,
        "override": taken,
    }


def vote_records(session: Session) -> list[Record]:
    """The roll call."""
    return [
        {
            "role": call.role.id,
            "title": call.role.title,
            "needed": call.role.vote is Demand.REQUIRED,
            "choice": call.vote.choice.value or None,
            "by": call.person,
            "comment": call.vote.comment,
        }
        for call in calls(session)
    ]


def roll_call_record(session: Session) -> Record:
    """How the votes are counted, and what they come to."""
    count = count_votes(session)
    return {
        "agreement": count.agreement.value,
        "total": count.total,
        "needed": count.needed,
        "go": len(count.go),
    }


def supersedes_record(session: Session) -> Record | None:
    """The signed revision before; None where there is none."""
    superseded = session.supersedes
    if not superseded.revision:
        return None
    return {
        "revision": superseded.revision,
        "report": superseded.report,
        "body_sha256": superseded.body_sha256,
    }


def reason_records(session: Session) -> list[Record]:
    """Why the verdict is what it is, the weightiest first."""
    return [
        {"verdict": reason.verdict.value, "text": reason.text, "item": reason.item or None}
        for reason in reasons_for(session)
    ]


def blocker_records(session: Session) -> list[Record]:
    """The reasons for a NO-GO."""
    return [
        {"text": reason.text, "item": reason.item or None}
        for reason in reasons_for(session)
        if reason.verdict is Verdict.NO_GO
    ]


def action_records(session: Session) -> list[Record]:
    """Everything to do after the meeting, the watch among it."""
    return [
        {"text": action.text, "owner": action.owner, "due": data_when(action.due), "item": action.item or None}
        for action in follow_ups(session)
    ]


def watch_record(session: Session) -> Record:
    """Who watches the release."""
    return {"watcher": session.watch.watcher, "until": data_when(session.watch.until)}


def required_records(session: Session) -> list[Record]:
    """Whose signatures the report needs."""
    return [{"role": entry.role, "signer": entry.signer} for entry in required_sign_offs(session)]
