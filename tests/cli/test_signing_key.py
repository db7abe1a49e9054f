"""`signoff key`: in a real keyring, in an encrypted file, and where there is neither."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.home import Home, Ran
from cli.hostile import assert_harmless
from secret_service import need, running_secret_service

PASSPHRASE = "correct horse battery"
AS = ("--as", "rm@example.com")
_PRIVATE = (b"PRIVATE KEY", b"openssh-key-v1", b"b3BlbnNzaC1rZXktdjE")
"""How a private key in OpenSSH's form begins, as text, decoded, and in base64."""


@pytest.fixture(scope="module")
def secret_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with running_secret_service(tmp_path_factory.mktemp("secrets")) as variables:
        yield {name: variables[name] for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")}


def key_file(home: Home) -> Path:
    return home.locations.config / "signing_key"


def in_a_file(home: Home, *arguments: str, typed: str | bytes = f"{PASSPHRASE}\n", **variables: str) -> Ran:
    return home.run("key", "new", *AS, "--file", "--passphrase-stdin", *arguments, typed=typed, **variables)


def assert_nothing_private(home: Home, *ran: Ran) -> None:
    """Nothing that a command said, and no file but the encrypted one, holds anything private."""
    for one in ran:
        for word in (*_PRIVATE, PASSPHRASE.encode()):
            assert word not in one.raw_out + one.raw_err
    for path in home.folder.rglob("*"):
        if path.is_file() and path != key_file(home):
            assert not any(word in path.read_bytes() for word in (*_PRIVATE, PASSPHRASE.encode())), path


# In the system's keyring.


def test_a_key_is_kept_in_the_keyring_and_its_public_half_is_said(home: Home, secret_service: dict[str, str]) -> None:
    ran = home.run("key", "new", *AS, **secret_service)
    assert ran.code == 0, ran.err
    assert "Made a key; its private half is in Secret Service" in ran.err
    fingerprint, line = (line.split(maxsplit=1)[1] for line in ran.lines)
    assert fingerprint.startswith("SHA256:")
    assert line.startswith('rm@example.com namespaces="signoff-report" ssh-ed25519 ')
    assert line in home.locations.allowed_signers.read_text()
    assert not key_file(home).exists()
    assert_nothing_private(home, ran)


def test_showing_a_key_needs_no_keyring(home: Home, secret_service: dict[str, str]) -> None:
    made = home.run("key", "new", *AS, **secret_service)
    ran = home.run("key", "show")
    assert (ran.code, ran.out) == (0, made.out)
    assert ran.err.startswith("You sign as rm@example.com; the private half is in Secret Service")


@pytest.mark.parametrize("more", [(), ("--file", "--passphrase-stdin")])
def test_a_second_key_is_refused_and_the_first_stays(
    home: Home, secret_service: dict[str, str], more: tuple[str, ...]
) -> None:
    first = home.run("key", "new", *AS, **secret_service)
    ran = home.run("key", "new", "--as", "other@example.com", *more, typed=f"{PASSPHRASE}\n", **secret_service)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("Error: You have a signing key already, described in ")
    assert home.run("key", "show").out == first.out
    assert not key_file(home).exists()


def test_a_keyring_that_keeps_in_clear_is_not_used(home: Home, secret_service: dict[str, str]) -> None:
    chosen = {"PYTHON_KEYRING_BACKEND": "keyrings.alt.file.PlaintextKeyring"}
    ran = home.run("key", "new", *AS, **secret_service, **chosen)
    assert (ran.code, ran.out) == (1, "")
    assert "which can keep keys in clear" in ran.err
    assert_nothing_private(home, ran)


def test_a_keyring_that_loses_every_key_is_not_used(home: Home) -> None:
    ran = home.run("key", "new", *AS, PYTHON_KEYRING_BACKEND="keyring.backends.null.Keyring")
    assert ran.code == 1
    assert "which loses every key" in ran.err
    assert home.run("key", "show").code == 1


def test_without_keyring_and_terminal_one_learns_about_the_file(home: Home) -> None:
    ran = home.run("key", "new", *AS)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("Error: No keyring of this system can be reached")
    assert "--file --passphrase-stdin" in ran.err
    assert ran.err.count("\n") == 1
    assert list(home.locations.config.iterdir()) == []


# In an encrypted file.


def test_a_key_in_a_file_is_encrypted_and_for_nobody_else_to_read(home: Home) -> None:
    need("ssh-keygen")
    ran = in_a_file(home)
    assert ran.code == 0, ran.err
    assert ran.err == f"Made a key; its private half is in {key_file(home)}.\n"
    assert key_file(home).stat().st_mode & 0o777 == 0o600
    assert key_file(home).parent.stat().st_mode & 0o777 == 0o700

    def opens(passphrase: str) -> bool:
        command = ["ssh-keygen", "-y", "-P", passphrase, "-f", str(key_file(home))]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    assert opens(PASSPHRASE)
    assert not opens("")
    assert not opens("wrong horse battery")
    assert_nothing_private(home, ran)


def test_the_file_is_asked_for_by_the_passphrase_alone(home: Home) -> None:
    assert home.run("key", "new", *AS, "--passphrase-stdin", typed=f"{PASSPHRASE}\n").code == 0
    assert key_file(home).exists()


def test_a_passphrase_means_the_same_under_every_locale(home: Home) -> None:
    need("ssh-keygen")
    ran = in_a_file(home, typed="Pässwört für alle\r\n", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert ran.code == 0, ran.err
    command = ["ssh-keygen", "-y", "-P", "Pässwört für alle", "-f", str(key_file(home))]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("typed", ["", "\n", "short\n", "       \n"])
def test_a_passphrase_that_protects_nothing_is_refused(home: Home, typed: str) -> None:
    ran = in_a_file(home, typed=typed)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "Error: The passphrase is too short: use at least 8 characters.\n"
    assert list(home.locations.config.iterdir()) == []


def test_a_key_file_that_is_there_already_is_never_replaced(home: Home) -> None:
    key_file(home).write_text("somebody's key")
    ran = in_a_file(home)
    assert ran.code == 1
    assert ran.err == f"Error: There is a key file {key_file(home)} already: move it away to make another.\n"
    assert key_file(home).read_text() == "somebody's key"
    assert home.run("key", "show").code == 1


def test_without_a_terminal_no_passphrase_is_asked(home: Home) -> None:
    ran = home.run("key", "new", *AS, "--file", typed=f"{PASSPHRASE}\n")
    assert (ran.code, ran.out) == (2, "")
    assert "Error: Say --passphrase-stdin; there is no terminal to ask for the passphrase in." in ran.err


# Names, and nothing there yet.


def test_without_a_terminal_no_name_is_asked(home: Home) -> None:
    ran = home.run("key", "new")
    assert (ran.code, ran.out) == (2, "")
    assert "Error: Say --as NAME; there is no terminal to ask in." in ran.err


@pytest.mark.parametrize("name", ["", " ", "r m@example.com", "*@example.com", "a,b", "a\nb", "a\x1b]2;EVIL\x07"])
def test_a_name_that_openssh_would_read_as_something_else_is_refused(home: Home, name: str) -> None:
    ran = home.run("key", "new", f"--as={name}", "--passphrase-stdin", typed=f"{PASSPHRASE}\n")
    assert ran.code in (1, 2)
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert_harmless(ran.raw_err)
    assert list(home.locations.config.iterdir()) == []


def test_without_a_key_show_says_how_to_make_one(home: Home) -> None:
    ran = home.run("key", "show")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "Error: There is no signing key yet; `signoff key new` makes one.\n"


def test_a_broken_identity_is_named_with_its_line(home: Home) -> None:
    path = home.locations.config / "identity.json"
    path.write_text('{\n "schema": 1,\n')
    ran = home.run("key", "show")
    assert ran.code == 1
    assert ran.err.startswith(f"Error: {path}:3: it is not JSON")


def test_a_swapped_public_key_is_noticed(home: Home) -> None:
    in_a_file(home)
    path = home.locations.config / "identity.json"
    path.write_text(path.read_text().replace("SHA256:", "SHA256:x", 1))
    ran = home.run("key", "show")
    assert (ran.code, ran.out) == (1, "")
    assert "the fingerprint is not that of the public key" in ran.err
