"""`signoff check`: good, problems with their lines, or not a session; told by the exit code."""

from __future__ import annotations

import os

import pytest

from cli.home import Home
from cli.hostile import assert_harmless
from meeting import answered
from signoff.domain.answer import Status
from signoff.domain.session import Session


def a_failed(session: Session) -> Session:
    return answered(session, "vault", Status.FAIL)


def test_a_good_session(home: Home) -> None:
    path = home.session(a_failed)
    before = path.read_bytes(), path.stat().st_mtime_ns
    ran = home.run("check", path)
    assert (ran.code, ran.out, ran.err) == (0, "GOOD: payments-4.12.0-prod r1, 1/5 answered\n", "")
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


@pytest.mark.parametrize(
    ("was", "now", "line_of", "reason"),
    [
        ('status = "fail"', 'status = "nope"', 'status = "nope"', "status must be one of"),
        ("revision = 1", "revision = -1", "revision = -1", "revision"),
        ("[answers.vault]", "[answers.nowhere]", "[answers.nowhere]", 'the checklist has no item "nowhere"'),
        ("schema = 1", "schema = 1\n<<<<<<< HEAD", "<<<<<<< HEAD", "is not valid TOML"),
    ],
)
def test_a_problem_is_named_with_its_line(home: Home, was: str, now: str, line_of: str, reason: str) -> None:
    path = home.session(a_failed)
    text = path.read_text().replace(was, now, 1)
    path.write_text(text)
    ran = home.run("check", path)
    line = text[: text.index(line_of)].count("\n") + 1
    assert ran.code == 1
    assert ran.out.startswith(f"PROBLEM: {path}:{line}: ")
    assert reason in ran.out


def test_a_file_that_was_cut_off_is_a_session_with_a_problem(home: Home) -> None:
    path = home.session(a_failed)
    data = path.read_bytes()
    cut = home.work / "cut.toml"
    for length in range(200, len(data), 997):
        cut.write_bytes(data[:length])
        assert home.run("check", cut).code == 1


@pytest.mark.parametrize("data", [b"", b"hello", b"\x89PNG\r\n\x1a\n", b"[tool]\nschema = 1\n", b"# schema = 1\n"])
def test_something_else_is_not_a_session(home: Home, data: bytes) -> None:
    path = home.work / "file"
    path.write_bytes(data)
    ran = home.run("check", path)
    assert (ran.code, ran.out) == (3, f"NOT A SESSION: {path}\n")


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe"])
def test_what_cannot_be_read_is_wrong_usage(home: Home, kind: str) -> None:
    path = home.work / "file"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    ran = home.run("check", path)
    assert (ran.code, ran.out) == (2, "")
    assert str(path) in ran.err


def test_a_hostile_name_acts_on_nothing(home: Home) -> None:
    path = home.work / "a\x1b]2;EVIL\x07\u202e.toml"
    path.write_text("schema = 1\nx")
    ran = home.run("check", path)
    assert ran.code == 1
    assert_harmless(ran.raw_out, ran.raw_err)
