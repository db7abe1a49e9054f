"""Signed reports, made the way the program makes them when S is pressed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cli.home import Home, session_in
from meeting import BY, LINK, NOW, a_checklist, a_window, answered, decided, voted
from seeded import RM
from signoff.domain.answer import Status
from signoff.domain.checklist import Checklist, Demand, Role
from signoff.domain.deciding import decide
from signoff.domain.meeting import Choice, Decision, Verdict, Watch
from signoff.domain.release import Release
from signoff.domain.session import Session
from signoff.signing.header import SignedVerdict
from signoff.signing.identity import load_identity
from signoff.signing.sign_report import sign_report
from signoff.signing.signer import Signer, create_key, open_signer
from signoff.signing.trust import trust_line
from signoff.workflow.export_report import signed_export, write_export

PRINCIPAL = "rm@example.com"
PASSPHRASE = "a passphrase for tests"
COMMIT = "9f8e7d6c5b4a39281706f5e4d3c2b1a098765432"
RELEASE = Release("payments", "4.12.0", "prod", COMMIT, a_window())


def a_go(session: Session) -> Session:
    """The meeting that found nothing against the release, decided."""
    for item in session.checklist.items:
        session = answered(session, item.id, Status.PASS, evidence=(LINK,))
    for role in session.checklist.roles:
        session = voted(session, role.id, Choice.GO)
    return decided(session.set_watch(Watch("ana", NOW + timedelta(days=2)), now=NOW, by=BY))


def two_must_sign() -> Checklist:
    """The small checklist, where an auditor has to sign too."""
    checklist = a_checklist()
    auditor = Role("auditor", "Auditor", vote=Demand.NONE, signature=Demand.REQUIRED)
    return replace(checklist, roles=(*checklist.roles, auditor))


def a_key(home: Home, principal: str = PRINCIPAL) -> str:
    """The line of `allowed_signers` of this home's own key, which is made where there is none."""
    config = home.locations.config
    identity = load_identity(config) or create_key(principal, config, PASSPHRASE)
    return trust_line(identity.principal, identity.key)


def a_report_of_now(home: Home, *, checklist: Checklist | None = None, release: Release | None = None) -> Path:
    """A GO that was decided and signed a moment ago, as a pipeline wants it."""
    a_key(home)
    identity = load_identity(home.locations.config)
    assert identity is not None
    signer = open_signer(identity, home.locations.config, PASSPHRASE)
    return a_report_of(home, a_go, signer=signer, checklist=checklist, release=release)


def a_report_of(
    home: Home,
    meeting: Callable[[Session], Session],
    choice: Verdict = Verdict.GO,
    *,
    signer: Signer = RM,
    checklist: Checklist | None = None,
    release: Release | None = None,
) -> Path:
    """The report of a meeting that was decided and signed a moment ago, whatever its verdict was."""
    now = datetime.now(UTC).replace(microsecond=0)

    def decided_now(session: Session) -> Session:
        return decide(meeting(session), Decision(choice, BY, now, "it must go"), now=now, by=BY)

    session = home.session(decided_now, checklist=checklist, release=release or RELEASE)
    export = signed_export(session_in(session), session, signer, home.work, now)
    write_export(export)
    return export.path


def a_signed_report(home: Home, *, checklist: Checklist | None = None) -> Path:
    """A report, signed by the key of this home, which is made where there is none."""
    session = home.session(a_go, checklist=checklist, release=Release("payments", "4.12.0", window=a_window()))
    config = home.locations.config
    identity = load_identity(config) or create_key(PRINCIPAL, config, PASSPHRASE)
    export = signed_export(session_in(session), session, open_signer(identity, config, PASSPHRASE), home.work, NOW)
    write_export(export)
    return export.path


def a_signed_report_with(home: Home, facts: dict[str, Any]) -> Path:
    """A file with a good signature over data of somebody's own making."""
    config = home.locations.config
    identity = load_identity(config) or create_key(PRINCIPAL, config, PASSPHRASE)
    signer = open_signer(identity, config, PASSPHRASE)
    body = f"# Small\n\n## Data\n\n```json signoff-report/1\n{json.dumps(facts)}\n```\n\n## Sign-offs\n\n".encode()
    path = home.work / "made-by-hand.signoff.md"
    path.write_bytes(sign_report(body, signer, role="Release manager", verdict=SignedVerdict.GO, signed_at=NOW))
    return path
