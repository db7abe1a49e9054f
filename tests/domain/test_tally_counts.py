"""The tally moves with each edit; a recount from scratch must always agree with it."""

from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from meeting import LINK, NOW, a_checklist, a_session, answered
from signoff.domain.action import Action
from signoff.domain.answer import Answer, Status, missing
from signoff.domain.answers import Answers
from signoff.domain.session import Session
from signoff.domain.tally import Tally

ITEMS = [item.id for item in a_checklist().items]
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(Status),
        "owner": st.sampled_from(["", "ana"]),
        "evidence": st.sampled_from([(), (LINK,)]),
        "actions": st.sampled_from([(), (Action("fix"),)]),
        "parked": st.booleans(),
        "carried": st.booleans(),
        "what": st.sampled_from(["", "merge"]),
        "due": st.sampled_from([None, NOW.date()]),
        "accepted_by": st.sampled_from(["", "cto"]),
        "until": st.sampled_from([None, NOW]),
        "reason": st.sampled_from(["", "because"]),
    },
)
EDITS = st.lists(st.tuples(st.sampled_from(ITEMS), FIELDS), max_size=30)


def after(edits: list[tuple[str, dict[str, Any]]]) -> Session:
    session = a_session()
    for item, fields in edits:
        session = answered(session, item, **fields)
    return session


@settings(deadline=None)
@given(EDITS)
def test_the_tally_equals_a_recount_after_any_edits(edits: list[tuple[str, dict[str, Any]]]) -> None:
    session = after(edits)

    assert session.answers.tally == Answers(session.checklist, session.answers.given).tally


@settings(deadline=None)
@given(EDITS)
def test_every_count_is_what_a_person_would_count(edits: list[tuple[str, dict[str, Any]]]) -> None:
    session = after(edits)
    tally = session.answers.tally
    pairs = [(item, session.answers[item.id]) for item in session.checklist.items]

    for category, _ in enumerate(session.checklist.categories):
        here = [(i, a) for i, a in pairs if session.checklist.category_index[i.id] == category]
        assert tally.total(category) == len(here)
        assert tally.answered(category) == sum(a.is_settled for _, a in here)
        assert tally.incomplete(category) == sum(a.is_settled and bool(missing(i, a)) for i, a in here)
    confirmed = Counter((a.status, i.must) for i, a in pairs if a.is_settled)
    for status in set(Status) - {Status.OPEN}:
        for must in (True, False):
            assert tally.with_status(status, must=must) == confirmed[status, must]
        assert tally.with_status(status) == confirmed[status, True] + confirmed[status, False]
    assert tally.open == sum(a.status is Status.OPEN for _, a in pairs)
    assert tally.to_reconfirm == sum(a.carried and a.status is not Status.OPEN for _, a in pairs)
    assert tally.parked == sum(a.parked and a.status is Status.OPEN for _, a in pairs)
    assert tally.unfinished == sum(not a.is_settled or bool(missing(i, a)) for i, a in pairs)
    assert tally.total() == tally.open + tally.to_reconfirm + tally.answered()


def test_an_open_item_marked_as_carried_by_hand_still_counts_as_open() -> None:
    answers = Answers(a_checklist(), {"vault": Answer(Status.OPEN, carried=True)})

    assert (answers.tally.open, answers.tally.to_reconfirm) == (len(ITEMS), 0)


def test_an_earlier_session_keeps_its_own_counts() -> None:
    earlier = answered(a_session(), "vault", Status.PASS)
    answered(earlier, "vault", Status.FAIL)

    assert earlier.answers.tally.with_status(Status.PASS) == 1


def test_every_item_has_an_answer_and_nothing_else_has() -> None:
    answers = answered(a_session(), "vault", Status.PASS).answers

    assert list(answers) == ITEMS
    assert len(answers) == len(ITEMS)
    assert answers["scan"] == Answer()
    assert list(answers.given) == ["vault"]
    assert answers.get("no-such-item") is None


def test_no_items_count_nothing() -> None:
    assert Tally.of([]).unfinished == 0
