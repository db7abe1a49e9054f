"""The part that people read, in the order in which a reader a year later asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from signoff.domain.session import Session
from signoff.report import answer_sections, meeting_sections
from signoff.report.decision_lines import decision_lines, outcome
from signoff.report.escape import code, inline
from signoff.report.history_lines import history_lines
from signoff.report.layout import fact
from signoff.report.origin import Origin
from signoff.report.release_lines import release_lines
from signoff.report.roll_call import roll_call_lines
from signoff.report.times import utc_text

_SECTIONS: Final[tuple[tuple[str, Callable[[Session], list[str]]], ...]] = (
    ("Decision", decision_lines),
    ("Accepted risks", answer_sections.risk_lines),
    ("Blockers", answer_sections.blocker_lines),
    ("Failed checks", answer_sections.failed_lines),
    ("Undecided", answer_sections.undecided_lines),
    ("Conditions", answer_sections.condition_lines),
    ("Release", release_lines),
    ("Critical rules", meeting_sections.rule_lines),
    ("Roll call", roll_call_lines),
    ("Watch", meeting_sections.watch_lines),
    ("Actions", meeting_sections.action_lines),
    ("Counts", answer_sections.count_lines),
    ("Checks", answer_sections.check_lines),
    ("History", history_lines),
    ("Supersedes", meeting_sections.supersedes_lines),
    ("Required sign-offs", meeting_sections.required_sign_off_lines),
)


def heading_text(session: Session) -> str:
    """The heading, such as `Production Readiness: payments-api 4.12.0 -> prod: GO`."""
    title = inline(f"{session.checklist.title}: {session.release.title}")
    return f"{title}: {outcome(session)}"


def human_lines(session: Session, origin: Origin, *, mark: str = "") -> list[str]:
    """All sections, each followed by an empty line.

    Args:
        session: What is rendered.
        origin: Where it comes from.
        mark: What stands before every heading, so that no section can be quoted without it.
    """
    lines: list[str] = []
    for title, section in _SECTIONS:
        lines += [f"## {title}", "", *section(session), ""]
    lines += ["## Record", "", *_record_lines(session, origin), ""]
    return [_marked(line, mark) for line in lines]


def _marked(line: str, mark: str) -> str:
    # Only headings of ours start with a hash: no text of a user starts a line.
    level = line.partition(" ")[0]
    return f"{level} {mark}{line[len(level) + 1 :]}" if level in ("##", "###") else line


def _record_lines(session: Session, origin: Origin) -> list[str]:
    checklist = session.checklist
    return [
        *fact("Session", f"{code(session.id)}, revision {session.revision}, made {utc_text(session.created)}"),
        *fact("Session file, sha256", code(origin.session_sha256)),
        *fact("Checklist", f"{code(checklist.id)}, version {code(checklist.version)}"),
        *fact("Checklist file, sha256", code(checklist.sha256) or "it never was a file"),
        *fact("Made by", code(origin.program)),
    ]
