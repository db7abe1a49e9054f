"""What is released, where and when."""

from __future__ import annotations

from signoff.domain.session import Session
from signoff.report.escape import code
from signoff.report.layout import fact, told
from signoff.report.link import web_link
from signoff.report.times import window_text


def release_lines(session: Session) -> list[str]:
    """The release, one fact a line; what nobody said is said to be missing."""
    release = session.release
    rollback = web_link(release.rollback.strip())
    return [
        *fact("Service", code(release.service) or "not said"),
        *fact("Version", code(release.version) or "not said"),
        *fact("Environment", code(release.environment) or "not said"),
        *fact("Commit", code(release.commit) or "not said"),
        *fact("Window", window_text(release.window) if release.window else "not said"),
        *(fact("Rollback", rollback) or told("Rollback", release.rollback) or fact("Rollback", "not said")),
    ]
