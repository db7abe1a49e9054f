from __future__ import annotations

import base64
import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_ssh_private_key
from signing_support import RM, TestKey, ssh_keygen_accepts

from secret_service import need
from signoff.errors import SigningError
from signoff.signing.private_key import SwappedKeyError, check_own_signature
from signoff.signing.public_key import PublicKey
from signoff.signing.signature_check import check_signature
from signoff.signing.sshsig import BadSignatureError, armour, build, parse, signed_data
from signoff.signing.wire import pack_mpint, pack_string

MESSAGE = b"# a report\n"
USABLE = ["ed25519", "rsa", "ecdsa-256", "ecdsa-384", "ecdsa-521"]


def blob_of(text: str) -> bytes:
    return base64.b64decode("".join(text.split("\n")[1:-2]))


def parts(
    key: TestKey,
    *,
    magic: bytes = b"SSHSIG",
    version: int = 1,
    namespace: bytes = b"signoff-report",
    reserved: bytes = b"",
    hash_name: bytes = b"sha512",
    algorithm: bytes = b"ssh-ed25519",
    tail: bytes = b"",
    inner_tail: bytes = b"",
) -> str:
    """A signature by `key` over MESSAGE that is correct except for what is given."""
    digest = hashlib.new(hash_name.decode(), MESSAGE).digest()
    data = b"SSHSIG" + b"".join(map(pack_string, (namespace, reserved, hash_name, digest)))
    private = load_ed25519(key)
    inner = pack_string(algorithm) + pack_string(private.sign(data)) + inner_tail
    fields = (key.public.blob, namespace, reserved, hash_name, inner)
    return armour(magic + version.to_bytes(4, "big") + b"".join(map(pack_string, fields)) + tail)


def load_ed25519(key: TestKey) -> Ed25519PrivateKey:
    private = load_ssh_private_key(key.path.read_bytes(), None)
    assert isinstance(private, Ed25519PrivateKey)
    return private


@pytest.mark.parametrize("size", [0, 1, 55, 4096, 100_000])
def test_our_ed25519_signature_is_the_bytes_that_ssh_keygen_writes(ed25519: TestKey, size: int) -> None:
    message = b"x" * size
    assert ed25519.sign(message) == ed25519.ssh_keygen_sign(message)


@pytest.mark.parametrize("kind", USABLE)
def test_ssh_keygen_accepts_our_signature(keys: dict[str, TestKey], kind: str, tmp_path: Path) -> None:
    key = keys[kind]
    allowed = f"{RM} {key.public.line}\n"
    assert ssh_keygen_accepts(tmp_path, allowed, key.sign(MESSAGE), MESSAGE)
    assert not ssh_keygen_accepts(tmp_path, allowed, key.sign(MESSAGE), MESSAGE + b"\n")


@pytest.mark.parametrize("kind", USABLE)
def test_we_accept_the_signature_of_ssh_keygen(keys: dict[str, TestKey], kind: str) -> None:
    signature = parse(keys[kind].ssh_keygen_sign(MESSAGE))
    assert signature.key == keys[kind].public
    check_signature(signature, MESSAGE)
    with pytest.raises(BadSignatureError, match="does not fit"):
        check_signature(signature, MESSAGE + b" ")


@pytest.mark.parametrize("kind", USABLE)
def test_our_own_signature_reads_back(keys: dict[str, TestKey], kind: str) -> None:
    check_signature(parse(keys[kind].sign(MESSAGE)), MESSAGE)


def test_a_fingerprint_is_the_one_ssh_keygen_shows(keys: dict[str, TestKey]) -> None:
    for key in keys.values():
        shown = subprocess.run(["ssh-keygen", "-l", "-f", str(key.path)], capture_output=True, check=True).stdout
        assert key.public.fingerprint in shown.decode().split()


def test_a_signature_made_with_sha256_is_refused(ed25519: TestKey) -> None:
    with pytest.raises(BadSignatureError, match="hash sha256"):
        parse(ed25519.ssh_keygen_sign(MESSAGE, "signoff-report", "-Ohashalg=sha256"))


