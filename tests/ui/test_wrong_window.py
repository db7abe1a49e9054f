"""Typing into the wrong window is taken back in one step; answering fast and holding keys down is not."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from walking import Walk, a_session_file, a_walk, configure

from signoff.domain.answer import Status
from signoff.ui.keyboard.finish_keys import FINISH_KEYS
from signoff.ui.keyboard.review_keys import REVIEW_KEYS
from signoff.ui.screens.answering_screen import AnsweringScreen
from signoff.ui.screens.note_editor import NoteEditor
from signoff.ui.screens.review import ReviewScreen
from signoff.ui.typing_guard import TypingGuard

FIRST = "secrets-in-vault"
BOUND = {name for key in (*REVIEW_KEYS, *FINISH_KEYS) for name in key.keys.split(",")}


async def at_once(walk: Walk, text: str) -> None:
    """What a paste without bracketed paste does: all letters at the same moment."""
    for letter in text:
        walk._send({" ": "space", ".": "full_stop"}.get(letter, letter), letter)
    await walk.settle()
    await walk.pilot.pause(0.1)


@pytest.mark.parametrize("text", ["any news", "can you approve", "yes rainy", "fail", "i am late", "really quick"])
async def test_a_burst_of_letters_is_taken_back_and_said(tmp_path: Path, text: str) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path), guards_typing=True) as walk:
        await at_once(walk, text)
        assert "That looked like typing." in walk.screen
        assert isinstance(walk.app.screen, ReviewScreen)
        assert walk.session.answers.tally.answered() == 0


@pytest.mark.parametrize("text", ["https", "hint", "what", "map", "dear all", "free", "is it"])
async def test_what_typing_asked_for_keeps_nothing_from_being_asked_afterwards(tmp_path: Path, text: str) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path), guards_typing=True) as walk:
        await at_once(walk, text)
        await walk.pilot.pause(0.7)
        await walk.press("escape", "i")
        assert isinstance(walk.app.screen, NoteEditor)


async def test_enter_makes_the_changes_again(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path), guards_typing=True) as walk:
        await at_once(walk, "ynay")
        assert "taken back. Enter = redo" in walk.screen
        assert walk.session.answers[FIRST].status is Status.OPEN
        await walk.pilot.pause(0.7)
        await walk.press("enter")
        assert "The changes are made again." in walk.screen
        assert walk.session.answers[FIRST].status is not Status.OPEN


@pytest.mark.parametrize("keys", [["j"], ["j", "v"]], ids=["review", "presenter"])
async def test_the_item_that_was_selected_is_selected_again(tmp_path: Path, keys: list[str]) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path), guards_typing=True) as walk:
        await walk.press(*keys)
        await walk.pilot.pause(0.7)
        await at_once(walk, "hello team")
        screen = walk.app.screen
        assert isinstance(screen, AnsweringScreen)
        assert screen.selected == walk.session.checklist.items[1].id
        assert "That looked like typing." in walk.screen


async def test_holding_j_down_moves(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path), guards_typing=True) as walk:
        await at_once(walk, "jjjjjjkj")
        assert "That looked like typing" not in walk.screen


async def test_answering_one_item_after_the_other_is_not_typing(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path), guards_typing=True) as walk:
        await at_once(walk, "y y n y y ")
        assert walk.session.answers.tally.answered() >= 4


@given(
    st.lists(
        st.tuples(st.sampled_from("yncra  jku"), st.floats(min_value=0.12, max_value=1.5)), min_size=1, max_size=60
    )
)
def test_a_person_who_answers_is_never_taken_for_one_who_types(strokes: list[tuple[str, float]]) -> None:
    """Eight keys a second is more than anybody answers."""
    guard, now = TypingGuard("jk"), 0.0
    for letter, pause in strokes:
        now += pause
        key = "space" if letter == " " else letter
        assert guard.saw(key, now, BOUND, revision=0, depth=2) is None


@given(st.text(string.ascii_lowercase.replace("j", "").replace("k", ""), min_size=4, max_size=30))
def test_a_message_that_arrives_at_once_is_noticed_at_its_fourth_letter(text: str) -> None:
    guard = TypingGuard("jk")
    noticed = [guard.saw(letter, 0.001 * n, BOUND, revision=n, depth=2) for n, letter in enumerate(text[:4])]
    assert (noticed[-1] is not None) == (len(set(text[:4])) >= 3)


async def test_the_enter_that_ends_the_message_brings_nothing_back(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path), guards_typing=True) as walk:
        for key in (*"ynay", "enter"):
            walk._send(key, key if len(key) == 1 else None)
        await walk.settle()
        assert "taken back. Enter = redo" in walk.screen
        assert walk.session.answers[FIRST].status is Status.OPEN


async def test_enter_after_typing_that_changed_nothing_leaves_the_answers_before_it_alone(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path), guards_typing=True) as walk:
        await walk.press("y")
        await walk.pilot.pause(0.7)
        await at_once(walk, "zqwz bz")
        await walk.pilot.pause(0.7)
        await walk.press("enter")
        assert walk.session.answers[FIRST].status is Status.PASS


async def test_keys_that_were_changed_are_watched_as_they_are(tmp_path: Path) -> None:
    """Held down they move; the letters they left are typing."""
    configure(tmp_path, '[keys]\n"list.down" = ["W", "Down"]\n"list.up" = ["z", "Up"]\n')
    async with a_walk(tmp_path, session=a_session_file(tmp_path), guards_typing=True) as walk:
        await at_once(walk, "WWWWzWzW")
        assert "That looked like typing" not in walk.screen
        await walk.pilot.pause(0.7)
        await at_once(walk, "jkjjkl")
        assert "That looked like typing" in walk.screen
