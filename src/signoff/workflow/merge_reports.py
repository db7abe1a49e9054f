"""Two copies of one report, signed apart from each other, made one."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

from signoff.errors import AlteredReportError, ReportError
from signoff.report.unsigned import without_mark
from signoff.signing.allowed_signers import AllowedSigners
from signoff.signing.container import SignedReport, SignOff
from signoff.signing.verify import verify
from signoff.workflow.report_file import read_report

_LONGEST = 100


def merge_reports(first: Path, second: Path) -> SignedReport:
    """The one body of two copies, with the sign-offs of both in the order in which they were made.

    Any two copies give the same, whichever comes first; a sign-off that is in both stands there once. Whose keys they
    are is not asked here.

    Raises:
        StorageError: When one cannot be read.
        AlteredReportError: When one is not what was signed; the message names the file.
        ReportError: When they are two different reports, or neither is signed.
    """
    one, other = _verified(first), _verified(second)
    if one.body != other.body:
        raise ReportError(_difference(first, one.body, second, other.body))
    sign_offs = {sign_off.encode(): sign_off for sign_off in (*one.sign_offs, *other.sign_offs)}
    if not sign_offs:
        raise ReportError(f"Neither {first} nor {second} carries a signature: there is nothing to merge.")
    return SignedReport(one.body, tuple(sorted(sign_offs.values(), key=_order)), ())


def _order(sign_off: SignOff) -> tuple[object, ...]:
    return sign_off.header.signed_at, sign_off.encode()


def _verified(path: Path) -> SignedReport:
    try:
        report = verify(read_report(path), AllowedSigners()).report
    except AlteredReportError as error:
        raise AlteredReportError(f"{path}: {error}") from error
    return report if report.sign_offs else SignedReport(without_mark(report.body), (), report.notes)


def _difference(first: Path, one: bytes, second: Path, other: bytes) -> str:
    lines = zip_longest(one.decode("utf-8").split("\n"), other.decode("utf-8").split("\n"))
    number, (left, right) = next((n, pair) for n, pair in enumerate(lines, 1) if pair[0] != pair[1])
    pairs = enumerate(zip_longest(left or "", right or ""))
    same = next((at for at, (a, b) in pairs if a != b), 0)
    return (
        f"{first} and {second} are two different reports: line {number} is {_shown(left, same)} in the one "
        f"and {_shown(right, same)} in the other."
    )


def _shown(line: str | None, same: int) -> str:
    """A line, cut so that what stands after its first `same` characters is seen."""
    if line is None:
        return "not there"
    start = max(same - _LONGEST // 2, 0)
    piece = line[start : start + _LONGEST]
    return f'"{"…" if start else ""}{piece}{"…" if line[start:] != piece else ""}"'
