from __future__ import annotations

import base64
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from signing_support import BODY, RM, SIGNED_AT, TestKey, header_for

from secret_service import need
from signoff.errors import BrokenFileError, KeyStoreError, SigningError
from signoff.signing.allowed_signers import load_allowed_signers
from signoff.signing.header import SignedVerdict
from signoff.signing.identity import Identity, KeyPlace, load_identity, save_identity
from signoff.signing.key_file import WrongPassphraseError, read_key_file
from signoff.signing.private_key import SwappedKeyError
from signoff.signing.secret import Secret
from signoff.signing.sign_report import check_contains, sign_report
from signoff.signing.signer import create_key, open_signer, use_agent_key
from signoff.signing.verify import verify

PASSPHRASE = "correct horse ✓"


def test_a_key_in_a_file_signs_with_its_passphrase(tmp_path: Path) -> None:
    identity = create_key(RM, tmp_path, PASSPHRASE)
    assert identity == load_identity(tmp_path)
    assert identity.place is KeyPlace.FILE
    signer = open_signer(identity, tmp_path, PASSPHRASE)
    data = sign_report(BODY, signer, role="release manager", verdict=SignedVerdict.GO, signed_at=SIGNED_AT)
    assert verify(data, load_allowed_signers(tmp_path / "allowed_signers")).all_valid
    assert PASSPHRASE not in repr(signer)


def test_the_file_is_encrypted_private_and_readable_by_ssh_keygen(tmp_path: Path) -> None:
    need("ssh-keygen")
    identity = create_key(RM, tmp_path, "correct horse")
    path = tmp_path / identity.location
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    command = ["ssh-keygen", "-y", "-f", str(path), "-P"]
    shown = subprocess.run([*command, "correct horse"], capture_output=True, check=True).stdout.decode()
    assert shown.strip() == identity.key.line
    assert subprocess.run([*command, ""], capture_output=True, check=False).returncode != 0


def test_a_wrong_passphrase_is_its_own_error(tmp_path: Path) -> None:
    identity = create_key(RM, tmp_path, PASSPHRASE)
    with pytest.raises(WrongPassphraseError, match="type it again"):
        open_signer(identity, tmp_path, PASSPHRASE + "x").sign(BODY)
    for nothing in (None, ""):
        with pytest.raises(KeyStoreError, match="passphrase is needed"):
            open_signer(identity, tmp_path, nothing)


@pytest.mark.parametrize("passphrase", ["", "1234567", " " * 20])
def test_a_passphrase_that_protects_nothing_is_refused(tmp_path: Path, passphrase: str) -> None:
    with pytest.raises(KeyStoreError, match="too short"):
        create_key(RM, tmp_path, passphrase)
    assert list(tmp_path.iterdir()) == []


def test_an_existing_key_file_is_never_replaced(tmp_path: Path) -> None:
    create_key(RM, tmp_path, PASSPHRASE)
    before = (tmp_path / "signing_key").read_bytes()
    (tmp_path / "identity.json").unlink()
    with pytest.raises(KeyStoreError, match="already"):
        create_key(RM, tmp_path, PASSPHRASE)
    assert (tmp_path / "signing_key").read_bytes() == before


def test_a_key_file_is_removed_again_when_nothing_can_name_it(tmp_path: Path) -> None:
    (tmp_path / "allowed_signers").write_text("nonsense\n")
    with pytest.raises(BrokenFileError):
        create_key(RM, tmp_path, PASSPHRASE)
    assert [path.name for path in tmp_path.iterdir()] == ["allowed_signers"]


def test_a_swapped_file_is_noticed_before_the_passphrase_is_tried(tmp_path: Path) -> None:
    identity = create_key(RM, tmp_path, PASSPHRASE)
    swapped = create_key(RM, tmp_path / "other", PASSPHRASE)
    (tmp_path / "other" / "signing_key").replace(tmp_path / "signing_key")
    with pytest.raises(SwappedKeyError, match=f"holds {swapped.fingerprint}".replace("+", r"\+")):
        open_signer(identity, tmp_path, "not even the passphrase").sign(BODY)


def test_a_file_that_says_one_key_and_holds_another_does_not_sign(tmp_path: Path) -> None:
    mine, stranger = create_key(RM, tmp_path, PASSPHRASE), create_key(RM, tmp_path / "other", PASSPHRASE)
    begin, *lines, end = (tmp_path / "other" / "signing_key").read_text().strip().split("\n")
    content = base64.b64decode("".join(lines)).replace(stranger.key.blob, mine.key.blob)
    text = base64.b64encode(content).decode()
    (tmp_path / "signing_key").write_text(f"{begin}\n{text}\n{end}\n")
    with pytest.raises(SigningError):
        open_signer(mine, tmp_path, PASSPHRASE).sign(BODY)


def test_what_was_written_is_read_back_with_its_sign_off(tmp_path: Path, report: bytes, ed25519: TestKey) -> None:
    check_contains(report, header_for(ed25519.public))
    with pytest.raises(SigningError, match="sign again"):
        check_contains(report, header_for(ed25519.public, role="security"))
    with pytest.raises(SigningError, match="sign again"):
        check_contains(BODY, header_for(ed25519.public))


