"""Signing beside those who have signed: the report as it stands, another role, the signer's own word."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from signoff.domain.meeting import SignOff
from signoff.errors import SigningError
from signoff.signing.container import body_digest
from signoff.signing.header import SignedVerdict
from signoff.signing.identity import Identity
from signoff.ui.open_session import OpenSession
from signoff.ui.screens.confirm import Confirm
from signoff.ui.screens.pick import Pick
from signoff.ui.screens.signing import SAVE_SECONDS, write_and_note
from signoff.ui.screens.signing_key import signing_identity, with_signer, you_sign_as
from signoff.ui.screens.waiting import Waiting
from signoff.workflow.co_sign import ReportToSign, co_sign, open_to_sign, write_co_signed

if TYPE_CHECKING:
    from signoff.ui.app import SignoffApp

_WORDS = {
    SignedVerdict.GO: "GO      I agree",
    SignedVerdict.NO_GO: "NO-GO   I object; a pipeline will not pass it",
    SignedVerdict.ACK: "ACK     I have seen it, without an opinion",
}


async def co_sign_session(app: SignoffApp, opened: OpenSession) -> str:
    """Add a sign-off to the report of a signed session.

    Returns:
        What happened, as one sentence; empty when the user left.

    Raises:
        SignoffError: When it cannot be done; the sentence says what to do.
    """
    if opened.why_read_only:
        return opened.why_read_only
    with opened.undisturbed():  # what is noted is what was signed
        said = await _co_sign(app, opened)
    await asyncio.to_thread(opened.flush, SAVE_SECONDS)
    return said


async def _co_sign(app: SignoffApp, opened: OpenSession) -> str:
    last = opened.session.sign_offs[-1]
    path = Path(last.report)
    reading = Waiting("Verifying the report ...", partial(open_to_sign, path, app.locations.allowed_signers))
    outcome = await app.push_screen_wait(reading)
    if outcome is None:
        return ""
    report: ReportToSign = outcome.result()
    if body_digest(report.body) != last.body_sha256:
        raise SigningError(f"{path} is another report than the one that was signed here; nothing was signed.")
    identity = await signing_identity(app)
    role = await _role(app, report, identity) if identity else ""
    verdict = await _verdict(app, role) if role else None
    if identity is None or verdict is None or not await _confirmed(app, report, identity, role, verdict):
        return ""
    now = opened.clock()
    signed = await with_signer(app, identity, lambda by: co_sign(report, by, role, verdict, now))
    if signed is None:
        return ""
    at, key, digest = now.replace(microsecond=0), identity.fingerprint, last.body_sha256
    sign_off = SignOff(identity.principal, role, verdict.value, at, key, str(path), digest)
    await write_and_note(app, opened, partial(write_co_signed, report, signed, path), sign_off)
    return f"Signed {verdict.value} as {identity.principal}, {role}: {path}"


async def _role(app: SignoffApp, report: ReportToSign, identity: Identity) -> str:
    """One of the report's roles in which this signer has not signed yet; empty when the user left."""
    findings = report.verified.verification.findings
    taken = {found.sign_off.header.role for found in findings if found.sign_off.header.signer == identity.principal}
    roles = [role for role in report.verified.facts.roles if role not in taken]
    if not roles:
        raise SigningError(f"{identity.principal} has signed in every role of this report.")
    chosen = await app.push_screen_wait(Pick("In which role do you sign?", roles))
    return "" if chosen is None else roles[chosen]


async def _verdict(app: SignoffApp, role: str) -> SignedVerdict | None:
    chosen = await app.push_screen_wait(Pick(f"What do you say as {role}?", list(_WORDS.values())))
    return None if chosen is None else list(_WORDS)[chosen]


async def _confirmed(
    app: SignoffApp, report: ReportToSign, identity: Identity, role: str, verdict: SignedVerdict
) -> bool:
    doubts = report.doubts_about(identity, role, app.clock(), verdict)
    lines = [you_sign_as(identity, role), f"{verdict.value} on {report.verified.facts.title}", *doubts]
    question = Confirm(f"Sign {verdict.value}?", "\n".join(lines))
    return await app.push_screen_wait(question)
