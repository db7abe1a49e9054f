"""A session is a value: an edit is a new session, the next revision and one line of history."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meeting import BY, LINK, NOW, a_ready_session, a_session, a_window, answered, decided, signed, voted
from signoff.domain.action import Action
from signoff.domain.answer import Answer, Status
from signoff.domain.deciding import decide
from signoff.domain.history import differing_fields
from signoff.domain.meeting import Choice, Decision, Override, Superseded, Verdict, Vote, Watch
from signoff.domain.release import Release
from signoff.domain.session import Session
from signoff.errors import SessionError

FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(Status),
        "owner": st.text(max_size=3),
        "note": st.text(max_size=3),
        "evidence": st.sampled_from([(), (LINK,)]),
        "actions": st.sampled_from([(), (Action("fix"),)]),
        "parked": st.booleans(),
        "carried": st.booleans(),
        "due": st.sampled_from([None, date(2026, 12, 1)]),
        "reason": st.text(max_size=3),
    },
)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["vault", "scan"]), FIELDS), max_size=12))
def test_history_holds_exactly_the_fields_that_differ_and_undoes_them(edits: list[tuple[str, dict[str, Any]]]) -> None:
    session = a_session()
    for item, fields in edits:
        before, session = session, answered(session, item, **fields)
        if session is before:
            continue
        change = session.history[-1]
        was, now = before.answers[item], session.answers[item]
        assert change.subject == f"answers.{item}"
        assert change.was.keys() == change.now.keys()
        assert all(change.was[name] != change.now[name] for name in change.was)
        assert replace(now, **change.was) == was
        assert replace(was, **change.now) == now
        assert session.revision == change.revision == before.revision + 1
    assert [change.revision for change in session.history] == list(range(1, session.revision + 1))


def test_a_line_of_history_says_who_when_and_what() -> None:
    change = answered(a_session(), "vault", Status.PASS, owner="ana").history[-1]

    assert (change.revision, change.at, change.by, change.subject) == (1, NOW, BY, "answers.vault")
    assert change.was == {"status": Status.OPEN, "owner": ""}
    assert change.now == {"status": Status.PASS, "owner": "ana"}


EDITS = {
    "answer": lambda s: answered(s, "vault", Status.FAIL),
    "vote": lambda s: voted(s, "qa", Choice.NO_GO),
    "override": lambda s: s.override("watch", Override("cto", "hotfix"), now=NOW, by=BY),
    "people": lambda s: s.name_people({"qa": "Quinn"}, now=NOW, by=BY),
    "release": lambda s: s.describe(Release("payments", "4.12.1"), now=NOW, by=BY),
    "watch": lambda s: s.set_watch(Watch("bob"), now=NOW, by=BY),
    "decision": lambda s: decided(s, Verdict.NO_GO),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_that_changes_nothing_is_no_revision(edit: Any) -> None:
    once = edit(a_ready_session())

    assert edit(once) is once
    assert once.revision == len(once.history)


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_leaves_the_earlier_session_as_it_was(edit: Any) -> None:
    session, twin = a_ready_session(), a_ready_session()
    later = edit(session)

    assert session == twin
    assert later != session
    assert later.revision == session.revision + 1


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_a_signed_session_is_read_only(edit: Any) -> None:
    session = signed(a_ready_session())

    with pytest.raises(SessionError, match="signed and read-only; reopen it"):
        edit(session)


def test_signing_adds_no_revision_and_a_second_signature_joins_the_first() -> None:
    session = a_ready_session()
    both = signed(signed(session))

    assert both.is_signed
    assert len(both.sign_offs) == 2
    assert (both.revision, both.history) == (session.revision, session.history)


def test_a_reopened_session_supersedes_the_signed_one_and_has_to_be_decided_again() -> None:
    session = signed(decided(a_ready_session()))
    reopened = session.reopened(now=NOW, by=BY)

    assert not reopened.is_signed
    assert not reopened.decision.is_taken
    assert reopened.supersedes == Superseded(session.revision, "a" * 64, "payments.signoff.md")
    assert reopened.revision == session.revision + 1
    assert reopened.history[-1].subject == "supersedes"
    assert dict(reopened.answers) == dict(session.answers)
    assert answered(reopened, "vault", Status.FAIL).revision == session.revision + 2


def test_only_a_signed_session_is_reopened() -> None:
    with pytest.raises(SessionError, match="not signed"):
        a_session().reopened(now=NOW, by=BY)


@pytest.mark.parametrize(
    "edit",
    [
        lambda s: answered(s, "no-such-item", Status.PASS),
        lambda s: s.vote("nobody", Vote(Choice.GO), now=NOW, by=BY),
        lambda s: s.override("no-such-rule", Override("a", "b"), now=NOW, by=BY),
    ],
)
def test_what_the_checklist_does_not_have_cannot_be_edited(edit: Any) -> None:
    with pytest.raises(SessionError, match=r'^This checklist has no (item|role|rule) "'):
        edit(a_session())


def test_people_are_named_and_taken_out_again() -> None:
    named = a_session().name_people({"qa": "Quinn", "product": "Pat"}, now=NOW, by=BY)
    fewer = named.name_people({"qa": ""}, now=NOW, by=BY)

    assert named.person("qa") == "Quinn"
    assert dict(fewer.people) == {"product": "Pat"}
    assert (fewer.history[-1].was, fewer.history[-1].now) == ({"qa": "Quinn"}, {"qa": ""})
    assert fewer.name_people(fewer.history[-1].was, now=NOW, by=BY).people == named.people


def test_the_history_of_one_subject_is_its_own() -> None:
    session = answered(voted(answered(a_session(), "vault", Status.PASS), "qa", Choice.GO), "vault", Status.FAIL)

    assert [change.now["status"] for change in session.history_of("answers.vault")] == [Status.PASS, Status.FAIL]


def test_each_part_names_its_own_fields_in_history() -> None:
    release = Release("payments", "4.12.0", window=a_window())
    session: Session = a_session().describe(release, now=NOW, by=BY)
    session = decide(session, Decision(Verdict.NO_GO, BY, NOW), now=NOW, by=BY)

    window, decision = session.history
    assert (window.subject, set(window.now)) == ("release", {"window"})
    assert (decision.subject, set(decision.now)) == ("decision", {"choice", "by", "at"})


def test_values_that_are_alike_differ_in_nothing() -> None:
    assert differing_fields(Answer(), Answer()) == ({}, {})
    assert differing_fields({"a": "1"}, {"b": "2"}) == ({"a": "1", "b": ""}, {"a": "", "b": "2"})
