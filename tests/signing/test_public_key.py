from __future__ import annotations

import pytest
from signing_support import TestKey

from signoff.signing.public_key import PublicKey, PublicKeyError
from signoff.signing.wire import pack_string


def test_a_key_survives_being_written_and_read(keys: dict[str, TestKey]) -> None:
    for key in keys.values():
        assert PublicKey.parse_line(f"{key.public.line} a comment") == key.public
        assert PublicKey.from_blob(key.public.blob) == key.public


def test_every_cut_of_a_key_is_refused(keys: dict[str, TestKey]) -> None:
    for key in keys.values():
        blob = key.public.blob
        for length in range(len(blob)):
            with pytest.raises(PublicKeyError):
                PublicKey.from_blob(blob[:length])
        with pytest.raises(PublicKeyError, match="after its end"):
            PublicKey.from_blob(blob + b"\0")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "type and a base64"),
        ("ssh-ed25519", "type and a base64"),
        ("ssh-ed25519 not-base64!", "not base64"),
        ("ssh-ed25519 é", "not base64"),
        ("ssh-dss AAAAB3NzaC1kc3M=", "'ssh-dss' is not supported"),
    ],
)
def test_a_line_without_a_key_is_refused(line: str, reason: str) -> None:
    with pytest.raises(PublicKeyError, match=reason):
        PublicKey.parse_line(line)


def test_a_line_that_names_another_type_than_its_key_is_refused(ed25519: TestKey) -> None:
    with pytest.raises(PublicKeyError, match="but the key is ssh-ed25519"):
        PublicKey.parse_line(ed25519.public.line.replace("ssh-ed25519", "ssh-rsa"))


def test_a_key_on_another_curve_than_its_type_is_refused(keys: dict[str, TestKey]) -> None:
    blob = keys["ecdsa-256"].public.blob.replace(b"\x08nistp256", b"\x08nistp384")
    with pytest.raises(PublicKeyError, match="curve"):
        PublicKey.from_blob(blob)


def test_a_compressed_point_is_refused(keys: dict[str, TestKey]) -> None:
    blob = bytearray(keys["ecdsa-256"].public.blob)
    blob[-65] = 2
    with pytest.raises(PublicKeyError, match="uncompressed"):
        PublicKey.from_blob(bytes(blob))


def test_an_ed25519_key_of_another_length_is_refused() -> None:
    with pytest.raises(PublicKeyError, match="32 bytes"):
        PublicKey.from_blob(pack_string(b"ssh-ed25519") + pack_string(b"x" * 31))
