"""One way to sign, wherever the private key is kept, and the making of a key.

A `Signer` fetches the key anew for each signature and lets go of it at once. Its calls may wait for a person (an unlock
prompt, a passphrase's slow hash), so they belong off the thread that draws the screen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from signoff.errors import KeyStoreError, SigningError, StorageError
from signoff.signing.identity import Identity, KeyPlace, check_no_identity, save_identity
from signoff.signing.key_file import KEY_FILE, read_key_file, write_key_file
from signoff.signing.keyring_store import fetch_key, forget_key, store_key
from signoff.signing.principal import check_principal
from signoff.signing.private_key import from_text, generate, public_half, sign_with, to_text
from signoff.signing.public_key import PublicKey
from signoff.signing.secret import Secret
from signoff.signing.ssh_agent import sign_with_agent
from signoff.signing.trust import trust

ALLOWED_SIGNERS = "allowed_signers"
"""The name of the file of known keys in the config folder."""


class Signer(Protocol):
    """Somebody who can sign."""

    @property
    def identity(self) -> Identity:
        """Who it is."""

    def sign(self, message: bytes) -> str:
        """The armoured signature over `message`.

        Raises KeyStoreError where the key cannot be had, WrongPassphraseError for a wrong passphrase, SwappedKeyError
        where it is another key than the identity's, SigningError for anything else.
        """


@dataclass(frozen=True, slots=True)
class KeyringSigner:
    """Signs with a key in the system's keyring."""

    identity: Identity
    """Who signs."""

    def sign(self, message: bytes) -> str:
        """See `Signer.sign`."""
        text = fetch_key(self.identity.fingerprint, self.identity.location)
        try:
            key = from_text(text, None)
        except ValueError as error:
            raise KeyStoreError(
                f"{self.identity.location} holds something that is not a private key: restore it, or make a new key."
            ) from error
        return sign_with(key, self.identity.key, message)


@dataclass(frozen=True, slots=True)
class FileSigner:
    """Signs with a key in an encrypted file."""

    identity: Identity
    """Who signs."""
    path: Path
    """The key file."""
    passphrase: Secret
    """What opens it; not checked before the first signature."""

    def sign(self, message: bytes) -> str:
        """See `Signer.sign`."""
        return sign_with(read_key_file(self.path, self.identity.key, self.passphrase), self.identity.key, message)


@dataclass(frozen=True, slots=True)
class AgentSigner:
    """Signs with a key that an ssh agent holds."""

    identity: Identity
    """Who signs."""

    def sign(self, message: bytes) -> str:
        """See `Signer.sign`."""
        return sign_with_agent(self.identity.key, message)


def open_signer(identity: Identity, config_dir: Path, passphrase: str | None = None) -> Signer:
    """The signer for an identity; nothing is unlocked before it signs.

    Raises KeyStoreError where the key is in a file and there is no passphrase.
    """
    match identity.place:
        case KeyPlace.KEYRING:
            return KeyringSigner(identity)
        case KeyPlace.AGENT:
            return AgentSigner(identity)
        case KeyPlace.FILE:
            if not passphrase:
                raise KeyStoreError("Your key is in an encrypted file: its passphrase is needed to sign.")
            return FileSigner(identity, config_dir / identity.location, Secret(passphrase))


def create_key(principal: str, config_dir: Path, passphrase: str | None = None) -> Identity:
    """Make a new key for `principal`: in an encrypted file where a passphrase is given, else in the system's keyring.

    Its own line is added to `allowed_signers`. Raises SigningError where there is an identity already or the name does
    not do, KeyStoreError where the key cannot be kept, BrokenFileError and StorageError about the files; after any of
    them there is no identity.
    """
    check_principal(principal)
    check_no_identity(config_dir)
    key = generate()
    public = public_half(key)
    if passphrase is None:
        location = store_key(public.fingerprint, to_text(key, None))
        identity = Identity(principal, public, KeyPlace.KEYRING, location)
        _settle(identity, config_dir, undo=lambda: forget_key(public.fingerprint))
    else:
        path = config_dir / KEY_FILE
        write_key_file(path, key, Secret(passphrase))
        identity = Identity(principal, public, KeyPlace.FILE, KEY_FILE)
        _settle(identity, config_dir, undo=path.unlink)
    return identity


def use_agent_key(principal: str, config_dir: Path, key: PublicKey) -> Identity:
    """Sign with a key of the user's own that an ssh agent holds; it must sign once to prove that it is there.

    Raises what `create_key` raises.
    """
    check_principal(principal)
    check_no_identity(config_dir)
    sign_with_agent(key, b"signoff: does this agent hold the key?\n")
    identity = Identity(principal, key, KeyPlace.AGENT, "")
    _settle(identity, config_dir, undo=lambda: None)
    return identity


def _settle(identity: Identity, config_dir: Path, undo: Callable[[], None]) -> None:
    """Write down an identity whose key is kept; where that fails, let go of the key again."""
    try:
        trust(config_dir / ALLOWED_SIGNERS, identity.principal, identity.key, beside_others=True)
        save_identity(identity, config_dir)
    except Exception:  # whatever it was: a key that no file names would be left
        _try_to(undo)
        raise


def _try_to(undo: Callable[[], None]) -> None:
    try:
        undo()
    except (SigningError, StorageError, OSError):
        # The first error is the one to tell; a key that nothing names harms nobody.
        return
