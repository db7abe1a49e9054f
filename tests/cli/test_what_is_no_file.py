"""What is no file, or far too large a one, in place of a file that a command reads: one sentence, and never a wait."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.home import Home, Ran
from cli.reports import a_go, a_signed_report
from meeting import NOW
from seeded import RM
from signoff.domain.meeting import SignOff
from signoff.domain.session import Session

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")

ZEROS = Path("/dev/zero")
"""Has no end: whoever reads it whole takes all memory there is."""


def a_pipe(home: Home) -> Path:
    """A named pipe that nobody writes to: whoever opens it to read waits for ever."""
    path = home.work / "pipe"
    if not path.exists():
        os.mkfifo(path)
    return path


def a_link_to_a_pipe(home: Home) -> Path:
    (home.work / "link").symlink_to(a_pipe(home))
    return home.work / "link"


def a_folder(home: Home) -> Path:
    (home.work / "folder").mkdir()
    return home.work / "folder"


def zeros(home: Home) -> Path:
    return ZEROS


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_signed_report(Home(tmp_path_factory.mktemp("manager")))


NO_FILES = pytest.mark.parametrize("no_file", [a_pipe, a_link_to_a_pipe, a_folder, zeros])
AS_QA = ("--role", "QA", "--verdict", "GO", "--as", "ana@example.com")
RELEASE = ("--service", "payments", "--version", "4.12.0")
COMMANDS: dict[str, Callable[[Path, Path], tuple[str | Path, ...]]] = {
    "verify": lambda odd, report: ("verify", odd),
    "verify, known keys": lambda odd, report: ("verify", report, "--allowed-signers", odd),
    "gate": lambda odd, report: ("gate", odd, *RELEASE, "--allowed-signers", report),
    "gate, known keys": lambda odd, report: ("gate", report, *RELEASE, "--allowed-signers", odd),
    "sign": lambda odd, report: ("sign", odd, *AS_QA, "--key", "id.pub"),
    "sign, key": lambda odd, report: ("sign", report, *AS_QA, "--key", odd),
    "merge": lambda odd, report: ("merge", report, odd, "-o", "-"),
    "check": lambda odd, report: ("check", odd),
    "key trust": lambda odd, report: ("key", "trust", "ana@example.com", odd),
    "key trust, known keys": lambda odd, report: (
        *("key", "trust", "ana@example.com", RM.identity.key.line),
        *("--allowed-signers", odd),
    ),
    "key list": lambda odd, report: ("key", "list", "--allowed-signers", odd),
    "key retire": lambda odd, report: ("key", "retire", "SHA256:x", "--allowed-signers", odd),
    "checklist show": lambda odd, report: ("checklist", "show", odd),
    "new": lambda odd, report: ("new", *RELEASE, "--checklist", odd),
}


@pytest.mark.parametrize("no_file", [a_link_to_a_pipe, zeros])
@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_no_file_is_named_and_never_waited_for(
    home: Home, report: Path, command: str, no_file: Callable[[Home], Path]
) -> None:
    odd = no_file(home)
    (home.work / "id.pub").write_text(f"{RM.identity.key.line}\n")
    ran = home.run(*COMMANDS[command](odd, report), typed="")
    assert ran.code in (1, 2)
    assert f"Error: {odd} is not a regular file." in ran.err
    assert "Traceback" not in ran.err


@NO_FILES
def test_a_key_of_an_agent_is_read_from_a_file(home: Home, no_file: Callable[[Home], Path]) -> None:
    odd = no_file(home)
    ran = home.run("key", "new", "--as", "rm@example.com", "--agent", odd)
    assert (ran.code, ran.err) == (1, f"Error: {odd} is not a regular file.\n")


@pytest.mark.parametrize("name", ["identity.json", "allowed_signers", "config.toml"])
def test_nor_is_what_stands_in_the_folder_of_the_settings(home: Home, report: Path, name: str) -> None:
    path = home.locations.config / name
    os.mkfifo(path)
    commands = {"identity.json": ("key", "show"), "allowed_signers": ("verify", report), "config.toml": ("config",)}
    ran = home.run(*commands[name])
    assert ran.code in (1, 2)
    assert f"Error: {path} is not a regular file." in ran.err


def test_a_key_file_that_is_none_is_named_when_it_signs(home: Home) -> None:
    report = a_signed_report(home)
    path = home.locations.config / "signing_key"
    path.unlink()
    os.mkfifo(path)
    ran = home.run("sign", report, "--role", "QA", "--verdict", "GO", "--passphrase-stdin", typed="a passphrase\n")
    assert ran.code == 1
    assert ran.err.endswith(f"Error: {path} is not a regular file. Restore it, or make a new key.\n")


@pytest.mark.parametrize("command", ["verify", "gate", "key trust", "merge", "verify, known keys", "gate, known keys"])
def test_a_file_that_is_far_too_large_is_named_and_not_read(home: Home, report: Path, command: str) -> None:
    large = home.work / "large"
    with large.open("wb") as file:
        file.truncate(8 * 1024**4)  # it takes no room; read whole, it would take all of it
    ran = home.run(*COMMANDS[command](large, report))
    assert ran.code in (1, 2)
    most = 4 if "keys" in command else 64
    assert f"Error: {large} is larger than {most} MB, so signoff does not read it." in ran.err


# What a session says of its reports.


def signed_in(path: str) -> Callable[[Session], Session]:
    """A session that was signed, and says that its report is somewhere."""
    sign_off = SignOff("rm@example.com", "Release manager", "GO", NOW, "SHA256:x", path, "0" * 64)
    return lambda session: a_go(session).signed(sign_off)


@pytest.mark.parametrize("letter", ["\\u0000", "\\u001b", "\\n", "\\u0085"])
def test_a_session_whose_report_no_file_can_be_is_broken_and_named_with_its_line(home: Home, letter: str) -> None:
    session = home.session(signed_in("/nowhere/x.signoff.md"))
    text = session.read_text().replace("/nowhere/x.signoff.md", f"/nowhere/x{letter}.signoff.md")
    session.write_text(text)
    ran = home.run("check", session)
    assert ran.code == 1
    assert "report must be the path of a file, and there is a control character in it" in ran.out
    line = next(number for number, line in enumerate(text.split("\n"), 1) if letter in line)
    assert ran.out.startswith(f"PROBLEM: {session}:{line}: ")


# Evidence.


@NO_FILES
def test_what_is_no_file_backs_no_answer(home: Home, no_file: Callable[[Home], Path]) -> None:
    session, odd = home.session(), no_file(home)
    before = session.read_bytes()
    ran = answer_with(home, str(odd))
    assert (ran.code, ran.out) == (2, "")
    assert "is neither an address nor a file that is here." in ran.err
    assert session.read_bytes() == before


def test_nor_does_a_file_in_a_home_that_nobody_has(home: Home) -> None:
    home.session()
    ran = answer_with(home, "~nobody-at-all/x.txt")
    assert ran.code == 2
    assert "is neither an address nor a file that is here." in ran.err


def answer_with(home: Home, evidence: str) -> Ran:
    return home.run("set", "payments-4.12.0-prod", "vault", "pass", "--evidence", evidence)
