from __future__ import annotations

import locale
import re
import time
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from report.sessions import (
    BY,
    NOW,
    SIGNER,
    Texts,
    body,
    contested_session,
    draft,
    go_session,
    new_session,
    session_of,
)
from report.test_human_part_and_data_agree import listed, section
from signoff.domain.answer import Answer, Status
from signoff.domain.answers import Answers
from signoff.domain.checklist import Category, Checklist, Item
from signoff.domain.meeting import Choice, Decision, SignOff, Verdict, Vote
from signoff.domain.session import Session
from signoff.report.data_block import read_data


def test_the_heading_names_the_checklist_the_release_and_the_decision() -> None:
    assert body(go_session()).startswith("# Production Readiness: payments-api 4.12.0 -> prod: GO\n")


def test_the_heading_says_would_be_while_nothing_is_decided() -> None:
    assert body(new_session()).startswith("# Production Readiness: payments-api 4.12.0 -> prod: would be NO-GO\n")


def test_the_body_ends_in_the_heading_of_the_sign_offs() -> None:
    assert body(go_session()).endswith("\n\n## Sign-offs\n")


def test_the_sections_stand_in_the_order_in_which_a_reader_asks() -> None:
    titles = re.findall(r"^## (.*)$", body(contested_session()), re.MULTILINE)
    assert titles == [
        "Decision",
        "Accepted risks",
        "Blockers",
        "Failed checks",
        "Undecided",
        "Conditions",
        "Release",
        "Critical rules",
        "Roll call",
        "Watch",
        "Actions",
        "Counts",
        "Checks",
        "History",
        "Supersedes",
        "Required sign-offs",
        "Record",
        "Data",
        "How to verify",
        "Sign-offs",
    ]


def test_a_body_is_the_same_for_all_signers_of_a_revision() -> None:
    session = go_session()
    sign_off = SignOff(SIGNER, "Release manager", "GO", NOW, "SHA256:x", "report.md", "ab" * 32)
    assert body(session.signed(sign_off)) == body(session)


def test_a_decision_that_goes_further_than_the_verdict_shows_both() -> None:
    lines = section(body(contested_session()), "Decision")
    assert lines[0] == "**CONDITIONAL**, which goes further than the program's verdict."
    assert "- The program's verdict when this was decided: NO-GO" in lines


def test_a_decision_that_is_stricter_than_the_verdict_says_so() -> None:
    session = replace(
        go_session(), decision=Decision(Verdict.NO_GO, BY, NOW, "Not today.", Verdict.GO, date(2026, 12, 1))
    )
    lines = section(body(session), "Decision")
    assert lines[0] == "**NO-GO**, which is stricter than the program's verdict."
    assert lines[-1] == "- Meet again: 2026-12-01"
    assert "- Why: Not today." in lines


def test_a_verdict_that_changed_since_the_decision_is_shown_then_and_now() -> None:
    session = go_session().answer("load-tested", status=Status.FAIL, now=NOW, by=BY)
    lines = section(body(session), "Decision")
    assert lines[0] == "**GO**, which goes further than the program's verdict."
    assert "- The program's verdict when this was decided: GO" in lines
    assert any(line.startswith("- The program's verdict on this revision, 19: NO-GO (") for line in lines)


def test_dissent_is_named_beside_the_votes() -> None:
    lines = section(body(contested_session()), "Roll call")
    assert lines[-3:] == ["**Against the decision (CONDITIONAL):**", "", "- NO-GO: QA"]


def test_a_go_against_a_no_go_is_dissent_too() -> None:
    session = replace(go_session(), decision=Decision(Verdict.NO_GO, BY, NOW, "", Verdict.GO))
    assert listed(section(body(session), "Roll call")) == [
        f"GO: {r}" for r in ("Security", "Operations", "QA", "Product")
    ]


def test_a_role_that_speaks_without_being_called_is_in_the_roll_call() -> None:
    session = go_session().vote("release-manager", Vote(Choice.NO_GO, "rm", "wait"), now=NOW, by=BY)
    assert any("Release manager" in line and "NO-GO" in line for line in section(body(session), "Roll call"))


def test_an_overridden_rule_shows_who_and_why_and_how_it_stood() -> None:
    lines = section(body(contested_session()), "Critical rules")
    assert any(line.startswith("| OVERRIDDEN, was BROKEN | Never: Deploy on Friday") for line in lines)
    assert lines[-3:] == [
        "- Never: Deploy on Friday afternoon",
        "  - By: V. P. Engineering",
        "  - Why: Contract ends on Saturday; agreed with support.",
    ]


