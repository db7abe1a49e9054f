"""Who can read what commands write, whatever the umask; and that no link leads it elsewhere."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import pytest

from cli.home import SIGNOFF, Home, Ran
from cli.reports import PASSPHRASE, RELEASE, a_go, a_signed_report
from seeded import SEC
from signoff.signing.key_file import write_key_file
from signoff.signing.secret import Secret

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs permissions as Unix has them")

UMASKS = pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])


def run_with(umask: int, home: Home, *arguments: str | Path, typed: str = "") -> Ran:
    """Run a command in a shell with a umask, as people set it."""
    done = subprocess.run(
        [*SIGNOFF, *arguments],
        env=home.variables,
        cwd=home.work,
        input=typed.encode(),
        capture_output=True,
        timeout=60,
        umask=umask,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def as_sec(home: Home) -> tuple[str | Path, ...]:
    """The words that sign by another key, whose passphrase is typed."""
    path = home.folder / "sec_key"
    if not path.exists():
        write_key_file(path, SEC.private, Secret(PASSPHRASE))
    return ("--key", path, "--as", "sec@example.com", "--passphrase-stdin")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def shown(paths: list[Path]) -> dict[str, str]:
    return {str(path): oct(mode(path)) for path in paths}


# Reports are documents: they are as readable as any that the user writes.


@UMASKS
@pytest.mark.parametrize("kind", ["--draft", "--unsigned"])
def test_a_new_report_is_as_readable_as_any_document(home: Home, umask: int, kind: str) -> None:
    home.session(a_go, release=RELEASE)
    ran = run_with(umask, home, "export", kind, "-o", "report.md")
    assert ran.code == 0
    assert oct(mode(home.work / "report.md")) == oct(0o666 & ~umask)


@UMASKS
def test_so_is_a_merged_one_and_one_that_is_signed_into_a_file_of_its_own(home: Home, umask: int) -> None:
    report = a_signed_report(home)
    assert run_with(umask, home, "merge", report, report, "-o", "merged.md").code == 0
    ran = run_with(
        *(umask, home, "sign", report, "--role", "QA", "--verdict", "GO", *as_sec(home), "-o", "signed.md"),
        typed=f"{PASSPHRASE}\n",
    )
    assert ran.code == 0, ran.err
    assert shown([home.work / "merged.md", home.work / "signed.md"]) == dict.fromkeys(
        (str(home.work / "merged.md"), str(home.work / "signed.md")), oct(0o666 & ~umask)
    )


@pytest.mark.parametrize("before", [0o600, 0o640, 0o664])
def test_a_report_that_is_signed_or_replaced_keeps_its_permissions(home: Home, before: int) -> None:
    report = a_signed_report(home)
    report.chmod(before)
    ran = home.run("sign", report, "--role", "QA", "--verdict", "GO", *as_sec(home), typed=f"{PASSPHRASE}\n")
    assert ran.code == 0, ran.err
    assert oct(mode(report)) == oct(before)
    assert home.run("export", "--draft", "-o", report, "--force").code == 0
    assert oct(mode(report)) == oct(before)


# No link is followed to where a report is written.


@pytest.mark.parametrize("there", [True, False])
def test_export_and_merge_never_write_through_a_link(home: Home, there: bool) -> None:
    report = a_signed_report(home)
    target, link = home.work / "target.txt", home.work / "link.md"
    if there:
        target.write_text("somebody else's")
    link.symlink_to(target)
    for command in (("export", "--draft"), ("export", "--unsigned"), ("merge", report, report)):
        ran = home.run(*command, "-o", "link.md", "--force")
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.endswith(
            "Error: link.md is a link, and a report is never written through one: give the file itself, or remove it.\n"
        )
    assert link.is_symlink()
    assert target.exists() == there
    assert not there or target.read_text() == "somebody else's"


def test_what_is_no_file_is_not_replaced_by_a_report(home: Home) -> None:
    home.session()
    (home.work / "folder").mkdir()
    os.mkfifo(home.work / "pipe")
    for name in ("folder", "pipe"):
        ran = home.run("export", "--draft", "-o", name, "--force")
        assert (ran.code, ran.out) == (1, "")
        assert ran.err == f"Error: {name} is not a regular file.\n"
    assert stat.S_ISFIFO((home.work / "pipe").lstat().st_mode)


def test_a_report_that_is_reached_by_a_link_is_signed_where_it_is(home: Home) -> None:
    report = a_signed_report(home)
    link = home.work / "link.md"
    link.symlink_to(report)
    ran = home.run("sign", link, "--role", "QA", "--verdict", "GO", *as_sec(home), typed=f"{PASSPHRASE}\n")
    assert ran.code == 0, ran.err
    assert link.is_symlink()
    assert b"sec@example.com" in report.read_bytes()


# What is the user's own is nobody else's.


@UMASKS
def test_folders_of_keys_settings_and_sessions_are_private_and_so_are_those_above_that_were_not_there(
    tmp_path: Path, umask: int
) -> None:
    home = Home(tmp_path)
    base = tmp_path / "nothing" / "yet"
    variables = {f"XDG_{name}_HOME": str(base / name.lower()) for name in ("CONFIG", "DATA", "STATE")}

    def run(*arguments: str, typed: str = "") -> None:
        done = subprocess.run(
            [*SIGNOFF, *arguments],
            env=home.variables | variables,
            cwd=home.work,
            input=typed.encode(),
            capture_output=True,
            timeout=60,
            umask=umask,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()

    run("key", "new", "--as", "rm@example.com", "--passphrase-stdin", typed=f"{PASSPHRASE}\n")
    run("new", "--service", "payments", "--version", "1", "--no-open")
    run("set", "payments-1-prod", "secrets-in-vault", "pass")
    made = [tmp_path / "nothing", *(tmp_path / "nothing").rglob("*")]
    assert {path.name for path in made} >= {"signoff", "config", "data", "signing_key", "identity.json"}
    assert shown([path for path in made if path.is_dir() and mode(path) != 0o700]) == {}
    assert shown([path for path in made if path.is_file() and mode(path) != 0o600]) == {}


def test_known_keys_in_a_new_folder_are_private_too(tmp_path: Path) -> None:
    home = Home(tmp_path)
    signers = tmp_path / "new" / "folder" / "allowed_signers"
    key = SEC.identity.key.line
    assert run_with(0o000, home, "key", "trust", "sec@example.com", key, "--allowed-signers", signers).code == 0
    assert shown([signers.parent.parent, signers.parent]) == {
        str(signers.parent.parent): "0o700",
        str(signers.parent): "0o700",
    }
