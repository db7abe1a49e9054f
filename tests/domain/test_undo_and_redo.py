"""Undo and redo: over the whole session, without limit, until it is signed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meeting import BY, NOW, a_session
from signoff.domain.answer import Status
from signoff.domain.deciding import decide
from signoff.domain.meeting import Choice, Decision, SignOff, Verdict, Vote, Watch
from signoff.domain.session import Session
from signoff.domain.undo import redoable, redone, undoable, undone
from signoff.errors import SessionError

SAID: dict[str, Any] = {"now": NOW, "by": BY}
SIGN_OFF = SignOff("rm@example.com", "Release manager", "GO", NOW, "SHA256:x", "r.md", "0" * 64)

EDITS = {
    "pass": lambda s: s.answer("vault", status=Status.PASS, **SAID),
    "fail": lambda s: s.answer("vault", status=Status.FAIL, **SAID),
    "note": lambda s: s.answer("scan", note=f"{s.answers['scan'].note}x", **SAID),
    "vote": lambda s: s.vote("qa", Vote(Choice.GO, "ana"), **SAID),
    "people": lambda s: s.name_people({"qa": f"ana{s.revision}", "product": ""}, **SAID),
    "watch": lambda s: s.set_watch(Watch(f"bob{s.revision}", NOW), **SAID),
    "decide": lambda s: decide(s, Decision(Verdict.NO_GO, f"rm{s.revision}", NOW), **SAID),
    "two": lambda s: s.edited(
        {
            "answers.coverage": s.part("answers.coverage").__class__(note=str(s.revision)),
            "answers.rollback-plan": s.part("answers.rollback-plan").__class__(note=str(s.revision)),
        },
        **SAID,
    ),
}


def what_was_said(session: Session) -> tuple[Any, ...]:
    given = {key: answer for key, answer in session.answers.items() if answer != type(answer)()}
    votes = {key: vote for key, vote in session.votes.items() if vote != Vote()}
    return given, votes, dict(session.people), session.watch, session.decision


@given(st.lists(st.sampled_from(sorted(EDITS)), max_size=12))
def test_undoing_everything_leads_back_to_the_start_and_redoing_to_the_end(names: list[str]) -> None:
    session = a_session()
    states = [what_was_said(session)]
    for name in names:
        edited = EDITS[name](session)
        if edited is not session:
            states.append(what_was_said(edited))
        session = edited
    end = session
    for state in reversed(states[:-1]):
        session = undone(session, **SAID)
        assert what_was_said(session) == state
    assert undoable(session) is None
    for state in states[1:]:
        session = redone(session, **SAID)
        assert what_was_said(session) == state
    assert redoable(session) is None
    assert what_was_said(session) == what_was_said(end)


def test_a_new_edit_after_an_undo_leaves_nothing_to_redo() -> None:
    session = EDITS["fail"](undone(EDITS["pass"](a_session()), **SAID))
    with pytest.raises(SessionError, match="nothing to redo"):
        redone(session, **SAID)


def test_what_changed_in_one_revision_is_undone_together() -> None:
    session = undone(EDITS["two"](a_session()), **SAID)
    assert what_was_said(session) == what_was_said(a_session())
    assert session.revision == 2


def test_history_tells_that_something_was_taken_back() -> None:
    last = undone(EDITS["pass"](a_session()), **SAID).history[-1]
    assert (last.revision, last.undoes, last.now) == (2, 1, {"status": Status.OPEN})


def test_nothing_is_undone_in_a_signed_session_nor_past_the_signature() -> None:
    signed = EDITS["pass"](a_session()).signed(SIGN_OFF)
    with pytest.raises(SessionError, match="read-only"):
        undone(signed, **SAID)
    with pytest.raises(SessionError, match="nothing to undo"):
        undone(signed.reopened(**SAID), **SAID)
