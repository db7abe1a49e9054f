"""A real Secret Service that is locked: one sentence, at once, and nothing is lost or half made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from signing_support import BODY, RM

from cli.home import Home
from secret_service import lock, running_secret_service, unlock
from seeded import RM as SEEDED
from signoff.errors import KeyStoreError
from signoff.signing.identity import load_identity
from signoff.signing.signer import create_key, open_signer
from vectors import BODY as WHOLE_BODY


@pytest.fixture
def service(tmp_path: Path, no_keyring_settings: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """A Secret Service of this test's own, unlocked."""
    with running_secret_service(folder_of(tmp_path)) as variables:
        lead_to(variables, monkeypatch)
        yield variables


def folder_of(tmp_path: Path) -> Path:
    folder = tmp_path / "service"
    folder.mkdir(exist_ok=True)
    return folder


def lead_to(variables: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in variables.items():
        if name != "XDG_CONFIG_HOME":
            monkeypatch.setenv(name, value)


def test_a_locked_keyring_signs_nothing_until_it_is_unlocked(service: dict[str, str], tmp_path: Path) -> None:
    config = tmp_path / "config"
    signer = open_signer(create_key(RM, config), config)
    signed = signer.sign(BODY)
    lock(service)
    with pytest.raises(KeyStoreError) as caught:
        signer.sign(BODY)
    assert str(caught.value) == "Secret Service did not give out the key (KeyringLocked): unlock it and try again."
    assert not unlock(service, "not the password")
    with pytest.raises(KeyStoreError, match="KeyringLocked"):
        signer.sign(BODY)
    assert unlock(service)
    assert signer.sign(BODY) == signed


def test_in_a_locked_keyring_no_key_is_made(service: dict[str, str], tmp_path: Path) -> None:
    lock(service)
    with pytest.raises(KeyStoreError, match=r"did not keep the key \(KeyringLocked\): unlock it and try again"):
        create_key(RM, tmp_path / "config")
    assert load_identity(tmp_path / "config") is None
    assert not (tmp_path / "config" / "allowed_signers").exists()
    assert unlock(service)
    assert create_key(RM, tmp_path / "config") == load_identity(tmp_path / "config")


def test_after_a_start_with_a_wrong_password_the_key_is_still_there(
    tmp_path: Path, no_keyring_settings: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, config = folder_of(tmp_path), tmp_path / "config"
    with running_secret_service(folder) as variables:
        lead_to(variables, monkeypatch)
        signer = open_signer(create_key(RM, config), config)
        signed = signer.sign(BODY)
    with running_secret_service(folder, "not the password") as variables:
        lead_to(variables, monkeypatch)
        with pytest.raises(KeyStoreError, match="KeyringLocked"):
            signer.sign(BODY)
    with running_secret_service(folder) as variables:
        lead_to(variables, monkeypatch)
        assert signer.sign(BODY) == signed


def test_at_the_command_line_a_locked_keyring_is_one_sentence(service: dict[str, str], tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    reach = {name: service[name] for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")}
    assert home.run("key", "new", "--as", "sec@example.com", **reach).code == 0
    report = home.work / "r.md"
    report.write_bytes(SEEDED.signs(WHOLE_BODY))
    lock(service)
    given = ("sign", report, "--role", "Security", "--verdict", "GO")
    ran = home.run(*given, **reach)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.endswith(
        "\nError: Secret Service did not give out the key (KeyringLocked): unlock it and try again.\n"
    )
    assert report.read_bytes() == SEEDED.signs(WHOLE_BODY)
    assert unlock(service)
    assert home.run(*given, **reach).code == 0
