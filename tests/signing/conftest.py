from __future__ import annotations

import pytest
from signing_support import BODY, TestKey, make_key, signed

from secret_service import need


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, TestKey]:
    """One key of each kind, made by ssh-keygen."""
    need("ssh-keygen")
    folder = tmp_path_factory.mktemp("keys")
    kinds = {"ed25519": ("ed25519", None), "other": ("ed25519", None), "rsa": ("rsa", 3072), "rsa-2048": ("rsa", 2048)}
    curves = {f"ecdsa-{bits}": ("ecdsa", bits) for bits in (256, 384, 521)}
    return {name: make_key(folder / name, kind, bits) for name, (kind, bits) in (kinds | curves).items()}


@pytest.fixture(scope="session")
def ed25519(keys: dict[str, TestKey]) -> TestKey:
    return keys["ed25519"]


@pytest.fixture(scope="session")
def other(keys: dict[str, TestKey]) -> TestKey:
    return keys["other"]


@pytest.fixture(scope="session")
def report(ed25519: TestKey) -> bytes:
    """A report with one sign-off."""
    return signed(BODY, ed25519)


@pytest.fixture(scope="session")
def two_signed(report: bytes, other: TestKey) -> bytes:
    """A report with two sign-offs."""
    return signed(report, other, signer="sec@example.com", role="security")
