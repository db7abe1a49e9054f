from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from signing_support import BODY, TestKey, make_key, signed

from secret_service import need, running_secret_service


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


@pytest.fixture(scope="session")
def _secret_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with running_secret_service(tmp_path_factory.mktemp("secrets")) as variables:
        yield variables


@pytest.fixture
def no_keyring_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No choice of a keyring by whoever runs the tests, and no desktop of theirs."""
    for name in ("PYTHON_KEYRING_BACKEND", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg-config"))


@pytest.fixture
def secret_service(
    _secret_service: dict[str, str], no_keyring_settings: None, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """A running and unlocked Secret Service, which the environment leads to."""
    for name, value in _secret_service.items():
        if name != "XDG_CONFIG_HOME":
            monkeypatch.setenv(name, value)
    return _secret_service


@pytest.fixture
def no_bus(no_keyring_settings: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a session bus."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'nothing'}")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
