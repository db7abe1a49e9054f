"""Signing: who signs, with which key, and the last look before it happens."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from signoff.domain.deciding import obstacle_to_signing
from signoff.domain.session import Session
from signoff.domain.verdict import verdict_of
from signoff.errors import KeyStoreError, SigningError, SignoffError
from signoff.signing.identity import Identity, KeyPlace, load_identity
from signoff.signing.key_file import WrongPassphraseError, check_passphrase
from signoff.signing.principal import check_principal
from signoff.signing.secret import Secret
from signoff.signing.signer import create_key, open_signer
from signoff.ui.open_session import OpenSession
from signoff.ui.screens.form import Field, Form
from signoff.ui.screens.waiting import Outcome, Waiting
from signoff.workflow.export_report import SignedExport, signed_export, signing_role, write_export

if TYPE_CHECKING:
    from signoff.ui.app import SignoffApp

_SAVE_SECONDS: Final = 10.0


async def sign_session(app: SignoffApp, opened: OpenSession) -> str:
    """Take a decided session to its signed report; ask for what is needed on the way.

    Returns:
        What happened, as one sentence; empty when the user left.

    Raises:
        SignoffError: When it cannot be done; the sentence says what to do.
    """
    obstacle = obstacle_to_signing(opened.session)
    if obstacle:
        return obstacle
    if not await _saved(opened):
        return "The last answer is not on the disk yet, so there is nothing certain to sign. Try again."
    identity = await asyncio.to_thread(load_identity, app.locations.config) or await _new_identity(app)
    if identity is None or not await _confirmed(app, opened.session, identity):
        return ""
    export = await _signed(app, opened, identity)
    if export is None:
        return ""
    writing = Waiting("Writing the report ...", partial(write_export, export), can_be_left=False)
    _value(await app.push_screen_wait(writing))
    opened.put(opened.session.signed(export.sign_off))
    await asyncio.to_thread(opened.flush, _SAVE_SECONDS)
    return f"Signed as {identity.principal}: {export.path}"


async def _saved(opened: OpenSession) -> bool:
    loop = asyncio.get_running_loop()
    until = loop.time() + _SAVE_SECONDS
    while opened.saved.revision < opened.session.revision and loop.time() < until:
        await asyncio.sleep(0.02)
    return opened.saved.revision >= opened.session.revision


async def _confirmed(app: SignoffApp, session: Session, identity: Identity) -> bool:
    kept = identity.location or identity.place.value
    text = (
        f"You sign as {identity.principal}, {signing_role(session)}\n"
        f"key {identity.fingerprint} ({kept})\n"
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


async def _new_identity(app: SignoffApp) -> Identity | None:
    """Make a key on the first signing: in the keyring, or in an encrypted file where there is no usable keyring."""
    name = Field("principal", "Sign as", hint="rm@example.com", required=True)
    text = "You have no signing key yet. One is made now and kept in the system's keyring. Reports name you as:"
    form = Form("Your first signature", [name], text=text, verb="makes the key", check=_wrong_name)
    values = await app.push_screen_wait(form)
    if values is None:
        return None
    principal, config = values["principal"], app.locations.config
    outcome = await _wait(app, "Waiting for the keyring ...", partial(create_key, principal, config))
    if outcome is not None and isinstance(outcome.error, KeyStoreError):
        passphrase = await _new_passphrase(app, str(outcome.error))
        if passphrase is None:
            return None
        call = partial(create_key, principal, config, passphrase)
        outcome = await _wait(app, "Making the key ...", call)
    identity: Identity | None = _value(outcome)
    return identity


async def _new_passphrase(app: SignoffApp, why: str) -> str | None:
    text = f"{why}\n\nThe key is kept in an encrypted file instead. Choose a passphrase; it is asked at each signing."
    fields = [
        Field("passphrase", "Passphrase", read=str, required=True, secret=True),
        Field("again", "Once more", read=str, required=True, secret=True),
    ]

    def check(values: dict[str, Any]) -> str:
        if values["passphrase"] != values["again"]:
            return "The two are not the same."
        return _wrong_passphrase(values["passphrase"])

    values = await app.push_screen_wait(Form("No keyring", fields, text=text, check=check, verb="makes the key"))
    return values["passphrase"] if values else None


def _wrong_name(values: dict[str, Any]) -> str:
    try:
        check_principal(values["principal"])
    except SigningError as error:
        return str(error)
    return ""


def _wrong_passphrase(passphrase: str) -> str:
    try:
        check_passphrase(Secret(passphrase))
    except SigningError as error:
        return str(error)
    return ""


async def _signed(app: SignoffApp, opened: OpenSession, identity: Identity) -> SignedExport | None:
    """Sign; a wrong passphrase is asked again."""
    complaint = ""
    while True:
        passphrase = None
        if identity.place is KeyPlace.FILE:
            passphrase = await _passphrase(app, identity, complaint)
            if passphrase is None:
                return None
        signer = open_signer(identity, app.locations.config, passphrase)
        now, folder = opened.clock(), app.working_folder
        call = partial(signed_export, opened.session, opened.path, signer, folder, now)
        outcome = await _wait(app, "Signing ...", call)
        if outcome is not None and isinstance(outcome.error, WrongPassphraseError):
            complaint = str(outcome.error)
            continue
        export: SignedExport | None = _value(outcome)
        return export


async def _passphrase(app: SignoffApp, identity: Identity, complaint: str) -> str | None:
    text = f"{complaint}\n\nThe key of {identity.principal} is in an encrypted file.".strip()
    field = Field("passphrase", "Passphrase", read=str, required=True, secret=True)
    values = await app.push_screen_wait(Form("Unlock your key", [field], text=text, verb="signs"))
    return values["passphrase"] if values else None


async def _wait(app: SignoffApp, title: str, call: partial[Any]) -> Outcome | None:
    return await app.push_screen_wait(Waiting(title, call))


def _value(outcome: Outcome | None) -> Any:
    """What a call returned, or None where it was left; raises what it raised."""
    if outcome is None:
        return None
    error: SignoffError | None = outcome.error
    if error is not None:
        raise error
    return outcome.value
