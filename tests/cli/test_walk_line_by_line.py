"""`signoff answer`: the walk in plain lines, for those who hear it and for those who pipe it."""

from __future__ import annotations

import io
import os
import re
import subprocess
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli.home import SIGNOFF, Home, Ran, session_in
from cli.hostile import HOSTILE, a_hostile_session, assert_harmless
from meeting import BY, NOW, a_checklist, a_ready_session, a_window, answered, signed, the_built_in_checklist
from signoff.cli.dialogue.dialogue import walk_through
from signoff.cli.dialogue.lines import Leave, Lines
from signoff.cli.dialogue.talk import Talk
from signoff.domain.action import Action
from signoff.domain.answer import Status
from signoff.domain.meeting import Choice, Verdict, Vote, Watch
from signoff.domain.release import Release
from signoff.domain.session import Session
from signoff.errors import StorageError
from signoff.storage.session_file import SessionFile
from signoff.workflow.saved_session import SavedSession

RELEASE = Release("payments", "4.12.0", window=a_window(NOW + timedelta(hours=1)))


def walked(path: Path, *lines: str) -> list[str]:
    """What is said to these lines, then to the end of the input. Every edit is read back from the file."""
    heard = io.BytesIO("".join(f"{line}\n" for line in lines).encode())
    opened = SavedSession.open(path, lambda: NOW, "rm")
    with redirect_stdout(io.StringIO()) as said, suppress(Leave):
        walk_through(Talk(Lines(heard), opened))
    assert session_in(path) == opened.session
    return said.getvalue().splitlines()


def asked(said: Sequence[str]) -> list[str]:
    """The items that were read out, by their texts."""
    return [said[n + 1] for n, line in enumerate(said) if line.startswith("Item ")]


@pytest.fixture
def path(home: Home) -> Path:
    return home.session(release=RELEASE)


# The whole walk.


def test_a_whole_meeting_is_walked_through_a_pipe(home: Home, path: Path) -> None:
    (home.work / "scan.txt").write_text("clean\n")
    lines = [
        "y",  # Secrets in a vault
        *("owner dee", "y", "scan.txt"),  # Dependencies scanned: evidence is required
        *("n", "cover it @dee !2026-12-01"),  # Coverage: not a must, so an action
        *("y", "https://ci.example/1 https://ci.example/2", "prod"),  # Rollback tested
        *("evidence https://wiki.example/plan", "", "c", "the plan is read by two", "ana", "2026-12-01 15:00"),
        *("y", "quinn", "c", "logs are on", "paul", "skip"),  # QA, Product, Legal
        *("ana", "2026-12-02 18:00"),
        *("c", "rollback is only planned, and the old version loses payments", ""),
    ]
    ran = home.run("answer", path.stem, typed="\n".join(lines) + "\n")

    assert (ran.code, ran.err) == (0, "")
    session = session_in(path)
    answers = session.answers
    assert [answer.status.word for answer in answers.values()] == ["PASS", "PASS", "FAIL", "PASS", "COND"]
    assert answers["scan"].owner == "dee"
    assert [entry.target for entry in answers["scan"].evidence] == ["scan.txt"]
    assert len(answers["scan"].evidence[0].sha256) == 64
    assert answers["coverage"].actions == (Action("cover it", "dee", date(2026, 12, 1)),)
    assert [(entry.target[-1], entry.environment) for entry in answers["rollback-tested"].evidence] == [
        ("1", "prod"),
        ("2", "prod"),
    ]
    plan = answers["rollback-plan"]
    assert (plan.what, plan.owner, plan.due) == (
        "the plan is read by two",
        "ana",
        datetime(2026, 12, 1, 15, tzinfo=UTC),
    )
    assert session.votes == {"qa": Vote(Choice.GO, "quinn"), "product": Vote(Choice.GO_IF, "paul", "logs are on")}
    assert session.people == {"qa": "quinn", "product": "paul"}
    assert session.watch == Watch("ana", datetime(2026, 12, 2, 18, tzinfo=UTC))
    assert (session.decision.choice, session.decision.by) == (Verdict.CONDITIONAL, "rm")
    assert session.decision.verdict is Verdict.NO_GO
    assert session.decision.reason.startswith("rollback is only planned")
    assert ran.lines[-3:] == [
        "To sign: signoff export --unsigned payments-4.12.0-prod and signoff sign, "
        "or f and S in signoff open payments-4.12.0-prod",
        "An unsigned draft of the report: signoff export --draft payments-4.12.0-prod",
        f"Saved r{session.revision} in {path}",
    ]
    assert {change.by for change in session.history} == {"rm"}
    assert home.run("export", "--draft", "-o", "-").code == 0


