"""Whether a report is what was signed, by people who are known, and by all who had to sign."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from signoff.errors import ReportError
from signoff.report.facts import ReportFacts, RequiredSigner, read_facts
from signoff.signing.allowed_signers import known_signers
from signoff.signing.header import SignedVerdict
from signoff.signing.verify import Finding, Verification, verify
from signoff.workflow.report_file import read_report


class VerifyCode(IntEnum):
    """What a verification came to; the exit code of `signoff verify`."""

    VERIFIED = 0
    """Intact, every key known, every required sign-off there with an opinion."""
    ALTERED = 1
    """Altered, malformed, or nothing that was ever signed."""
    UNKNOWN_KEY = 3
    """Intact, but a key is unknown, expired, revoked or belongs to somebody else."""
    MISSING_SIGN_OFF = 4
    """Intact, but a required sign-off is missing, or is an ACK."""


@dataclass(frozen=True, slots=True)
class VerifiedReport:
    """A report all of whose signatures fit it."""

    verification: Verification
    """The signatures and what is known about their keys."""
    facts: ReportFacts
    """What the report says about itself, read from the verified bytes."""

    @property
    def missing(self) -> tuple[RequiredSigner, ...]:
        """The sign-offs that the report demands and that are not there."""
        return tuple(entry for entry in self.facts.required if not self.has(entry))

    def has(self, wanted: RequiredSigner) -> bool:
        """Whether somebody whose key is known has signed in this role, with an opinion."""
        return any(fulfils(finding, wanted) for finding in self.verification.findings)

    def lacks_opinion(self, wanted: RequiredSigner) -> bool:
        """Whether a sign-off that is missing was given, but only as an ACK."""
        findings = self.verification.findings
        return not self.has(wanted) and any(_is_in_role(finding, wanted) for finding in findings)

    def describe_missing(self, wanted: RequiredSigner) -> str:
        """A sign-off that is missing, as a clause."""
        return f"{wanted}, there is only an ACK" if self.lacks_opinion(wanted) else str(wanted)

    @property
    def code(self) -> VerifyCode:
        """What it comes to."""
        if not self.verification.all_valid:
            return VerifyCode.UNKNOWN_KEY
        return VerifyCode.MISSING_SIGN_OFF if self.missing else VerifyCode.VERIFIED


def fulfils(finding: Finding, wanted: RequiredSigner) -> bool:
    """Whether a sign-off is one that is wanted: by a known key, in the role, with an opinion; an ACK is none."""
    return _is_in_role(finding, wanted) and finding.sign_off.header.verdict is not SignedVerdict.ACK


def _is_in_role(finding: Finding, wanted: RequiredSigner) -> bool:
    header = finding.sign_off.header
    return finding.is_valid and header.role == wanted.role and wanted.signer in (None, header.signer)


def verify_report(path: Path, allowed_signers: Path) -> VerifiedReport:
    """Verify a report.

    Args:
        path: The report.
        allowed_signers: The known keys, in OpenSSH's format; where there is no such file no key is known.

    Raises:
        StorageError: When it cannot be read.
        AlteredReportError: When it is not what was signed.
        ReportError: When it was never signed, or a newer version of the program made it.
        BrokenFileError: When the known keys cannot be understood.
    """
    data = read_report(path)
    verification = verify(data, known_signers(allowed_signers))
    if not verification.intact:
        raise ReportError(
            f"{path} carries no signature: it is a draft, it is still to be signed, or its sign-offs were cut off."
        )
    return VerifiedReport(verification, read_facts(verification.report.body))
