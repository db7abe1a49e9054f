"""Adding a sign-off to a report that is there already: looked at first, from the bytes that the others signed.

The report is never rendered again. Whoever signs sees what they sign and signs exactly that, and a file that somebody
else changed in the meantime is not written over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from signoff.errors import SigningError, StorageError
from signoff.report.data_block import without_data
from signoff.report.facts import read_facts
from signoff.report.unsigned import without_mark
from signoff.signing.allowed_signers import AllowedSigners, known_signers
from signoff.signing.header import SignedVerdict, format_time
from signoff.signing.identity import Identity
from signoff.signing.sign_report import check_first, sign_report
from signoff.signing.signer import Signer
from signoff.signing.verify import Standing, standing_of, verify
from signoff.workflow.report_file import read_report, rewrite_report, write_report
from signoff.workflow.verify_report import VerifiedReport


@dataclass(frozen=True, slots=True)
class ReportToSign:
    """A report that is intact and may get one more sign-off."""

    path: Path
    """Where it was read."""
    read: bytes
    """What was read, to notice when somebody else changes the file."""
    verified: VerifiedReport
    """What is proven about it and what it says; it may be that nobody has signed it yet."""
    signers: AllowedSigners
    """The keys that are known here."""

    @property
    def body(self) -> bytes:
        """What everybody signs."""
        return self.verified.verification.report.body

    @property
    def text(self) -> str:
        """What everybody signs, for people to read: of these very bytes, without the lines for machines."""
        return without_data(self.body)

    def is_required(self, role: str) -> bool:
        """Whether the report demands a sign-off in a role."""
        return any(wanted.role == role for wanted in self.verified.facts.required)

    def doubts_about(
        self, identity: Identity, role: str, now: datetime, verdict: SignedVerdict | None = None
    ) -> tuple[str, ...]:
        """What somebody should know who is about to sign in a role; none of it forbids to.

        Args:
            identity: Who signs.
            role: The role.
            now: The aware present.
            verdict: What they say; None while they have not said it.
        """
        facts, doubts = self.verified.facts, []
        bound = [wanted.signer for wanted in facts.required if wanted.role == role and wanted.signer]
        if role not in facts.roles:
            doubts.append(f"The report has no role {role}; it has {', '.join(facts.roles) or 'none'}.")
        elif bound and identity.principal not in bound:
            doubts.append(f"As {role} the report wants {' and '.join(bound)}: yours will not count for that.")
        mine = [found.sign_off.header for found in self.verified.verification.findings if found.key == identity.key]
        if others := [header.role for header in mine if header.role != role]:
            doubts.append(f"You have signed as {' and '.join(others)}: a pipeline may want another person as {role}.")
        if verdict is SignedVerdict.ACK and self.is_required(role):
            doubts.append(f"An ACK is no opinion: as {role} the report still wants a sign-off with one.")
        if standing_of(identity.key, identity.principal, now, self.signers)[0] is Standing.UNKNOWN_KEY:
            doubts.append("This key is not in the allowed_signers here; those who verify must have it in theirs.")
        return tuple(doubts)


def open_to_sign(path: Path, allowed_signers: Path) -> ReportToSign:
    """A report that is to be signed: verified, or without any sign-off as it was exported.

    Args:
        path: The report.
        allowed_signers: The known keys, by which the other sign-offs are judged.

    Raises:
        StorageError: When it cannot be read.
        AlteredReportError: When it is not what was signed.
        ReportError: When it is a draft, or a newer version of the program made it.
        BrokenFileError: When the known keys cannot be understood.
    """
    data, signers = read_report(path), known_signers(allowed_signers)
    verification = verify(data, signers)
    if not verification.intact:
        verification = verify(without_mark(verification.report.body), signers)
    return ReportToSign(path, data, VerifiedReport(verification, read_facts(verification.report.body)), signers)


def check_may_sign(to_sign: ReportToSign, identity: Identity, role: str, now: datetime) -> None:
    """See that a sign-off would be worth something.

    Raises:
        SigningError: When it is there already, or when those who know the key would not accept it.
    """
    check_first(to_sign.verified.verification.report, identity, role)
    standing, limit = standing_of(identity.key, identity.principal, now, to_sign.signers)
    if standing not in (Standing.VALID, Standing.UNKNOWN_KEY):
        since = f" ({format_time(limit)})" if limit else ""
        raise SigningError(
            f"Your key {identity.fingerprint} cannot sign as {identity.principal}, by the allowed_signers here: "
            f"{standing.value}{since}. Sign with another key or under the name that it has."
        )


def co_sign(to_sign: ReportToSign, signer: Signer, role: str, verdict: SignedVerdict, now: datetime) -> bytes:
    """The report with one more sign-off. Waits for whatever keeps the key; writes nothing.

    Raises:
        SigningError: When it cannot be signed, or not by this key.
    """
    check_may_sign(to_sign, signer.identity, role, now)
    report = to_sign.verified.verification.report
    return sign_report(report.encode(), signer, role=role, verdict=verdict, signed_at=now)


def write_co_signed(to_sign: ReportToSign, signed: bytes, target: Path) -> None:
    """Write a report with its new sign-off, and read it back.

    Raises:
        StorageError: When it cannot be written, or the file was changed since it was read.
        AlteredReportError: When what is read back is not what was signed.
    """
    if target == to_sign.path and read_report(target) != to_sign.read:
        raise StorageError(f"{target} was changed while you looked at it: nothing was written, sign it again.")
    (rewrite_report if target == to_sign.path else write_report)(target, signed)
    verify(read_report(target), to_sign.signers)
