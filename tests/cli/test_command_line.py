"""What holds for every command: help, folders, streams, locales, exit codes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.home import SIGNOFF, Home, Ran
from cli.hostile import assert_harmless
from cli.reports import a_signed_report
from meeting import NOW
from signoff import __version__
from signoff.domain.release import Release

COMMANDS = (
    "new",
    "open",
    "list",
    "show",
    "answer",
    "set",
    "export",
    "sign",
    "merge",
    "verify",
    "gate",
    "key",
    "checklist",
    "config",
    "recover",
    "check",
    "paths",
)
INNER = (
    *(f"key {name}" for name in ("new", "show", "export", "list", "trust", "retire")),
    "checklist list",
    "checklist show",
    "config check",
    "config keys",
)


# Help.


def test_the_installed_program_and_the_module_are_the_same(home: Home) -> None:
    script = Path(sys.executable).with_name("signoff")
    said = subprocess.run([script, "--version"], env=home.variables, capture_output=True, check=True).stdout
    assert said.decode() == home.run("--version").out == f"signoff {__version__}\n"


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_names_every_command_and_the_exit_codes(home: Home, option: str) -> None:
    ran = home.run(option)
    assert (ran.code, ran.err) == (0, "")
    listed = ran.out.partition("Commands:\n")[2].partition("\n\n")[0]
    assert tuple(line.split()[0] for line in listed.splitlines()) == COMMANDS
    assert "Exit codes: 0 done, 1 failed, 2 wrong usage" in " ".join(ran.out.split())


@pytest.mark.parametrize("command", [*COMMANDS, *INNER])
def test_every_command_has_a_help_that_says_what_it_does(home: Home, command: str) -> None:
    ran = home.run(*command.split(), "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: signoff {command} ")
    assert ("--data-dir" in ran.out) == (command != "gate")  # which needs no home


def test_the_help_of_verify_explains_its_exit_codes(home: Home) -> None:
    said = " ".join(home.run("verify", "--help").out.split())
    assert "0 verified, 1 altered or never signed, 2 wrong usage" in said
    assert "3 intact but a key is unknown or not valid, 4 intact but a required sign-off is missing" in said


def test_the_help_of_gate_explains_its_exit_codes(home: Home) -> None:
    said = " ".join(home.run("gate", "--help").out.split())
    for code, what in enumerate(
        ("verified and a fresh GO", "altered", "wrong usage", "intact, but a key", "intact, but", "not a")
    ):
        assert f"{code} {what}" in said


@pytest.mark.parametrize(
    "arguments", [("nope",), ("--nope",), ("list", "--nope"), ("list", "x"), ("key", "nope"), ("key",)]
)
def test_wrong_usage_is_2_and_points_to_the_help(home: Home, arguments: tuple[str, ...]) -> None:
    ran = home.run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "--help" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("word", ["nope\x1b]2;EVIL\x07", "--nope\x9b31mEVIL", "--data-dir=\u202eEVIL\x1b[2J"])
def test_wrong_usage_is_repeated_harmlessly(home: Home, word: str) -> None:
    (home.work / "\u202eEVIL\x1b[2J").write_text("a file, not a folder")
    for arguments in ((word,), (word, "list"), ("list", word), ("verify", word, word)):
        ran = home.run(*arguments)
        assert ran.code == 2
        assert_harmless(ran.raw_out, ran.raw_err)


# Without a terminal.


@pytest.mark.parametrize("arguments", [(), ("open",), ("open", "payments-4.12.0-prod")])
def test_a_screen_needs_a_terminal_and_says_what_works_without(home: Home, arguments: tuple[str, ...]) -> None:
    home.session()
    ran = home.run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "This needs a terminal. `signoff list`, `show`, `export` and `verify` work without one." in ran.err


def test_a_screen_that_nobody_would_see_is_not_painted(home: Home) -> None:
    """The screen goes to stderr: where only that is a file, keys would act on what nobody sees."""
    home.session()
    leader, terminal = os.openpty()
    try:
        done = subprocess.run(
            [*SIGNOFF, "open"],
            stdin=terminal,
            stdout=terminal,
            stderr=subprocess.PIPE,
            env=home.variables,
            timeout=60,
            check=False,
        )
    finally:
        os.close(leader)
        os.close(terminal)
    assert done.returncode == 2
    assert b"This needs a terminal." in done.stderr
    assert b"\x1b" not in done.stderr


# Folders.


def test_paths_says_where_everything_is(home: Home) -> None:
    ran = home.run("paths")
    assert (ran.code, ran.err) == (0, "")
    said = {line[:20].strip(): line[20:] for line in ran.lines}
    where = home.locations
    assert said["sessions"] == str(where.data)
    assert said["trash"] == str(where.data / "trash")
    assert said["config"] == str(where.config / "config.toml")
    assert said["allowed_signers"] == str(where.config / "allowed_signers")
    assert said["journals"] == str(where.state / "journal")
    assert said["project"] == "no .signoff folder here"
    for kind in ("checklists", "themes"):
        assert said[kind] == str(where.config / kind)
        assert any(Path(said[f"shipped {kind}"]).glob("*.toml"))


def test_paths_makes_nothing(home: Home) -> None:
    home.run("paths")
    assert [path for path in home.folder.rglob("*") if path.name in ("signoff", ".signoff", "journal")] == []


def test_paths_names_the_project_one_stands_in(home: Home) -> None:
    (home.work / ".signoff").mkdir()
    assert f"project             {home.work / '.signoff'}" in home.run("paths").lines


def sessions_of(ran: Ran) -> str:
    return next(line[20:] for line in ran.lines if line.startswith("sessions"))


def test_the_data_folder_can_be_given_before_or_after_the_command_or_by_a_variable(home: Home) -> None:
    assert sessions_of(home.run("--data-dir", "/a", "paths")) == "/a"
    assert sessions_of(home.run("paths", "--data-dir", "/a")) == "/a"
    assert sessions_of(home.run("paths", SIGNOFF_DATA_DIR="/b")) == "/b"
    assert sessions_of(home.run("--data-dir", "/a", "paths", SIGNOFF_DATA_DIR="/b")) == "/a"
    assert sessions_of(home.run("--data-dir", "/a", "paths", "--data-dir", "/c")) == "/c"
    assert sessions_of(home.run("paths", "--data-dir", "~/x")) == f"{home.variables['HOME']}/x"
    assert sessions_of(home.run("paths", SIGNOFF_DATA_DIR="")) == str(home.sessions)


def test_a_session_in_another_folder_is_found_there_and_only_there(home: Home) -> None:
    assert home.run("new", "--service", "a", "--version", "1", "--data-dir", "there").code == 0
    assert home.run("list", "--data-dir", "there").lines[1].startswith("a-1-prod ")
    assert home.run("--data-dir", "there", "show", "a-1-prod").code == 0
    assert home.run("show", "a-1-prod").code == 1
    assert home.run("list").out == ""


def test_broken_settings_stop_no_command_that_needs_none(home: Home) -> None:
    home.session()
    (home.locations.config / "config.toml").write_text('name = "ana"\ntheme = 7\n')
    for command in ("list", "show", "paths"):
        assert home.run(command).code == 0


# Streams.


@pytest.mark.parametrize("command", ["list", "list --json", "show", "checklist show", "checklist list", "--help"])
def test_a_reader_that_leaves_early_is_nothing_to_talk_about(home: Home, command: str) -> None:
    home.session()
    with subprocess.Popen(
        [*SIGNOFF, *command.split()], env=home.variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert said == b""
    assert process.returncode in (0, 1)


def test_a_verification_that_nobody_read_never_counts_as_one(home: Home) -> None:
    report = a_signed_report(home)
    home.locations.allowed_signers.unlink()
    with subprocess.Popen(
        [*SIGNOFF, "verify", str(report)], env=home.variables, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
    assert process.returncode != 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize("command", ["list", "show --json", "export --draft -o -", "--version"])
def test_a_full_disk_behind_stdout_is_one_sentence(home: Home, command: str) -> None:
    home.session()
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*SIGNOFF, *command.split()], env=home.variables, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert done.stderr == b"Error: No space left on device: stdout\n"


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"LANG": "", "LC_ALL": "POSIX"},
    ],
)
def test_output_is_utf8_whatever_the_locale(home: Home, locale: dict[str, str]) -> None:
    home.session(release=Release("支付", "4.12.0"))
    for command in ("list", "show", "export --draft -o -"):
        ran = home.run(*command.split(), **locale)
        assert (ran.code, ran.err) == (0, "")
        assert "支付" in ran.out
    assert "[ ] OPEN" in home.run("show", **locale).out


def test_arguments_that_are_no_text_are_shown_harmlessly(home: Home) -> None:
    for arguments in (
        (b"verify", b"\xff\x9b.md"),
        (b"show", b"\xff"),
        (b"\xff",),
        (b"export", b"--draft", b"-o", b"\xff/x"),
    ):
        ran = home.run(*arguments)
        assert ran.code in (1, 2)
        assert ran.err
        assert_harmless(ran.raw_out, ran.raw_err)


# What a command costs.

SCREENS, KEYRING, EDITING = "textual", "keyring", "tomlkit"


def modules_after(home: Home, *arguments: str) -> set[str]:
    """The modules that a command has imported when it ends."""
    code = "import sys; from signoff.cli.main import run; run(sys.argv[1:]); print('\\0' + ' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=home.variables, cwd=home.work, capture_output=True, check=True
    )
    return set(done.stdout.decode().rpartition("\0")[2].split())


@pytest.mark.parametrize(
    "command",
    [
        "--version",
        "--help",
        "list",
        "list --json",
        "show",
        "paths",
        "config",
        "config check",
        "config keys",
        "checklist list",
        "recover",
        "check data.toml",
    ],
)
def test_commands_that_only_look_import_no_screens_no_keyring_and_no_editor(home: Home, command: str) -> None:
    home.session(now=NOW)
    touched = home.session(release=Release("touched", "1"))
    os.utime(touched)  # it is read whole then
    (home.work / "data.toml").write_bytes(touched.read_bytes())
    modules = modules_after(home, *command.split())
    assert modules.isdisjoint({SCREENS, KEYRING, EDITING, "cryptography", "rich.console"})
    assert "signoff.cli.main" in modules


def test_commands_that_check_reports_import_no_screens_no_keyring_and_no_editor(home: Home) -> None:
    report, signers = str(a_signed_report(home)), str(home.locations.allowed_signers)
    release = ("--service", "payments", "--version", "4.12.0")
    for arguments in (
        ("verify", report),
        ("verify", report, "--json"),
        ("gate", report, *release, "--allowed-signers", signers),
        ("gate", report, *release, "--allowed-signers", signers, "--json"),
        ("merge", report, report),
    ):
        modules = modules_after(home, *arguments)
        assert modules.isdisjoint({SCREENS, KEYRING, EDITING, "rich"})
        assert "signoff.signing.verify" in modules


def test_the_gate_looks_for_no_home(home: Home) -> None:
    arguments = ("gate", str(a_signed_report(home)), "--service", "a", "--version", "1", "--allowed-signers", "x")
    assert modules_after(home, *arguments).isdisjoint({"platformdirs", "signoff.storage.locations"})


@pytest.mark.parametrize("command", ["answer", "set payments-4.12.0-prod vault pass"])
def test_answering_without_a_screen_imports_none(home: Home, command: str) -> None:
    home.session()
    modules = modules_after(home, *command.split())
    assert modules.isdisjoint({SCREENS, KEYRING, "cryptography", "rich.console"})
    assert "signoff.workflow.saved_session" in modules
