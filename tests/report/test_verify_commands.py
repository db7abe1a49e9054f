from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from report.hostile import HOSTILE
from report.sessions import Texts, body, contested_session, session_of
from signoff.domain.session import Session
from signoff.report.verify_commands import verify_commands

SIGNER = "rm@example.com"


def program(name: str) -> str:
    """The path of a program; without it the test is skipped, except in CI, where it must be there."""
    path = shutil.which(name)
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{name} is missing in CI")
        pytest.skip(f"{name} is not installed")
    return path


@pytest.fixture(params=["mawk", "gawk", "busybox"])
def shell(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder whose `awk` is one of the programs that auditors have."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "awk").symlink_to(program(request.param))
    program("ssh-keygen")
    return folder


def key(folder: Path, name: str) -> Path:
    path = folder / name
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", path], check=True)
    return path


def sign_off(report: str, signer: str, private_key: Path) -> str:
    """The block of one sign-off, made without any code of the program."""
    shown = subprocess.run(["ssh-keygen", "-lf", private_key], check=True, capture_output=True, text=True).stdout
    header = (
        "format: signoff-report/1\n"
        f"body-sha256: {hashlib.sha256(report.encode()).hexdigest()}\n"
        f"signer: {signer}\n"
        "role: Release manager\n"
        "verdict: GO\n"
        "signed-at: 2026-11-24T03:00:00Z\n"
        f"key: {shown.split()[1]}\n"
    )
    armour = subprocess.run(
        ["ssh-keygen", "-q", "-Y", "sign", "-f", private_key, "-n", "signoff-report"],
        input=(report + header).encode(),
        check=True,
        capture_output=True,
    ).stdout.decode()
    return f"```signoff\n{header}{armour}```\n"


def allowed(folder: Path, *lines: tuple[str, Path], options: str = 'namespaces="signoff-report"') -> None:
    text = "".join(f"{name} {options} {path.with_suffix('.pub').read_text()}" for name, path in lines)
    (folder / "allowed_signers").write_text(text)


def printed_commands(report: str) -> list[str]:
    match = re.search(r"^```sh\n(.*)\n(.*)\n```$", report, re.MULTILINE)
    assert match
    return [match[1], match[2]]


def run(commands: list[str], folder: Path, shell: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": f"{shell}:{os.environ['PATH']}"}
    script = "set -e\n" + "\n".join(commands)
    return subprocess.run(["sh", "-c", script], cwd=folder, env=environment, capture_output=True, text=True)


def signed_report(folder: Path, session: Session, name: str = "report.md") -> str:
    private_key = key(folder, "rm")
    report = body(session, file_name=name, signer=SIGNER)
    (folder / name).write_bytes((report + sign_off(report, SIGNER, private_key)).encode())
    allowed(folder, (SIGNER, private_key))
    return report


def test_the_printed_commands_verify_the_report_they_stand_in(shell: Path, tmp_path: Path) -> None:
    report = signed_report(tmp_path, contested_session())
    done = run(printed_commands(report), tmp_path, shell)
    assert done.stdout.startswith(f'Good "signoff-report" signature for {SIGNER}')
    assert (tmp_path / "msg").read_text().startswith(report)


@pytest.mark.parametrize("name", ["a report.md", "-x.md", "n=2.md", "it's.md", '$HOME `id` "q".md', "bericht-übung.md"])
def test_they_work_whatever_the_report_is_called(name: str, shell: Path, tmp_path: Path) -> None:
    report = signed_report(tmp_path, contested_session(), name)
    done = run(printed_commands(report), tmp_path, shell)
    assert done.stdout.startswith('Good "signoff-report" signature for'), done.stderr


def test_they_work_with_every_hostile_text_in_the_report(shell: Path, tmp_path: Path) -> None:
    report = signed_report(tmp_path, session_of(Texts(note="\n".join(HOSTILE), reason="x " * 50_000)))
    done = run(printed_commands(report), tmp_path, shell)
    assert done.stdout.startswith('Good "signoff-report" signature for'), done.stderr


def test_the_second_sign_off_is_verified_as_the_report_says(shell: Path, tmp_path: Path) -> None:
    first, second = key(tmp_path, "one"), key(tmp_path, "two")
    report = body(contested_session(), file_name="report.md")
    blocks = [sign_off(report, SIGNER, first), sign_off(report, "qa@example.com", second)]
    (tmp_path / "report.md").write_text(report + "\n".join(blocks))
    allowed(tmp_path, (SIGNER, first), ("qa@example.com", second))
    take_apart, verify = printed_commands(report)
    done = run(
        [take_apart.replace("n=1 ", "n=2 "), verify.replace(f"-I {SIGNER}", "-I qa@example.com")], tmp_path, shell
    )
    assert done.stdout.startswith('Good "signoff-report" signature for qa@example.com'), done.stderr


def test_a_retired_key_is_verified_with_the_option_that_the_report_names(shell: Path, tmp_path: Path) -> None:
    report = signed_report(tmp_path, contested_session())
    allowed(tmp_path, (SIGNER, tmp_path / "rm"), options='valid-before="20261125000000Z"')
    option = re.search(r"`(-Overify-time=\d{14}Z)`", report)
    assert option
    take_apart, verify = printed_commands(report)
    done = run([take_apart, verify.replace("-Y verify", f"-Y verify {option[1]}")], tmp_path, shell)
    assert done.stdout.startswith('Good "signoff-report" signature for'), done.stderr


def test_a_report_that_was_altered_is_not_verified(shell: Path, tmp_path: Path) -> None:
    report = signed_report(tmp_path, contested_session())
    path = tmp_path / "report.md"
    path.write_text(path.read_text().replace("NO-GO", "GO", 1))
    done = run(printed_commands(report), tmp_path, shell)
    assert done.returncode != 0
    assert "Good" not in done.stdout


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("report.md", "n=1 report.md"),
        ("/tmp/x/report.md", "n=1 report.md"),
        ("C:\\reports\\report.md", "n=1 report.md"),
        ("two words.md", "n=1 'two words.md'"),
        ("a=b.md", "n=1 ./a=b.md"),
        ("-", "n=1 ./-"),
        ("new\nline.md", "n=1 report.md"),
        ("\x1b[2J.md", "n=1 report.md"),
        ("", "n=1 report.md"),
    ],
)
def test_a_file_name_is_printed_so_that_a_shell_takes_it_as_it_is(name: str, shown: str) -> None:
    assert verify_commands(name, SIGNER)[0].endswith(shown)


@pytest.mark.parametrize(
    ("signer", "shown"),
    [
        (SIGNER, f"-I {SIGNER} -n"),
        ("$(id)@x", "-I '$(id)@x' -n"),
        ("a\n```signoff", "-I SIGNER -n"),
        ("\u202ex", "-I SIGNER -n"),
    ],
)
def test_a_signer_is_printed_so_that_a_shell_takes_it_as_it_is(signer: str, shown: str) -> None:
    assert shown in verify_commands("report.md", signer)[1]