def test_a_key_file_in_clear_is_not_used(tmp_path: Path, ed25519: TestKey) -> None:
    with pytest.raises(KeyStoreError, match="not encrypted"):
        read_key_file(ed25519.path, ed25519.public, Secret(PASSPHRASE))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "",
        lambda text: "nonsense",
        lambda text: text.replace("OPENSSH", "RSA"),
        lambda text: "\n".join(text.split("\n")[:1] + text.split("\n")[2:]),
        lambda text: "é" + text,
    ],
)
def test_a_damaged_key_file_is_one_sentence(tmp_path: Path, change: Callable[[str], str]) -> None:
    identity = create_key(RM, tmp_path, PASSPHRASE)
    path = tmp_path / "signing_key"
    path.write_text(change(path.read_text()), encoding="utf-8")
    with pytest.raises(KeyStoreError, match=r"damaged|is not a key"):
        open_signer(identity, tmp_path, PASSPHRASE).sign(BODY)
    path.unlink()
    with pytest.raises(KeyStoreError, match=r"There is no file .* Restore it"):
        open_signer(identity, tmp_path, PASSPHRASE).sign(BODY)


@pytest.mark.parametrize("name", ["", "two words", "a,b", "*", "x\u202ey"])
def test_nobody_gets_a_key_under_a_name_that_is_none(tmp_path: Path, name: str) -> None:
    with pytest.raises(SigningError, match="signer's name"):
        create_key(name, tmp_path, PASSPHRASE)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(KeyStoreError, match="cannot be written"):
        create_key(RM, tmp_path / "file" / "config", PASSPHRASE)


def test_an_identity_survives_being_written_and_read(tmp_path: Path, keys: dict[str, TestKey]) -> None:
    for name, key in keys.items():
        identity = Identity(f"josé+{name}@example.com", key.public, KeyPlace.AGENT, "")
        save_identity(identity, tmp_path / name)
        assert load_identity(tmp_path / name) == identity
        with pytest.raises(SigningError, match="already"):
            save_identity(identity, tmp_path / name)
    assert load_identity(tmp_path / "nothing") is None


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"schema": 1', '"schema": 2', "another version"),
        ('"schema": 1,', "", "another version"),
        ('"place": "agent"', '"place": "pocket"', "pocket"),
        ('"principal": "rm@example.com"', '"principal": "*"', "signer's name"),
        ('"principal": "rm@example.com"', '"principal": 7', "principal is missing"),
        ('"fingerprint": "SHA256:', '"fingerprint": "SHA256:x', "not that of the public key"),
        ('"public_key": "ssh-ed25519', '"public_key": "ssh-rsa', "but the key is"),
        ("{", "[", "not JSON"),
        ("{", "\udcff{", "utf-8"),
    ],
)
def test_a_broken_identity_is_named(tmp_path: Path, ed25519: TestKey, old: str, new: str, reason: str) -> None:
    save_identity(Identity(RM, ed25519.public, KeyPlace.AGENT, ""), tmp_path)
    path = tmp_path / "identity.json"
    path.write_text(path.read_text().replace(old, new), encoding="utf-8", errors="surrogateescape")
    with pytest.raises(BrokenFileError, match=reason) as caught:
        load_identity(tmp_path)
    assert caught.value.path == str(path)


@pytest.fixture
def add_to_agent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[TestKey], None]]:
    """An ssh agent of the test's own, and a way to give it keys."""
    need("ssh-agent", "ssh-add", "ssh-keygen")
    socket = tmp_path / "agent"
    monkeypatch.setenv("SSH_AUTH_SOCK", str(socket))
    process = subprocess.Popen(["ssh-agent", "-D", "-a", str(socket)], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        process.stdout.readline()

        def add(key: TestKey) -> None:
            subprocess.run(["ssh-add", "-q", str(key.path)], check=True)

        yield add
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


@pytest.mark.parametrize("kind", ["ed25519", "rsa", "ecdsa-384"])
def test_a_key_of_the_users_own_signs_by_the_agent(
    add_to_agent: Callable[[TestKey], None], keys: dict[str, TestKey], tmp_path: Path, kind: str
) -> None:
    add_to_agent(keys[kind])
    config = tmp_path / "config"
    identity = use_agent_key(RM, config, keys[kind].public)
    assert identity == load_identity(config)
    signer = open_signer(identity, config)
    data = sign_report(BODY, signer, role="security", verdict=SignedVerdict.NO_GO, signed_at=SIGNED_AT)
    assert verify(data, load_allowed_signers(config / "allowed_signers")).all_valid


def test_a_key_that_the_agent_lacks_or_that_is_weak_does_not_sign(
    add_to_agent: Callable[[TestKey], None], keys: dict[str, TestKey], tmp_path: Path
) -> None:
    with pytest.raises(KeyStoreError, match="ssh-add"):
        use_agent_key(RM, tmp_path / "config", keys["ed25519"].public)
    add_to_agent(keys["rsa-2048"])
    with pytest.raises(SigningError, match="2048 bits"):
        use_agent_key(RM, tmp_path / "config", keys["rsa-2048"].public)
    assert not (tmp_path / "config").exists()
