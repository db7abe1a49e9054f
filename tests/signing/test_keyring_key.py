"""The private key in a keyring: a real Secret Service, and all the ways in which a keyring is none."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

import keyring.backend
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from keyring.backends import SecretService
from signing_support import BODY, RM, SIGNED_AT, ssh_keygen_accepts

from secret_service import need
from signoff.errors import AlteredReportError, BrokenFileError, KeyStoreError, SigningError
from signoff.signing.allowed_signers import AllowedSigners, load_allowed_signers
from signoff.signing.header import SignedVerdict
from signoff.signing.identity import KeyPlace, load_identity
from signoff.signing.keyring_backend import choose_backend
from signoff.signing.keyring_store import SERVICE, fetch_key, forget_key, store_key
from signoff.signing.private_key import SwappedKeyError, generate, public_half, to_text
from signoff.signing.secret import Secret
from signoff.signing.sign_report import sign_report
from signoff.signing.signer import create_key, open_signer
from signoff.signing.verify import verify

PLAIN_BACKEND = """
import pathlib
from keyring.backend import KeyringBackend

class PlaintextKeyring(KeyringBackend):
    priority = 99
    def set_password(self, service, username, password):
        pathlib.Path(__file__).with_name("in-clear").write_text(password)
    def get_password(self, service, username):
        return pathlib.Path(__file__).with_name("in-clear").read_text()

pathlib.Path(__file__).with_name("imported").touch()
"""


def test_a_key_is_kept_read_back_and_signs(secret_service: dict[str, str], tmp_path: Path) -> None:
    need("ssh-keygen")
    identity = create_key(RM, tmp_path)
    assert identity == load_identity(tmp_path)
    assert (identity.place, identity.location) == (KeyPlace.KEYRING, "Secret Service")
    signer = open_signer(identity, tmp_path)
    data = sign_report(BODY, signer, role="release manager", verdict=SignedVerdict.GO, signed_at=SIGNED_AT)
    verification = verify(data, load_allowed_signers(tmp_path / "allowed_signers"))
    assert verification.all_valid
    (sign_off,) = verification.report.sign_offs
    allowed = (tmp_path / "allowed_signers").read_text()
    assert ssh_keygen_accepts(tmp_path, allowed, sign_off.armour, verification.report.signed_bytes(sign_off))


def test_nothing_private_is_written_to_the_config_folder(secret_service: dict[str, str], tmp_path: Path) -> None:
    identity = create_key(RM, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["allowed_signers", "identity.json"]
    private = fetch_key(identity.fingerprint, identity.location).reveal()
    secret_lines = private.split("\n")[1:-2]
    for path in tmp_path.iterdir():
        assert not any(line in path.read_text() for line in secret_lines)
        assert path.stat().st_mode & 0o077 == 0
    assert len(private) < 1280  # what the Windows Credential Manager takes


def test_a_second_key_never_replaces_the_first(secret_service: dict[str, str], tmp_path: Path) -> None:
    first = create_key(RM, tmp_path)
    known = (tmp_path / "allowed_signers").read_bytes()
    for again in (lambda: create_key(RM, tmp_path), lambda: create_key("other@example.com", tmp_path, "a passphrase")):
        with pytest.raises(SigningError, match="already"):
            again()
    assert load_identity(tmp_path) == first
    assert (tmp_path / "allowed_signers").read_bytes() == known
    second = create_key(RM, tmp_path / "elsewhere")
    for identity in (first, second):
        assert fetch_key(identity.fingerprint, "Secret Service").reveal().startswith("-----BEGIN OPENSSH PRIVATE KEY")


def test_a_broken_identity_is_not_replaced_either(secret_service: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "identity.json").write_text("{")
    with pytest.raises(SigningError, match="already"):
        create_key(RM, tmp_path)


def test_without_a_trust_file_that_can_be_written_there_is_no_key(
    secret_service: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "allowed_signers").write_text("nonsense\n")
    removed: list[str] = []
    real = SecretService.Keyring.delete_password
    monkeypatch.setattr(
        SecretService.Keyring,
        "delete_password",
        lambda self, service, username: (removed.append(username), real(self, service, username)),
    )
    with pytest.raises(BrokenFileError):
        create_key(RM, tmp_path)
    assert load_identity(tmp_path) is None
    assert len(removed) == 1
    with pytest.raises(KeyStoreError, match="no longer has"):
        fetch_key(removed[0], "Secret Service")


def test_a_deleted_key_is_one_sentence(secret_service: dict[str, str], tmp_path: Path) -> None:
    identity = create_key(RM, tmp_path)
    forget_key(identity.fingerprint)
    with pytest.raises(KeyStoreError, match="no longer has your key SHA256:"):
        open_signer(identity, tmp_path).sign(BODY)
    with pytest.raises(KeyStoreError, match="did not remove the key"):
        forget_key(identity.fingerprint)


def test_a_swapped_key_does_not_sign(secret_service: dict[str, str], tmp_path: Path) -> None:
    identity = create_key(RM, tmp_path)
    swapped = generate()
    choose_backend().set_password(SERVICE, identity.fingerprint, to_text(swapped, None).reveal())
    with pytest.raises(SwappedKeyError, match="nothing was signed") as caught:
        open_signer(identity, tmp_path).sign(BODY)
    assert public_half(swapped).fingerprint in str(caught.value)


@pytest.mark.parametrize("text", ["", "nonsense", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n"])
def test_a_key_that_is_none_does_not_sign(secret_service: dict[str, str], tmp_path: Path, text: str) -> None:
    identity = create_key(RM, tmp_path)
    choose_backend().set_password(SERVICE, identity.fingerprint, text)
    with pytest.raises(KeyStoreError, match="not a private key"):
        open_signer(identity, tmp_path).sign(BODY)


def test_a_forgetful_keyring_is_noticed_before_a_key_is_said_to_exist(
    secret_service: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SecretService.Keyring, "get_password", lambda *_: None)
    with pytest.raises(KeyStoreError, match="did not keep the key, though it said so"):
        create_key(RM, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_keyring_that_changes_the_key_is_noticed(
    secret_service: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = SecretService.Keyring.get_password
    monkeypatch.setattr(SecretService.Keyring, "get_password", lambda *given: (real(*given) or "")[:100])
    with pytest.raises(KeyStoreError, match="did not keep the key"):
        create_key(RM, tmp_path)


def test_a_keyring_with_the_limit_of_windows_takes_our_keys_and_says_so_of_larger_ones(
    secret_service: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Credential Manager takes 2,560 bytes of UTF-16, and raises an error of its own for more."""
    real = SecretService.Keyring.set_password

    def limited(self: SecretService.Keyring, service: str, username: str, password: str) -> None:
        if len(password.encode("utf-16-le")) > 2560:
            raise OSError(1783, "CredWrite", "The stub received bad data")
        real(self, service, username, password)

    monkeypatch.setattr(SecretService.Keyring, "set_password", limited)
    identity = create_key(RM, tmp_path)
    assert open_signer(identity, tmp_path).sign(BODY)
    rsa = to_text(generate_private_key(65537, 3072), None)
    with pytest.raises(KeyStoreError, match=r"did not keep the key \(OSError\)"):
        store_key("SHA256:large", rsa)


