"""`signoff check`: good, problems with their lines, or not a session; told by the exit code."""

from __future__ import annotations

import os
import re
from collections.abc import Callable

import pytest

from cli.home import Home, session_in
from cli.hostile import assert_harmless
from meeting import BY, NOW, answered
from signoff.domain.answer import Status
from signoff.domain.session import Session


def a_failed(session: Session) -> Session:
    return answered(session, "vault", Status.FAIL)


def two_at_once(session: Session) -> Session:
    return session.answer_all(("scan", "coverage"), now=NOW, by=BY, status=Status.PASS)


def without_the_first_line(text: str) -> str:
    before, *lines = text.split("\n[[history]]")
    return "\n[[history]]".join((before.replace("changes = 3", "changes = 2"), *lines[1:]))


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


def test_a_file_that_was_cut_at_a_table_is_a_session_with_a_problem(home: Home) -> None:
    path = home.session(lambda s: two_at_once(a_failed(s)))
    data = path.read_bytes()
    cut = home.work / "cut.toml"
    ends = [
        found.start() + 1 for found in re.finditer(rb"\n\[(answers|\[history|\[checklist\.categories\.items)", data)
    ]
    for end in (ends[0], ends[2], *ends[-5:]):
        cut.write_bytes(data[:end])
        ran = home.run("check", cut)
        assert (ran.code, ran.out.startswith(f"PROBLEM: {cut}:")) == (1, True)


@pytest.mark.parametrize(
    ("change", "line_of", "reason"),
    [
        (lambda text: text.rpartition("\n[[history]]")[0], "changes = 3", "is 3, and the history has 2 lines"),
        (lambda text: text.partition("\n[[history]]")[0], "revision = 2", "is 2, and the history ends at 0"),
        (lambda text: text.replace("revision = 2", "revision = 3", 1), "revision = 3", "and the history ends at 2"),
        (
            lambda text: text.replace("revision = 2", "revision = 1", 1),
            "revision = 2",
            "is 2 in the history, which is past that",
        ),
        (without_the_first_line, "revision = 2\nat", "is 2 in the history where 1 is to come: lines of it are lost"),
        (lambda text: text.rpartition("now = ")[0], "[[history]]", "history.3.now must be a table"),
    ],
)
def test_a_history_from_which_lines_are_gone_is_named_with_its_line(
    home: Home, change: Callable[[str], str], line_of: str, reason: str
) -> None:
    path = home.session(lambda s: two_at_once(a_failed(s)))
    text = change(path.read_text())
    path.write_text(text)
    ran = home.run("check", path)
    find = text.rindex if line_of == "[[history]]" else text.index
    assert (ran.code, ran.out.split(": ")[1]) == (1, f"{path}:{text[: find(line_of)].count(chr(10)) + 1}")
    assert reason in ran.out


def test_an_answer_that_was_changed_by_hand_is_no_problem(home: Home) -> None:
    path = home.session(lambda s: two_at_once(a_failed(s)))
    path.write_text(path.read_text().replace('status = "fail"', 'status = "pass"', 1))
    assert home.run("check", path).code == 0


def test_two_copies_that_were_brought_together_by_hand_are_no_problem(home: Home) -> None:
    path = home.session(a_failed)
    assert home.run("set", path, "scan", "pass", "--by", "ana").code == 3
    line = path.read_text().rpartition("\n[[history]]")[2]
    answer = '\n[answers.coverage]\nstatus = "pass"\n'
    theirs = "\n[[history]]" + line.replace("answers.scan", "answers.coverage").replace("ana", "bob")
    path.write_text(path.read_text().replace("\n[[history]]", answer + "\n[[history]]", 1) + theirs)
    assert home.run("check", path).code == 0
    assert home.run("set", path, "vault", "pass", "--by", "ana", "--force").code == 0
    assert [(c.revision, c.by) for c in session_in(path).history[1:]] == [(2, "ana"), (2, "bob"), (3, "ana")]
