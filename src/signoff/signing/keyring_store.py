"""The private key in the system's keyring, under its fingerprint, so that one key never replaces another.

Backends fail in every way there is: they raise their own errors, D-Bus's, or none and forget. So everything that is
raised becomes one sentence, and a key exists only once it was read back and is the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from signoff.errors import KeyStoreError
from signoff.signing.keyring_backend import backend_name, choose_backend
from signoff.signing.secret import Secret

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "signoff"
_T = TypeVar("_T")


def store_key(fingerprint: str, text: Secret) -> str:
    """Keep a private key, and make sure of it; returns the keyring's name.

    Raises KeyStoreError where there is no keyring to trust, or where it refuses or forgets.
    """
    backend = choose_backend()
    name = backend_name(backend)
    _attempt(backend, "keep", lambda: backend.set_password(SERVICE, fingerprint, text.reveal()))
    kept = _get(backend, fingerprint)
    if kept is None or kept.reveal() != text.reveal():
        raise KeyStoreError(f"{name} did not keep the key, though it said so: make an encrypted key file instead.")
    return name


def fetch_key(fingerprint: str, kept_in: str) -> Secret:
    """The private key that was kept in the keyring named `kept_in`.

    Raises KeyStoreError where the keyring cannot be used, is another one, or does not have the key.
    """
    backend = choose_backend()
    text = _get(backend, fingerprint)
    if text is not None:
        return text
    name = backend_name(backend)
    if name != kept_in:
        raise KeyStoreError(f"Your key is kept in {kept_in}, but the keyring in use is {name}: choose {kept_in} again.")
    raise KeyStoreError(f"{name} no longer has your key {fingerprint}: restore it, or make a new key.")


def forget_key(fingerprint: str) -> None:
    """Remove a private key. Raises KeyStoreError where the keyring cannot be used or does not have it."""
    backend = choose_backend()
    _attempt(backend, "remove", lambda: backend.delete_password(SERVICE, fingerprint))


def _get(backend: KeyringBackend, fingerprint: str) -> Secret | None:
    return _attempt(backend, "give out", lambda: _as_secret(backend.get_password(SERVICE, fingerprint)))


def _as_secret(text: str | None) -> Secret | None:
    return None if text is None else Secret(text)


def _attempt(backend: KeyringBackend, what: str, call: Callable[[], _T]) -> _T:
    try:
        return call()
    except Exception as error:  # noqa: BLE001  # a backend may raise anything, its D-Bus library's errors among it
        reason = type(error).__name__
    # Outside the `except`, so that the cause, whose frames hold the key, is not kept with the error.
    raise KeyStoreError(f"{backend_name(backend)} did not {what} the key ({reason}): unlock it and try again.")
