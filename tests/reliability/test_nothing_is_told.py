"""S5. What people type, the passphrase and the private key are where they belong and nowhere else.

A note, a signature and a crash, in a real terminal; afterwards the note is looked for in logs, tracebacks, temporary
files and what `ps` shows, and the passphrase and the key's bytes in everything that the program wrote or painted.
"""

from __future__ import annotations

import base64
import re
import resource
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from cli.home import SIGNOFF, Home
from cli.reports import PRINCIPAL, a_go
from meeting import a_window
from signoff.domain.release import Release
from signoff.signing.identity import load_identity
from signoff.signing.key_file import read_key_file
from signoff.signing.secret import Secret
from terminal.patched import patched
from terminal.pty_program import WIDE, Program, signoff_in_a_terminal

NOTE = "CANARY-in-a-note-7f3a"
PASSPHRASE = "CANARY of a passphrase 91c2"
A_CRASH = """
import signoff.ui.screens.review as place
def faulty(screen):
    note = screen.answer.note
    raise RuntimeError(note)
place.ReviewScreen.action_park = faulty
"""
A_CHATTY_LOG = """
import signoff.ui.ending as place
def chatty(state, error, *_):
    (state / "crash.log").write_text(repr(error))
    return "It stopped."
place.report_crash = chatty
"""
A_CHATTY_SCREEN = """
import signoff.ui.ending as place
place.report_crash = lambda state, error, *_: f"It stopped: {error}"
"""
A_FILE_SOMEWHERE_ELSE = """
import tempfile
from signoff.storage.session_file import SessionFile
save = SessionFile.save
def leaky(file, session, now, spare):
    with tempfile.NamedTemporaryFile("w", delete=False) as copy:
        copy.write(session.answers["vault"].note)
    return save(file, session, now, spare)
SessionFile.save = leaky
"""
A_PASSPHRASE_ON_A_COMMAND_LINE = """
import subprocess
from signoff.signing.signer import FileSigner
sign = FileSigner.sign
def leaky(signer, message):
    subprocess.Popen(["sh", "-c", "sleep 3", signer.passphrase.reveal()])
    return sign(signer, message)
FileSigner.sign = leaky
"""
A_KEY_IN_A_FILE = """
import os
from signoff.signing.signer import FileSigner
sign = FileSigner.sign
def leaky(signer, message):
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from signoff.signing.key_file import read_key_file
    key = read_key_file(signer.path, signer.identity.key, signer.passphrase)
    clear = key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
    open(os.path.join(os.environ["TMPDIR"], "key"), "wb").write(clear)
    return sign(signer, message)
FileSigner.sign = leaky
"""


@dataclass
class Told:
    """What a run of the program told to whom."""

    home: Home
    painted: bytes = b""
    afterwards: str = ""
    processes: list[bytes] = field(default_factory=list)

    def look_at_processes(self, program: Program) -> None:
        """Take down what `ps` shows of the program and of all that it started."""
        for process in descendants(program.pid):
            for name in ("cmdline", "environ", "comm"):
                try:
                    self.processes.append((Path("/proc") / str(process) / name).read_bytes())
                except OSError:  # it has ended
                    continue

    def note_is_in(self) -> list[str]:
        """Where the note is and does not belong."""
        mine = (self.home.sessions, self.home.locations.state / "journal", self.home.locations.state / "backups")
        files = {path: data for path, data in files_of(self.home) if not path.name.endswith(".signoff.md")}
        found = [path for path, data in files.items() if NOTE.encode() in data]
        elsewhere = [str(path) for path in found if not any(path.is_relative_to(folder) for folder in mine)]
        temporary = [str(path) for path in files if path.name.endswith(".tmp")]
        shown = ["what is said at the end"] if NOTE in self.afterwards else []
        return [*elsewhere, *temporary, *shown, *self._in_processes(NOTE.encode())]

    def secrets_are_in(self, seed: bytes) -> list[str]:
        """Where the passphrase or the key is; they belong nowhere."""
        secrets = [PASSPHRASE.encode(), *notations(seed)]
        found = [str(path) for path, data in files_of(self.home) if any(secret in data for secret in secrets)]
        painted = ["the screen"] if any(secret in self.painted for secret in secrets) else []
        return [*found, *painted, *(place for secret in secrets for place in self._in_processes(secret))]

    def _in_processes(self, secret: bytes) -> list[str]:
        return ["a process"] if any(secret in said for said in self.processes) else []


