"""A report and its sign-offs in one Markdown file.

Everything before the first block is the body; after it there is nothing but blocks and single empty lines. So no text
can be slipped in that a reader sees and no signature covers. Reading says nothing about who signed: that is `verify`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from signoff.errors import AlteredReportError, ReportError
from signoff.signing.canonical import to_canonical
from signoff.signing.header import FIELDS, Header, parse_header
from signoff.signing.sshsig import ARMOUR_BEGIN, ARMOUR_END

OPENING = "```signoff"
"""The line that starts a block, and the end of the body."""
CLOSING = "```"


@dataclass(frozen=True, slots=True)
class SignOff:
    """One block: what somebody says, and the signature under it, not yet checked."""

    header: Header
    """The seven values."""
    armour: str
    """The signature, from its BEGIN line to its END line, each with its line end."""
    line: int
    """The 1-based line of the report where the block starts."""

    def encode(self) -> bytes:
        """The block as it stands in the report."""
        return b"".join((f"{OPENING}\n".encode(), self.header.encode(), self.armour.encode(), f"{CLOSING}\n".encode()))


@dataclass(frozen=True, slots=True)
class SignedReport:
    """A report taken apart, in canonical form."""

    body: bytes
    """What people read; what every sign-off signs."""
    sign_offs: tuple[SignOff, ...]
    """The blocks in their order; empty for a report that nobody has signed."""
    notes: tuple[str, ...]
    """What had to be undone to read a copy, each one sentence; empty for the file as it was written."""

    def signed_bytes(self, sign_off: SignOff) -> bytes:
        """The bytes that this sign-off's signature is made over."""
        return self.body + sign_off.header.encode()

    def encode(self) -> bytes:
        """The whole report in canonical form, one empty line between blocks."""
        return self.body + b"\n".join(sign_off.encode() for sign_off in self.sign_offs)


def body_digest(body: bytes) -> str:
    """What stands behind `body-sha256:`."""
    return hashlib.sha256(body).hexdigest()


def parse_report(data: bytes) -> SignedReport:
    """Take a report apart.

    Raises AlteredReportError with the reason and, where there is one, the line; NewerReportError for a later format.
    """
    canonical = to_canonical(data)
    lines = canonical.text.split("\n")[:-1]
    if OPENING not in lines:
        _check_unsigned(lines)
        return SignedReport(canonical.text.encode("utf-8"), (), canonical.notes)
    start = lines.index(OPENING)
    body = "".join(f"{line}\n" for line in lines[:start]).encode("utf-8")
    sign_offs = _parse_blocks(lines, start)
    _check_body(lines[:start])
    _check_digests(body, sign_offs)
    return SignedReport(body, sign_offs, canonical.notes)


def append(report: bytes, header: Header, armour: str) -> bytes:
    """The report, or a body that nobody has signed yet, with one more sign-off at its end.

    Raises SigningError where the header may not be written, ReportError where it does not belong to this report or
    stands in it already, AlteredReportError where the report or the armour is malformed.
    """
    header.check()
    known = parse_report(report)
    if not known.sign_offs:
        _check_body(known.body.decode("utf-8").split("\n")[:-1])
    if header.body_sha256 != body_digest(known.body):
        raise ReportError("The signature belongs to another report: sign this one again.")
    added = SignOff(header, armour, line=0)
    if added.encode() in [sign_off.encode() for sign_off in known.sign_offs]:
        raise ReportError(f"{header.signer} has just signed this report as {header.role}.")
    data = SignedReport(known.body, (*known.sign_offs, added), ()).encode()
    if len(parse_report(data).sign_offs) != len(known.sign_offs) + 1:
        raise AlteredReportError("the signature does not make one sign-off")
    return data


def _parse_blocks(lines: list[str], start: int) -> tuple[SignOff, ...]:
    sign_offs: list[SignOff] = []
    seen: set[bytes] = set()
    while start < len(lines):
        if lines[start] != OPENING:
            what = "text that nobody signed" if lines[start] else "more than one empty line"
            raise AlteredReportError(f"after a sign-off there is {what}", start + 1)
        sign_off, start = _parse_block(lines, start)
        if sign_off.encode() in seen:
            raise AlteredReportError("the same sign-off stands here a second time", sign_off.line)
        seen.add(sign_off.encode())
        sign_offs.append(sign_off)
        if lines[start : start + 1] == [""]:
            start += 1
    return tuple(sign_offs)


def _parse_block(lines: list[str], start: int) -> tuple[SignOff, int]:
    """The block whose opening stands at index `start`, and the index after its closing."""
    first = start + 1
    armour = first + len(FIELDS)
    header = parse_header(lines[first:armour], first + 1)
    if lines[armour : armour + 1] != [ARMOUR_BEGIN]:
        raise AlteredReportError(f"the line {ARMOUR_BEGIN} is expected here", armour + 1)
    end = next((at for at in range(armour, len(lines)) if lines[at] in (ARMOUR_END, CLOSING, OPENING)), len(lines))
    if lines[end : end + 2] != [ARMOUR_END, CLOSING]:
        raise AlteredReportError("the sign-off does not end as it should", min(end, len(lines) - 1) + 1)
    text = "".join(f"{line}\n" for line in lines[armour : end + 1])
    return SignOff(header, text, start + 1), end + 2


def _check_body(lines: list[str]) -> None:
    if not any(lines):
        raise AlteredReportError("there is no report before the first sign-off", 1)
    if lines[-2:] == ["", ""]:
        raise AlteredReportError("the report ends in more than one empty line", len(lines))
    for number, line in enumerate(lines, 1):
        if line in (ARMOUR_BEGIN, ARMOUR_END):
            raise AlteredReportError("a signature stands outside a sign-off", number)


def _check_unsigned(lines: list[str]) -> None:
    """A signed report that was damaged must not pass for one that nobody has signed."""
    for number, line in enumerate(lines, 1):
        if line in (ARMOUR_BEGIN, ARMOUR_END):
            raise AlteredReportError("a signature stands outside a sign-off", number)
    last = next((line for line in reversed(lines) if line), "")
    prefix = last.removesuffix(CLOSING)
    if prefix and prefix != last and prefix + OPENING in lines:
        raise AlteredReportError(f"every line starts with {prefix!r}, as in a quoted mail: use the file itself")


def _check_digests(body: bytes, sign_offs: tuple[SignOff, ...]) -> None:
    digest = body_digest(body)
    for sign_off in sign_offs:
        if sign_off.header.body_sha256 != digest:
            raise AlteredReportError(
                f"the report is not what {sign_off.header.signer} is said to have signed: its text was changed",
                sign_off.line,
            )
