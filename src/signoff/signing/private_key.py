"""Private keys in OpenSSH's own form: made, written, read and used for one signature.

The key is an opaque object of `cryptography`; its text exists only inside a `Secret`.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from signoff.errors import SigningError
from signoff.signing.public_key import ED25519, RSA, PublicKey
from signoff.signing.secret import Secret
from signoff.signing.signature_check import RSA_LEAST_BITS, check_signature
from signoff.signing.sshsig import NAMESPACE, BadSignatureError, build, parse, signed_data
from signoff.signing.wire import pack_mpint

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.serialization.ssh import SSHPrivateKeyTypes

_KDF_ROUNDS = 32


class SwappedKeyError(SigningError):
    """The private key that was found is not the one whose public half the identity keeps."""


def generate() -> SSHPrivateKeyTypes:
    """A new Ed25519 key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate()


def public_half(key: SSHPrivateKeyTypes) -> PublicKey:
    """The public key that belongs to `key`. Raises PublicKeyError for a type that is not supported."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    line = key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
    return PublicKey.parse_line(line.decode("ascii"))


def to_text(key: SSHPrivateKeyTypes, passphrase: Secret | None) -> Secret:
    """The key as the text of an OpenSSH key file; without a passphrase it is in clear, for a keyring only."""
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        KeySerializationEncryption,
        NoEncryption,
        PrivateFormat,
    )

    encryption: KeySerializationEncryption = NoEncryption()
    if passphrase is not None:
        builder = PrivateFormat.OpenSSH.encryption_builder().kdf_rounds(_KDF_ROUNDS)
        encryption = builder.build(passphrase.reveal().encode("utf-8", "surrogateescape"))
    return Secret(key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, encryption).decode("ascii"))


def from_text(text: Secret, passphrase: Secret | None) -> SSHPrivateKeyTypes:
    """The key in the text of an OpenSSH key file. Raises ValueError where there is none for this passphrase."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_ssh_private_key

    password = None if passphrase is None else passphrase.reveal().encode("utf-8", "surrogateescape")
    with suppress(ValueError, TypeError, UnsupportedAlgorithm):
        return load_ssh_private_key(text.reveal().encode("utf-8"), password)
    # Outside any `except`, so that the cause, whose frames hold the key, is not kept with the error.
    raise ValueError("the text is not a private key, or not one for this passphrase")


def sign_with(key: SSHPrivateKeyTypes, expected: PublicKey, message: bytes) -> str:
    """The armoured signature of `key` over `message`, checked before it is returned.

    Raises SwappedKeyError where `key` is not the private half of `expected`, SigningError where it may not sign.
    """
    public = public_half(key)
    if public != expected:
        raise SwappedKeyError(
            f"The private key is {public.fingerprint}, but you sign with {expected.fingerprint}: "
            "somebody or something has replaced it, so nothing was signed."
        )
    algorithm = "rsa-sha2-512" if public.type == RSA else public.type
    armour = build(public, NAMESPACE, algorithm, _raw_signature(key, signed_data(NAMESPACE, message)))
    check_own_signature(armour, expected, message)
    return armour


def check_own_signature(armour: str, expected: PublicKey, message: bytes) -> None:
    """Raises SigningError where a signature that was just made is not one by `expected` over `message`."""
    try:
        signature = parse(armour)
        check_signature(signature, message)
    except BadSignatureError as error:
        raise SigningError(f"The new signature was not used, since {error}.") from error
    if signature.key != expected:
        raise SwappedKeyError(f"The signature is by {signature.key.fingerprint}, not by {expected.fingerprint}.")


def _raw_signature(key: SSHPrivateKeyTypes, data: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
    from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512

    if isinstance(key, Ed25519PrivateKey):
        return key.sign(data)
    if isinstance(key, EllipticCurvePrivateKey):
        digest = {256: SHA256(), 384: SHA384(), 521: SHA512()}[key.curve.key_size]
        return b"".join(map(pack_mpint, decode_dss_signature(key.sign(data, ECDSA(digest)))))
    if isinstance(key, RSAPrivateKey) and key.key_size >= RSA_LEAST_BITS:
        return key.sign(data, PKCS1v15(), SHA512())
    raise SigningError(f"This key may not sign: use {ED25519}, ECDSA, or RSA of at least {RSA_LEAST_BITS} bits.")
