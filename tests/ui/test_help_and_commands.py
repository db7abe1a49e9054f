"""The help and the list of commands: searched by typing, run by Enter, and honest about what cannot be done now."""

from __future__ import annotations

from pathlib import Path

import pytest
from walking import NARROW, NORMAL, WIDE, Walk, a_session_file, a_walk

from signoff.domain.answer import Status
from signoff.storage.session_file import SessionFile
from signoff.ui.screens.finish import FinishScreen
from signoff.ui.screens.help import HelpScreen
from signoff.ui.screens.home import HomeScreen
from signoff.ui.screens.presenter import PresenterScreen
from signoff.ui.screens.review import ReviewScreen

FIRST = "secrets-in-vault"


def selected(walk: Walk) -> str:
    """The line under the cursor."""
    return next(line for line in walk.screen.split("\n") if line.startswith(">"))


@pytest.mark.parametrize("key", ["question_mark", "f1", "colon", "ctrl+p"])
async def test_letters_look_for_something_and_enter_runs_it_on_the_screen_below(tmp_path: Path, key: str) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("down", key)
        await walk.type("not so")
        assert "1 of " in walk.screen
        await walk.press("enter")
        assert isinstance(walk.app.screen, ReviewScreen)
        assert walk.session.answers["no-hardcoded-credentials"].status is Status.FAIL


async def test_letters_that_are_keys_only_look_for_something(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("colon")
        await walk.type("ynq?: jk")
        assert isinstance(walk.app.screen, HelpScreen)
        assert "ynq?: jk" in walk.screen
        await walk.press("escape")
        assert walk.session.revision == 0


@pytest.mark.parametrize("typed", ["D", "d", "x", "F5", "Space"])
async def test_a_key_that_is_typed_finds_what_it_does(tmp_path: Path, typed: str) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("f" if typed == "D" else "g", "colon")
        await walk.type(typed)
        assert typed in selected(walk)[1:15].split()


async def test_what_a_list_does_is_run_where_the_list_has_the_focus(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("question_mark")
        await walk.type("list.last")
        await walk.press("enter")
        assert walk.screen.split("\n")[9].startswith(">[ ]")
        await walk.press("tab", "colon")
        await walk.type("list.last")
        assert 'Nothing that can be done here has to do with "list.last"' in walk.screen


@pytest.mark.parametrize("size", [WIDE, NORMAL, NARROW], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_nothing_that_matches_is_said_and_enter_does_nothing(tmp_path: Path, size: tuple[int, int]) -> None:
    async with a_walk(tmp_path, size, session=a_session_file(tmp_path)) as walk:
        await walk.press("colon")
        await walk.type("[b]zzz")
        assert 'has to do with "[b]zzz".' in walk.screen
        assert "0 of " in walk.screen
        await walk.press("enter")
        assert isinstance(walk.app.screen, HelpScreen)
        await walk.press("ctrl+u")
        assert ">y" in walk.screen


async def test_enter_alone_answers_nothing(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("colon", "enter")
        assert "Type what you look for, or choose with Up and Down." in walk.screen
        await walk.press("down", "up", "enter")
        assert walk.session.answers[FIRST].status is Status.PASS


async def test_what_cannot_be_done_now_says_why_and_stays(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("colon")
        await walk.type("redo")
        assert "There is nothing to redo." in walk.screen.split("\n")[-2]
        await walk.press("enter")
        assert isinstance(walk.app.screen, HelpScreen)


@pytest.mark.parametrize(
    ("keys", "typed", "why"),
    [
        ((), "undo", "There is nothing to undo."),
        ((), "confirm", "Nothing to confirm: this answer was not carried over."),
        ((), "revision", "This session is not signed; it can be changed as it is."),
        ((), "open a link", "There is no evidence to open; e adds some."),
        (("n", "escape"), "park", "Only an open item can be parked; Del clears the answer first."),
        (("v", "n", "escape"), "park", "Only an open item can be parked; Del clears the answer first."),
        (("f",), "override", "Select a rule first: Tab goes to them."),
        (("f", "tab"), "votes go", "These keys vote in the roll call: Tab goes there."),
        (("L",), "not so", "The answers are locked; L unlocks them."),
        (("L", "f"), "decide", "The answers are locked; L unlocks them."),
    ],
)
async def test_each_reason_is_that_of_the_key(tmp_path: Path, keys: tuple[str, ...], typed: str, why: str) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press(*keys, "colon")
        await walk.type(typed)
        assert why in walk.screen.split("\n")[-2]


async def test_a_category_is_found_by_its_name(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("colon")
        await walk.type("reliab")
        await walk.press("enter")
        assert ">[ ] Retry logic" in walk.screen or "3 Reliability" in walk.screen
        assert walk.app.screen.selected in {item.id for item in walk.session.checklist.categories[2].items}  # type: ignore[attr-defined]


async def test_only_the_help_explains_the_boxes(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("question_mark")
        await walk.type("carried")
        assert "carried over, to re-confirm" in walk.screen
        await walk.press("down", "enter")
        assert "This only explains; there is nothing to run." in walk.screen
        await walk.press("escape", "colon")
        await walk.type("counts as open")
        assert "Nothing that can be done here" in walk.screen


async def test_the_keys_that_lead_away_lead_away(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    async with a_walk(tmp_path, session=file) as walk:
        for typed, screen in (("presenter", PresenterScreen), ("finish", FinishScreen)):
            await walk.press("colon")
            await walk.type(f"{typed}")
            await walk.press("enter")
            assert isinstance(walk.app.screen, screen)
            await walk.press("colon")
            await walk.type("back to the")
            await walk.press("enter")
            assert isinstance(walk.app.screen, ReviewScreen)
        await walk.press("colon")
        await walk.type("back to the sessions")
        await walk.press("enter")
        await walk.see("1 session in")
        assert isinstance(walk.app.screen, HomeScreen)


async def test_a_command_that_asks_something_asks_it(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("question_mark")
        await walk.type("review.owner")
        await walk.press("enter")
        await walk.fill("ana")
        assert walk.session.answers[FIRST].owner == "ana"


async def test_a_double_click_runs_a_line(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("question_mark")
        await walk.pilot.click(offset=(20, 4), times=2)
        await walk.settle()
        assert walk.session.answers[FIRST].status is Status.FAIL


async def test_a_question_lists_its_keys_too(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("p", "f1")
        assert "COMMANDS  Form" in walk.screen
        assert "dialog.leave" in walk.screen
        await walk.press("f1")
        assert "Owner of" in walk.screen


async def test_quitting_from_the_help_quits(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("question_mark", "ctrl+q")
        assert walk.app._exit


async def test_the_help_is_that_of_every_screen(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    async with a_walk(tmp_path, session=SessionFile.open(file.path)) as walk:
        for keys, title in ((("f",), "Finish"), (("escape", "v"), "Presenter"), (("escape",), "Review")):
            await walk.press(*keys, "question_mark")
            assert f"HELP  {title}" in walk.screen
            assert "Quit from anywhere" in walk.screen or len(walk.screen.split("\n")) == 36
            await walk.press("escape")
