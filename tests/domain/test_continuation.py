"""What could not be saved comes back only where the file is what it was when the edits were made."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from any_session import Edit, after, edits, sessions
from meeting import BY, NOW, a_session, answered, signed
from signoff.domain.answer import Answer, Status
from signoff.domain.answers import Answers
from signoff.domain.continuation import continues
from signoff.domain.session import Session
from signoff.domain.undo import undone


@given(sessions, st.lists(edits, max_size=4))
def test_a_session_after_more_edits_continues_it(session: Session, more: list[Edit]) -> None:
    assert continues(after(session, more), session)


@given(sessions, st.lists(edits, min_size=1, max_size=3), st.lists(edits, min_size=1, max_size=3))
def test_two_ways_on_from_one_session_do_not_continue_each_other(
    session: Session, mine: list[Edit], theirs: list[Edit]
) -> None:
    one, other = after(session, mine), after(session, theirs)
    if one.history[: len(other.history)] != other.history:
        assert not continues(one, other)


def test_a_hand_edit_that_history_does_not_know_is_no_earlier_stage() -> None:
    session = answered(a_session(), "vault", Status.PASS)
    later = answered(session, "scan", Status.FAIL)
    by_hand = Answers(session.checklist, {**session.answers.given, "vault": Answer(Status.FAIL)})
    assert continues(later, session)
    assert not continues(later, replace(session, answers=by_hand))


def test_what_was_taken_back_is_as_if_it_was_never_said() -> None:
    session = a_session()
    assert continues(undone(answered(session, "vault", Status.PASS), now=NOW, by=BY), session)


def test_a_signature_comes_after_the_edits_of_its_revision() -> None:
    session = answered(a_session(), "vault", Status.PASS)
    assert continues(signed(session), session)
    assert not continues(session, signed(session))
    assert continues(signed(session).reopened(now=NOW, by=BY), signed(session))


@pytest.mark.parametrize("field", ["id", "created"])
def test_another_meeting_continues_nothing(field: str) -> None:
    session = a_session()
    other = replace(session, id="other") if field == "id" else replace(session, created=NOW.replace(year=2020))
    assert not continues(other, session)
