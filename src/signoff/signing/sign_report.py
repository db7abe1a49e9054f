"""Adding one's own sign-off to a report: header, signature, block, and proof that the result reads back as signed."""

from __future__ import annotations

from datetime import datetime

from signoff.errors import SigningError
from signoff.signing.allowed_signers import AllowedSigners
from signoff.signing.container import SignedReport, append, body_digest
from signoff.signing.header import Header, SignedVerdict, format_time
from signoff.signing.identity import Identity
from signoff.signing.signer import Signer
from signoff.signing.verify import verify


def sign_report(report: bytes, signer: Signer, *, role: str, verdict: SignedVerdict, signed_at: datetime) -> bytes:
    """The report, or a body that nobody has signed yet, with the signer's sign-off at its end.

    The other sign-offs in it must be intact too: nobody signs beside a forged one. Raises SigningError where this key
    has signed it already as this signer in this role, and what `Signer.sign`, `append` and `verify` raise.
    """
    known = verify(report, AllowedSigners()).report
    identity = signer.identity
    check_first(known, identity, role)
    moment = signed_at.replace(microsecond=0)
    header = Header(body_digest(known.body), identity.principal, role, verdict, moment, identity.fingerprint)
    header.check()
    signed = append(report, header, signer.sign(known.body + header.encode()))
    check_contains(signed, header)
    return signed


def check_first(report: SignedReport, identity: Identity, role: str) -> None:
    """Raises SigningError where a report carries a sign-off by the same key, as the same signer in the same role."""
    mine = (role, identity.principal, identity.fingerprint)
    for sign_off in report.sign_offs:
        header = sign_off.header
        if (header.role, header.signer, header.key) == mine:
            raise SigningError(
                f"You have signed this report already, as {role}, {header.signer}: {header.verdict}, "
                f"{format_time(header.signed_at)}. Another word needs a new revision of the session."
            )


def check_contains(data: bytes, header: Header) -> None:
    """Raises SigningError where `data`, read back from where it was written, is not intact with this sign-off in it."""
    sign_offs = verify(data, AllowedSigners()).report.sign_offs
    if header.encode() not in [sign_off.header.encode() for sign_off in sign_offs]:
        raise SigningError("The signature was not found in what was written: sign again.")