def test_a_signature_made_for_git_is_refused(ed25519: TestKey) -> None:
    with pytest.raises(BadSignatureError, match="made for git"):
        check_signature(parse(ed25519.ssh_keygen_sign(MESSAGE, "git")), MESSAGE)


def test_a_weak_rsa_key_neither_signs_nor_verifies(keys: dict[str, TestKey]) -> None:
    with pytest.raises(BadSignatureError, match="2048 bits"):
        check_signature(parse(keys["rsa-2048"].ssh_keygen_sign(MESSAGE)), MESSAGE)
    with pytest.raises(SigningError, match="3072"):
        keys["rsa-2048"].sign(MESSAGE)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"magic": b"SSHSIX"}, "SSHSIG"),
        ({"version": 2}, "version 2"),
        ({"version": 0}, "version 0"),
        ({"namespace": b""}, "nothing about what it is for"),
        ({"namespace": b"signoff\nreport"}, "not ASCII"),
        ({"reserved": b"x"}, "reserved"),
        ({"hash_name": b"md5"}, "hash md5"),
        ({"hash_name": b"sha1"}, "hash sha1"),
        ({"hash_name": b"sha256"}, "hash sha256"),
        ({"hash_name": b"sha384"}, "hash sha384"),
        ({"algorithm": b"rsa-sha2-512"}, "algorithm rsa-sha2-512"),
        ({"algorithm": b"ssh-ed25519-cert-v01@openssh.com"}, "algorithm"),
        ({"algorithm": b""}, "algorithm"),
        ({"tail": b"\0"}, "after its end"),
        ({"inner_tail": b"\0"}, "after its end"),
    ],
)
def test_a_signature_with_a_wrong_part_is_refused(ed25519: TestKey, change: dict[str, Any], reason: str) -> None:
    check_signature(parse(parts(ed25519)), MESSAGE)
    with pytest.raises(BadSignatureError, match=reason):
        parse(parts(ed25519, **change))


@pytest.mark.parametrize("algorithm", ["ssh-rsa", "rsa-sha2-384", "ssh-ed25519"])
def test_an_rsa_signature_is_refused_under_another_algorithm(keys: dict[str, TestKey], algorithm: str) -> None:
    value = parse(keys["rsa"].sign(MESSAGE)).value
    with pytest.raises(BadSignatureError, match="algorithm"):
        parse(build(keys["rsa"].public, "signoff-report", algorithm, value))


def test_an_rsa_signature_of_another_length_is_refused(keys: dict[str, TestKey]) -> None:
    value = b"\0" + parse(keys["rsa"].sign(MESSAGE)).value
    padded = parse(build(keys["rsa"].public, "signoff-report", "rsa-sha2-512", value))
    with pytest.raises(BadSignatureError, match="not as long"):
        check_signature(padded, MESSAGE)


def test_every_truncation_is_refused(ed25519: TestKey) -> None:
    text = ed25519.sign(MESSAGE)
    blob = blob_of(text)
    for length in range(len(blob)):
        with pytest.raises(BadSignatureError):
            parse(armour(blob[:length]))
    for length in range(len(text)):
        with pytest.raises(BadSignatureError):
            parse(text[:length])


def test_every_changed_byte_of_the_blob_is_refused(ed25519: TestKey) -> None:
    blob = blob_of(ed25519.sign(MESSAGE))
    for at in range(len(blob)):
        changed = blob[:at] + bytes([blob[at] ^ 0x01]) + blob[at + 1 :]
        with pytest.raises(BadSignatureError):
            check_signature(parse(armour(changed)), MESSAGE)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "junk\n" + text,
        lambda text: text + "junk\n",
        lambda text: text + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.removesuffix("\n"),
        lambda text: text.replace("SIGNATURE-----\nU1NI", "SIGNATURE-----\n\nU1NI"),
        lambda text: text.replace("\nU1NI", "\n U1NI"),
        lambda text: text.replace("\nU1NI", "\nU1NI\n"),
        lambda text: text.replace("\nU1NI", "\nU1N!I"),
        lambda text: text.replace("\nU1NI", "\nComment: x\nU1NI"),
        lambda text: text.replace("\n-----END", "=\n-----END"),
        lambda text: text.replace("SSH SIGNATURE", "PGP SIGNATURE"),
        lambda _text: "",
        lambda _text: "-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n",
    ],
)
def test_an_armour_with_junk_is_refused(ed25519: TestKey, change: Callable[[str], str]) -> None:
    with pytest.raises(BadSignatureError):
        parse(change(ed25519.sign(MESSAGE)))


