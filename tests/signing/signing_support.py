"""What the tests of signing share: ssh-keygen as the oracle, keys made by it, and a small report."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from signoff.signing.allowed_signers import AllowedSigners, parse_allowed_signers
from signoff.signing.container import append, body_digest
from signoff.signing.header import Header, SignedVerdict
from signoff.signing.private_key import from_text, sign_with
from signoff.signing.public_key import PublicKey
from signoff.signing.secret import Secret

SIGNED_AT = datetime(2026, 11, 24, 3, 0, 0, tzinfo=UTC)
RM = "rm@example.com"
BODY = """# Production Readiness: payments-api 4.12.0 -> prod: GO

- [✓] Rollback tested · *café*
- [✗] Metrics

> a note: \\-----BEGIN SSH SIGNATURE-----
> \\`\\`\\`signoff

## Data

```json signoff-report/1
{"verdict": "GO"}
```

## Sign-offs

""".encode()
AWK = (
    """/^```signoff$/{k++;h=1;next} !k||(k==n&&h&&!/^-----BEGIN/){print>"msg";next} """
    """/^-----BEGIN/{h=0} k==n&&NF&&!/^```$/{print>"sig"}"""
)


@dataclass(frozen=True)
class TestKey:
    """A key pair on disk, without a passphrase, made by ssh-keygen."""

    __test__ = False
    path: Path

    @property
    def public(self) -> PublicKey:
        return PublicKey.parse_line(self.path.with_suffix(".pub").read_text())

    def sign(self, message: bytes) -> str:
        """Our signature."""
        private = from_text(Secret(self.path.read_text()), None)
        return sign_with(private, self.public, message)

    def ssh_keygen_sign(self, message: bytes, namespace: str = "signoff-report", *options: str) -> str:
        """ssh-keygen's signature."""
        command = ["ssh-keygen", "-Y", "sign", "-q", *options, "-n", namespace, "-f", str(self.path)]
        return subprocess.run(command, input=message, capture_output=True, check=True).stdout.decode()


def make_key(path: Path, kind: str = "ed25519", bits: int | None = None) -> TestKey:
    size = [] if bits is None else ["-b", str(bits)]
    subprocess.run(["ssh-keygen", "-q", "-t", kind, *size, "-N", "", "-C", "", "-f", str(path)], check=True)
    return TestKey(path)


def ssh_keygen_accepts(
    folder: Path, allowed: str, armour: str, message: bytes, *, principal: str = RM, at: str = "20261124030000Z"
) -> bool:
    """Whether `ssh-keygen -Y verify` is content."""
    (folder / "oracle_allowed").write_bytes(allowed.encode())
    (folder / "oracle_sig").write_text(armour)
    command = ["ssh-keygen", "-Y", "verify", "-f", str(folder / "oracle_allowed"), "-I", principal]
    command += ["-n", "signoff-report", "-s", str(folder / "oracle_sig"), f"-Overify-time={at}"]
    return subprocess.run(command, input=message, capture_output=True, check=False).returncode == 0


def header_for(
    key: PublicKey,
    *,
    body: bytes = BODY,
    signer: str = RM,
    role: str = "release manager",
    verdict: SignedVerdict = SignedVerdict.GO,
    signed_at: datetime = SIGNED_AT,
) -> Header:
    return Header(body_digest(body), signer, role, verdict, signed_at, key.fingerprint)


def signed(
    report: bytes, key: TestKey, *, body: bytes = BODY, signer: str = RM, role: str = "release manager"
) -> bytes:
    """`report` with one more sign-off by `key`."""
    header = header_for(key.public, body=body, signer=signer, role=role)
    return append(report, header, key.sign(body + header.encode()))


def known(*lines: str) -> AllowedSigners:
    return parse_allowed_signers("\n".join(lines).encode(), "allowed_signers")


def line_of(text: bytes, needle: bytes) -> int:
    return text[: text.index(needle)].count(b"\n") + 1
