"""Signing: who signs, with which key, and the last look before it happens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from signoff.domain.deciding import obstacle_to_signing
from signoff.domain.meeting import SignOff
from signoff.domain.session import Session
from signoff.domain.verdict import verdict_of
from signoff.signing.identity import Identity
from signoff.ui.keyboard.finish_keys import DECIDE
from signoff.ui.open_session import OpenSession
from signoff.ui.screens.form import Field, Form
from signoff.ui.screens.signing_key import signing_identity, with_signer, you_sign_as
from signoff.ui.screens.waiting import Waiting
from signoff.workflow.export_report import signed_export, signing_role, write_export

if TYPE_CHECKING:
    from signoff.ui.app import SignoffApp

SAVE_SECONDS: Final = 10.0
"""How long a signature waits for the disk."""


async def sign_session(app: SignoffApp, opened: OpenSession) -> str:
    """Take a decided session to its signed report; ask for what is needed on the way.

    Returns:
        What happened, as one sentence; empty when the user left.

    Raises:
        SignoffError: When it cannot be done; the sentence says what to do.
    """
    obstacle = opened.why_read_only or obstacle_to_signing(opened.session)
    if obstacle:
        return obstacle if opened.session.decision.is_taken else f"{obstacle} {app.key(DECIDE)} decides."
    if not await asyncio.to_thread(opened.flush, SAVE_SECONDS):
        return "The last answer is not on the disk yet, so there is nothing certain to sign. Try again."
    with opened.undisturbed():  # what is signed is what is on the screen, and what was confirmed there
        said = await _sign(app, opened)
    await asyncio.to_thread(opened.flush, SAVE_SECONDS)
    return said


async def _sign(app: SignoffApp, opened: OpenSession) -> str:
    identity = await signing_identity(app)
    if identity is None or not await _confirmed(app, opened.session, identity):
        return ""
    if opened.is_changed_outside:
        return "Somebody else has just changed the session: look at what it says now, then sign."
    now, folder = opened.clock(), app.working_folder
    export = await with_signer(app, identity, lambda by: signed_export(opened.session, opened.path, by, folder, now))
    if export is None:
        return ""
    await write_and_note(app, opened, partial(write_export, export), export.sign_off)
    return f"Signed as {identity.principal}: {export.path}"


async def write_and_note(app: SignoffApp, opened: OpenSession, write: Callable[[], None], sign_off: SignOff) -> None:
    """Write a signed report, and only then have the session remember the signature.

    Raises:
        SignoffError: When it cannot be written.
    """
    outcome = await app.push_screen_wait(Waiting("Writing the report ...", write, can_be_left=False))
    if outcome is not None:
        outcome.result()
    opened.put(opened.session.signed(sign_off))


async def _confirmed(app: SignoffApp, session: Session, identity: Identity) -> bool:
    text = (
        f"{you_sign_as(identity, signing_role(session))}\n"
        f"{session.release.title}: {session.decision.choice.value}, decided by {session.decision.by}\n"
        f"{_doubts(session)}\n"
        f"Type the version, {session.release.version}, to sign."
    )
    version = Field("version", "Version", required=True)
    right = session.release.version.strip()

    def check(values: dict[str, Any]) -> str:
        return "" if values["version"] == right else f"That is not the version: it is {right}."

    form = Form("Sign and export", [version], text=text, check=check, verb="signs")
    return await app.push_screen_wait(form) is not None


def _doubts(session: Session) -> str:
    """What the rules say, where that is something else than what was decided."""
    verdict = verdict_of(session)
    if verdict is session.decision.choice:
        return ""
    return f"The rules say {verdict.value}. The reason given: {session.decision.reason or 'none'}\n"
