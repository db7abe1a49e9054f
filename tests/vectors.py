"""Reports as bytes, from fixed seeds: good ones, and one of each kind that must not pass.

They are files under `tests/data/reports/`, for other programs that read the format too; a test sees that the files are
what is made here. `SIGNOFF_WRITE_GOLDEN=1 pytest tests/signing/test_vectors.py` writes them anew, which is right only
when a vector was added: what was once signed has to stay verifiable.
"""

from __future__ import annotations

import base64
import hashlib
import json
import unicodedata
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from seeded import FUTURE, GIT_ONLY, RETIRED, REVOKED, RM, SEC, SIGNED_AT, STRANGER, SeededSigner, allowed_signers
from signoff.report.data_block import data_lines
from signoff.report.unsigned import mark_unsigned
from signoff.signing.container import body_digest
from signoff.signing.header import Header, SignedVerdict
from signoff.signing.sshsig import armour
from signoff.signing.wire import pack_string

FOLDER = Path(__file__).parent / "data" / "reports"
"""Where the files are. `body.md` there is a whole report as the program once rendered it; it is never made anew."""

DATA: dict[str, Any] = {
    "conditions": [],
    "decision": {
        "at": "2026-11-24T14:30:00+00:00",
        "by": "R. Manager",
        "choice": "GO",
        "meet_again": None,
        "reason": "",
        "verdict": "GO",
    },
    "format": "signoff-report/1",
    "reasons": [],
    "release": {
        "commit": "9f8e7d6c5b4a39281706f5e4d3c2b1a098765432",
        "environment": "prod",
        "rollback": "",
        "service": "payments-api",
        "version": "4.12.0",
        "window": None,
    },
    "required_sign_offs": [{"role": "Release manager", "signer": None}],
    "risks": [],
    "session": {"changed": None, "created": "2026-11-24T14:00:00+00:00", "id": "s", "revision": 17, "sha256": ""},
    "verdict": "GO",
    "votes": [{"by": "", "choice": "go", "comment": "", "needed": True, "role": "security", "title": "Security"}],
}
"""As much data as a program looks at that reads reports."""


def small_body(*data: dict[str, Any], title: str = "payments-api 4.12.0 -> prod: GO") -> bytes:
    """A body with little in it but its data; with no data, or with two blocks, it is none."""
    blocks = [line for each in (data or (DATA,)) for line in [*data_lines(each), ""]]
    return "\n".join([f"# Small: {title}", "", "- `[✓] PASS` **must** Café: rollback tested", "", *blocks]).encode()


BODY = small_body() + b"## Sign-offs\n"
ONE = RM.signs(BODY)
TWO = SEC.signs(ONE, "Security", SignedVerdict.ACK)
FIRST, SECOND = ONE.removeprefix(BODY), TWO.removeprefix(ONE + b"\n")
OTHER_BODY = BODY.replace(b'"id": "s"', b'"id": "t"')


# Signatures that are correct except for one thing.


def signature(
    signed: bytes,
    signer: SeededSigner = RM,
    *,
    magic: bytes = b"SSHSIG",
    version: int = 1,
    namespace: bytes = b"signoff-report",
    reserved: bytes = b"",
    hash_name: bytes = b"sha512",
    algorithm: bytes = b"ssh-ed25519",
    key: bytes | None = None,
    tail: bytes = b"",
    inner_tail: bytes = b"",
) -> str:
    """The armour of a signature over `signed`, right in everything that is not given otherwise."""
    digest = hashlib.new(hash_name.decode(), signed).digest()
    data = b"SSHSIG" + b"".join(map(pack_string, (namespace, reserved, hash_name, digest)))
    inner = pack_string(algorithm) + pack_string(signer.private.sign(data)) + inner_tail
    fields = (key or signer.identity.key.blob, namespace, reserved, hash_name, inner)
    return armour(magic + version.to_bytes(4, "big") + b"".join(map(pack_string, fields)) + tail)


def header(signer: SeededSigner = RM, body: bytes = BODY) -> Header:
    identity = signer.identity
    return Header(
        body_digest(body), identity.principal, "Release manager", SignedVerdict.GO, SIGNED_AT, identity.fingerprint
    )


def block(head: bytes, text: str) -> bytes:
    return b"```signoff\n" + head + text.encode() + b"```\n"


def with_signature(**parts: Any) -> bytes:
    """A report whose one signature has these parts other than they should be."""
    head = header().encode()
    return BODY + block(head, signature(BODY + head, **parts))


