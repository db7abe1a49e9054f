"""Who has signed a report, role by role: those that must, whether they have or not, and then everybody else."""

from __future__ import annotations

from dataclasses import dataclass

from signoff.report.facts import RequiredSigner
from signoff.signing.verify import Finding
from signoff.workflow.verify_report import VerifiedReport, fulfils


@dataclass(frozen=True, slots=True)
class RollEntry:
    """One role, and the sign-off that was given in it."""

    role: RequiredSigner
    """The role, and who has to sign in it, or who did."""
    is_required: bool
    """Whether the report demands this sign-off."""
    finding: Finding | None
    """The sign-off; None where a required one is missing."""

    def describe(self) -> str:
        """One clause for people."""
        return self.finding.describe() if self.finding else f"{self.role}: not yet"


def sign_off_roll(verified: VerifiedReport) -> tuple[RollEntry, ...]:
    """The roll of a report. What fulfils no demand, an ACK or a key that is not known, stands among the others."""
    findings = list(verified.verification.findings)
    roll = []
    for wanted in verified.facts.required:
        finding = next((found for found in findings if fulfils(found, wanted)), None)
        roll.append(RollEntry(wanted, is_required=True, finding=finding))
        if finding is not None:
            findings.remove(finding)
    for finding in findings:
        header = finding.sign_off.header
        roll.append(RollEntry(RequiredSigner(header.role, header.signer), is_required=False, finding=finding))
    return tuple(roll)
