"""`signoff set`: one answer from a script or a pipeline, with nothing asked."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from cli.home import Home, session_in
from cli.hostile import HOSTILE, a_hostile_session, assert_harmless
from meeting import NOW, a_ready_session, a_window, answered, signed
from signoff import folder
from signoff.cli.main import run
from signoff.domain.action import Action
from signoff.domain.answer import Status
from signoff.domain.release import Release
from signoff.storage.known_file import KnownFile

SESSION = "payments-4.12.0-prod"


@pytest.fixture
def path(home: Home) -> Path:
    return home.session(release=Release("payments", "4.12.0", window=a_window(NOW + timedelta(hours=1))))


@pytest.mark.parametrize("status", ["pass", "PASS", "y"])
@pytest.mark.parametrize("item", ["vault", "va", "secrets", "a vault", "VAULT"])
def test_an_item_is_named_by_its_id_its_beginning_or_its_words(home: Home, path: Path, item: str, status: str) -> None:
    ran = home.run("set", SESSION, item, status)
    assert (ran.code, ran.out) == (0, "PASS Secrets in a vault\n")
    assert ran.err == "Saved r1; would be: UNDECIDED.\n"
    assert session_in(path).answers["vault"].status is Status.PASS


def test_what_the_status_must_also_have_is_given_with_it(home: Home, path: Path) -> None:
    home.run("set", SESSION, "vault", "condition", "--what", "it is merged", "--owner", "ana", "--due", "2026-12-10")
    accepted = ("--accepted-by", "the CTO", "--until", "2026-12-10", "--reason", "small traffic")
    home.run("set", SESSION, "scan", "risk", *accepted)
    home.run("set", SESSION, "coverage", "fail", "--action", "cover it @dee !2026-12-10", "--action", "read it")
    home.run("set", SESSION, "rollback-plan", "na", "--reason", " nothing to roll back ", "--note", "see the wiki")
    answers = session_in(path).answers
    vault, scan, coverage, plan = (answers[name] for name in ("vault", "scan", "coverage", "rollback-plan"))

    assert (vault.what, vault.owner, vault.due) == ("it is merged", "ana", date(2026, 12, 10))
    assert (scan.accepted_by, scan.until, scan.reason) == ("the CTO", date(2026, 12, 10), "small traffic")
    assert coverage.actions == (Action("cover it", "dee", date(2026, 12, 10)), Action("read it"))
    assert (plan.reason, plan.note) == ("nothing to roll back", "see the wiki")
    assert {change.by for change in session_in(path).history} == {"rm, by signoff set"}


def test_evidence_is_added_with_its_hash_and_never_twice(home: Home, path: Path) -> None:
    (home.work / "scan.txt").write_text("clean\n")
    both = ("--evidence", "https://ci.example/1", "--evidence", "scan.txt", "--environment", "prod")
    for _ in range(2):
        ran = home.run("set", SESSION, "scan", "pass", *both, "--evidence", "https://ci.example/1")
        assert ran.code == 0
    assert ran.err == "It was so already, r1; would be: UNDECIDED.\n"
    evidence = session_in(path).answers["scan"].evidence
    assert [(entry.target, entry.environment, bool(entry.sha256)) for entry in evidence] == [
        ("https://ci.example/1", "prod", False),
        ("scan.txt", "prod", True),
    ]


def test_what_is_still_missing_is_named_and_is_3(home: Home, path: Path) -> None:
    ran = home.run("set", SESSION, "scan", "risk", "--accepted-by", "the CTO")
    assert ran.code == 3
    assert ran.out == "RISK Dependencies scanned\nIncomplete: needs until when and a reason.\n"
    assert session_in(path).answers["scan"].accepted_by == "the CTO"
    assert home.run("set", SESSION, "scan", "risk", "--until", "fri", "--reason", "small traffic").code == 0


def test_json_is_one_object_with_all_of_it(home: Home, path: Path) -> None:
    ran = home.run("set", SESSION, "scan", "pass", "--owner", "dee", "--json")
    assert (ran.code, ran.err) == (3, "")
    assert ran.object == {
        "format": "signoff-set/1",
        "session": SESSION,
        "path": str(path),
        "revision": 1,
        "changed": True,
        "item": "scan",
        "answer": {"status": "pass", "owner": "dee"},
        "missing": ["evidence"],
        "verdict": "UNDECIDED",
    }
    assert home.run("set", SESSION, "scan", "open", "--json").object["answer"] == {"status": "open", "owner": "dee"}
    assert home.run("set", SESSION, "scan", "open", "--json").object["changed"] is False


def test_a_status_empties_what_only_the_one_before_had(home: Home, path: Path) -> None:
    home.run("set", SESSION, "vault", "risk", "--accepted-by", "the CTO", "--reason", "small traffic", "--note", "kept")
    home.run("set", SESSION, "vault", "na")
    answer = session_in(path).answers["vault"]
    assert (answer.accepted_by, answer.reason, answer.note) == ("", "small traffic", "kept")
    home.run("set", SESSION, "vault", "na", "--note", "", "--reason", "")
    assert (session_in(path).answers["vault"].reason, session_in(path).answers["vault"].note) == ("", "")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("vault", "passed"), '"passed" is not a status: say pass, fail, condition, risk, na or open.'),
        (("vault", "pass", "--until", "fri"), "--until does not belong to PASS."),
        (("vault", "condition", "--accepted-by", "ana"), "--accepted-by does not belong to COND."),
        (("vault", "na", "--due", "fri"), "--due does not belong to N/A."),
        (("vault", "risk", "--until", "soon"), '--until: "soon" is not a date or time: say 15:00'),
        (("vault", "pass", "--evidence", "nowhere.txt"), '--evidence: "nowhere.txt" is neither an address nor a file'),
        (("vault", "pass", "--environment", "staging"), "--environment says where --evidence was gathered"),
        (("vault", "fail", "--action", "@ana"), "--action: Say what is to be done"),
    ],
)
def test_wrong_usage_is_2_and_changes_nothing(
    home: Home, path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    ran = home.run("set", SESSION, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert sentence in ran.err
    assert session_in(path).revision == 0


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        ("nothing", 'This checklist has no item "nothing"; `signoff show` lists its items.'),
        ("", 'This checklist has no item ""; `signoff show` lists its items.'),
        ("rollback", '"rollback" can mean rollback-tested, rollback-plan; say more of it.'),
        ("e", '"e" can mean vault, scan, coverage, rollback-tested and 1 more; say more of it.'),
    ],
)
def test_an_item_that_is_not_the_only_one_is_1(home: Home, path: Path, item: str, sentence: str) -> None:
    ran = home.run("set", SESSION, item, "pass")
    assert (ran.code, ran.out, ran.err) == (1, "", f"Error: {sentence}\n")
    assert session_in(path).revision == 0


def test_a_signed_session_is_refused_with_a_sentence(home: Home) -> None:
    path = home.session(lambda _: signed(a_ready_session()))
    before = path.read_bytes()
    ran = home.run("set", SESSION, "vault", "fail", "--json")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"Error: {SESSION} is signed and read-only; R in `signoff open {SESSION}` starts")
    assert path.read_bytes() == before


def test_a_session_has_to_be_named_so_that_an_empty_variable_changes_none(home: Home, path: Path) -> None:
    for session, code in (("", 2), (" ", 2), ("nope", 1)):
        assert home.run("set", session, "vault", "pass").code == code
    assert session_in(path).revision == 0


def test_a_carried_over_answer_is_confirmed_by_being_set(home: Home) -> None:
    path = home.session(lambda s: answered(answered(s, "vault", Status.PASS), "vault", carried=True))
    assert home.run("set", str(path), "vault", "pass").code == 0
    assert not session_in(path).answers["vault"].carried


def test_what_is_set_or_stands_in_the_session_acts_on_no_terminal(home: Home) -> None:
    home.session(a_hostile_session)
    hostile = HOSTILE.replace("\x00", "")
    for arguments in (
        ("vault", "na", "--note", hostile),
        (hostile, "pass"),
        ("vault", hostile),
        ("scan", "pass", "--json"),
    ):
        ran = home.run("set", SESSION, *arguments)
        assert_harmless(ran.raw_out, ran.raw_err)


# What somebody else said.


def test_who_sets_it_stands_in_the_history(home: Home, path: Path) -> None:
    assert home.run("set", SESSION, "vault", "fail", "--by", "CI").code == 0
    assert [change.by for change in session_in(path).history] == ["CI"]
    for nobody in ("", " ", "C\nI"):
        assert home.run("set", SESSION, "vault", "fail", "--by", nobody).code == 2


def test_an_answer_of_somebody_else_is_not_replaced_and_it_is_said_whose_it_is(home: Home) -> None:
    path = home.session(lambda s: answered(s, "vault", Status.FAIL, note="seen"))
    before = path.read_bytes()
    ran = home.run("set", SESSION, "vault", "pass", "--by", "CI", "--json")
    whose = '"Secrets in a vault" is FAIL, said by R. Manager on 2026-11-26 14:00 UTC'
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"Error: {whose}: nothing was changed; --force replaces it.\n"
    assert path.read_bytes() == before

    assert home.run("set", SESSION, "vault", "pass", "--by", "CI", "--force").code == 0
    assert session_in(path).answers["vault"].status is Status.PASS
    assert [change.by for change in session_in(path).history] == ["R. Manager", "CI"]


def test_what_a_person_said_in_a_window_is_not_that_of_a_script_under_their_login(home: Home) -> None:
    path = home.session(lambda s: s.answer("vault", status=Status.FAIL, now=NOW, by="rm"))
    assert home.run("set", SESSION, "vault", "pass").code == 1
    assert session_in(path).answers["vault"].status is Status.FAIL
    for status in ("fail", "pass"):
        assert home.run("set", SESSION, "scan", status, "--evidence", "https://ci.example/1").code == 0


def test_its_own_answer_is_replaced_whoever_wrote_a_note_beside_it(home: Home, path: Path) -> None:
    for status in ("fail", "pass"):
        assert home.run("set", SESSION, "vault", status, "--by", "CI").code == 0
    assert home.run("set", SESSION, "vault", "pass", "--by", "ana", "--note", "seen").code == 0
    assert home.run("set", SESSION, "vault", "fail", "--by", "CI").code == 0
    answer = session_in(path).answers["vault"]
    assert (answer.status, answer.note) == (Status.FAIL, "seen")
    assert home.run("set", SESSION, "vault", "pass", "--by", "another CI").code == 1


def test_what_is_only_added_to_somebody_elses_answer_is_no_overwriting(home: Home) -> None:
    path = home.session(lambda s: answered(s, "scan", Status.PASS, note="seen"))
    said = ("--evidence", "https://ci.example/1", "--owner", "dee", "--action", "read it", "--note", "seen")
    assert home.run("set", SESSION, "scan", "pass", "--by", "CI", *said).code == 0
    assert len(session_in(path).answers["scan"].evidence) == 1


@pytest.mark.parametrize(
    ("status", "said", "what"),
    [
        (Status.PASS, ("pass", "--note", "from CI"), 'The note of "Secrets in a vault" is there already'),
        (Status.PASS, ("pass", "--owner", "dee"), 'The owner of "Secrets in a vault" is there already'),
        (Status.OPEN, ("pass", "--note", "from CI"), 'The note of "Secrets in a vault" is there already'),
        (Status.CONDITION, ("condition", "--what", "something else"), '"Secrets in a vault" is COND'),
        (Status.FAIL, ("open",), '"Secrets in a vault" is FAIL'),
    ],
)
def test_no_word_of_somebody_else_is_replaced(home: Home, status: Status, said: tuple[str, ...], what: str) -> None:
    path = home.session(lambda s: answered(s, "vault", status, note="seen", owner="ana", what="it is merged"))
    before = path.read_bytes()
    ran = home.run("set", SESSION, "vault", *said, "--by", "CI")
    assert (ran.code, ran.err.startswith(f"Error: {what}, said by R. Manager on ")) == (1, True)
    assert path.read_bytes() == before


def test_what_was_written_into_the_file_by_hand_is_somebody_elses(home: Home, path: Path) -> None:
    home.run("set", SESSION, "vault", "pass", "--by", "CI")
    path.write_bytes(path.read_bytes().replace(b'status = "pass"', b'status = "fail"', 1))
    ran = home.run("set", SESSION, "vault", "pass", "--by", "CI")
    assert (ran.code, "is FAIL, said by somebody who edited the file: nothing was changed" in ran.err) == (1, True)


def test_an_open_and_a_carried_over_answer_are_there_to_be_answered(home: Home) -> None:
    path = home.session(
        lambda s: answered(answered(answered(s, "vault", Status.PASS), "vault", carried=True), "scan", parked=True)
    )
    for item in ("vault", "scan"):
        assert home.run("set", SESSION, item, "fail", "--by", "CI").code == 0
        assert session_in(path).answers[item].status is Status.FAIL


def test_what_cannot_be_brought_together_with_what_somebody_wrote_in_the_same_moment_is_said_and_is_1(
    home: Home, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    second_name = KnownFile._second_name

    def in_the_last_moment(known: KnownFile, *args: Any) -> str:
        monkeypatch.setattr(KnownFile, "_second_name", second_name)
        path.with_name("other").write_bytes(path.read_bytes() + b'\n[answers.vault]\nstatus = "fail"\n')
        path.with_name("other").replace(path)
        return second_name(known, *args)

    monkeypatch.setattr(KnownFile, "_second_name", in_the_last_moment)
    assert run(["set", str(path), "vault", "pass"]) == 1
    [theirs] = path.parent.glob("*.conflict-*")
    said = f"Somebody else wrote the session meanwhile, and the two do not go together: theirs is in {theirs}.\n"
    assert capsys.readouterr().err.startswith(said)
    assert [session_in(file).answers["vault"].status for file in (path, theirs)] == [Status.PASS, Status.FAIL]


def test_a_folder_that_somebody_keeps_locked_is_said_and_nothing_is_changed(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(folder, "_LOCK_SECONDS", 0.05)
    with folder.Folder(path.parent) as other, other.locked():
        assert run(["set", str(path), "vault", "pass"]) == 1
    assert capsys.readouterr().err == f"Error: Cannot save: another program has the folder locked, in {path}.\n"
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert session_in(path).revision == 0