def with_armour(change: Callable[[str], str]) -> bytes:
    """A report the text of whose one signature was changed."""
    head = header().encode()
    return BODY + block(head, change(signature(BODY + head)))


def with_header(old: str, new: str) -> bytes:
    """A report that was signed with another header than it should have."""
    head = header().encode().replace(old.encode(), new.encode())
    assert head != header().encode()
    return BODY + block(head, signature(BODY + head))


def head_of(one_block: bytes) -> bytes:
    return one_block[: one_block.index(b"-----BEGIN")]


def armour_of(one_block: bytes) -> bytes:
    return one_block[one_block.index(b"-----BEGIN") :]


def cut_blob(text: str, length: int) -> str:
    return armour(base64.b64decode("".join(text.split("\n")[1:-2]))[:length])


def quoted(data: bytes, mark: bytes) -> bytes:
    return b"".join((mark + line).rstrip() + b"\n" for line in data.split(b"\n")[:-1])


def signed_with(data: bytes, signer: SeededSigner = RM, **given: Any) -> bytes:
    return signer.signs(data + b"## Sign-offs\n", **given)


CEO = {"required_sign_offs": [{"role": "Release manager", "signer": "ceo@example.com"}]}
LATE = SIGNED_AT + timedelta(seconds=1)

GOOD: dict[str, bytes] = {
    "one-signer": ONE,
    "two-signers": TWO,
    "reordered": BODY + SECOND + b"\n" + FIRST,
    "no-empty-line-between": BODY + FIRST + SECOND,
    "crlf": TWO.replace(b"\n", b"\r\n"),
    "byte-order-mark": b"\xef\xbb\xbf" + TWO,
    "last-newline-lost": TWO[:-1],
    "through-a-web-form": b"\xef\xbb\xbf" + TWO.replace(b"\n", b"\r\n")[:-2],
    "retired-since": RETIRED.signs(BODY),
}
"""Reports that are verified."""

