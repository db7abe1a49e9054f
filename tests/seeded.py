"""Signers whose keys come from a fixed seed, so that what they sign is the same bytes on every machine."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from signoff.signing.header import SignedVerdict
from signoff.signing.identity import Identity, KeyPlace
from signoff.signing.private_key import public_half, sign_with, to_text
from signoff.signing.sign_report import sign_report

SIGNED_AT = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


@dataclass(frozen=True)
class SeededSigner:
    """Somebody who signs with a key from a seed."""

    name: str
    principal: str = ""
    """The name to sign under; that of the seed where nothing is given."""

    @property
    def private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"signoff test: {self.name}".encode()).digest())

    @property
    def identity(self) -> Identity:
        principal = self.principal or f"{self.name}@example.com"
        return Identity(principal, public_half(self.private), KeyPlace.AGENT, "")

    @property
    def line(self) -> str:
        """The line of `allowed_signers`."""
        return f"{self.identity.principal} {self.identity.key.line}"

    def sign(self, message: bytes) -> str:
        return sign_with(self.private, self.identity.key, message)

    def signs(
        self,
        report: bytes,
        role: str = "Release manager",
        verdict: SignedVerdict = SignedVerdict.GO,
        at: datetime = SIGNED_AT,
    ) -> bytes:
        """The report, or a body that nobody has signed, with this signer's sign-off."""
        return sign_report(report, self, role=role, verdict=verdict, signed_at=at)

    def key_file(self, folder: Path) -> Path:
        """The private key as ssh-keygen wants it."""
        path = folder / self.name
        path.touch(mode=0o600)
        path.write_text(to_text(self.private, None).reveal())
        return path


RM, SEC, STRANGER = SeededSigner("rm"), SeededSigner("sec"), SeededSigner("stranger")
RETIRED, REVOKED, FUTURE = SeededSigner("retired"), SeededSigner("revoked"), SeededSigner("future")
GIT_ONLY = SeededSigner("git-only")


def allowed_signers() -> str:
    """The known keys: two in use, and one of every other kind."""
    return "".join(
        f"{line}\n"
        for line in (
            "# Keys from fixed seeds, for tests only.",
            RM.line,
            SEC.line,
            RETIRED.line.replace(" ", ' valid-before="20261124150000Z" ', 1),
            REVOKED.line.replace(" ", ' valid-before="19700101000001Z" ', 1),
            FUTURE.line.replace(" ", ' valid-after="20270101000000Z" ', 1),
            GIT_ONLY.line.replace(" ", ' namespaces="git" ', 1),
        )
    )
