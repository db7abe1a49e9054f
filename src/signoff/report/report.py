"""The two things that can be made of a session: the body that is signed, and a draft that never can pass for it."""

from __future__ import annotations

from typing import Final

from signoff.domain.session import Session
from signoff.report.data import report_data
from signoff.report.data_block import data_lines
from signoff.report.markdown import heading_text, human_lines
from signoff.report.origin import Origin
from signoff.report.verify_commands import verify_lines

_DRAFT: Final = "Draft, not signed: "
_WARNING: Final = (
    "**This is an UNSIGNED DRAFT. It is not a decision record, nobody has signed it, and it may change at any time.**"
)


def render_body(session: Session, *, session_sha256: str, program_version: str, signer: str, file_name: str) -> bytes:
    """The body of a report, to which sign-offs are appended. Same arguments, same bytes.

    Args:
        session: What is reported. Signatures that it remembers change nothing: all signers sign the same body.
        session_sha256: The hex digest of the session file.
        program_version: The version of this program.
        signer: The principal that signs first, for the printed commands.
        file_name: The report's own name, for the printed commands.

    Returns:
        UTF-8, NFC, LF, without trailing blanks, ending in the heading of the sign-offs and one LF.
    """
    origin = Origin(session_sha256, program_version)
    return _encoded(
        [
            f"# {heading_text(session)}",
            "",
            *human_lines(session, origin),
            *data_lines(report_data(session, origin)),
            "",
            "## How to verify",
            "",
            *verify_lines(file_name, signer),
            "",
            "## Sign-offs",
        ]
    )


def render_draft(session: Session, *, session_sha256: str, program_version: str) -> bytes:
    """An unsigned draft: the human part alone, marked in every heading, at its start and at its end.

    It has no data block and no place for sign-offs. So nothing that reads reports takes it for one, not even after
    somebody cut its first lines off and put a sign-off of their own under the rest.
    """
    origin = Origin(session_sha256, program_version)
    return _encoded(
        [
            f"# UNSIGNED DRAFT, not a decision record: {heading_text(session)} (not signed)",
            "",
            _WARNING,
            "",
            *human_lines(session, origin, mark=_DRAFT),
            _WARNING,
        ]
    )


def _encoded(lines: list[str]) -> bytes:
    # A text with nothing to see in it may leave the blank that stood before it.
    return "".join(f"{line.rstrip(' ')}\n" for line in lines).encode("utf-8")
