"""`signoff list` and `signoff show`."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest

from cli.home import Home
from cli.hostile import A_HOSTILE_RELEASE, a_hostile_checklist, a_hostile_session, assert_harmless
from meeting import LINK, NOW, answered, decided, signed
from signoff.domain.answer import Status
from signoff.domain.meeting import Verdict
from signoff.domain.release import Release
from signoff.domain.session import Session


def one_failed(session: Session) -> Session:
    session = answered(session, "scan", Status.PASS, evidence=(LINK,), owner="ana", note="a note")
    return answered(session, "vault", Status.FAIL)


def a_signed_no_go(session: Session) -> Session:
    return signed(decided(session, Verdict.NO_GO))


def test_an_empty_folder_says_how_to_start(home: Home) -> None:
    ran = home.run("list")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == f"No sessions in {home.sessions}; `signoff new` starts one.\n"


def test_the_sessions_are_a_table_with_the_newest_first(home: Home) -> None:
    home.session(one_failed, release=Release("payments", "4.12.0"))
    home.session(a_signed_no_go, release=Release("支付", "1", "staging"), now=NOW + timedelta(hours=1))
    ran = home.run("list")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines == [
        "SESSION               RELEASE          ENV      ANSWERED  FAIL  STATE   VERDICT  SAVED",
        "1-staging             支付 1           staging  0/5             signed  NO-GO    2026-11-26 15:00",
        "payments-4.12.0-prod  payments 4.12.0  prod     2/5       1     open    NO-GO    2026-11-26 14:00",
    ]


def test_times_are_those_of_the_reader(home: Home) -> None:
    home.session()
    assert home.run("list", TZ="Asia/Tokyo").out.endswith("2026-11-26 23:00\n")


def test_machines_get_one_object_with_a_version(home: Home) -> None:
    path = home.session(one_failed)
    ran = home.run("list", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.object == {
        "format": "signoff-sessions/1",
        "folder": str(home.sessions),
        "sessions": [
            {
                "path": str(path),
                "id": "payments-4.12.0-prod",
                "service": "payments",
                "version": "4.12.0",
                "environment": "prod",
                "revision": 2,
                "saved": "2026-11-26T14:00:00+00:00",
                "answered": 2,
                "total": 5,
                "failed": 1,
                "verdict": "NO-GO",
                "decision": None,
                "stale": False,
                "signed": False,
                "conflict": False,
            }
        ],
    }


def test_an_empty_folder_is_an_object_for_machines_too(home: Home) -> None:
    ran = home.run("list", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.object == {"format": "signoff-sessions/1", "folder": str(home.sessions), "sessions": []}


@pytest.mark.parametrize(
    ("line", "broken", "reason"),
    [
        (4, "id = payments", "is not valid TOML: Invalid value"),
        (4, "id = 7", "id must be text in quotes"),
    ],
)
def test_a_broken_file_is_named_with_line_and_reason_and_hides_no_other(
    home: Home, line: int, broken: str, reason: str
) -> None:
    home.session(release=Release("good", "1"))
    path = home.session(release=Release("bad", "1"))
    lines = path.read_text().splitlines()
    lines[line - 1] = broken
    path.write_text("\n".join(lines))
    ran = home.run("list")
    assert ran.code == 0
    assert [row.split()[0] for row in ran.lines] == ["SESSION", "good-1-prod"]
    assert ran.err == f"Broken: {path}:{line}: {reason}\n"
    by_path = {entry["path"]: entry for entry in home.run("list", "--json").object["sessions"]}
    assert by_path[str(path)] == {"path": str(path), "broken": f"{path}:{line}: {reason}"}


def test_nothing_but_broken_files_is_a_failure(home: Home) -> None:
    path = home.sessions / "bad.toml"
    path.write_text("schema = 1\nid\n")
    ran = home.run("list")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"Broken: {path}:2: is not valid TOML")


def test_a_file_of_a_newer_version_is_shown_as_far_as_it_is_understood(home: Home) -> None:
    path = home.session()
    path.write_text(path.read_text().replace("schema = 1", "schema = 2", 1))
    ran = home.run("show", path.stem)
    assert ran.code == 0
    assert ran.out.startswith("payments 4.12.0")
    assert ran.err == "A newer signoff made this session (schema 2): this one shows it and cannot change it.\n"

    path.write_text(path.read_text().replace("revision = 0", "revision = 'none'", 1))
    ran = home.run("show", path.stem)
    assert ran.code == 1
    assert f"{path}:3: is made by a newer signoff (schema 2), and this one cannot read it" in ran.err


def test_show_says_where_the_meeting_stands(home: Home) -> None:
    home.session(one_failed)
    ran = home.run("show")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[:4] == [
        "payments 4.12.0 -> prod   payments-4.12.0-prod r2",
        "checklist  Small 1",
        "answered   2/5",
        "verdict    NO-GO",
    ]
    assert "  [✗] FAIL * Secrets in a vault" in ran.lines
    assert "  [✓] PASS * Dependencies scanned  [ana]" in ran.lines
    assert "  [ ] OPEN   Coverage meets its threshold" in ran.lines
    assert "  undecided  Always: Complete this checklist: 3 open" in "\n".join(ran.lines)


def test_show_says_what_was_decided_and_signed(home: Home) -> None:
    home.session(a_signed_no_go)
    lines = home.run("show").lines
    assert "decision   NO-GO by R. Manager" in lines
    assert "signed     GO by rm@example.com, payments.signoff.md" in lines


def test_an_answer_that_lacks_something_says_so(home: Home) -> None:
    home.session(lambda session: answered(session, "vault", Status.NA))
    assert "  [-] N/A  * Secrets in a vault  (incomplete: needs a reason)" in home.run("show").lines


def test_machines_get_the_whole_session(home: Home) -> None:
    home.session(one_failed)
    found = home.run("show", "--json").object
    assert found["format"] == "signoff-session/1"
    assert (found["verdict"], found["revision"]) == ("NO-GO", 2)
    assert found["answers"]["scan"]["evidence"] == [{"target": "https://ci.example/run/8812"}]
    assert found["answers"]["scan"]["note"] == "a note"
    assert found["answers"]["coverage"]["status"] == "open"
    assert found["decision"] is None
    assert found["rules"]["complete"]["state"] == "undecided"


@pytest.mark.parametrize("name", ["payments-4.12.0-prod", "payments-4.12.0-prod.toml", "PATH"])
def test_a_session_is_found_by_its_name_or_its_file(home: Home, name: str) -> None:
    path = home.session()
    home.session(release=Release("other", "1"), now=NOW + timedelta(hours=1))
    assert home.run("show", str(path) if name == "PATH" else name).lines[0].startswith("payments 4.12.0")


def test_without_a_name_it_is_the_one_that_was_saved_last(home: Home) -> None:
    home.session(release=Release("new", "1"), now=NOW + timedelta(hours=1))
    home.session(release=Release("old", "1"))
    assert home.run("show").lines[0].startswith("new 1")


@pytest.mark.parametrize("command", ["show", "export --draft", "open"])
def test_a_session_that_is_not_there_is_an_error_that_says_where_to_look(home: Home, command: str) -> None:
    ran = home.run(*command.split(), "nope")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == 'Error: There is no session "nope"; `signoff list` shows those there are.\n'


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "..", ".", "~nobody/x", "x" * 300, "x" * 300 + ".toml"]
)
def test_no_name_leads_out_of_the_folder_or_to_a_traceback(home: Home, name: str) -> None:
    ran = home.run("show", name)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("Error: ")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("command", ["show", "export --draft"])
def test_where_there_is_no_session_one_learns_how_to_make_one(home: Home, command: str) -> None:
    ran = home.run(*command.split())
    assert (ran.code, ran.err) == (1, "Error: There are no sessions yet; `signoff new` starts one.\n")


def test_hostile_contents_reach_no_terminal(home: Home) -> None:
    home.session(a_hostile_session, release=A_HOSTILE_RELEASE, checklist=a_hostile_checklist())
    for command in ("list", "show", "list --json", "show --json"):
        ran = home.run(*command.split())
        assert ran.code == 0, ran.err
        assert "EVIL" in ran.out
        assert_harmless(ran.raw_out, ran.raw_err)


def test_hostile_file_names_reach_no_terminal(home: Home) -> None:
    name = "a\x1b]2;EVIL\x07\x9b\u202e\n.toml"
    (home.sessions / name).write_text("schema = 1\nid\n")
    for arguments in (("list",), ("list", "--json"), ("show", name), ("show", str(home.sessions / name))):
        ran = home.run(*arguments)
        assert_harmless(ran.raw_out, ran.raw_err)
        assert "EVIL" in ran.out + ran.err


@pytest.mark.parametrize("kind", ["folder", "pipe", "link to nowhere", "not text", "empty"])
def test_what_is_no_session_file_is_called_broken(home: Home, kind: str) -> None:
    path = home.sessions / "odd.toml"
    match kind:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "link to nowhere":
            path.symlink_to("nowhere")
        case "not text":
            path.write_bytes(b"\xff\xfe\x00")
        case "empty":
            path.write_bytes(b"")
    ran = home.run("list")
    assert ran.code == 1
    assert ran.err.startswith("Broken: ")
    assert str(path) in ran.err


def test_what_another_writer_left_is_named_and_is_no_session(home: Home) -> None:
    path = home.session()
    conflict = path.with_name("payments.conflict-20261126T140000Z-vm.toml")
    conflict.write_bytes(path.read_bytes())

    ran = home.run("list")
    assert ran.out.count("payments 4.12.0") == 1
    assert f"Conflict: {conflict} is what another writer of a session wrote" in ran.err
    sessions = home.run("list", "--json").object["sessions"]
    assert [session["conflict"] for session in sessions if session["path"] == str(conflict)] == [True]
    assert home.run("show").out.startswith("payments 4.12.0")