def test_a_risk_that_was_over_at_the_decision_says_so() -> None:
    session = contested_session()
    late = replace(session.answers["distributed-tracing"], until=date(2026, 11, 23))
    session = replace(session, answers=session.answers.replaced("distributed-tracing", late))
    assert "2026-11-23 (over when it was decided)" in body(session)


def test_a_required_role_is_bound_to_a_person_who_was_named_by_a_principal() -> None:
    assert read_data(body(contested_session()).encode())["required_sign_offs"] == [
        {"role": "Release manager", "signer": SIGNER}
    ]


@pytest.mark.parametrize("name", ["Ana Ruiz", "ana", "@ana", "ana@", "a*@example.com", "a,b@example.com", "", "x@y\nz"])
def test_a_mere_name_binds_nobody(name: str) -> None:
    data = read_data(body(session_of(Texts(people=name))).encode())
    assert data["required_sign_offs"] == [{"role": "plain", "signer": None}]


def test_the_title_of_a_required_role_is_spelt_as_a_sign_off_spells_it() -> None:
    data = read_data(body(session_of(Texts({"role.title": " Cafe\u0301 "}))).encode())
    assert data["required_sign_offs"][0]["role"] == "Café"


def test_the_actions_begin_with_the_watch() -> None:
    data = read_data(body(contested_session()).encode())
    assert [action["text"] for action in data["actions"]] == [
        "Watch the release after the deploy",
        "Deploy the metrics fix",
    ]


def test_flags_and_what_is_missing_are_said_in_words() -> None:
    session = session_of(Texts())
    report = body(replace(session, answers=session.answers.replaced("i0", Answer(Status.NA))))
    assert "  - Incomplete: without a reason" in report
    assert "  - To re-confirm: carried over from an earlier session, counts as open" in report
    assert "  - Parked: asked and put off, counts as open" in report


def test_only_a_pass_is_shown_as_passed() -> None:
    checks = body(contested_session()).split("## Checks")[1].split("## History")[0]
    assert checks.count("✓") == checks.count("PASS`") == 5


def test_times_have_their_year_and_their_zone_in_any_locale() -> None:
    shown = "- Window: Fri 2026-11-27 13:00 to 15:00 Europe/Berlin (Fri 2026-11-27 12:00 to 14:00 UTC)"
    assert shown in section(body(new_session()), "Release")
    before = locale.setlocale(locale.LC_TIME)
    try:
        locale.setlocale(locale.LC_TIME, "de_DE.UTF-8")
    except locale.Error:
        pytest.skip("there is no German locale here")
    try:
        assert shown in section(body(new_session()), "Release")
    finally:
        locale.setlocale(locale.LC_TIME, before)


def test_a_draft_says_so_first_last_and_in_every_heading() -> None:
    lines = draft(contested_session()).rstrip("\n").split("\n")
    assert lines[0].startswith("# UNSIGNED DRAFT, not a decision record: ")
    assert lines[0].endswith("(not signed)")
    assert "UNSIGNED DRAFT" in lines[2]
    assert "UNSIGNED DRAFT" in lines[-1]
    headings = [line for line in lines[1:] if line.startswith("#")]
    assert len(headings) > 15
    assert all("# Draft, not signed: " in line for line in headings)


def test_a_draft_has_no_data_no_commands_and_no_place_for_sign_offs() -> None:
    text = draft(contested_session())
    for word in ("signoff-report/1", "```", "ssh-keygen", "## Sign-offs"):
        assert word not in text


def test_a_report_of_ten_thousand_items_takes_seconds() -> None:
    items = tuple(Item(f"item-{n}", f"Check number {n} of the database (replica_{n})") for n in range(10_000))
    checklist = Checklist("big", "1", "Big", (Category("all", "All", items),))
    given = {item.id: Answer(Status.PASS, "ana", "Seen at 14:00, all fine.") for item in items}
    big = Session("big", checklist, new_session().release, datetime(2026, 1, 1, tzinfo=UTC), Answers(checklist, given))
    began = time.perf_counter()
    assert body(big).count("`[✓] PASS` Check number") == 10_000
    assert time.perf_counter() - began < 10
