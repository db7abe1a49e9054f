"""The key that signs: whose it is, made on the first signing, unlocked when it is needed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from signoff.errors import KeyStoreError, SigningError
from signoff.signing.identity import Identity, KeyPlace, load_identity
from signoff.signing.key_file import WrongPassphraseError, check_passphrase
from signoff.signing.principal import check_principal
from signoff.signing.secret import Secret
from signoff.signing.signer import Signer, create_key, open_signer
from signoff.ui.screens.form import Field, Form
from signoff.ui.screens.waiting import Waiting

if TYPE_CHECKING:
    from signoff.ui.app import SignoffApp

Signed = TypeVar("Signed")


async def signing_identity(app: SignoffApp) -> Identity | None:
    """Who signs on this machine; asked, and the key made, the first time. None when the user left.

    Raises:
        SignoffError: When there is no way to a key.
    """
    return await asyncio.to_thread(load_identity, app.locations.config) or await _new_identity(app)


def you_sign_as(identity: Identity, role: str) -> str:
    """Whose key is about to be used, and where it is: said wherever a signature is about to be made."""
    kept = identity.location or identity.place.value
    return f"You sign as {identity.principal}, {role}\nkey {identity.fingerprint} ({kept})"


async def with_signer(app: SignoffApp, identity: Identity, sign: Callable[[Signer], Signed]) -> Signed | None:
    """Unlock a key and sign; a wrong passphrase is asked again.

    Args:
        app: The app that asks.
        identity: Whose key.
        sign: Signs; called off the screen's thread.

    Returns:
        What was signed; None when the user left.

    Raises:
        SignoffError: When it cannot be signed.
    """
    complaint = ""
    while True:
        passphrase = None
        if identity.place is KeyPlace.FILE:
            passphrase = await _passphrase(app, identity, complaint)
            if passphrase is None:
                return None
        signer = open_signer(identity, app.locations.config, passphrase)
        outcome = await app.push_screen_wait(Waiting("Signing ...", partial(sign, signer)))
        if outcome is not None and isinstance(outcome.error, WrongPassphraseError):
            complaint = str(outcome.error)
            continue
        signed: Signed | None = outcome.result() if outcome else None
        return signed


async def _new_identity(app: SignoffApp) -> Identity | None:
    """Make a key on the first signing: in the keyring, or in an encrypted file where there is no usable keyring."""
    name = Field("principal", "Sign as", hint="rm@example.com", required=True)
    text = "You have no signing key yet. One is made now and kept in the system's keyring. Reports name you as:"
    form = Form("Your first signature", [name], text=text, verb="makes the key", check=_wrong_name)
    values = await app.push_screen_wait(form)
    if values is None:
        return None
    principal, config = values["principal"], app.locations.config
    outcome = await app.push_screen_wait(Waiting("Waiting for the keyring ...", partial(create_key, principal, config)))
    if outcome is not None and isinstance(outcome.error, KeyStoreError):
        passphrase = await _new_passphrase(app, str(outcome.error))
        if passphrase is None:
            return None
        call = partial(create_key, principal, config, passphrase)
        outcome = await app.push_screen_wait(Waiting("Making the key ...", call))
    identity: Identity | None = outcome.result() if outcome else None
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


async def _passphrase(app: SignoffApp, identity: Identity, complaint: str) -> str | None:
    text = f"{complaint}\n\nThe key of {identity.principal} is in an encrypted file.".strip()
    field = Field("passphrase", "Passphrase", read=str, required=True, secret=True)
    values = await app.push_screen_wait(Form("Unlock your key", [field], text=text, verb="signs"))
    return values["passphrase"] if values else None
