"""A key of the user's own that this program did not make: an encrypted OpenSSH file, or one that an ssh agent holds."""

from __future__ import annotations

from pathlib import Path

from signoff.errors import KeyStoreError
from signoff.signing.identity import Identity, KeyPlace
from signoff.signing.key_file import PRIVATE_BEGIN, public_part, read_key
from signoff.signing.principal import check_principal
from signoff.signing.public_key import SK_ECDSA, SK_ED25519, PublicKey, PublicKeyError
from signoff.signing.secret import Secret


def own_identity(principal: str, path: Path) -> Identity:
    """The identity of somebody who signs with the key in a file; it is not kept.

    A private file in OpenSSH's form is asked for its passphrase at each signature; the key of a public file such as
    `id_ed25519.pub` is asked of the ssh agent. Raises SigningError for a name that does not do, KeyStoreError where the
    file cannot be used.
    """
    check_principal(principal)
    text = read_key(path)
    if not text.reveal().lstrip().startswith("-----BEGIN"):
        return Identity(principal, _public_key(text, path), KeyPlace.AGENT, "")
    if not text.reveal().lstrip().startswith(PRIVATE_BEGIN):
        raise KeyStoreError(f"{path} is not in OpenSSH's own form: ssh-keygen -p -f {path} rewrites it.")
    key = public_part(text, path)
    if key.type in (SK_ED25519, SK_ECDSA):
        raise KeyStoreError(f"{path} is a security key: add it to your ssh agent and give its public file.")
    return Identity(principal, key, KeyPlace.FILE, str(path.absolute()))


def _public_key(text: Secret, path: Path) -> PublicKey:
    try:
        return PublicKey.parse_line(text.reveal().strip())
    except PublicKeyError as error:
        raise KeyStoreError(f"{path} is neither a private nor a public key of OpenSSH: {error}.") from error
