"""Whether a report is what was signed, by people who are known, and by all who had to sign."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any, Final

from signoff.errors import AlteredReportError, ReportError, StorageError
from signoff.report.data_block import read_data
from signoff.signing.allowed_signers import AllowedSigners, load_allowed_signers
from signoff.signing.verify import Verification, verify

_LARGEST: Final = 64 * 1024 * 1024


class VerifyCode(IntEnum):
    """What a verification came to; the exit code of `signoff verify`."""

    VERIFIED = 0
    """Intact, every key known, every required sign-off there."""
    ALTERED = 1
    """Altered, malformed, or nothing that was ever signed."""
    UNKNOWN_KEY = 3
    """Intact, but a key is unknown, expired or belongs to somebody else."""
    MISSING_SIGN_OFF = 4
    """Intact, but a required sign-off is missing."""


@dataclass(frozen=True, slots=True)
class VerifiedReport:
    """A report all of whose signatures fit it."""

    verification: Verification
    """The signatures and what is known about their keys."""
    data: dict[str, Any]
    """The report's data, read from the verified bytes."""
    missing: tuple[str, ...]
    """The required sign-offs that are not there, as `role` or `role (signer)`."""

    @property
    def title(self) -> str:
        """The release and what was decided, from the verified bytes."""
        release, decision = self.data["release"], self.data["decision"]
        decided = decision["choice"] if decision else "undecided"
        return f"{release['service']} {release['version']} -> {release['environment']}: {decided}"

    @property
    def code(self) -> VerifyCode:
        """What it comes to."""
        if not self.verification.all_valid:
            return VerifyCode.UNKNOWN_KEY
        return VerifyCode.MISSING_SIGN_OFF if self.missing else VerifyCode.VERIFIED


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
    data = _read(path)
    signers = load_allowed_signers(allowed_signers) if allowed_signers.exists() else AllowedSigners()
    verification = verify(data, signers)
    if not verification.intact:
        raise ReportError(f"{path} carries no signature: it is a draft, or its sign-offs were cut off.")
    facts = read_data(verification.report.body)
    try:
        verified = VerifiedReport(verification, facts, _missing(facts, verification))
        _ = verified.title
    except (KeyError, TypeError, AttributeError) as error:
        raise AlteredReportError("what is signed is no data that signoff writes") from error
    return verified


def _missing(facts: dict[str, Any], verification: Verification) -> tuple[str, ...]:
    required = facts.get("required_sign_offs")
    if not isinstance(required, list) or not all(isinstance(entry.get("role"), str) for entry in required):
        raise AlteredReportError("the data does not say which sign-offs are required")
    there = verification.signed_by
    missing = []
    for entry in required:
        role, signer = str(entry["role"]), entry.get("signer")
        if not any(role == by_role and signer in (None, by) for by_role, by in there):
            missing.append(f"{role} ({signer})" if signer else role)
    return tuple(missing)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise StorageError(f"{path} is too large to be a report.")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise StorageError(f"There is no file {path}.") from error
    except OSError as error:
        raise StorageError(f"Cannot read {path}: {error.strerror or error}.") from error
