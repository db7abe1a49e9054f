"""From a decided session to a signed report on the disk, and to a draft that nobody could take for one."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from signoff import __version__
from signoff.domain.checklist import Demand
from signoff.domain.deciding import obstacle_to_signing
from signoff.domain.meeting import SignOff, Verdict
from signoff.domain.session import Session
from signoff.errors import SigningError, StorageError
from signoff.regular_file import read_bytes
from signoff.report.report import render_body, render_draft
from signoff.report.report_name import report_name
from signoff.report.unsigned import mark_unsigned
from signoff.signing.container import body_digest, parse_report
from signoff.signing.header import SignedVerdict
from signoff.signing.sign_report import sign_report
from signoff.signing.signer import Signer
from signoff.storage.readers import has_controls
from signoff.storage.toml_file import LARGEST
from signoff.workflow.report_file import read_report, write_report


@dataclass(frozen=True, slots=True)
class SignedExport:
    """A signed report that is not written yet."""

    path: Path
    """Where it belongs."""
    data: bytes
    """Its bytes."""
    sign_off: SignOff
    """What the session remembers of the signature."""


def signing_role(session: Session) -> str:
    """The title of the role that signs first: one that must sign, and of those the one that decides and has no vote."""
    must = [role for role in session.checklist.roles if role.signature is Demand.REQUIRED]
    required = [role.title for role in sorted(must, key=lambda role: role.vote is not Demand.NONE)]
    allowed = [role.title for role in session.checklist.signing_roles]
    title = next(iter([*required, *allowed]), "Release manager")
    return unicodedata.normalize("NFC", title.strip())


def report_path(session: Session, folder: Path, now: datetime) -> Path:
    """Where a new report of a session belongs: a name that no file has yet."""
    return _free_path(folder, report_name(session.release, now.date()), ".signoff.md")


def draft_path(session: Session, folder: Path, now: datetime) -> Path:
    """Where a draft belongs: beside the report, under a name that says what it is."""
    name = report_name(session.release, now.date()).replace(".signoff.md", ".draft.md")
    return folder / name


def _free_path(folder: Path, name: str, ending: str) -> Path:
    stem, number, path = name.removesuffix(ending), 1, folder / name
    while path.exists() or path.is_symlink():
        number += 1
        path = folder / f"{stem}-{number}{ending}"
    return path


def draft_of(session: Session, session_path: Path) -> bytes:
    """An unsigned draft of the report, which says so in its first lines.

    Raises:
        StorageError: When the session's file cannot be read.
    """
    return render_draft(session, session_sha256=_sha256(session_path), program_version=__version__)


def report_of(session: Session, session_path: Path) -> bytes:
    """The report of a session: the signed one as it stands where it was written, or a draft while there is none.

    Raises:
        StorageError: When a file that it needs cannot be read.
    """
    return read_report(Path(session.sign_offs[-1].report)) if session.is_signed else draft_of(session, session_path)


def signed_export(session: Session, session_path: Path, signer: Signer, folder: Path, now: datetime) -> SignedExport:
    """Render the report and sign it. Waits for whatever keeps the key; writes nothing.

    Args:
        session: The session, as it is in its file.
        session_path: The file.
        signer: Who signs.
        folder: Where the report will be written.
        now: The aware present.

    Raises:
        SigningError: When it cannot be signed, or must not be yet.
        StorageError: When the session's file cannot be read, or the session could not remember the folder.
    """
    if has_controls(str(folder)):
        raise StorageError(f"{folder} has a control character in its name: start signoff in another folder to sign.")
    path, role = report_path(session, folder, now), signing_role(session)
    body = _body_of(session, session_path, path, signer.identity.principal)
    verdict = SignedVerdict.NO_GO if session.decision.choice is Verdict.NO_GO else SignedVerdict.GO
    data = sign_report(body, signer, role=role, verdict=verdict, signed_at=now)
    identity = signer.identity
    digest = body_digest(parse_report(data).body)
    sign_off = SignOff(
        identity.principal, role, verdict.value, now.replace(microsecond=0), identity.fingerprint, str(path), digest
    )
    return SignedExport(path, data, sign_off)


def unsigned_report_of(session: Session, session_path: Path, path: Path, signer: str) -> bytes:
    """The report for somebody who signs it later, with `co_sign`; marked as one that nobody has signed.

    Args:
        session: The session, as it is in its file.
        session_path: The file.
        path: Where it will be written.
        signer: The principal that will sign first, for the commands that the report prints; empty when nobody knows.

    Raises:
        SigningError: When it must not be signed yet.
        StorageError: When the session's file cannot be read.
    """
    return mark_unsigned(_body_of(session, session_path, path, signer))


def _body_of(session: Session, session_path: Path, path: Path, signer: str) -> bytes:
    obstacle = obstacle_to_signing(session)
    if obstacle:
        raise SigningError(obstacle)
    digest = _sha256(session_path)
    return render_body(session, session_sha256=digest, program_version=__version__, signer=signer, file_name=path.name)


def write_export(export: SignedExport) -> None:
    """Write a signed report, read it back, and only then call it written.

    Raises:
        StorageError: When it cannot be written, or is not what was signed when it is read back.
    """
    write_report(export.path, export.data)


def _sha256(path: Path) -> str:
    return hashlib.sha256(read_bytes(path, most=LARGEST)).hexdigest()