def fido_key(kind: str) -> tuple[PublicKey, Ed25519PrivateKey | ec.EllipticCurvePrivateKey]:
    application = pack_string(b"ssh:")
    if kind == "ed25519":
        private = Ed25519PrivateKey.generate()
        raw = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return PublicKey.from_blob(pack_string(b"sk-ssh-ed25519@openssh.com") + pack_string(raw) + application), private
    curve_key = ec.generate_private_key(ec.SECP256R1())
    point = curve_key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    name = pack_string(b"sk-ecdsa-sha2-nistp256@openssh.com")
    return PublicKey.from_blob(name + pack_string(b"nistp256") + pack_string(point) + application), curve_key


def fido_signature(kind: str, *, flags: int) -> tuple[PublicKey, str]:
    """What a security key would make; ssh-keygen is asked below whether it agrees."""
    key, private = fido_key(kind)
    state = bytes([flags]) + (7).to_bytes(4, "big")
    inner_hash = hashlib.sha256(signed_data("signoff-report", MESSAGE)).digest()
    data = hashlib.sha256(b"ssh:").digest() + state + inner_hash
    if isinstance(private, Ed25519PrivateKey):
        value = private.sign(data)
    else:
        value = b"".join(map(pack_mpint, decode_dss_signature(private.sign(data, ec.ECDSA(SHA256())))))
    inner = pack_string(key.type.encode()) + pack_string(value) + state
    fields = (key.blob, b"signoff-report", b"", b"sha512", inner)
    return key, armour(b"SSHSIG" + (1).to_bytes(4, "big") + b"".join(map(pack_string, fields)))


@pytest.mark.parametrize("kind", ["ed25519", "ecdsa"])
def test_a_security_keys_signature_is_accepted_as_ssh_keygen_does(kind: str, tmp_path: Path) -> None:
    need("ssh-keygen")
    key, text = fido_signature(kind, flags=0x01)
    assert ssh_keygen_accepts(tmp_path, f"{RM} {key.line}\n", text, MESSAGE)
    check_signature(parse(text), MESSAGE)
    with pytest.raises(BadSignatureError, match="does not fit"):
        check_signature(parse(text), MESSAGE + b"x")


@pytest.mark.parametrize("kind", ["ed25519", "ecdsa"])
def test_a_security_key_that_saw_nobody_is_refused(kind: str) -> None:
    _, text = fido_signature(kind, flags=0x00)
    with pytest.raises(BadSignatureError, match="user was there"):
        check_signature(parse(text), MESSAGE)


def test_an_ecdsa_signature_with_something_after_it_is_refused(keys: dict[str, TestKey]) -> None:
    key = keys["ecdsa-256"]
    value = parse(key.sign(MESSAGE)).value + b"\0"
    with pytest.raises(BadSignatureError, match="after its end"):
        check_signature(parse(build(key.public, "signoff-report", key.public.type, value)), MESSAGE)


def test_a_signature_that_was_just_made_by_another_key_is_not_used(ed25519: TestKey, other: TestKey) -> None:
    check_own_signature(ed25519.sign(MESSAGE), ed25519.public, MESSAGE)
    with pytest.raises(SwappedKeyError, match="not by"):
        check_own_signature(ed25519.sign(MESSAGE), other.public, MESSAGE)
    with pytest.raises(SigningError, match="does not fit"):
        check_own_signature(ed25519.sign(MESSAGE), ed25519.public, MESSAGE + b"x")


def test_an_ecdsa_number_in_a_longer_form_is_refused(keys: dict[str, TestKey]) -> None:
    key = keys["ecdsa-256"]
    value = parse(key.sign(MESSAGE)).value
    length = int.from_bytes(value[:4], "big")
    longer = (length + 1).to_bytes(4, "big") + b"\0" + value[4:]
    with pytest.raises(BadSignatureError, match="not well encoded"):
        check_signature(parse(build(key.public, "signoff-report", key.public.type, longer)), MESSAGE)