def descendants(process: int) -> Iterator[int]:
    yield process
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in task.read_text().split():
            yield from descendants(int(child))


def files_of(home: Home) -> Iterator[tuple[Path, bytes]]:
    for path in home.folder.rglob("*"):
        if path.is_file() and path.parent.name != "patched":
            yield path, path.read_bytes()


def notations(seed: bytes) -> Iterator[bytes]:
    """The ways in which the bytes of a key are written down, wherever in a longer text they begin."""
    yield from (seed, seed.hex().encode(), seed.hex().upper().encode())
    for before in range(3):
        code = base64.b64encode(bytes(before) + seed)
        inner = code[4 if before else 0 : -4]
        yield inner[:30]  # a PEM breaks its lines
        yield base64.urlsafe_b64encode(bytes(before) + seed)[4 if before else 0 : -4][:30]


def a_key(home: Home) -> bytes:
    """Make a key; returns its private bytes."""
    made = home.run("key", "new", "--as", PRINCIPAL, "--passphrase-stdin", typed=f"{PASSPHRASE}\n")
    assert made.code == 0
    identity = load_identity(home.locations.config)
    assert identity is not None
    key = read_key_file(home.locations.config / identity.location, identity.key, Secret(PASSPHRASE))
    return key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())  # type: ignore[union-attr]


def a_meeting(home: Home, code: str = "") -> Told:
    """A note, a signature and a crash."""
    told = Told(home)
    home.session(a_go, release=Release("payments", "4.12.0", window=a_window()))
    temporary = home.folder / "tmp"
    temporary.mkdir()
    variables = patched(home, A_CRASH + code) | {"TMPDIR": str(temporary)}
    with signoff_in_a_terminal(home, "open", **variables) as program:
        program.wait_for(re.compile(r"saved r\d+"), "f finish")
        told.look_at_processes(program)
        program.press("i")
        program.wait_for("Note on")
        program.type(NOTE)
        program.wait_for(NOTE)
        program.look_for(0.7)  # until it is in the journal
        told.look_at_processes(program)
        program.press("Esc")
        program.wait_for("note kept")
        program.press("f")
        program.wait_for("FINISH")
        program.press("S")
        program.wait_for("Type the version")
        program.type("4.12.0")
        program.press("Enter")
        program.wait_for("Unlock your key")
        program.type(PASSPHRASE)
        program.press("Enter")
        program.wait_for("Signed as")
        told.look_at_processes(program)
        program.press("Esc")
        program.wait_for("f finish")
        program.press("P")
        assert program.wait_for_end() == 1
    told.painted, told.afterwards = bytes(program.painted), program.said_afterwards
    return told


def test_a_note_a_passphrase_and_a_key_are_nowhere_else(home: Home) -> None:
    seed = a_key(home)
    told = a_meeting(home)
    assert (home.locations.state / "crash.log").exists()
    assert list(home.work.glob("*.signoff.md"))
    assert told.processes
    assert told.note_is_in() == []
    assert told.secrets_are_in(seed) == []
    print(f"S5: {len(list(files_of(home)))} files, {len(told.painted)} painted bytes, 0 hits")


@pytest.mark.parametrize("code", [A_CHATTY_LOG, A_CHATTY_SCREEN, A_FILE_SOMEWHERE_ELSE], ids=["log", "screen", "file"])
def test_a_program_that_tells_a_note_is_found_out(home: Home, code: str) -> None:
    a_key(home)
    assert a_meeting(home, code).note_is_in()


@pytest.mark.parametrize("code", [A_PASSPHRASE_ON_A_COMMAND_LINE, A_KEY_IN_A_FILE], ids=["ps", "file"])
def test_a_program_that_tells_a_secret_is_found_out(home: Home, code: str) -> None:
    seed = a_key(home)
    assert a_meeting(home, code).secrets_are_in(seed)


def test_a_dump_of_memory_is_never_made(home: Home) -> None:
    home.session()
    before = resource.getrlimit(resource.RLIMIT_CORE)
    if before[1] == 0:
        pytest.skip("this machine allows no dumps at all")
    resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))
    try:
        program = Program((*SIGNOFF, "open"), home.variables, home.work, WIDE)
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, before)
    try:
        program.wait_for("saved r0")
        limits = Path(f"/proc/{program.pid}/limits").read_text()
    finally:
        program.end()
    assert re.search(r"^Max core file size +0 +", limits, re.MULTILINE)
