"""`signoff new`."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from cli.home import Home, Ran, session_in
from cli.hostile import HOSTILE, assert_harmless

RELEASE = ("--service", "payments-api", "--version", "4.12.0")


def file_made_by(ran: Ran) -> Path:
    assert ran.code == 0, ran.err
    return Path(ran.out.removesuffix("\n"))


def test_a_session_is_made_and_its_file_is_the_only_word_on_stdout(home: Home) -> None:
    ran = home.run("new", *RELEASE)
    path = file_made_by(ran)
    assert path == home.sessions / "payments-api-4.12.0-prod.toml"
    assert "Made the session payments-api-4.12.0-prod." in ran.err
    session = session_in(path)
    assert session.release.title == "payments-api 4.12.0 -> prod"
    assert session.checklist.id == "production-readiness"


def test_the_file_is_for_nobody_else_to_read(home: Home) -> None:
    path = file_made_by(home.run("new", *RELEASE))
    assert path.stat().st_mode & 0o777 == 0o600


def test_every_fact_of_a_release_can_be_given(home: Home) -> None:
    plan = "https://wiki.example/rollback"
    words = ("--env", "staging", "--commit", "9f8e7d6", "--window", "2026-11-26 14:00-16:00", "--zone", "Europe/Berlin")
    release = session_in(file_made_by(home.run("new", *RELEASE, *words, "--rollback", plan, "--no-open"))).release
    assert (release.environment, release.commit, release.rollback) == ("staging", "9f8e7d6", plan)
    assert release.window is not None
    assert release.window.text == "Thu 26 Nov 14:00-16:00 Europe/Berlin"
    assert release.window.start.utcoffset() == timedelta(hours=1)


def test_the_zone_is_that_of_the_machine_where_none_is_given(home: Home) -> None:
    path = file_made_by(home.run("new", *RELEASE, "--window", "2026-11-26 14:00-16:00", TZ="America/New_York"))
    window = session_in(path).release.window
    assert window is not None
    assert window.zone == "America/New_York"


def in_git(home: Home, *words: str) -> str:
    who = ("-c", "user.name=ana", "-c", "user.email=ana@example.com")
    done = subprocess.run(["git", *who, *words], cwd=home.work, env=home.variables, capture_output=True, check=True)
    return done.stdout.decode().strip()


def a_commit(home: Home, *options: str) -> str:
    """The id of the one commit of a new repository in the working folder."""
    in_git(home, "init", "--quiet", *options)
    in_git(home, "commit", "--quiet", "--allow-empty", "--message", "first")
    return in_git(home, "rev-parse", "HEAD")


@pytest.mark.parametrize(("options", "digits"), [((), 40), (("--object-format=sha256",), 64)])
def test_the_commit_is_the_one_that_is_checked_out_with_all_its_digits(
    home: Home, options: tuple[str, ...], digits: int
) -> None:
    commit = a_commit(home, *options)
    assert len(commit) == digits
    ran = home.run("new", *RELEASE)
    assert session_in(file_made_by(ran)).release.commit == commit
    assert "Note:" not in ran.err


def test_a_commit_that_is_named_shortly_or_by_a_tag_is_looked_up_where_git_knows_it(home: Home) -> None:
    commit = a_commit(home)
    in_git(home, "tag", "v4.12.0")
    for named in (commit[:7], commit[:7].upper(), "v4.12.0", "HEAD", commit, f" {commit[:12]} "):
        ran = home.run("new", *RELEASE, "--commit", named)
        assert session_in(file_made_by(ran)).release.commit == commit
        assert "Note:" not in ran.err


def test_a_branch_that_is_called_as_another_commit_begins_is_not_that_commit(home: Home) -> None:
    first = a_commit(home)
    called = f"{int(first[:8], 16) ^ 1:08x}"
    in_git(home, "branch", called)
    assert session_in(file_made_by(home.run("new", *RELEASE, "--commit", called))).release.commit == called


@pytest.mark.parametrize("named", ["abc1234", "v9", "--all", "HEAD:x"])
@pytest.mark.parametrize("in_a_repository", [True, False])
def test_a_commit_that_git_does_not_know_stays_as_typed_and_is_said_to_be_too_short(
    home: Home, named: str, in_a_repository: bool
) -> None:
    if in_a_repository:
        a_commit(home)
    ran = home.run("new", *RELEASE, f"--commit={named}")
    assert session_in(file_made_by(ran)).release.commit == named
    said = f"Note: `signoff gate` will not accept the commit {named}: it needs all 40 digits, or 64 with SHA-256.\n"
    assert ran.err.endswith(said)


def test_there_is_no_commit_outside_a_repository(home: Home) -> None:
    assert session_in(file_made_by(home.run("new", *RELEASE))).release.commit == ""


def test_a_second_session_for_a_release_does_not_touch_the_first(home: Home) -> None:
    first = file_made_by(home.run("new", *RELEASE))
    before = first.read_bytes()
    second = file_made_by(home.run("new", *RELEASE))
    assert second.name == "payments-api-4.12.0-prod-2.toml"
    assert first.read_bytes() == before


def test_a_checklist_may_be_a_file(home: Home) -> None:
    (home.work / "own.toml").write_text(
        'schema = 1\nid = "own"\nversion = "1"\ntitle = "Own"\n\n[[categories]]\nid = "c"\ntitle = "C"\n\n'
        '[[categories.items]]\nid = "i"\ntext = "Only this"\n'
    )
    session = session_in(file_made_by(home.run("new", *RELEASE, "--checklist", "own.toml")))
    assert [item.text for item in session.checklist.items] == ["Only this"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--window", "soon"), '"soon" is not a window: say thu 14:00-16:00, or 2026-11-26 14:00-16:00'),
        (("--window", "16:00-"), '"16:00-" is not a window'),
        (("--window", "2026-11-26 16:00 - 2026-11-26 14:00"), "has no start before its end"),
        (("--zone", "Mars/Olympus"), 'There is no time zone "Mars/Olympus"; say one such as UTC or Europe/Berlin'),
        (("--checklist", "nope"), 'There is no checklist "nope"; `signoff checklist list` shows those there are.'),
        (("--checklist", "nope.toml"), "There is no file nope.toml."),
        (("--service", " "), "The service is needed, as one line."),
        (("--version", "4\n12"), "The version is needed, as one line."),
        (("--env", ""), "The environment is needed, as one line."),
    ],
)
def test_what_cannot_be_understood_is_said_in_one_sentence_and_makes_no_file(
    home: Home, words: tuple[str, ...], sentence: str
) -> None:
    ran = home.run("new", *RELEASE, *words)
    assert ran.code == 1
    assert ran.out == ""
    assert sentence in ran.err
    assert ran.err.count("\n") == 1
    assert list(home.sessions.iterdir()) == []


@pytest.mark.parametrize(("given", "lacking"), [((), "--service"), (("--service", "payments-api"), "--version")])
def test_without_a_terminal_nothing_is_asked(home: Home, given: tuple[str, ...], lacking: str) -> None:
    ran = home.run("new", *given, typed="an answer that nobody waits for\n")
    assert ran.code == 2
    assert f"Error: Say {lacking}; there is no terminal to ask in." in ran.err
    assert list(home.sessions.iterdir()) == []


def test_a_session_that_could_not_be_opened_is_not_made(home: Home) -> None:
    ran = home.run("new", *RELEASE, "--open")
    assert ran.code == 2
    assert "This needs a terminal. Without one say --no-open." in ran.err
    assert list(home.sessions.iterdir()) == []


@pytest.mark.parametrize(
    "service",
    [HOSTILE, "../../../etc/passwd", "/etc/passwd", "CON", "-rf", "支付服务", "." * 300],
    ids=["hostile", "relative path", "absolute path", "device", "option", "not ASCII", "dots"],
)
def test_a_hostile_service_stays_in_its_folder_and_off_the_terminal(home: Home, service: str) -> None:
    service = service.replace("\x00", "")  # no argument can hold this one
    ran = home.run("new", f"--service={service}", "--version", "1")
    path = file_made_by(ran)
    assert path.parent == home.sessions
    assert path.name.isascii()
    assert not path.name.startswith(("-", "."))
    assert session_in(path).release.service == service
    for shown in (ran, home.run("list"), home.run("show")):
        assert shown.code == 0
        assert_harmless(shown.raw_out, shown.raw_err)


def test_a_folder_that_cannot_be_written_is_named(home: Home) -> None:
    ran = home.run("new", *RELEASE, "--data-dir", "/dev/null/sessions")
    assert ran.code == 1
    assert ran.err == "Error: Cannot make the folder /dev/null/sessions: Not a directory.\n"
