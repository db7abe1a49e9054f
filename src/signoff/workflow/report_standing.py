"""How a session stands to the report that it was signed by: who has signed it, and what has changed since."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from signoff.domain.history import Change
from signoff.domain.session import Session
from signoff.errors import SignoffError
from signoff.signing.container import body_digest
from signoff.workflow.sign_off_roll import RollEntry, sign_off_roll
from signoff.workflow.verify_report import verify_report


@dataclass(frozen=True, slots=True)
class ReportStanding:
    """What is known about a signed report of a session."""

    path: Path
    """Where it was written."""
    roll: tuple[RollEntry, ...] = ()
    """Who has signed it, those that must first; empty where that cannot be said."""
    problem: str = ""
    """Why it cannot be said; empty where it can."""
    changes: tuple[Change, ...] = ()
    """What was changed in the session since; none while the session is what was signed."""

    @property
    def signed(self) -> int:
        """How many of the required sign-offs are there."""
        return sum(entry.is_required and entry.finding is not None for entry in self.roll)

    @property
    def required(self) -> int:
        """How many sign-offs are required."""
        return sum(entry.is_required for entry in self.roll)


def report_standing(session: Session, allowed_signers: Path) -> ReportStanding | None:
    """How the last signed report of a session stands. Reads the disk.

    Args:
        session: The session.
        allowed_signers: The known keys.

    Returns:
        Its standing; None for a session that was never signed.
    """
    changes: tuple[Change, ...] = ()
    if session.is_signed:
        path, digest = Path(session.sign_offs[-1].report), session.sign_offs[-1].body_sha256
    elif session.supersedes.revision:
        before = session.supersedes
        path, digest = Path(before.report), before.body_sha256
        changes = tuple(change for change in session.history if change.revision > before.revision)
    else:
        return None
    try:
        verified = verify_report(path, allowed_signers)
    except SignoffError as error:
        return ReportStanding(path, problem=str(error), changes=changes)
    if body_digest(verified.verification.report.body) != digest:
        problem = f"{path} is another report than the one that was signed here."
        return ReportStanding(path, problem=problem, changes=changes)
    return ReportStanding(path, sign_off_roll(verified), changes=changes)
