"""The seven lines that a sign-off adds to the report's body before it is signed.

They are read so strictly that a header has exactly one spelling: what was parsed, written again, is the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from signoff.errors import AlteredReportError, NewerReportError, SigningError
from signoff.signing.principal import check_principal, single_line_fault

FORMAT = "signoff-report/1"
"""The one format this version reads and writes."""
FIELDS = ("format", "body-sha256", "signer", "role", "verdict", "signed-at", "key")
"""The names of the lines, in their order."""

_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_FINGERPRINT = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")


class SignedVerdict(StrEnum):
    """What a signer says about the release."""

    GO = "GO"
    NO_GO = "NO-GO"
    ACK = "ACK"


@dataclass(frozen=True, slots=True)
class Header:
    """Who signed a body, as what, saying what, when, with which key: each the signer's own word."""

    body_sha256: str
    """SHA-256 of the body, 64 lower-case hex digits."""
    signer: str
    """The name the signer claims. Only a known key makes it more than a claim."""
    role: str
    """The role the signer claims to sign in."""
    verdict: SignedVerdict
    """GO, NO-GO, or ACK for "seen, no opinion"."""
    signed_at: datetime
    """When, by the signer's own clock; UTC, whole seconds."""
    key: str
    """The fingerprint of the signing key, `SHA256:` and 43 characters."""
    format: str = FORMAT
    """The format of the whole report."""

    def encode(self) -> bytes:
        """The seven lines, each with its line end."""
        pairs = zip(FIELDS, _values(self), strict=True)
        return "".join(f"{name}: {value}\n" for name, value in pairs).encode("utf-8")

    def check(self) -> None:
        """Raises SigningError where this header may not be written, though it might be readable."""
        if self.signed_at.utcoffset() is None or self.signed_at.microsecond:
            raise SigningError("The time of a sign-off is in whole seconds and has a time zone.")
        check_principal(self.signer)
        for name, value in zip(FIELDS, _values(self), strict=True):
            fault = "is not one this version writes" if name == "format" and value != FORMAT else _FAULTS[name](value)
            if fault is not None:
                raise SigningError(f"The {name} of a sign-off {fault}.")


def parse_header(lines: Sequence[str], first_line: int) -> Header:
    """The header in these seven lines, the first of which is line `first_line` of its report.

    Raises NewerReportError for a format of a later version, AlteredReportError for anything else that does not fit.
    """
    if len(lines) < len(FIELDS):
        raise AlteredReportError("a sign-off is cut short", first_line + len(lines))
    values: dict[str, str] = {}
    for number, (name, line) in enumerate(zip(FIELDS, lines, strict=False), first_line):
        found, colon, value = line.partition(": ")
        if not colon or found != name:
            raise AlteredReportError(f"a sign-off has the line '{name}: …' here", number)
        if name == "format" and value != FORMAT and single_line_fault(value) is None:
            raise NewerReportError(f"This report is in a format of a newer version of signoff: {value}.")
        fault = _FAULTS[name](value)
        if fault is not None:
            raise AlteredReportError(f"the {name} {fault}", number)
        values[name.replace("-", "_")] = value
    verdict, signed_at = SignedVerdict(values.pop("verdict")), _parse_time(values.pop("signed_at"))
    return Header(verdict=verdict, signed_at=signed_at, **values)


def format_time(moment: datetime) -> str:
    """`moment` as a header writes it: UTC, whole seconds, `Z`."""
    return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat() + "Z"


def _values(header: Header) -> tuple[str, ...]:
    moment = format_time(header.signed_at)
    return header.format, header.body_sha256, header.signer, header.role, header.verdict, moment, header.key


def _parse_time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _time_fault(text: str) -> str | None:
    if not _TIME.fullmatch(text):
        return "is not a time like 2026-11-24T03:00:00Z"
    try:
        # Later Pythons read 24:00:00 as the next day, so the way back is compared too.
        exists = format_time(_parse_time(text)) == text
    except ValueError:
        exists = False
    return None if exists else "is a day or an hour that does not exist"


def _verdict_fault(text: str) -> str | None:
    return None if text in list(SignedVerdict) else "is not GO, NO-GO or ACK"


def _pattern_fault(pattern: re.Pattern[str], wanted: str) -> Callable[[str], str | None]:
    return lambda text: None if pattern.fullmatch(text) else f"is not {wanted}"


_FAULTS: dict[str, Callable[[str], str | None]] = {
    "format": single_line_fault,
    "body-sha256": _pattern_fault(_SHA256, "64 hex digits"),
    "signer": single_line_fault,
    "role": single_line_fault,
    "verdict": _verdict_fault,
    "signed-at": _time_fault,
    "key": _pattern_fault(_FINGERPRINT, "a fingerprint like SHA256:…"),
}