@pytest.mark.parametrize("error", [RuntimeError("boom"), OSError(5, "io"), ValueError("x\ny"), KeyError("k")])
def test_whatever_a_keyring_raises_is_one_sentence(
    secret_service: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(SecretService.Keyring, "set_password", fail)
    with pytest.raises(KeyStoreError) as caught:
        create_key(RM, tmp_path)
    assert str(caught.value) == (
        f"Secret Service did not keep the key ({type(error).__name__}): unlock it and try again."
    )
    assert caught.value.__context__ is None


def test_no_secret_shows_in_an_errors_traceback(
    secret_service: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SecretService.Keyring, "get_password", lambda *_: None)
    text = to_text(generate(), None)
    with pytest.raises(KeyStoreError) as caught:
        store_key("SHA256:test", text)
    shown = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    assert "text = <secret>" in shown
    assert text.reveal().split("\n")[2] not in shown
    assert repr(Secret("x")) == str(Secret("x")) == "<secret>"


def test_without_a_bus_there_is_no_keyring(no_bus: None, tmp_path: Path) -> None:
    with pytest.raises(KeyStoreError, match="No keyring of this system can be reached"):
        create_key(RM, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_keyring_that_went_away_is_one_sentence(
    secret_service: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = create_key(RM, tmp_path)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'gone'}")
    with pytest.raises(KeyStoreError):
        open_signer(identity, tmp_path).sign(BODY)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("keyring.backends.null.Keyring", "loses every key"),
        ("keyring.backends.fail.Keyring", "keeps nothing"),
        ("keyring.backends.chainer.ChainerBackend", "any other backend"),
        ("keyrings.alt.file.PlaintextKeyring", "in clear"),
        ("keyring.backends.SecretServise.Keyring", "not a system's keyring"),
        ("SecretService", "not a system's keyring"),
        ("os.system", "not a system's keyring"),
    ],
)
@pytest.mark.parametrize("source", ["environment", "file"])
def test_a_chosen_keyring_that_is_no_systems_is_refused(
    secret_service: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    reason: str,
    source: str,
) -> None:
    if source == "environment":
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", name)
    else:
        write_keyringrc(f"[backend]\ndefault-keyring={name}\n")
    with pytest.raises(KeyStoreError, match=reason) as caught:
        create_key(RM, tmp_path / "config")
    assert name in str(caught.value)
    assert ("PYTHON_KEYRING_BACKEND" if source == "environment" else "keyringrc.cfg") in str(caught.value)
    assert not (tmp_path / "config").exists()


