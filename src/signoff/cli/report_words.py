"""A verified report, for people as lines and for machines as one object; the same for every command that has one.

Whoever made a report chose its texts, so each stays on its own line: none can pose as another line of ours.
"""

from __future__ import annotations

from typing import Any

from signoff.cli.console import narrate, say
from signoff.domain.safe_text import safe_text
from signoff.signing.container import body_digest
from signoff.signing.header import format_time
from signoff.signing.verify import Finding
from signoff.workflow.signed_people import in_several_roles
from signoff.workflow.verify_report import VerifiedReport


def say_fact(label: str, text: str) -> None:
    """One line of data with its label."""
    say(f"{label:<10} {safe_text(text)}")


def say_report(verified: VerifiedReport) -> None:
    """What a report is about, who signed it, and whose sign-off is missing."""
    say_fact("report", verified.facts.title)
    for finding in verified.verification.findings:
        say_fact("sign-off", finding.describe())
    for person in in_several_roles(verified.verification.findings):
        say_fact("one signer", f"{person} signed as {' and '.join(person.roles)}")
    for missing in verified.missing:
        say_fact("missing", verified.describe_missing(missing))
    for note in verified.verification.report.notes:
        narrate(f"Note: {note}")


def report_object(verified: VerifiedReport) -> dict[str, Any]:
    """The same for machines."""
    facts, report = verified.facts, verified.verification.report
    return {
        "report": {
            "service": facts.service,
            "version": facts.version,
            "environment": facts.environment,
            "commit": facts.commit,
            "checklist": facts.checklist,
            "session": facts.session,
            "revision": facts.revision,
            "verdict": facts.verdict,
            "decision": facts.decision or None,
            "overruled": list(facts.overruled),
            "decided_by": facts.decided_by,
            "decided_at": facts.decided_at.isoformat() if facts.decided_at else None,
            "body_sha256": body_digest(report.body),
        },
        "sign_offs": [_sign_off(finding) for finding in verified.verification.findings],
        "in_several_roles": [
            {"signers": list(person.names), "keys": list(person.keys), "roles": list(person.roles)}
            for person in in_several_roles(verified.verification.findings)
        ],
        "missing": [
            {"role": wanted.role, "signer": wanted.signer, "only_ack": verified.lacks_opinion(wanted)}
            for wanted in verified.missing
        ],
        "notes": list(report.notes),
    }


def _sign_off(finding: Finding) -> dict[str, Any]:
    header = finding.sign_off.header
    return {
        "signer": header.signer,
        "role": header.role,
        "verdict": header.verdict.value,
        "signed_at": format_time(header.signed_at),
        "key": header.key,
        "standing": finding.standing.value,
        "limit": format_time(finding.limit) if finding.limit else None,
        "alarm": finding.is_alarm,
        "known_as": list(finding.known_as),
        "line": finding.sign_off.line,
    }
