"""What is asked with a status, and the keys and words by which things are said: one list for screens and lines."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from meeting import BY, NOW, a_checklist, a_session, a_window, answered
from signoff.domain.answer import Answer, Status, fields_kept_by, missing
from signoff.domain.asked_fields import Kind, asked_with
from signoff.domain.evidence import Evidence
from signoff.domain.meeting import Choice, Verdict
from signoff.domain.people import people_of
from signoff.domain.release import Release
from signoff.domain.spoken_choice import decision_said, status_said, vote_said

SAID = {Kind.TEXT: "something", Kind.NAME: "ana", Kind.WHEN: NOW}


@pytest.mark.parametrize("status", Status)
def test_all_that_a_status_must_also_have_is_asked_for(status: Status) -> None:
    item, asked = a_checklist().items[0], asked_with(status)
    said = {field.name: SAID[field.kind] for field in asked}

    assert len(missing(item, Answer(status))) == len(asked)
    assert missing(item, Answer(status, **said)) == ()
    for name in said:
        assert len(missing(item, Answer(status, **{**said, name: None}))) == 1
    assert fields_kept_by(status) <= set(said)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("y", Status.PASS),
        (" n ", Status.FAIL),
        ("c", Status.CONDITION),
        ("r", Status.RISK),
        ("a", Status.NA),
        ("Pass", Status.PASS),
        ("FAIL", Status.FAIL),
        ("cond", Status.CONDITION),
        ("condition", Status.CONDITION),
        ("risk", Status.RISK),
        ("N/A", Status.NA),
        ("na", Status.NA),
        ("open", Status.OPEN),
        ("clear", Status.OPEN),
        ("Y", None),  # a capital is another key
        ("p", None),
        ("passed", None),
        ("", None),
        ("...", None),
    ],
)
def test_a_status_is_said_by_its_key_or_its_word(text: str, status: Status | None) -> None:
    assert status_said(text) is status


@pytest.mark.parametrize(
    ("text", "vote"),
    [
        ("y", Choice.GO),
        ("n", Choice.NO_GO),
        ("c", Choice.GO_IF),
        ("a", Choice.ABSENT),
        ("No go", Choice.NO_GO),
        ("no-go", Choice.NO_GO),
        ("GO IF", Choice.GO_IF),
        ("absent", Choice.ABSENT),
        ("clear", Choice.NONE),
        ("no", None),
        ("", None),
    ],
)
def test_a_vote_is_said_by_its_key_or_its_word(text: str, vote: Choice | None) -> None:
    assert vote_said(text) is vote


@pytest.mark.parametrize(
    ("text", "decision"),
    [("y", Verdict.GO), ("c", Verdict.CONDITIONAL), ("no go", Verdict.NO_GO), ("undecided", None), ("clear", None)],
)
def test_a_decision_is_said_by_its_key_or_its_word(text: str, decision: Verdict | None) -> None:
    assert decision_said(text) is decision


def test_the_people_come_before_the_owners_and_nobody_comes_twice() -> None:
    session = answered(answered(a_session(), "vault", owner="dee"), "scan", owner="ana")
    session = session.name_people({"qa": "ana", "product": "bob"}, now=NOW, by=BY)

    assert people_of(session) == ("ana", "bob", "dee")


def test_only_what_is_not_there_yet_is_new_evidence() -> None:
    there, new = Evidence("https://a.example", "with a title"), Evidence("https://b.example")

    assert Answer(evidence=(there,)).lacks_of((Evidence("https://a.example"), new)) == (new,)


def test_a_time_is_meant_by_the_clocks_of_the_release() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    release = Release("payments", "1", window=a_window(NOW.astimezone(berlin) + timedelta(days=1)))

    assert release.by_its_clocks(NOW).tzinfo is berlin
    assert release.watched_from(NOW) == NOW + timedelta(days=1)
    late = release.watched_from(NOW + timedelta(days=2))
    assert (late, late.tzinfo) == (NOW + timedelta(days=2), berlin)
    assert replace(release, window=None).by_its_clocks(NOW) is NOW
    assert replace(release, window=None).watched_from(NOW) is NOW