def test_every_line_stands_for_itself_without_colour_or_movement(home: Home, path: Path) -> None:
    ran = home.run(
        "answer", typed="?\ny\nhurz\nf\n?\nskip\nskip\nskip\n\n\n?\nwhy\n", FORCE_COLOR="1", COLORTERM="truecolor"
    )

    assert_harmless(ran.raw_out)
    assert ran.lines[:12] == [
        "payments 4.12.0 -> prod",
        "Window: Thu 26 Nov 15:00-17:00 UTC",
        "Checklist: Small 1, 5 items, 0 answered",
        "The rules say: UNDECIDED",
        "Say y, n, c, r or a to an item, or ? for all that can be said. Everything is saved at once.",
        "",
        "Item 1 of 5, Security, must",
        "Secrets in a vault",
        "Answer: OPEN",
        "Answer?",
        "y PASS, n FAIL, c COND, r RISK, a N/A, clear takes the answer back. Enter reads the item again.",
        ". or confirm: confirms an answer that was carried over.",
    ]
    assert not re.search("[─│═█]", ran.out)


def test_an_item_is_read_out_with_all_that_is_known_of_it(home: Home) -> None:
    def edit(session: Session) -> Session:
        session = session.name_people({"security": "sam"}, now=NOW, by=BY)
        fields = {"what": "it is merged", "due": NOW, "owner": "dee", "note": "2 of 6\nfail"}
        return session.answer(
            "no-hardcoded-credentials", status=Status.CONDITION, carried=True, now=NOW, by=BY, **fields
        )

    path = home.session(edit, checklist=the_built_in_checklist())
    said = walked(path, "/no-hardcoded")
    start = [n for n, line in enumerate(said) if line.startswith("Item ")][1]
    item = the_built_in_checklist().item_by_id["no-hardcoded-credentials"]

    assert said[start : start + 11] == [
        "Item 2 of 37, Security, must",
        item.text,
        f"Check: {item.verify}",
        "Asked: Security: sam",
        "Answer: cond",
        "Owner: dee",
        "Go if: it is merged, due 2026-11-26 14:00 UTC",
        "Note: 2 of 6",
        "Note: fail",
        "Evidence: none yet; a pass needs it",
        "Carried over from an earlier session: give the status again to confirm it",
    ]
    assert item.why in walked(path, "/no-hardcoded", "why")


# Ending.


def test_the_end_of_the_input_saves_and_sums_up(home: Home, path: Path) -> None:
    ran = home.run("answer", "payments-4.12.0-prod", typed="y\nr\nthe CTO\n")

    assert ran.code == 3
    assert session_in(path).answers["scan"].accepted_by == "the CTO"
    summary = ran.lines[ran.lines.index("2 of 5 answered, 0 parked, 1 incomplete") :]
    assert summary == [
        "2 of 5 answered, 0 parked, 1 incomplete",
        "Still incomplete, without until when and a reason: Dependencies scanned",
        "Still open: Coverage meets its threshold",
        "Still open: Rollback tested",
        "Still open: Rollback plan documented",
        "Nobody is named to watch the release",
        "The rules say: UNDECIDED",
        "Nothing is decided: signoff answer payments-4.12.0-prod goes on here",
        "An unsigned draft of the report: signoff export --draft payments-4.12.0-prod",
        f"Saved r3 in {path}",
    ]


@pytest.mark.parametrize("typed", [None, "", "q\n", "quit", "y\nquit\n", "n\r\nQuit\r\n"])
def test_leaving_is_3_while_nothing_is_decided(home: Home, path: Path, typed: str | None) -> None:
    ran = home.run("answer", typed=typed)

    assert (ran.code, ran.err) == (3, "")
    assert ran.lines[-1].endswith(f"in {path}")


