"""What the meeting said beyond the items: rules, watch, actions, and whose signatures it asks for."""

from __future__ import annotations

from signoff.domain.checklist import Demand
from signoff.domain.session import Session
from signoff.report.escape import code, inline
from signoff.report.follow_up import follow_ups
from signoff.report.layout import NONE, fact, table
from signoff.report.required_sign_offs import required_sign_offs
from signoff.report.rule_records import RuleRecord, rule_records
from signoff.report.times import shown_when


def rule_lines(session: Session) -> list[str]:
    """The critical rules as a table, then who overrode which and why."""
    records = rule_records(session)
    if not records:
        return NONE
    rows = [(_state(record), inline(record.result.title), inline(record.plain.reason)) for record in records]
    lines = table(("State", "Rule", "Because"), rows)
    overridden = [record for record in records if record.override]
    if overridden:
        lines += ["", "**Overridden:**", ""]
    for record in overridden:
        lines.append(f"- {inline(record.result.title)}")
        if record.override:
            lines += fact("By", inline(record.override.by), "  ")
            lines += fact("Why", inline(record.override.reason), "  ")
    return lines


def _state(record: RuleRecord) -> str:
    state = record.result.state.value.upper()
    return f"{state}, was {record.plain.state.value.upper()}" if record.override else state


def watch_lines(session: Session) -> list[str]:
    """Who watches the release, and until when."""
    watch = session.watch
    return [*fact("Watcher", inline(watch.watcher)), *fact("Until", shown_when(watch.until))] or [
        "Nobody is named to watch the release."
    ]


def action_lines(session: Session) -> list[str]:
    """Everything that is to be done after the meeting, as a table."""
    items = session.checklist.item_by_id
    rows = [
        (
            inline(action.text),
            inline(action.owner),
            shown_when(action.due),
            inline(items[action.item].text) if action.item else "",
        )
        for action in follow_ups(session)
    ]
    return table(("Action", "Owner", "Due", "Check"), rows) if rows else NONE


def required_sign_off_lines(session: Session) -> list[str]:
    """The required signatures as a table, and who may sign besides."""
    required = required_sign_offs(session)
    rows = [
        # A principal has neither bars nor ticks in it, so that a code span is safe even in a table.
        (inline(entry.role), code(entry.signer), code(entry.signer))
        if entry.signer
        else (inline(entry.role), inline(entry.person), "anybody whose key is known")
        for entry in required
    ]
    lines = table(("Role", "Person", "Signs as"), rows) if rows else list(NONE)
    others = [role.title for role in session.checklist.roles if role.signature is Demand.OPTIONAL]
    return [*lines, "", f"May sign too: {inline(', '.join(others))}"] if others else lines


def supersedes_lines(session: Session) -> list[str]:
    """The signed revision that this one moved on from."""
    superseded = session.supersedes
    if not superseded.revision:
        return ["Nothing: no earlier revision of this session was signed."]
    return [
        f"- Revision: {superseded.revision}",
        *fact("Its report", code(superseded.report)),
        *fact("Its body-sha256", code(superseded.body_sha256)),
    ]
