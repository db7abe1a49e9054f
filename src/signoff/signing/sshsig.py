"""SSHSIG, the signature of `ssh-keygen -Y sign` (OpenSSH's PROTOCOL.sshsig), read more strictly than OpenSSH does.

One signature has exactly one text here: the armour is decoded, encoded again and compared. SHA-512 only, nothing in
the reserved field, nothing after the end, and the algorithm must be one that belongs to the key's type.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from signoff.errors import ReportError
from signoff.signing.public_key import ECDSA_POINT_BYTES, ED25519, RSA, SK_ECDSA, SK_ED25519, PublicKey, PublicKeyError
from signoff.signing.wire import Reader, WireError, pack_string

NAMESPACE = "signoff-report"
"""What a report's signature is for; one made for git or mail is not one of these."""
HASH = "sha512"
ARMOUR_BEGIN = "-----BEGIN SSH SIGNATURE-----"
ARMOUR_END = "-----END SSH SIGNATURE-----"
_MAGIC = b"SSHSIG"
_VERSION = 1
_WIDTH = 70  # what ssh-keygen writes; the document suggests 76

_ALGORITHMS = {
    RSA: ("rsa-sha2-512", "rsa-sha2-256"),
    **{kind: (kind,) for kind in (ED25519, SK_ED25519, SK_ECDSA, *ECDSA_POINT_BYTES)},
}


class BadSignatureError(ReportError):
    """A signature that is malformed, of a refused kind, or not one over these bytes; the message is a clause."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature taken apart. Being well formed says nothing yet about what it signs."""

    key: PublicKey
    """The key that claims to have made it."""
    namespace: str
    """What it is for; never empty."""
    algorithm: str
    """SSH's name of the signature algorithm, one that fits the key."""
    value: bytes
    """What the algorithm made, in that algorithm's own encoding."""
    flags: int | None = None
    """What a FIDO key says about its user, as bits; None for other keys."""
    counter: int | None = None
    """How often a FIDO key has signed; None for other keys."""


def signed_data(namespace: str, message: bytes) -> bytes:
    """The bytes that the key signs when `message` is signed for `namespace`."""
    digest = hashlib.sha512(message).digest()
    parts = (namespace.encode("ascii"), b"", HASH.encode("ascii"), digest)
    return _MAGIC + b"".join(map(pack_string, parts))


def build(key: PublicKey, namespace: str, algorithm: str, value: bytes) -> str:
    """The armoured signature, as ssh-keygen writes it: every line with its end."""
    signature = pack_string(algorithm.encode("ascii")) + pack_string(value)
    parts = (key.blob, namespace.encode("ascii"), b"", HASH.encode("ascii"), signature)
    return armour(_MAGIC + _VERSION.to_bytes(4, "big") + b"".join(map(pack_string, parts)))


def armour(blob: bytes) -> str:
    """`blob` as text between its two marks."""
    text = base64.b64encode(blob).decode("ascii")
    lines = [f"{text[at : at + _WIDTH]}\n" for at in range(0, len(text), _WIDTH)]
    return f"{ARMOUR_BEGIN}\n{''.join(lines)}{ARMOUR_END}\n"


def parse(text: str) -> Signature:
    """The signature in an armour. Raises BadSignatureError where it is not exactly one well-formed signature."""
    try:
        return _parse_blob(_dearmour(text))
    except WireError as error:
        raise BadSignatureError(f"the signature is malformed: {error}") from error
    except PublicKeyError as error:
        raise BadSignatureError(f"the key in the signature is refused: {error}") from error


def _dearmour(text: str) -> bytes:
    lines = text.split("\n")
    if lines[0] != ARMOUR_BEGIN or lines[-2:] != [ARMOUR_END, ""]:
        raise BadSignatureError("the signature does not stand between its BEGIN and END lines")
    try:
        blob = base64.b64decode("".join(lines[1:-2]).encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise BadSignatureError("the signature is not base64") from error
    if armour(blob) != text:
        raise BadSignatureError("the signature's text is not as ssh-keygen writes it")
    return blob


def _parse_blob(blob: bytes) -> Signature:
    reader = Reader(blob)
    if reader.take(len(_MAGIC)) != _MAGIC:
        raise WireError("it does not start with SSHSIG")
    version = reader.uint32()
    if version != _VERSION:
        raise BadSignatureError(f"the signature is of version {version}, not {_VERSION}")
    key = PublicKey.from_blob(reader.string())
    namespace = reader.text()
    if not namespace:
        raise BadSignatureError("the signature says nothing about what it is for")
    if reader.string():
        raise WireError("its reserved field is not empty")
    hash_name = reader.text()
    if hash_name != HASH:
        raise BadSignatureError(f"the signature uses the hash {hash_name}, and only {HASH} is accepted")
    inner = Reader(reader.string())
    reader.end()
    return _parse_inner(inner, key, namespace)


def _parse_inner(inner: Reader, key: PublicKey, namespace: str) -> Signature:
    algorithm = inner.text()
    if algorithm not in _ALGORITHMS[key.type]:
        raise BadSignatureError(f"the signature algorithm {algorithm} is not accepted for a key of type {key.type}")
    value = inner.string()
    flags = counter = None
    if key.type in (SK_ED25519, SK_ECDSA):
        flags, counter = inner.byte(), inner.uint32()
    inner.end()
    return Signature(key, namespace, algorithm, value, flags, counter)