def test_leaving_a_session_that_was_decided_is_0(home: Home) -> None:
    home.session(lambda _: a_ready_session())
    said = home.run("answer", typed="y\n\n")
    assert (said.code, home.run("answer", typed="").code) == (0, 0)


def test_quit_also_leaves_a_question(path: Path) -> None:
    walked(path, "r", "quit", "the CTO")
    assert session_in(path).answers["vault"].accepted_by == ""


def test_a_signed_session_is_refused_with_a_sentence(home: Home) -> None:
    path = home.session(lambda _: signed(a_ready_session()))
    ran = home.run("answer", typed="y\n")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        "Error: payments-4.12.0-prod is signed and read-only; R in `signoff open payments-4.12.0-prod` starts a "
        "revision that supersedes it.\n"
    )
    assert session_in(path).is_signed


def test_a_session_that_is_not_there_is_1(home: Home) -> None:
    ran = home.run("answer", "nope", typed="y\n")
    assert (ran.code, ran.out) == (1, "")
    assert "There is no session" in ran.err


def test_every_answer_is_on_the_disk_before_the_next_is_asked_for(home: Home, path: Path) -> None:
    with subprocess.Popen(
        [*SIGNOFF, "answer"], env=home.variables, cwd=home.work, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as program:
        assert program.stdin
        assert program.stdout
        for said, item in (("y", "vault"), ("n", "scan")):
            while program.stdout.readline() != b"Answer?\n":
                pass
            program.stdin.write(f"{said}\n".encode())
            program.stdin.flush()
            while b"Item" not in program.stdout.readline():
                pass
            assert session_in(path).answers[item].status is not Status.OPEN
        program.kill()
    assert session_in(path).revision == 2


# What is said to an item.


def test_each_status_is_said_by_its_key_or_its_word(path: Path) -> None:
    walked(path, "Pass", "n", "cond", "", "", "", "RISK", "", "", "", "n/a", "")
    assert [a.status.word for a in session_in(path).answers.values()] == ["PASS", "FAIL", "COND", "RISK", "N/A"]


def test_only_what_is_missing_is_asked_and_may_be_left_for_later(path: Path) -> None:
    said = walked(path, "owner dee", "c", "it is merged", "", "/vault", "c", "fri")
    answer = session_in(path).answers["vault"]

    assert (answer.what, answer.owner, answer.due) == ("it is merged", "dee", date(2026, 11, 27))
    assert said.count("COND, incomplete: needs a due date.") == 1
    assert sum(line.startswith("Condition: what") for line in said) == 1
    assert not any(line.startswith("Owner: who fulfils") for line in said)


def test_a_wrong_line_is_one_sentence_and_asks_again(path: Path) -> None:
    said = walked(path, "maybe", "evidense x", "Y", "c", "w", "dee", "soon", "32.13.", "fri")

    assert said.count("Answer?") == 5
    assert '"maybe" means nothing here: say y, n, c, r, a, skip, or ? for all that can be said.' in said
    assert any(line.startswith('"evidense x" means') and line.endswith("Did you mean evidence?") for line in said)
    assert '"soon" is not a date or time: say 15:00, tomorrow, fri, +2d or 2026-12-10.' in said
    assert sum(line.startswith("Due: ") for line in said) == 3
    assert session_in(path).answers["vault"].due == date(2026, 11, 27)


def test_a_pass_asks_for_the_evidence_it_needs_and_takes_none_that_backs_nothing(path: Path) -> None:
    said = walked(
        path, "/scan", "y", "see the run", "nowhere.txt", "https://ci.example/1", "/scan", "e https://ci.example/1"
    )
    answer = session_in(path).answers["scan"]

    assert '"see the run" is neither an address nor a file that is here.' in said
    assert [entry.target for entry in answer.evidence] == ["https://ci.example/1"]
    assert "That is there as evidence already." in said


def test_only_where_a_rule_looks_at_it_is_the_environment_of_evidence_asked(path: Path) -> None:
    said = walked(path, "e https://ci.example/1", "/coverage", "e https://ci.example/2", "staging")

    assert session_in(path).answers["coverage"].evidence[0].environment == "staging"
    assert sum(line.startswith("Environment: ") for line in said) == 1


def test_owner_note_evidence_and_action_are_said_behind_their_words_or_asked(path: Path) -> None:
    lines = [
        "owner ana",
        "note two pods fail",
        "i",
        "the fix is merged",
        "e https://ci.example/1",
        "t",
        "rebuild @ana !fri",
    ]
    said = walked(path, *lines, "@chen", "t", "@ana", "rebuild again", "p", "", "note", "")
    answer = session_in(path).answers["vault"]

    assert (answer.status, answer.owner) == (Status.OPEN, "chen")
    assert answer.note == "two pods fail\nthe fix is merged"
    assert [entry.target for entry in answer.evidence] == ["https://ci.example/1"]
    assert answer.actions == (Action("rebuild", "ana", date(2026, 11, 27)), Action("rebuild again"))
    assert "Say what is to be done, such as: rebuild image @chen !15:00." in said


def test_details_asks_for_all_again_and_a_dash_empties(path: Path) -> None:
    lines = ["r", "the CTO", "fri", "small traffic", "back", "d", "the CEO", "", "-", "owner ana", "note x"]
    said = walked(path, *lines, "owner -", "note -")
    answer = session_in(path).answers["vault"]

    assert (answer.accepted_by, answer.until, answer.reason) == ("the CEO", date(2026, 11, 27), "")
    assert (answer.owner, answer.note) == ("", "")
    assert "Until: 15:00, tomorrow, fri, +2d or 2026-12-10. Now: 2026-11-27. Enter keeps it, - empties it." in said


def test_an_answer_that_was_carried_over_is_confirmed(home: Home) -> None:
    path = home.session(lambda s: answered(answered(s, "vault", Status.PASS), "vault", carried=True))
    said = walked(path, ".", ".")

    assert not session_in(path).answers["vault"].carried
    assert "Nothing to confirm: this answer was not carried over." in said


def test_clear_takes_an_answer_back_and_stays(path: Path) -> None:
    said = walked(path, "y", "back", "clear", "n")
    assert asked(said)[-1] == "Dependencies scanned"
    assert session_in(path).answers["vault"].status is Status.FAIL


# Going about.


def test_a_skipped_item_is_asked_once_and_a_parked_one_again_at_the_end(path: Path) -> None:
    said = walked(path, "skip", "park", "y", "y", "", "a", "none", "a", "none")

    assert asked(said) == [
        "Secrets in a vault",
        "Dependencies scanned",
        "Coverage meets its threshold",
        "Rollback tested",
        "Rollback plan documented",
        "Dependencies scanned",
    ]
    assert "Roll call, unanimous" in said
    assert session_in(path).answers["scan"].status is Status.NA


def test_a_parked_item_that_is_parked_again_stays_so(path: Path) -> None:
    said = walked(path, "P", *["skip"] * 4, "P")
    assert "It stays parked." in said
    assert "Roll call, unanimous" in said


def test_only_an_open_item_is_parked(path: Path) -> None:
    said = walked(path, "y", "back", "park")
    assert "Only an open item can be parked; clear takes the answer back first." in said


def test_what_was_left_incomplete_before_is_asked_after_what_is_open(home: Home) -> None:
    path = home.session(lambda s: answered(s, "vault", Status.RISK))
    said = walked(path, *["skip"] * 4, "r", "the CTO", "fri", "small traffic")

    assert asked(said)[-1] == "Secrets in a vault"
    assert session_in(path).answers["vault"].reason == "small traffic"


def test_back_goes_back_all_the_way(path: Path) -> None:
    said = walked(path, "y", "skip", "b", "b", "b")
    assert asked(said) == [
        "Secrets in a vault",
        "Dependencies scanned",
        "Coverage meets its threshold",
        "Dependencies scanned",
        "Secrets in a vault",
    ]
    assert "This is where the walk began; item ID goes to any other." in said


def test_an_item_is_gone_to_by_its_id_or_by_words_of_its_text(path: Path) -> None:
    said = walked(path, "item rollback-plan", "/coverage", "item", "tested", "item", "", "/rollback", "/nothing")
    assert asked(said)[1:] == ["Rollback plan documented", "Coverage meets its threshold", "Rollback tested"]
    assert '"rollback" can mean rollback-tested, rollback-plan; say more of it.' in said
    assert 'This checklist has no item "nothing"; `signoff show` lists its items.' in said


def test_undo_and_redo_reach_over_the_whole_session(path: Path) -> None:
    walked(path, "y", "n")
    said = walked(path, "u", "undo", "u", "U")

    assert [line for line in said if line.startswith(("Undone", "Redone", "There is"))] == [
        "Undone: Dependencies scanned, OPEN -> FAIL.",
        "Undone: Secrets in a vault, OPEN -> PASS.",
        "There is nothing to undo.",
        "Redone: Secrets in a vault, OPEN -> PASS.",
    ]


def test_what_is_undone_is_asked_again(path: Path) -> None:
    said = walked(path, "y", "undo", *["skip"] * 4, "n")
    assert asked(said)[-1] == "Secrets in a vault"
    assert session_in(path).answers["vault"].status is Status.FAIL


def test_enter_reads_the_item_again(path: Path) -> None:
    assert asked(walked(path, "", "")) == ["Secrets in a vault"] * 3


# The roll call, the watch, the decision.


def at_the_end(home: Home, **parts: object) -> Path:
    """A session in which everything passes, and nobody has voted, watches or decided."""

    def edit(_: Session) -> Session:
        session = a_ready_session()
        for role in ("qa", "product", "legal", "manager"):
            session = session.vote(role, Vote(), now=NOW, by=BY)
        return session.edited({"watch": Watch(), **parts}, now=NOW, by=BY)

    return home.session(edit, release=RELEASE)


def test_the_roll_call_asks_who_speaks_for_a_role_where_nobody_is_named(home: Home) -> None:
    path = at_the_end(home, people={"qa": "quinn"})
    said = walked(path, "y", "n", "too many tickets", "", "a")

    assert session_in(path).votes == {
        "qa": Vote(Choice.GO, "quinn"),
        "product": Vote(Choice.NO_GO, "", "too many tickets"),
        "legal": Vote(Choice.ABSENT),
        "manager": Vote(),
    }
    assert [line for line in said if line.startswith(("QA:", "Product:", "Legal:"))] == [
        "QA: GO, quinn",
        "Product: NO-GO, nobody is named, too many tickets",
        "Legal: ABSENT",
    ]
    assert "Legal, whose vote is not required" in said


def test_who_has_voted_by_name_is_read_out_and_not_called_again(home: Home) -> None:
    path = at_the_end(home)
    walked(path, "y", "quinn", "y", "")
    said = walked(path, "y", "paul", "skip")

    assert said[said.index("Roll call, unanimous") + 1 :][:4] == [
        "QA: GO, quinn",
        "",
        "Product",
        "Speaks for it: nobody is named",
    ]
    assert session_in(path).votes["product"] == Vote(Choice.GO, "paul")


def test_a_go_if_needs_its_if(home: Home) -> None:
    path = at_the_end(home)
    walked(path, "c", "", "hurz", "c", "logs are on", "quinn")
    assert session_in(path).votes["qa"] == Vote(Choice.GO_IF, "quinn", "logs are on")


def test_a_name_can_be_said_before_the_vote_and_a_vote_cleared(home: Home) -> None:
    path = at_the_end(home)
    said = walked(path, "name quinn", "y", "undo", "go if", "logs are on", "back", "skip", "clear", "absent")
    session = session_in(path)

    assert session.people == {"qa": "quinn"}
    assert session.votes["qa"] == Vote(Choice.GO_IF, "quinn", "logs are on")
    assert session.votes["product"].choice is Choice.ABSENT
    assert "Undone: vote of QA." in said
    assert "Product: no vote" in said


def test_the_walk_goes_back_from_the_roll_call_to_an_item_and_comes_again(home: Home) -> None:
    path = at_the_end(home)
    said = walked(path, "back", "skip", "item vault", "n", "y", "quinn")

    assert asked(said) == ["Rollback plan documented", "Secrets in a vault"]
    assert said.count("Roll call, unanimous") == 3
    assert session_in(path).votes["qa"].by == "quinn"
    assert session_in(path).answers["vault"].status is Status.FAIL


def test_the_watch_is_asked_where_nobody_said_so_and_by_the_day_of_the_release(home: Home) -> None:
    path = at_the_end(home)
    said = walked(path, "skip", "skip", "skip", "ana", "later", "18:00")
    assert session_in(path).watch == Watch("ana", NOW.replace(hour=18))
    assert '"later" is not a date or time: say 15:00, tomorrow, fri, +2d or 2026-12-10.' in said
    assert "ana watches the release, until 2026-11-26 18:00 UTC." in said

    walked(path, "skip", "skip", "skip", "watch", "bob", "")
    assert session_in(path).watch == Watch("bob", NOW.replace(hour=18))


def to_the_decision(home: Home) -> Path:
    return home.session(lambda _: a_ready_session())


def test_a_decision_as_good_as_the_verdict_asks_only_who_decides(home: Home) -> None:
    path = to_the_decision(home)
    said = walked(path, "y", "")
    decision = session_in(path).decision

    assert (decision.choice, decision.by, decision.at, decision.reason) == (Verdict.GO, "rm", NOW, "")
    assert said[said.index("The rules say: GO", 5) :] == [
        "The rules say: GO",
        "Decision?",
        "Decided by: a name. Enter means rm.",
    ]


def test_a_decision_better_than_the_verdict_needs_a_reason(home: Home) -> None:
    path = home.session(lambda _: answered(a_ready_session(), "vault", Status.FAIL))
    said = walked(path, "y", "", "y", "the old version loses payments", "ana")
    decision = session_in(path).decision

    assert "Because: must item failed: Secrets in a vault" in said
    assert (decision.choice, decision.verdict, decision.by) == (Verdict.GO, Verdict.NO_GO, "ana")
    assert decision.reason == "the old version loses payments"
    assert said.count("Decision?") == 2


def test_a_no_go_asks_why_and_when_to_meet_again(home: Home) -> None:
    path = to_the_decision(home)
    walked(path, "no-go", "not ready", "one day", "fri 10:00", "")
    decision = session_in(path).decision

    assert (decision.choice, decision.reason) == (Verdict.NO_GO, "not ready")
    assert decision.meet_again == datetime(2026, 11, 27, 10, tzinfo=UTC)


def test_what_is_incomplete_holds_a_go_up_and_is_named(home: Home) -> None:
    path = home.session(lambda _: answered(a_ready_session(), "vault", Status.NA))
    said = walked(path, "skip", "y", "item vault", "a", "no secrets", "y", "")

    assert "Incomplete: Secrets in a vault needs a reason. Complete it, then decide." in said
    assert session_in(path).decision.choice is Verdict.GO


def test_all_reasons_and_rules_are_said_when_somebody_asks_why(home: Home) -> None:
    path = home.session(lambda s: answered(s, "vault", Status.FAIL))
    said = walked(path, "finish", "skip", "skip", "skip", "", "", "why")

    assert "And 7 more reasons; why says them all." in said
    assert "UNDECIDED: QA has not voted" in said
    assert "Rule undecided: Always: Monitor closely: nobody is named" in said


def test_somebody_takes_a_rule_upon_themselves(home: Home) -> None:
    path = home.session(lambda _: a_ready_session().set_watch(Watch(), now=NOW, by=BY))
    said = walked(
        path, "", "", "override", "x", "O monitor", "the CTO", "", "override closely", "the CTO", "I watch", "y", ""
    )
    session = session_in(path)

    assert '0 of the rules that hold the release back have "x" in them: say others of it.' in said
    assert (session.overrides["watch"].by, session.overrides["watch"].reason) == ("the CTO", "I watch")
    assert (session.decision.choice, session.decision.verdict) == (Verdict.GO, Verdict.GO)


def test_an_undo_at_the_decision_says_what_the_rules_say_then(home: Home) -> None:
    path = to_the_decision(home)
    said = walked(path, "y", "")
    said = walked(path, "undo", "skip")
    assert not session_in(path).decision.is_taken
    assert "Decided: GO by rm" in said
    assert said[-2:] == ["The rules say: GO", "Decision?"]


# Faults.


def test_a_line_that_is_no_text_or_has_no_end_is_said_again(path: Path, home: Home) -> None:
    ran = home.run("answer", typed=b"\xff\xfe\n" + b"x" * 200_000 + b"\ny\n")
    assert ran.code == 3
    assert "That is not UTF-8 text; say it again." in ran.lines
    assert "That line is longer than 64 KB; say it in fewer words." in ran.lines
    assert session_in(path).answers["vault"].status is Status.PASS


def test_whatever_is_said_or_stands_in_the_session_acts_on_no_terminal(home: Home) -> None:
    home.session(a_hostile_session)
    hostile = HOSTILE.replace("\x00", "").replace("\n", "")
    lines = [
        hostile,
        "/vault",
        f"note {hostile}",
        "t",
        hostile,
        "f",
        hostile,
        "skip",
        "y",
        hostile,
        "why",
        "override",
        hostile,
    ]
    ran = home.run("answer", typed="\n".join(lines))
    assert ran.code in (0, 3)
    assert_harmless(ran.raw_out, ran.raw_err)


def test_a_text_with_line_ends_in_it_stays_one_line(home: Home) -> None:
    path = home.session(lambda s: answered(s, "vault", owner="ana\nAnswer: PASS"))
    assert "Answer: PASS" not in walked(path)


def test_where_saving_fails_it_is_said_and_saved_with_the_next_answer(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save, calls = SessionFile.save, []

    def fails_once(self: SessionFile, session: Session, *more: Any) -> object:
        calls.append(session.revision)
        if len(calls) == 1:
            raise StorageError("Cannot save: No space left on device.")
        return save(self, session, *more)

    monkeypatch.setattr(SessionFile, "save", fails_once)
    said = walked(path, "y", "n")

    assert any(line.startswith("Cannot save: No space left on device. What was said is kept here") for line in said)
    assert calls == [1, 2]
    assert session_in(path).revision == 2


def test_an_interrupt_in_the_middle_of_a_save_leaves_it_to_be_done(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = SavedSession.open(path, lambda: NOW, "rm")
    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            opened.edit(Session.answer, "vault", status=Status.PASS)
    assert session_in(path).revision == 0
    opened.save()
    assert session_in(path).answers["vault"].status is Status.PASS


def a_folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


def in_pieces(path: Path) -> None:
    path.write_bytes(b"<<<<<<< ours")


@pytest.mark.parametrize(("broken", "why"), [(a_folder_instead, "Cannot save: "), (in_pieces, "payments-4.12.0-prod.")])
def test_what_could_not_be_saved_until_the_end_is_an_error(
    home: Home, path: Path, broken: Callable[[Path], None], why: str
) -> None:
    path.chmod(0o600)
    lines = ["y"]
    with subprocess.Popen(
        [*SIGNOFF, "answer"],
        env=home.variables,
        cwd=home.work,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as program:
        assert program.stdout
        while program.stdout.readline() != b"Answer?\n":
            pass
        broken(path)
        out, err = program.communicate("\n".join(lines).encode())
    assert program.returncode == 1
    said = Ran(1, out, err).err
    assert said.startswith(f"Error: {why}")
    assert said.endswith(". Not saved, and gone with this program: Secrets in a vault, OPEN -> PASS.\n")
    assert "wait" not in said


WORDS = [
    "y",
    "n",
    "c",
    "r",
    "a",
    ".",
    "clear",
    "skip",
    "park",
    "back",
    "b",
    "undo",
    "redo",
    "u",
    "U",
    "?",
    "",
    "-",
    "f",
]
ANYTHING = [
    *WORDS,
    "item vault",
    "/",
    "owner ana",
    "p",
    "note x",
    "i",
    "e https://a.example",
    "e",
    "t do it @ana !fri",
    "t",
]
LINES = st.lists(
    st.sampled_from([*ANYTHING, "d", "why", "fri", "15:00", "name bob", "watch", "override skip", "go if", "absent"])
    | st.text(st.characters(blacklist_characters="\n\r", blacklist_categories=["Cs"]), max_size=12),
    max_size=40,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES)
def test_whatever_is_said_the_walk_ends_and_all_of_it_is_saved(tmp_path: Path, lines: list[str]) -> None:
    path = SessionFile.create(tmp_path, a_checklist(), RELEASE, NOW).path
    said = walked(path, *lines)
    assert said[0] == RELEASE.title
