"""Who has signed the report of a session, who still has to, and what was changed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from signoff.domain.change_text import describe_changes
from signoff.domain.history import Change
from signoff.domain.safe_text import safe_text
from signoff.domain.session import Session
from signoff.signing.header import SignedVerdict
from signoff.signing.verify import Finding
from signoff.ui.keyboard.dialog_keys import LEAVE
from signoff.ui.keyboard.finish_keys import SIGN
from signoff.ui.screens.dialog import Dialog
from signoff.workflow.report_standing import ReportStanding

_MOST_CHANGES: Final = 8


class SignOffs(Dialog[None]):
    """Shows the sign-offs of a report, role by role."""

    PLACE = "Sign-offs"

    def help_line(self) -> str:
        """What the keys do."""
        return f"{self.app.key(LEAVE)} closes; {self.app.key(SIGN)} on the finish adds a sign-off"

    def __init__(self, session: Session, standing: ReportStanding) -> None:
        """Make it.

        Args:
            session: The session.
            standing: How it stands to its last signed report.
        """
        super().__init__(f"Sign-offs of {standing.path.name}")
        self._session = session
        self._standing = standing

    def body(self) -> Iterable[Widget]:
        """The roles, then the changes."""
        yield Static(Content("\n").join([*self._roll(), *self._changes()]))

    def _roll(self) -> Iterator[Content]:
        if self._standing.problem:
            yield Content.styled(safe_text(self._standing.problem), "$status-fail bold")
        for entry in self._standing.roll:
            box, style = _box(entry.finding)
            yield Content.assemble((f"{box} ", style), safe_text(entry.describe()))

    def _changes(self) -> Iterator[Content]:
        changes = self._standing.changes
        if not changes:
            return
        revisions = sorted({change.revision for change in changes})
        yield Content("")
        count = f"{len(revisions)} edit{'' if len(revisions) == 1 else 's'}"
        stale = f"STALE: {count} since. Whoever signed that report has not signed this revision:"
        yield Content.styled(stale, "$status-condition bold")
        for revision in revisions[-_MOST_CHANGES:]:
            yield Content(f"  {self._edit([change for change in changes if change.revision == revision])}")

    def _edit(self, changes: list[Change]) -> str:
        first = changes[0]
        words = safe_text(f"{describe_changes(self._session, changes)} by {first.by}")
        return f"{first.at.astimezone():%d %b %H:%M:%S}  {words}"


def _box(finding: Finding | None) -> tuple[str, str]:
    """The box before a sign-off, and its style: only what speaks for the release is shown as a yes."""
    if finding is None:
        return "[ ]", "$status-open"
    if not finding.is_valid or finding.sign_off.header.verdict is SignedVerdict.NO_GO:
        return "[✗]", "$status-fail bold"
    if finding.sign_off.header.verdict is SignedVerdict.ACK:
        return "[-]", "$muted"
    return "[✓]", "$status-pass"
