"""Two people change one session without knowing of each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from any_session import Edit, after, edits, sessions
from meeting import BY, NOW, a_checklist, a_session, answered, decided, signed, voted
from signoff.domain.answer import Status
from signoff.domain.answers import Answers
from signoff.domain.history import Change, first_gap
from signoff.domain.meeting import Choice, Vote, Watch
from signoff.domain.merge import Merge, OutsideChange, differing_subjects
from signoff.domain.release import Release
from signoff.domain.session import Session
from signoff.domain.undo import redoable, redone, undoable, undone


def by_hand(session: Session, item: str, status: Status) -> Session:
    """The session after somebody changed its file with an editor, who writes no history."""
    answer = replace(session.answers[item], status=status)
    return replace(session, answers=Answers(session.checklist, {**session.answers.given, item: answer}))


def merge(base: Session, mine: Session, theirs: Session) -> Merge:
    return OutsideChange.of(base, theirs).merged_with(mine)


BASE = answered(a_session(), "coverage", Status.PASS)


def test_what_only_they_changed_is_taken() -> None:
    theirs = answered(BASE, "vault", Status.FAIL)
    merged = merge(BASE, BASE, theirs)

    assert merged.session == theirs
    assert (merged.taken, merged.kept, merged.is_conflict) == (("answers.vault",), (), False)


def test_what_was_changed_by_hand_is_taken_as_it_is() -> None:
    theirs = by_hand(BASE, "vault", Status.FAIL)
    merged = merge(BASE, BASE, theirs)

    assert merged.session == theirs
    assert merged.taken == ("answers.vault",)


@pytest.mark.parametrize("theirs", [answered(BASE, "vault", Status.FAIL), by_hand(BASE, "vault", Status.FAIL)])
def test_changes_of_two_items_come_together(theirs: Session) -> None:
    mine = answered(answered(BASE, "scan", Status.FAIL), "scan", note="two of them")
    merged = merge(BASE, mine, theirs)

    assert merged.session.answers["vault"].status is Status.FAIL
    assert merged.session.answers["scan"] == mine.answers["scan"]
    assert (merged.taken, merged.kept) == (("answers.vault",), ())
    assert merged.session.revision >= max(mine.revision, theirs.revision)
    assert [change.revision for change in merged.session.history] == sorted(
        {change.revision for change in merged.session.history}
    )


def test_a_session_says_by_its_revision_that_it_is_neither_of_the_two() -> None:
    theirs, mine = answered(BASE, "vault", Status.FAIL), answered(BASE, "scan", Status.FAIL)

    assert theirs.revision == mine.revision == 2
    assert merge(BASE, mine, theirs).session.revision == 3


def test_where_both_changed_one_item_ours_stays_and_the_rest_of_theirs_is_taken() -> None:
    mine = answered(BASE, "vault", Status.PASS, owner="ana")
    theirs = answered(answered(BASE, "vault", Status.FAIL, note="leaked"), "scan", Status.FAIL)
    merged = merge(BASE, mine, theirs)

    assert merged.session.answers["vault"] == mine.answers["vault"]
    assert merged.session.answers["scan"] == theirs.answers["scan"]
    assert (merged.taken, merged.kept, merged.is_conflict) == (("answers.scan",), ("answers.vault",), True)


def test_where_both_said_the_same_there_is_nothing_to_keep() -> None:
    mine, theirs = answered(BASE, "vault", Status.PASS), answered(BASE, "vault", Status.PASS)
    merged = merge(BASE, mine, replace(theirs, history=(*BASE.history, replace(theirs.history[-1], by="ana"))))

    assert not merged.is_conflict
    assert merged.session.answers["vault"].status is Status.PASS


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (lambda s: voted(s, "qa", Choice.GO), lambda s: voted(s, "product", Choice.NO_GO)),
        (lambda s: s.describe(Release("p", "2"), now=NOW, by=BY), lambda s: voted(s, "qa", Choice.GO)),
        (lambda s: s.set_watch(Watch("ana"), now=NOW, by=BY), lambda s: s.name_people({"qa": "Q"}, now=NOW, by=BY)),
        (decided, lambda s: answered(s, "vault", Status.FAIL)),
    ],
)
def test_votes_release_people_watch_and_decision_are_parts_like_items(mine: Edit, theirs: Edit) -> None:
    merged = merge(BASE, mine(BASE), theirs(BASE)).session

    assert differing_subjects(merged, BASE) == sorted(
        differing_subjects(merged, mine(BASE)) + differing_subjects(merged, theirs(BASE)),
        key=differing_subjects(merged, BASE).index,
    )
    assert len(differing_subjects(merged, BASE)) == 2


def test_our_own_edit_is_undone_first_and_done_again_after_the_merge() -> None:
    mine = answered(answered(BASE, "scan", Status.FAIL), "rollback-plan", Status.PASS)
    merged = merge(BASE, mine, answered(BASE, "vault", Status.FAIL)).session
    once = undone(merged, now=NOW, by=BY)
    twice = undone(once, now=NOW, by=BY)

    assert once.answers["rollback-plan"].status is Status.OPEN
    assert twice.answers["scan"].status is Status.OPEN
    assert twice.answers["vault"].status is Status.FAIL
    again = redone(redone(twice, now=NOW, by=BY), now=NOW, by=BY)
    assert again.answers == merged.answers


def test_what_was_taken_back_stays_taken_back_and_can_be_brought_again() -> None:
    mine = undone(answered(BASE, "scan", Status.FAIL), now=NOW, by=BY)
    merged = merge(BASE, mine, answered(BASE, "vault", Status.FAIL)).session

    assert merged.answers["scan"].status is Status.OPEN
    assert redone(merged, now=NOW, by=BY).answers["scan"].status is Status.FAIL


def test_an_older_copy_takes_nothing_back() -> None:
    mine = answered(answered(BASE, "vault", Status.PASS), "scan", Status.FAIL)
    merged = merge(mine, mine, BASE)

    assert merged.session == mine
    assert not merged.is_conflict


def test_an_edit_of_an_older_copy_is_taken_and_takes_nothing_back() -> None:
    mine = answered(answered(BASE, "vault", Status.PASS), "scan", Status.FAIL)
    merged = merge(mine, mine, by_hand(BASE, "coverage", Status.NA))

    assert merged.session.answers["vault"].status is Status.PASS
    assert merged.session.answers["coverage"].status is Status.NA
    assert merged.taken == ("answers.coverage",)
    assert merged.session.revision >= mine.revision


def test_a_line_of_history_that_only_a_newer_program_understands_is_no_obstacle() -> None:
    line = replace(BASE.history[0], subject="weather", revision=2)
    mine = answered(replace(BASE, history=(*BASE.history, line), revision=2), "scan", Status.FAIL)
    merged = merge(mine, mine, answered(BASE, "vault", Status.FAIL)).session

    assert [merged.answers[item].status for item in ("scan", "vault")] == [Status.FAIL, Status.FAIL]


def test_a_number_that_somebody_set_back_by_hand_names_no_edit_twice() -> None:
    mine = answered(BASE, "scan", Status.FAIL)
    merged = merge(BASE, mine, replace(by_hand(BASE, "vault", Status.FAIL), revision=0)).session

    assert [change.revision for change in merged.history] == [1, 2]
    assert undone(merged, now=NOW, by=BY).answers["coverage"].status is Status.PASS


# What is signed.


def test_a_session_that_was_signed_elsewhere_is_taken_while_there_is_nothing_of_ours() -> None:
    assert merge(BASE, BASE, signed(BASE)).session == signed(BASE)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (signed(BASE), answered(BASE, "vault", Status.FAIL)),
        (answered(BASE, "vault", Status.FAIL), signed(BASE)),
        (signed(BASE), replace(signed(BASE), sign_offs=(*signed(BASE).sign_offs, *signed(BASE).sign_offs))),
    ],
)
def test_what_is_signed_is_not_mixed_with_what_others_said(mine: Session, theirs: Session) -> None:
    merged = merge(BASE, mine, theirs)

    assert merged.session == mine
    assert merged.is_apart
    assert merged.is_conflict


def test_a_comment_in_the_file_does_not_undo_a_signature() -> None:
    assert merge(BASE, signed(BASE), BASE).session == signed(BASE)


def test_a_session_that_was_reopened_here_stays_reopened() -> None:
    base = signed(BASE)
    mine = base.reopened(now=NOW, by=BY)

    assert merge(base, mine, base).session == mine


# What does not go together at all.


@pytest.mark.parametrize(
    "theirs",
    [
        replace(BASE, id="another"),
        replace(BASE, created=NOW.replace(year=2020)),
        replace(BASE, checklist=replace(a_checklist(), title="Another")),
    ],
)
def test_another_session_or_checklist_changes_nothing_here(theirs: Session) -> None:
    mine = answered(BASE, "vault", Status.PASS)
    merged = merge(BASE, mine, replace(theirs, revision=40))

    assert merged.session is mine  # its revision too: each has a line of history
    assert merged.is_apart


# Any two.


@settings(deadline=None, max_examples=300)
@given(sessions, st.lists(edits, max_size=5), st.lists(edits, max_size=5))
def test_any_two_come_together_and_nothing_that_one_side_said_alone_is_lost(
    base: Session, mine_did: list[Edit], they_did: list[Edit]
) -> None:
    mine, theirs = after(base, mine_did), after(base, they_did)
    merged = merge(base, mine, theirs)
    if merged.is_apart:
        assert mine.is_signed or theirs.is_signed
        return
    ours, others = (touched(session, base) for session in (mine, theirs))
    for subject in differing_subjects(base, merged.session) + differing_subjects(base, mine):
        expected = mine if subject in ours and subject not in merged.taken else theirs
        assert merged.session.part(subject) == expected.part(subject)
    assert set(merged.kept) <= ours & others
    assert set(merged.taken) <= others - ours | set(differing_subjects(mine, theirs))
    assert merged.session.revision >= max(mine.revision, theirs.revision)
    numbers = [change.revision for change in merged.session.history]
    assert numbers == sorted(numbers)
    assert merged.session.history[: len(theirs.history)] == theirs.history
    # Once more it changes nothing: two programs that see each other's merge come to rest.
    assert merge(theirs, merged.session, merged.session).session == merged.session


def touched(session: Session, base: Session) -> set[str]:
    return {change.subject for change in session.history[len(base.history) :]}


@settings(deadline=None, max_examples=300)
@given(sessions, st.lists(edits, min_size=1, max_size=5), st.lists(edits, max_size=3))
def test_history_tells_after_any_merge_how_it_came_to_what_there_is(
    base: Session, mine_did: list[Edit], they_did: list[Edit]
) -> None:
    merged = merge(base, after(base, mine_did), after(base, they_did))
    session = merged.session
    if session.is_signed or merged.is_apart:
        return
    for number in range(session.revision, base.revision, -1):
        session_then = session.as_of(number - 1, now=NOW, by=BY)
        lines = [change for change in session.history if change.revision == number]
        session_after = session.as_of(number, now=NOW, by=BY)
        for change in lines:
            for name, value in change.was.items():
                assert _field(session_then.part(change.subject), name) == value
            for name, value in change.now.items():
                assert _field(session_after.part(change.subject), name) == value
    assert not differing_subjects(session.as_of(base.revision, now=NOW, by=BY), base)


def _field(part: object, name: str) -> object:
    return part.get(name, "") if isinstance(part, dict) else getattr(part, name)


def test_a_vote_that_was_never_given_is_the_same_as_none() -> None:
    given = BASE.vote("qa", Vote(Choice.GO, "Q"), now=NOW, by=BY).vote("qa", Vote(), now=NOW, by=BY)

    assert differing_subjects(given, BASE) == []


# No line of history goes.


def told(session: Session) -> list[tuple[datetime, str, str]]:
    return [(change.at, change.by, change.subject) for change in session.history]


def test_who_said_the_same_as_somebody_else_is_in_the_history_and_nothing_more_is_undone() -> None:
    mine = BASE.answer("vault", status=Status.PASS, now=NOW, by="ana")
    theirs = BASE.answer("vault", status=Status.PASS, now=NOW, by="bob")
    merged = merge(BASE, mine, theirs).session

    assert [change.by for change in merged.history_of("answers.vault")] == ["bob", "ana"]
    assert first_gap(merged.history, merged.revision) is None
    back = undone(merged, now=NOW, by=BY)
    assert back.answers["vault"].status is Status.OPEN
    assert redone(back, now=NOW, by=BY).answers["vault"].status is Status.PASS
    assert merge(theirs, merged, theirs).session == merged


def test_a_line_that_only_a_newer_program_understands_stays() -> None:
    line = Change(2, NOW, "ana", "weather", {}, {})
    mine = answered(replace(BASE, history=(*BASE.history, line), revision=2), "scan", Status.FAIL)
    merged = merge(mine, mine, answered(BASE, "vault", Status.FAIL)).session

    assert [change.subject for change in merged.history[1:]] == ["answers.vault", "weather", "answers.scan"]
    assert first_gap(merged.history, merged.revision) is None


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_any_sequence_of_edits_and_merges_leaves_a_history_without_a_gap(data: st.DataObject) -> None:
    copies = [data.draw(sessions, label="base")] * 3
    for _ in range(data.draw(st.integers(1, 6))):
        one, other = data.draw(st.permutations(range(3)))[:2]
        match data.draw(st.sampled_from(("edit", "undo", "redo", "merge", "adopt", "sign", "reopen", "all"))):
            case "edit" if not copies[one].is_signed:
                copies[one] = data.draw(edits)(copies[one])
            case "undo" if undoable(copies[one]) and not copies[one].is_signed:
                copies[one] = undone(copies[one], now=NOW, by=BY)
            case "redo" if redoable(copies[one]) and not copies[one].is_signed:
                copies[one] = redone(copies[one], now=NOW, by=BY)
            case "reopen" if copies[one].is_signed:
                copies[one] = copies[one].reopened(now=NOW, by=BY)
            case "sign":
                copies[one] = signed(copies[one])
            case "all" if not copies[one].is_signed:
                copies[one] = copies[one].answer_all(("vault", "scan"), now=NOW, by="ana", status=Status.PASS)
            case "adopt":
                copies[one] = copies[other]
            case "merge":
                mine, theirs = copies[one], copies[other]
                base = data.draw(st.sampled_from(copies))
                merged = OutsideChange.of(base, theirs).merged_with(mine)
                copies[one] = merged.session
                if not merged.is_apart and mine.history[: len(base.history)] == base.history:
                    assert set(told(mine)) | set(told(theirs)) == set(told(merged.session))
        assert first_gap(copies[one].history, copies[one].revision) is None