def write_keyringrc(text: str) -> Path:
    path = Path(os.environ["XDG_CONFIG_HOME"], "python_keyring", "keyringrc.cfg")
    path.parent.mkdir(parents=True)
    path.write_text(text)
    return path


def test_a_third_partys_plaintext_keyring_is_refused_without_being_imported(
    secret_service: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plain_backend.py").write_text(PLAIN_BACKEND)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "plain_backend.PlaintextKeyring")
    with pytest.raises(KeyStoreError, match="not a system's keyring"):
        create_key(RM, tmp_path / "config")
    assert not (tmp_path / "imported").exists()
    assert "plain_backend" not in sys.modules


def test_a_third_partys_keyring_that_is_merely_installed_is_not_used(
    secret_service: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plain_backend.py").write_text(PLAIN_BACKEND)
    monkeypatch.syspath_prepend(tmp_path)
    import plain_backend

    assert plain_backend.PlaintextKeyring in keyring.backend.KeyringBackend._classes
    try:
        assert create_key(RM, tmp_path / "config").location == "Secret Service"
        assert not (tmp_path / "in-clear").exists()
    finally:
        keyring.backend.KeyringBackend._classes.discard(plain_backend.PlaintextKeyring)
        del sys.modules["plain_backend"]


def test_the_users_choice_of_a_systems_keyring_is_honoured(
    secret_service: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_keyringrc("[backend]\ndefault-keyring = keyring.backends.null.Keyring\nkeyring-path=/nowhere\n")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.SecretService.Keyring")
    assert create_key(RM, tmp_path).location == "Secret Service"
    assert "/nowhere" not in sys.path
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.macOS.Keyring")
    with pytest.raises(KeyStoreError, match="macOS Keychain, which does not work here"):
        choose_backend()


@pytest.mark.parametrize("text", ["nonsense\n", "[backend]\nx\n", "[backend\n"])
def test_broken_keyring_settings_are_named(secret_service: dict[str, str], text: str) -> None:
    path = write_keyringrc(text)
    with pytest.raises(KeyStoreError, match="cannot be read") as caught:
        choose_backend()
    assert str(path) in str(caught.value)


def test_keyring_settings_without_a_choice_leave_it_to_us(secret_service: dict[str, str]) -> None:
    write_keyringrc("[other]\nx=1\n")
    assert isinstance(choose_backend(), SecretService.Keyring)


def test_a_key_in_another_keyring_than_the_one_in_use_is_explained(secret_service: dict[str, str]) -> None:
    with pytest.raises(KeyStoreError, match="kept in KWallet, but the keyring in use is Secret Service"):
        fetch_key("SHA256:nothing", "KWallet")


def test_a_report_is_not_signed_beside_a_forged_sign_off(
    secret_service: dict[str, str], tmp_path: Path, two_signed: bytes
) -> None:
    signer = open_signer(create_key(RM, tmp_path), tmp_path)
    forged = two_signed.replace(b"role: security", b"role: operations")
    with pytest.raises(AlteredReportError):
        sign_report(forged, signer, role="qa", verdict=SignedVerdict.ACK, signed_at=SIGNED_AT)
    data = sign_report(two_signed, signer, role="qa", verdict=SignedVerdict.ACK, signed_at=SIGNED_AT)
    assert data.startswith(two_signed)
    roles = [finding.sign_off.header.role for finding in verify(data, AllowedSigners()).findings]
    assert roles == ["release manager", "security", "qa"]
