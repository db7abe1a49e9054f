"""Checking a report: is it what was signed, and who is behind each signature?

A signature that does not fit makes the report altered, for everybody. A signature that fits but whose key is not known
says nothing about its claimed name, and is never worded as if it did.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from signoff.errors import AlteredReportError
from signoff.signing.allowed_signers import AllowedSigner, AllowedSigners
from signoff.signing.container import SignedReport, SignOff, parse_report
from signoff.signing.header import format_time
from signoff.signing.public_key import PublicKey
from signoff.signing.signature_check import check_signature
from signoff.signing.sshsig import NAMESPACE, BadSignatureError, parse


class Standing(Enum):
    """What is known about the key of a sign-off."""

    VALID = "valid"
    UNKNOWN_KEY = "unknown key"
    WRONG_NAME = "wrong name"
    WRONG_PURPOSE = "wrong purpose"
    NOT_YET_VALID = "not yet valid"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sign-off whose signature fits the report, and what is known about its key."""

    sign_off: SignOff
    """The sign-off. Its signer is only a claim unless the standing is VALID."""
    key: PublicKey
    """The key that made the signature."""
    standing: Standing
    """What is known about that key."""
    known_as: tuple[str, ...] = ()
    """The names this key is known under, as patterns; empty for an unknown key."""
    keys_of_claimed: tuple[str, ...] = ()
    """The fingerprints of the keys in use under exactly the claimed name; beside an unknown key they are an alarm."""
    limit: datetime | None = None
    """When the key ends or begins; beside a valid standing the end of a key that has one, as retired keys do."""

    @property
    def is_valid(self) -> bool:
        """Whether the claimed name may be taken for the signer."""
        return self.standing is Standing.VALID

    @property
    def is_alarm(self) -> bool:
        """Whether somebody may be posing as somebody else: a known key under another name, or the reverse."""
        return self.standing is Standing.WRONG_NAME or (
            self.standing is Standing.UNKNOWN_KEY and bool(self.keys_of_claimed)
        )

    def describe(self) -> str:
        """One clause for people. Only a valid sign-off is worded as its signer's."""
        header = self.sign_off.header
        moment = format_time(header.signed_at)
        said = f"{header.verdict} as {header.role}, {moment}"
        claim = f"claims to be {header.signer} ({said})"
        limit = "" if self.limit is None else format_time(self.limit)
        match self.standing:
            case Standing.VALID:
                return f"{header.signer}: {said}, key {header.key}{f', which is good until {limit}' if limit else ''}"
            case Standing.UNKNOWN_KEY:
                known = ", ".join(self.keys_of_claimed)
                alarm = f", and {header.signer} is known with {known}" if known else ""
                return f"{claim}, key {header.key} is not known{alarm}"
            case Standing.WRONG_NAME:
                return f"{claim}, but key {header.key} belongs to {' and '.join(self.known_as)}"
            case Standing.WRONG_PURPOSE:
                return f"{claim}, but key {header.key} is not allowed to sign reports"
            case Standing.NOT_YET_VALID:
                return f"{claim}, but key {header.key} is valid only from {limit} on"
            case Standing.EXPIRED:
                return f"{claim}, but key {header.key} was valid only until {limit}"
            case Standing.REVOKED:
                return f"{claim}, but key {header.key} was revoked: nothing that it ever signed counts"


@dataclass(frozen=True, slots=True)
class Verification:
    """A report all of whose signatures fit it."""

    report: SignedReport
    """The report, taken apart."""
    findings: tuple[Finding, ...]
    """One for each sign-off, in their order; empty for a report that nobody has signed."""

    @property
    def intact(self) -> bool:
        """Whether the body is proven to be what was signed. False only for a report that nobody has signed."""
        return bool(self.findings)

    @property
    def all_valid(self) -> bool:
        """Whether there are sign-offs and each is by a key that is known, under its name and at its time."""
        return self.intact and all(finding.is_valid for finding in self.findings)


def verify(data: bytes, signers: AllowedSigners) -> Verification:
    """Check every signature of a report, and its key against those that are known.

    Raises AlteredReportError where the report is malformed or a signature does not fit it, NewerReportError for a later
    format. A report without sign-offs raises nothing: see `Verification.intact`.
    """
    report = parse_report(data)
    findings = [_check(report, index, sign_off, signers) for index, sign_off in enumerate(report.sign_offs, 1)]
    return Verification(report, tuple(findings))


def _check(report: SignedReport, index: int, sign_off: SignOff, signers: AllowedSigners) -> Finding:
    try:
        key = _check_signature(report, sign_off)
    except BadSignatureError as error:
        claimed = f"sign-off {index}, which claims to be {sign_off.header.signer}"
        raise AlteredReportError(f"{claimed}, is not valid: {error}", sign_off.line) from error
    return _judge(sign_off, key, signers)


def _check_signature(report: SignedReport, sign_off: SignOff) -> PublicKey:
    signature = parse(sign_off.armour)
    if signature.key.fingerprint != sign_off.header.key:
        raise BadSignatureError("the signature was made by another key than the one it names")
    check_signature(signature, report.signed_bytes(sign_off))
    return signature.key


def _judge(sign_off: SignOff, key: PublicKey, signers: AllowedSigners) -> Finding:
    claimed = sign_off.header.signer
    known_as = tuple(dict.fromkeys(entry.principals for entry in signers.with_key(key)))
    of_claimed = tuple(dict.fromkeys(known.fingerprint for known in signers.current_keys_of(claimed)))
    standing, limit = standing_of(key, claimed, sign_off.header.signed_at, signers)
    return Finding(sign_off, key, standing, known_as, of_claimed, limit)


def standing_of(
    key: PublicKey, principal: str, moment: datetime, signers: AllowedSigners
) -> tuple[Standing, datetime | None]:
    """What is known about a key that signs as `principal` at `moment`, and when it begins or ends, if it does.

    One line that allows is enough, as for ssh-keygen; else it is the line that says most.
    """
    of_key = signers.with_key(key)
    if not of_key:
        return Standing.UNKNOWN_KEY, None
    results = [_at(entry, moment) for entry in of_key if entry.may_sign_as(principal)]
    if not results:
        return Standing.WRONG_NAME, None
    order = (Standing.WRONG_PURPOSE, Standing.NOT_YET_VALID, Standing.EXPIRED, Standing.REVOKED, Standing.VALID)
    return max(results, key=lambda result: (order.index(result[0]), result[1] is None))


def _at(entry: AllowedSigner, moment: datetime) -> tuple[Standing, datetime | None]:
    """What one line says about its key at `moment`."""
    if not entry.may_sign_for(NAMESPACE):
        return Standing.WRONG_PURPOSE, None
    if entry.is_revoked:
        return Standing.REVOKED, None
    if entry.valid_after is not None and moment < entry.valid_after:
        return Standing.NOT_YET_VALID, entry.valid_after
    if entry.valid_before is not None and moment > entry.valid_before:
        return Standing.EXPIRED, entry.valid_before
    return Standing.VALID, entry.valid_before
