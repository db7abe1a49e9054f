"""The private key in an encrypted OpenSSH file, for machines without a keyring. `ssh-keygen` can read it too.

The public half stands in such a file in clear, so a file that was replaced is noticed before a passphrase is asked for,
and a wrong passphrase can be told from a wrong file.
"""

from __future__ import annotations

import base64
import binascii
from pathlib import Path
from typing import TYPE_CHECKING

from signoff.atomic_file import write_atomically
from signoff.errors import KeyStoreError, StorageError
from signoff.private_folder import make_private_folder
from signoff.regular_file import MEGABYTE, read_bytes
from signoff.signing.private_key import SwappedKeyError, from_text, public_half, to_text
from signoff.signing.public_key import PublicKey, PublicKeyError
from signoff.signing.secret import Secret
from signoff.signing.wire import Reader, WireError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.serialization.ssh import SSHPrivateKeyTypes

KEY_FILE = "signing_key"
LEAST_PASSPHRASE = 8
"""How many characters a passphrase must have."""
PRIVATE_BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----"
"""The first line of a private key in OpenSSH's own form."""
_END = "-----END OPENSSH PRIVATE KEY-----"
_MAGIC = b"openssh-key-v1\0"


class WrongPassphraseError(KeyStoreError):
    """The key file is there and is the right one, but this passphrase does not open it."""


def check_passphrase(passphrase: Secret) -> None:
    """Raises KeyStoreError where a passphrase is too short to protect a key."""
    if len(passphrase.reveal().strip()) < LEAST_PASSPHRASE:
        raise KeyStoreError(f"The passphrase is too short: use at least {LEAST_PASSPHRASE} characters.")


def write_key_file(path: Path, key: SSHPrivateKeyTypes, passphrase: Secret) -> None:
    """Keep a private key in a new file, and make sure that it can be read back.

    Raises KeyStoreError where the file exists, cannot be written, or the passphrase is too short.
    """
    check_passphrase(passphrase)
    if path.exists() or path.is_symlink():
        raise KeyStoreError(f"There is a key file {path} already: move it away to make another.")
    try:
        make_private_folder(path.parent)
        write_atomically(path, to_text(key, passphrase).reveal().encode("ascii"), mode=0o600)
    except OSError as error:
        reason = error.strerror or "unknown error"
        raise KeyStoreError(f"The key file {path} cannot be written ({reason}): check the folder.") from error
    read_key_file(path, public_half(key), passphrase)


def read_key_file(path: Path, expected: PublicKey, passphrase: Secret) -> SSHPrivateKeyTypes:
    """The private key in the file.

    Raises WrongPassphraseError where the passphrase does not open it, SwappedKeyError where it holds another key,
    KeyStoreError where it is absent, damaged or not encrypted.
    """
    try:
        text = read_key(path)
    except KeyStoreError as error:
        raise KeyStoreError(f"{error} Restore it, or make a new key.") from error
    found = public_part(text, path)
    if found != expected:
        raise SwappedKeyError(
            f"The key file {path} holds {found.fingerprint}, but you sign with {expected.fingerprint}."
        )
    try:
        key = from_text(text, passphrase)
    except ValueError as error:
        raise WrongPassphraseError(f"The passphrase does not open {path}: type it again.") from error
    if public_half(key) != expected:
        raise SwappedKeyError(f"The key file {path} holds another key inside than it says: restore it.")
    return key


def read_key(path: Path) -> Secret:
    """The text of a private or a public key. Raises KeyStoreError where the file cannot be read or is no text."""
    try:
        return Secret(read_bytes(path, most=MEGABYTE).decode("ascii"))
    except StorageError as error:
        raise KeyStoreError(str(error)) from error
    except UnicodeDecodeError as error:
        raise KeyStoreError(f"{path} is not a key.") from error


def public_part(text: Secret, path: Path) -> PublicKey:
    """The public half that stands in clear in the text of an encrypted key file.

    Raises KeyStoreError, with the name of the file, where it is damaged or not encrypted.
    """
    try:
        cipher, key = _read_clear_part(Reader(_decode(text)))
    except (WireError, binascii.Error, PublicKeyError) as error:
        raise KeyStoreError(f"The key file {path} is damaged: restore it, or make a new key.") from error
    if cipher == "none":
        raise KeyStoreError(f"The key file {path} is not encrypted: add a passphrase with ssh-keygen -p -f {path}.")
    return key


def _decode(text: Secret) -> bytes:
    body = text.reveal().strip()
    if not (body.startswith(PRIVATE_BEGIN) and body.endswith(_END)):
        raise WireError("it has no BEGIN and END lines")
    body = body.removeprefix(PRIVATE_BEGIN).removesuffix(_END)
    return base64.b64decode("".join(body.split()), validate=True)


def _read_clear_part(reader: Reader) -> tuple[str, PublicKey]:
    """The cipher's name and the public key, which stand before the encrypted part."""
    if reader.take(len(_MAGIC)) != _MAGIC:
        raise WireError("it is in another form")
    cipher, _kdf, _options, count = reader.text(), reader.text(), reader.string(), reader.uint32()
    if count != 1:
        raise WireError("it does not hold one key")
    return cipher, PublicKey.from_blob(reader.string())
