"""OpenSSH public keys: one line of text, one blob of bytes, one fingerprint.

A key is compared by its blob, which has exactly one form for one key: anything else is refused here, so that
nobody can show the same key under two fingerprints.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from signoff.errors import SignoffError
from signoff.signing.wire import Reader, WireError

ED25519 = "ssh-ed25519"
RSA = "ssh-rsa"
SK_ED25519 = "sk-ssh-ed25519@openssh.com"
SK_ECDSA = "sk-ecdsa-sha2-nistp256@openssh.com"
ECDSA_POINT_BYTES = {"ecdsa-sha2-nistp256": 65, "ecdsa-sha2-nistp384": 97, "ecdsa-sha2-nistp521": 133}
"""Each ECDSA key type and the length of its uncompressed point."""
KEY_TYPES = frozenset({ED25519, RSA, SK_ED25519, SK_ECDSA, *ECDSA_POINT_BYTES})
"""Every key type this program knows."""


class PublicKeyError(SignoffError):
    """Text or bytes that are not a public key this program knows."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key. Make one with `parse_line` or `from_blob`, which check it."""

    type: str
    """OpenSSH's name of the key's type, for example `ssh-ed25519`."""
    blob: bytes
    """The key in SSH's wire encoding, its type included."""

    @classmethod
    def from_blob(cls, blob: bytes) -> PublicKey:
        """The key in `blob`. Raises PublicKeyError where it is malformed or of an unknown type."""
        try:
            reader = Reader(blob)
            kind = reader.text()
            shape = _SHAPES.get(kind)
            if shape is None:
                raise PublicKeyError(f"the key type {kind!r} is not supported")
            shape(reader, kind)
            reader.end()
        except WireError as error:
            raise PublicKeyError(f"the public key is malformed: {error}") from error
        return cls(kind, blob)

    @classmethod
    def parse_line(cls, line: str) -> PublicKey:
        """The key in a line like those of `id_ed25519.pub`. Raises PublicKeyError where there is none."""
        # Only what OpenSSH takes for a blank parts the fields; Python would take a no-break space for one too.
        fields = [field for field in line.strip(" \t\r\n").replace("\t", " ").split(" ") if field]
        if len(fields) < 2:
            raise PublicKeyError("a public key is a type and a base64 text")
        try:
            blob = base64.b64decode(fields[1].encode("ascii"), validate=True)
        except (binascii.Error, UnicodeEncodeError) as error:
            raise PublicKeyError("the public key is not base64") from error
        key = cls.from_blob(blob)
        if key.type != fields[0]:
            raise PublicKeyError(f"the line says {fields[0]!r}, but the key is {key.type}")
        return key

    @property
    def line(self) -> str:
        """The key as a line of text, without a comment and without a line end."""
        return f"{self.type} {base64.b64encode(self.blob).decode('ascii')}"

    @property
    def fingerprint(self) -> str:
        """What `ssh-keygen -l` shows: `SHA256:` and 43 characters."""
        digest = hashlib.sha256(self.blob).digest()
        return "SHA256:" + base64.b64encode(digest).decode("ascii").rstrip("=")


def _ed25519(reader: Reader, kind: str) -> None:
    if len(reader.string()) != 32:
        raise WireError("an Ed25519 key has 32 bytes")
    if kind == SK_ED25519:
        reader.text()


def _ecdsa(reader: Reader, kind: str) -> None:
    plain = "ecdsa-sha2-nistp256" if kind == SK_ECDSA else kind
    if reader.text() != plain.removeprefix("ecdsa-sha2-"):
        raise WireError("its curve is not that of its type")
    point = reader.string()
    if len(point) != ECDSA_POINT_BYTES[plain] or point[0] != 4:
        raise WireError("its point is not an uncompressed one")
    if kind == SK_ECDSA:
        reader.text()


def _rsa(reader: Reader, _kind: str) -> None:
    reader.mpint()
    reader.mpint()


_SHAPES: dict[str, Callable[[Reader, str], None]] = {
    ED25519: _ed25519,
    SK_ED25519: _ed25519,
    RSA: _rsa,
    SK_ECDSA: _ecdsa,
    **dict.fromkeys(ECDSA_POINT_BYTES, _ecdsa),
}