NOT_VERIFIED: dict[str, tuple[bytes, int, str]] = {
    # Whose key it is: the report is intact.
    "unknown-key": (STRANGER.signs(BODY), 3, "is not known"),
    "unknown-key-beside-a-good-one": (STRANGER.signs(ONE, "Security"), 3, "is not known"),
    "known-key-wrong-name": (
        BODY + block(wrong := header().encode().replace(b"rm@", b"ceo@"), signature(BODY + wrong)),
        3,
        "belongs to rm@example.com",
    ),
    "signed-after-its-end": (RETIRED.signs(BODY, at=LATE), 3, "valid only until"),
    "signed-before-its-begin": (FUTURE.signs(BODY), 3, "valid only from"),
    "revoked": (REVOKED.signs(BODY), 3, "was revoked"),
    "key-for-git-only": (GIT_ONLY.signs(BODY), 3, "not allowed to sign reports"),
    # Whose sign-off is there.
    "wrong-role": (RM.signs(BODY, "Security"), 4, "Release manager"),
    "role-in-other-letters": (RM.signs(BODY, "release manager"), 4, "Release manager"),
    "first-block-stripped": (BODY + SECOND, 4, "Release manager"),
    "another-signer-than-required": (
        signed_with(small_body(DATA | CEO)),
        4,
        "Release manager (ceo@example.com)",
    ),
    # The signature.
    "hash-md5": (with_signature(hash_name=b"md5"), 1, "hash md5"),
    "hash-sha1": (with_signature(hash_name=b"sha1"), 1, "hash sha1"),
    "hash-sha256": (with_signature(hash_name=b"sha256"), 1, "hash sha256"),
    "hash-sha384": (with_signature(hash_name=b"sha384"), 1, "hash sha384"),
    "trailing-byte": (with_signature(tail=b"\0"), 1, "after its end"),
    "trailing-byte-in-the-inner-signature": (with_signature(inner_tail=b"\0"), 1, "after its end"),
    "trailing-byte-in-the-key": (with_signature(key=RM.identity.key.blob + b"\0"), 1, "after its end"),
    "wrong-algorithm-label": (with_signature(algorithm=b"rsa-sha2-512"), 1, "algorithm rsa-sha2-512"),
    "certificate-algorithm": (with_signature(algorithm=b"ssh-ed25519-cert-v01@openssh.com"), 1, "algorithm"),
    "unknown-key-type": (with_signature(key=pack_string(b"ssh-dss") + pack_string(b"x")), 1, "'ssh-dss'"),
    "wrong-magic": (with_signature(magic=b"SSHSIX"), 1, "SSHSIG"),
    "version-0": (with_signature(version=0), 1, "version 0"),
    "version-2": (with_signature(version=2), 1, "version 2"),
    "reserved-not-empty": (with_signature(reserved=b"x"), 1, "reserved"),
    "namespace-empty": (with_signature(namespace=b""), 1, "nothing about what it is for"),
    "namespace-git": (with_signature(namespace=b"git"), 1, "made for git"),
    "namespace-file": (with_signature(namespace=b"file"), 1, "made for file"),
    "namespace-with-a-tail": (with_signature(namespace=b"signoff-report\0"), 1, "not ASCII"),
    "signed-by-another-key-than-named": (with_signature(signer=SEC), 1, "another key than the one it names"),
    "claims-a-key-that-did-not-sign": (
        with_signature(signer=SEC, key=RM.identity.key.blob),
        1,
        "does not fit what it stands under",
    ),
    "signature-over-the-body-alone": (BODY + block(header().encode(), signature(BODY)), 1, "does not fit"),
    # Its armour.
    "junk-before-the-armour": (with_armour(lambda text: "junk\n" + text), 1, "is expected here"),
    "junk-after-the-armour": (with_armour(lambda text: text + "junk\n"), 1, "does not end as it should"),
    "junk-in-the-armour": (with_armour(lambda text: text.replace("\nU1NI", "\nU1 NI")), 1, "not base64"),
    "comment-in-the-armour": (with_armour(lambda text: text.replace("\nU1NI", "\nComment: x\nU1NI")), 1, "not base64"),
    "empty-line-in-the-armour": (with_armour(lambda text: text.replace("\nU1NI", "\n\nU1NI")), 1, "as ssh-keygen"),
    "other-line-width": (with_armour(lambda text: text.replace("\nU1NI", "\nU1NI\n")), 1, "as ssh-keygen"),
    "two-armours": (with_armour(lambda text: text + text), 1, "does not end as it should"),
    "no-armour": (with_armour(lambda _: ""), 1, "is expected here"),
    "empty-armour": (with_armour(lambda text: text[:30] + text[-28:]), 1, "cut short"),
    "pgp-armour": (with_armour(lambda text: text.replace("SSH SIG", "PGP SIG")), 1, "is expected here"),
    "blob-truncated-in-the-key": (with_armour(lambda text: cut_blob(text, 30)), 1, "cut short"),
    "blob-truncated-in-the-signature": (with_armour(lambda text: cut_blob(text, -1)), 1, "cut short"),
    "armour-without-its-end": (with_armour(lambda text: text[:-28]), 1, "does not end as it should"),
    "file-truncated": (ONE[:-100], 1, "does not end as it should"),
    # Its header, signed as it stands.
    "newer-format": (with_header("signoff-report/1", "signoff-report/2"), 1, "newer version"),
    "header-line-lost": (with_header("role: Release manager\n", ""), 1, "'role: …'"),
    "header-line-doubled": (with_header("verdict: GO\n", "verdict: NO-GO\nverdict: GO\n"), 1, "'signed-at: …'"),
    "header-lines-exchanged": (
        with_header("role: Release manager\nverdict: GO", "verdict: GO\nrole: Release manager"),
        1,
        "'role: …'",
    ),
    "unknown-verdict": (with_header("verdict: GO", "verdict: CONDITIONAL"), 1, "GO, NO-GO or ACK"),
    "invisible-character-in-the-role": (with_header("Release", "Re\u202elease"), 1, "invisible character"),
    "local-time": (with_header("15:00:00Z", "15:00:00+01:00"), 1, "not a time"),
    "md5-fingerprint": (with_header("key: SHA256:", "key: MD5:"), 1, "fingerprint"),
    # What stands around it.
    "changed-word": (ONE.replace(b"**must**", b"**may**"), 1, "text was changed"),
    "changed-data": (ONE.replace(b'"choice": "GO"', b'"choice": "NO"'), 1, "text was changed"),
    "changed-verdict": (ONE.replace(b"verdict: GO", b"verdict: ACK"), 1, "does not fit"),
    "changed-signer": (ONE.replace(b"signer: rm@", b"signer: ceo@"), 1, "does not fit"),
    "text-before": (b"Read this first.\n\n" + TWO, 1, "text was changed"),
    "text-before-the-first-block": (TWO.replace(b"```signoff", b"Fine.\n```signoff", 1), 1, "text was changed"),
    "text-between": (ONE + b"\nand\n\n" + SECOND, 1, "text that nobody signed"),
    "text-after": (TWO + b"\nP.S. Go ahead.\n", 1, "text that nobody signed"),
    "comment-after": (TWO + b"\n<!-- -->\n", 1, "text that nobody signed"),
    "two-empty-lines-between": (ONE + b"\n\n" + SECOND, 1, "more than one empty line"),
    "block-doubled": (ONE + b"\n" + FIRST, 1, "a second time"),
    "all-blocks-stripped": (BODY, 1, "carries no signature"),
    "still-unsigned": (mark_unsigned(BODY), 1, "carries no signature"),
    "blocks-without-a-body": (FIRST, 1, "no report before"),
    "opening-damaged": (ONE.replace(b"```signoff", b"```Signoff"), 1, "outside a sign-off"),
    "replayed-on-another-session": (OTHER_BODY + FIRST, 1, "text was changed"),
    "replayed-with-its-digest": (
        OTHER_BODY + FIRST.replace(body_digest(BODY).encode(), body_digest(OTHER_BODY).encode()),
        1,
        "does not fit",
    ),
    "armours-exchanged": (
        BODY + head_of(FIRST) + armour_of(SECOND) + b"\n" + head_of(SECOND) + armour_of(FIRST),
        1,
        "another key than the one it names",
    ),
    # Its text.
    "nfd": (unicodedata.normalize("NFD", ONE.decode()).encode(), 1, "NFC"),
    "mixed-line-ends": (ONE.replace(b"\n", b"\r\n", 3), 1, "mixed"),
    "carriage-returns-alone": (ONE.replace(b"\n", b"\r"), 1, "carriage return"),
    "two-byte-order-marks": (b"\xef\xbb\xbf" * 2 + ONE, 1, "two byte order marks"),
    "utf-16": (ONE.decode().encode("utf-16"), 1, "UTF-16"),
    "utf-16-without-a-mark": (ONE.decode().encode("utf-16-be"), 1, "UTF-16"),
    "latin-1": (ONE.decode().replace("✓", "x").encode("latin-1"), 1, "not UTF-8"),
    "mail-quoted": (quoted(ONE, b"> "), 1, "quoted"),
    "mail-quoted-twice": (quoted(quoted(ONE, b"> "), b"> "), 1, "quoted"),
    "trailing-blank": (ONE.replace(b"tested\n", b"tested \n"), 1, "ends in a blank"),
    # Its data, all of it signed.
    "no-data-block": (RM.signs(b"# Small\n\n## Sign-offs\n"), 1, "no data block"),
    "two-data-blocks": (signed_with(small_body(DATA, DATA | {"verdict": "NO-GO"})), 1, "second data block"),
    "duplicate-key": (
        signed_with(small_body().replace(b'\n  "verdict": "GO"', b'\n  "verdict": "NO-GO",\n  "verdict": "GO"')),
        1,
        "stands twice",
    ),
    "newer-data": (signed_with(small_body().replace(b"json signoff-report/1", b"json signoff-report/2")), 1, "newer"),
    "data-not-json": (signed_with(small_body().replace(b'"votes": [', b'"votes": [,')), 1, "not JSON"),
    "data-without-a-decision": (
        signed_with(small_body({key: value for key, value in DATA.items() if key != "decision"})),
        1,
        "no data that signoff writes",
    ),
    "data-of-other-types": (signed_with(small_body(DATA | {"risks": {}})), 1, "no data that signoff writes"),
}
"""Reports that are not verified: their bytes, the exit code of `signoff verify`, and what it says."""


def all_vectors() -> dict[str, bytes]:
    """Every file, by its name under `FOLDER`, but for the body that was rendered once."""
    body = (FOLDER / "body.md").read_bytes()
    whole = RM.signs(body)
    return {
        "one-signer.signoff.md": whole,
        "two-signers.signoff.md": SEC.signs(whole, "Security", SignedVerdict.ACK),
        "unsigned.signoff.md": mark_unsigned(body),
        **{f"verified/{name}.signoff.md": data for name, data in GOOD.items()},
        **{f"not-verified/{name}.signoff.md": data for name, (data, _, _) in NOT_VERIFIED.items()},
        "allowed_signers": allowed_signers().encode(),
        "expected.json": _expected(),
    }


def _expected() -> bytes:
    """What `signoff verify` comes to, for other programs."""
    codes = {f"verified/{name}": 0 for name in GOOD}
    codes |= {f"not-verified/{name}": code for name, (_, code, _) in NOT_VERIFIED.items()}
    return (json.dumps(codes, indent=2, sort_keys=True) + "\n").encode()
