"""The presenter: one item, large, driven by keys and by a slide clicker; and the clock of the meeting."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from scenes import in_the_middle
from textual import events
from walking import NARROW, NORMAL, NOW, WIDE, Walk, a_session_file, a_walk, locations

from meeting import signed, the_built_in_checklist
from signoff.domain.answer import Status
from signoff.domain.checklist import Category, Checklist, Item
from signoff.domain.evidence import Evidence
from signoff.domain.release import Release
from signoff.storage.session_file import SessionFile
from signoff.ui.screens.presenter import PresenterScreen
from signoff.ui.screens.review import ReviewScreen
from signoff.ui.terminal_look import TerminalLook
from signoff.ui.widgets.block_letters import _SHAPES
from signoff.ui.widgets.line import Line
from signoff.ui.widgets.message_line import Said, failure, refusal
from signoff.ui.widgets.presenter_lines import ClockText
from signoff.ui.widgets.presenter_stage import PresenterStage

SIZES = pytest.mark.parametrize("size", [(200, 60), WIDE, NORMAL, NARROW], ids=["200x60", "120x36", "80x24", "60x18"])
HOSTILE = "[@click=app.quit]go[/x] \x1b]52;c;aGk=\x07 \u202eNO [red]"
Compare = Callable[[str, str], None]

TEXTS = [item.text for item in the_built_in_checklist().items]
FIRST, SECOND, THIRD = (item.id for item in the_built_in_checklist().items[:3])


class Wall:
    """A clock on the wall that the test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span: float) -> None:
        self.now += timedelta(**span)


def a_session_about(folder: Path, *items: Item) -> SessionFile:
    """A new session about a few items only."""
    checklist = Checklist("small", "1", "Small", (Category("one", "One", items),))
    return SessionFile.create(locations(folder).data, checklist, Release("payments-api", "4.12.0"), NOW)


def presented(walk: Walk) -> str:
    """The id of the item that the presenter shows."""
    screen = walk.app.screen
    assert isinstance(screen, PresenterScreen), walk.screen
    return screen.selected


@SIZES
async def test_a_failed_item(tmp_path: Path, size: tuple[int, int], looks_as_accepted: Compare) -> None:
    wall = Wall()
    wall.pass_by(minutes=12, seconds=41)
    async with a_walk(tmp_path, size, session=in_the_middle(tmp_path), clock=wall) as walk:
        await walk.press("2", "g", "j", "j", "v")
        looks_as_accepted(f"presenter-{size[0]}.txt", walk.screen)


async def test_in_ascii_letters_are_drawn_of_whole_cells(tmp_path: Path) -> None:
    async with a_walk(tmp_path, WIDE, session=in_the_middle(tmp_path), look=TerminalLook(ascii=True)) as walk:
        await walk.press("2", "g", "v")
        drawn = [line.strip() for line in walk.screen.split("\n") if set(line.strip()) == {"#", " "}]
        assert len(drawn) >= 5
        assert drawn[0].startswith("### ##### ###")  # the head of STR
        assert walk.screen.isascii()


@SIZES
async def test_an_incomplete_condition_in_a_meeting_that_overruns(
    tmp_path: Path, size: tuple[int, int], looks_as_accepted: Compare
) -> None:
    wall = Wall()
    async with a_walk(tmp_path, size, session=in_the_middle(tmp_path), clock=wall) as walk:
        wall.pass_by(minutes=34, seconds=10)
        await walk.press("2", "g", "j", "j", "v", "space", "space")
        looks_as_accepted(f"presenter-condition-{size[0]}.txt", walk.screen)


# A slide clicker.


@pytest.mark.parametrize(("onwards", "back"), [("pagedown", "pageup"), ("space", "backspace"), ("right", "left")])
async def test_the_next_item_is_the_next_in_order_and_back_is_the_way_one_came(
    tmp_path: Path, onwards: str, back: str
) -> None:
    file = a_session_file(tmp_path)
    file.save(file.session.answer(SECOND, status=Status.PASS, now=NOW, by="ci"), NOW)
    async with a_walk(tmp_path, session=SessionFile.open(file.path)) as walk:
        await walk.press("f5", onwards)
        assert presented(walk) == SECOND
        await walk.press(onwards)
        assert presented(walk) == THIRD
        await walk.press(back, back)
        assert presented(walk) == FIRST
        await walk.press(back)
        assert "This is the first item." in walk.screen


async def test_the_whole_checklist_can_be_clicked_through_and_ends_at_the_finish(tmp_path: Path) -> None:
    async with a_walk(tmp_path, NORMAL, session=a_session_file(tmp_path)) as walk:
        await walk.press("v")
        seen = [presented(walk)]
        for _ in TEXTS[1:]:
            await walk.press("pagedown")
            seen.append(presented(walk))
        assert seen == [item.id for item in the_built_in_checklist().items]
        assert "Next  the finish" in walk.screen
        await walk.press("pagedown")
        assert "This was the last item: f finishes." in walk.screen
        await walk.press("f")
        assert "FINISH" in walk.screen
        await walk.press("escape")
        assert presented(walk) == seen[-1]


async def test_enter_goes_to_the_next_item_that_is_still_open(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=in_the_middle(tmp_path)) as walk:
        await walk.press("1", "v", "enter")
        assert presented(walk) == "health-endpoints"


@pytest.mark.parametrize("key", ["v", "f5", "escape", "q"])
async def test_leaving_goes_to_the_item_that_was_shown_last(tmp_path: Path, key: str) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("v", *["pagedown"] * 8, key)
        assert isinstance(walk.app.screen, ReviewScreen)
        assert walk.app.screen.selected == the_built_in_checklist().items[8].id
        assert f">[ ] {TEXTS[8][:20]}" in walk.screen


@pytest.mark.parametrize("key", ["b", "full_stop"])
async def test_a_blank_screen_is_blank_and_the_next_key_only_brings_the_slide_back(tmp_path: Path, key: str) -> None:
    async with a_walk(tmp_path, session=in_the_middle(tmp_path)) as walk:
        await walk.press("v")
        slide, item, revision = walk.screen, presented(walk), walk.session.revision
        for back in (key, "y", "pagedown", "escape", "tab"):
            await walk.press(key)
            assert not walk.screen.strip()
            await walk.press(back)
            assert (walk.screen, presented(walk), walk.session.revision) == (slide, item, revision)


# Answering.


@pytest.mark.parametrize(
    ("key", "status"),
    [("y", Status.PASS), ("n", Status.FAIL), ("c", Status.CONDITION), ("r", Status.RISK), ("a", Status.NA)],
)
async def test_one_key_gives_a_status(tmp_path: Path, key: str, status: Status) -> None:
    async with a_walk(tmp_path, NORMAL, session=a_session_file(tmp_path)) as walk:
        await walk.press("v", key)
        assert walk.session.answers[FIRST].status is status
        await walk.press("escape" if status not in (Status.PASS, Status.FAIL) else "up", "delete", "u")
        assert walk.session.answers[FIRST].status is status
        assert f"{status.glyph}  {status.word}" in walk.screen


async def test_a_condition_is_asked_for_as_in_the_review(tmp_path: Path) -> None:
    async with a_walk(tmp_path, NORMAL, session=a_session_file(tmp_path)) as walk:
        await walk.press("v", "c")
        await walk.fill("the vault path is reviewed", "dee", "fri")
        assert "Go if      the vault path is reviewed, due 2026-11-27" in walk.screen
        assert "Owner      dee" in walk.screen
        await walk.press("v")
        assert walk.session.answers[FIRST].owner == "dee"


async def test_undo_and_redo(tmp_path: Path) -> None:
    async with a_walk(tmp_path, NORMAL, session=a_session_file(tmp_path)) as walk:
        await walk.press("v", "n", "u")
        assert walk.session.answers[FIRST].status is Status.OPEN
        assert "Undone: " in walk.screen
        await walk.press("U")
        assert "✗  FAIL" in walk.screen


async def test_a_carried_over_answer_is_confirmed_by_its_status_key(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    file.save(file.session.answer(FIRST, status=Status.PASS, carried=True, now=NOW, by="ci"), NOW)
    async with a_walk(tmp_path, NORMAL, session=SessionFile.open(file.path)) as walk:
        await walk.press("v")
        assert "↻  pass" in walk.screen
        assert "Carried over from an earlier session" in walk.screen
        await walk.press("y")
        assert "✓  PASS" in walk.screen
        assert not walk.session.answers[FIRST].carried


async def test_owner_note_and_a_pasted_link_work_as_in_the_review(tmp_path: Path) -> None:
    async with a_walk(tmp_path, NORMAL, session=a_session_file(tmp_path)) as walk:
        await walk.press("v", "p")
        await walk.fill("ana")
        await walk.press("i")
        await walk.type("ask again")
        await walk.press("escape")
        walk.app.post_message(events.Paste("https://ci.example/run/8812"))
        await walk.settle()
        for text in ("Owner      ana", "Note       ask again", "Evidence   https://ci.example/run/8812"):
            assert text in walk.screen


async def test_a_signed_session_is_presented_and_not_changed(tmp_path: Path) -> None:
    file = a_session_file(tmp_path)
    file.save(signed(file.session), NOW)
    async with a_walk(tmp_path, NORMAL, session=SessionFile.open(file.path)) as walk:
        await walk.press("v", "y", "P", "p")
        assert "signed and read-only" in walk.screen
        assert walk.session.revision == 0
        assert "/30:00" not in walk.screen


# What stands on it.


@SIZES
async def test_what_a_user_typed_is_shown_as_text(tmp_path: Path, size: tuple[int, int]) -> None:
    file = a_session_about(tmp_path, Item("one", HOSTILE, verify=HOSTILE), Item("two", HOSTILE))
    session = file.session.answer(
        "one", status=Status.NA, reason=HOSTILE, note=HOSTILE, evidence=(Evidence(HOSTILE),), now=NOW, by=HOSTILE
    )
    file.save(session, NOW)
    async with a_walk(tmp_path, size, session=SessionFile.open(file.path)) as walk:
        await walk.press("v", "pageup")
        assert walk.screen.count("[@click=app.quit]go") >= 4  # reason, note, check, next
        assert "\x1b" not in walk.screen
        assert "\u202e" not in walk.screen


@pytest.mark.parametrize("size", [(200, 60), WIDE, NORMAL, NARROW, (40, 12)])
@pytest.mark.parametrize("word", ["observability", "über_prüfung", "監視", "x" * 300])
async def test_no_text_is_cut_however_long(tmp_path: Path, size: tuple[int, int], word: str) -> None:
    text = " ".join([word] * (900 // len(word)))
    file = a_session_about(tmp_path, Item("one", text))
    async with a_walk(tmp_path, size, session=file) as walk:
        await walk.press("v")
        stage = walk.app.screen.query_one(PresenterStage)
        seen: dict[int, str] = {}
        while True:
            seen |= enumerate(walk.screen.split("\n")[1 : 1 + stage.size.height], stage.scroll_offset.y)
            if stage.scroll_offset.y == stage.max_scroll_y:
                break
            await walk.press("j")
        shown = Counter("".join(seen.values()).replace(" ", "").lower())
        for letter in set(word):
            assert shown[letter] >= text.count(letter)


async def test_every_text_of_the_built_in_checklist_fits_a_slide_whole(tmp_path: Path) -> None:
    async with a_walk(tmp_path, NARROW, session=a_session_file(tmp_path)) as walk:
        await walk.press("v")
        for _ in TEXTS:
            assert walk.app.screen.query_one(PresenterStage).max_scroll_y == 0
            await walk.press("pagedown")


@pytest.mark.parametrize("size", [(39, 11), (40, 12), (59, 13), (1, 1)])
async def test_no_size_is_too_much_for_it(tmp_path: Path, size: tuple[int, int]) -> None:
    async with a_walk(tmp_path, WIDE, session=in_the_middle(tmp_path)) as walk:
        await walk.press("v", "pagedown")
        item = presented(walk)
        for other in (size, (200, 60), size, WIDE):
            await walk.pilot.resize_terminal(*other)
            await walk.settle()
            await walk.press("pagedown", "pageup")
        assert presented(walk) == item
        assert "would be: NO-GO" in walk.screen


async def test_the_help_lists_its_keys(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("v", "question_mark")
        await walk.type("blank")
        assert "Blank the screen; any key brings it back" in walk.screen


async def test_it_has_a_light_theme(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=a_session_file(tmp_path)) as walk:
        await walk.press("v", "T")
        assert walk.app.theme == "signoff-light"


def test_every_letter_is_five_dots_high_and_as_wide_all_the_way() -> None:
    for shape in _SHAPES.values():
        rows = shape.split(" ")
        assert len(rows) == 5
        assert {len(row) for row in rows} == {len(rows[0])}
        assert set("".join(rows)) <= {"#", "."}


# The clock.


async def test_the_meeting_starts_with_the_first_answer(tmp_path: Path) -> None:
    wall = Wall()
    async with a_walk(tmp_path, session=a_session_file(tmp_path), clock=wall) as walk:
        wall.pass_by(minutes=50)
        await walk.press("i")
        await walk.type("prepared")
        await walk.press("escape")
        assert "meeting" not in walk.screen
        await walk.press("n")
        assert "meeting 0/30 min  saved r2" in walk.screen
        wall.pass_by(minutes=12, seconds=41)
        await walk.press("j", "n")
        assert "meeting 12/30 min  saved r3" in walk.screen


async def test_the_meeting_starts_with_the_presenter_and_goes_on_in_review_and_finish(tmp_path: Path) -> None:
    wall = Wall()
    async with a_walk(tmp_path, session=a_session_file(tmp_path), clock=wall) as walk:
        await walk.press("v")
        assert "37 left, 0:48 each   0:00/30:00" in walk.screen
        wall.pass_by(minutes=31, seconds=5)
        await walk.press("n")
        assert "36 left   31:05/30:00 +1:05" in walk.screen
        await walk.press("v")
        assert "meeting 31/30 min +1" in walk.screen
        await walk.press("f")
        assert "meeting 31/30 min +1" in walk.screen


async def test_a_program_that_is_started_again_in_the_middle_keeps_the_time(tmp_path: Path) -> None:
    wall, file = Wall(), a_session_file(tmp_path)
    async with a_walk(tmp_path, session=file, clock=wall) as walk:
        await walk.press("n")
    wall.pass_by(minutes=9, seconds=59)
    async with a_walk(tmp_path, session=SessionFile.open(file.path), clock=wall) as walk:
        assert "meeting 9/30 min" in walk.screen
    wall.pass_by(hours=20)
    async with a_walk(tmp_path, session=SessionFile.open(file.path), clock=wall) as walk:
        assert "meeting" not in walk.screen


async def test_whoever_prepared_in_the_same_run_starts_the_clock_anew(tmp_path: Path) -> None:
    wall = Wall()
    async with a_walk(tmp_path, session=a_session_file(tmp_path), clock=wall) as walk:
        await walk.press("n")
        wall.pass_by(minutes=45)
        await walk.press("v")
        assert "45:00/30:00 +15:00" in walk.screen
        await walk.press("0")
        assert " 0:00/30:00" in walk.screen


async def test_an_item_that_is_long_on_the_screen_is_offered_for_parking_once(tmp_path: Path) -> None:
    wall = Wall()
    async with a_walk(tmp_path, NORMAL, session=a_session_file(tmp_path), clock=wall) as walk:
        await walk.press("v")
        wall.pass_by(minutes=3)
        await walk.see("Three minutes on this item | P parks it")
        await walk.press("P")
        assert walk.session.answers[FIRST].parked
        assert "Parked: asked, comes back later" in walk.screen
        await walk.press("pagedown")
        assert "Three minutes" not in walk.screen


async def test_the_review_offers_it_as_well_at_the_full_minute_once_the_meeting_has_begun(tmp_path: Path) -> None:
    wall = Wall()
    async with a_walk(tmp_path, NORMAL, session=a_session_file(tmp_path), clock=wall) as walk:
        wall.pass_by(minutes=5)
        the_review(walk).read_clock()  # as its timer does at the full minute
        assert "Three minutes" not in walk.screen
        await walk.press("y", "j")
        wall.pass_by(minutes=2.9)
        the_review(walk).read_clock()
        assert "Three minutes" not in walk.screen
        wall.pass_by(minutes=0.1)
        the_review(walk).read_clock()
        await walk.see("Three minutes on this item | P parks it")
        await walk.press("j")
        assert "Three minutes" not in walk.screen
        await walk.press("k")
        wall.pass_by(minutes=3)
        the_review(walk).read_clock()
        await walk.settle()
        assert "Three minutes" not in walk.screen  # it was said once, and people talk on


async def test_the_item_that_the_review_began_with_is_offered_once_as_well(tmp_path: Path) -> None:
    wall = Wall()
    async with a_walk(tmp_path, NORMAL, session=a_session_file(tmp_path), clock=wall) as walk:
        await walk.press("y", "escape", "u")
        wall.pass_by(minutes=3)
        the_review(walk).read_clock()
        await walk.see("Three minutes on this item")
        await walk.press("j", "k")
        wall.pass_by(minutes=3)
        the_review(walk).read_clock()
        await walk.settle()
        assert "Three minutes" not in walk.screen


@pytest.mark.parametrize("keys", [["y", "escape"], ["P"], ["L"]], ids=["answered", "parked", "locked"])
async def test_only_what_can_be_parked_is_offered(tmp_path: Path, keys: list[str]) -> None:
    wall = Wall()
    async with a_walk(tmp_path, NORMAL, session=a_session_file(tmp_path), clock=wall) as walk:
        await walk.press("y", "j", *keys)
        review = the_review(walk)
        review.message = Said("")
        wall.pass_by(minutes=3)
        review.read_clock()
        await walk.settle()
        assert "Three minutes" not in walk.screen


@pytest.mark.parametrize("said", [failure("Not saved: the disk is full."), refusal("Taken over by another window.")])
async def test_no_fault_and_no_refusal_is_hidden_by_the_offer(tmp_path: Path, said: Said) -> None:
    wall = Wall()
    async with a_walk(tmp_path, NORMAL, session=a_session_file(tmp_path), clock=wall) as walk:
        await walk.press("y", "j")
        wall.pass_by(minutes=3)
        review = the_review(walk)
        review.message = said
        review.read_clock()
        await walk.settle()
        assert said.text in walk.screen
        review.message = Said("")
        review.read_clock()
        await walk.see("Three minutes on this item")


async def test_the_screen_that_is_seen_makes_the_offer_and_no_other_makes_it_again(tmp_path: Path) -> None:
    wall = Wall()
    async with a_walk(tmp_path, NORMAL, session=a_session_file(tmp_path), clock=wall) as walk:
        await walk.press("y", "j")
        review = the_review(walk)
        await walk.press("v")
        wall.pass_by(minutes=3)
        review.read_clock()  # its timer goes on below the presenter
        await walk.see("Three minutes on this item")
        await walk.press("v")
        review.read_clock()
        await walk.settle()
        assert "Three minutes" not in walk.screen


def the_review(walk: Walk) -> ReviewScreen:
    """The screen, which is the review."""
    screen = walk.app.screen
    assert isinstance(screen, ReviewScreen)
    return screen


async def test_a_second_paints_the_clock_of_the_presenter_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall = Wall()
    async with a_walk(tmp_path, session=in_the_middle(tmp_path), clock=wall) as walk:
        await walk.press("v")
        painted = renders(walk, monkeypatch)
        for _ in range(2):
            wall.pass_by(seconds=1)
            await asyncio.sleep(1.1)
        assert set(painted) == {"ClockText"}
        assert 1 <= painted["ClockText"] <= 3
        assert walk.app.screen.query_one(ClockText).size.height == 1


async def test_the_review_paints_no_clock_while_the_minute_lasts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall = Wall()
    async with a_walk(tmp_path, session=in_the_middle(tmp_path), clock=wall) as walk:
        wall.pass_by(seconds=50)
        await walk.press("n", "u")  # an answer reads the clock; the next reading is at the full minute
        painted = renders(walk, monkeypatch)
        await asyncio.sleep(0.3)
        assert not painted
        wall.pass_by(seconds=10.5)
        screen = walk.app.screen
        assert isinstance(screen, ReviewScreen)
        screen.read_clock()
        screen.read_clock()
        await walk.settle()
        assert set(painted) == {"SessionLine"}
        assert painted["SessionLine"] == 1
        assert "meeting 1/30 min" in walk.screen


def renders(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts what is painted from now on, by the class of the widget."""
    painted: Counter[str] = Counter()
    for widget in walk.app.screen.walk_children():
        kind = type(widget)
        name = "render_line" if isinstance(widget, PresenterStage | Line) else "render"
        original = getattr(widget, name)

        def counted(*args: object, kind: type = kind, original: Callable[..., object] = original) -> object:
            painted[kind.__name__] += 1
            return original(*args)

        monkeypatch.setattr(widget, name, counted)
    return painted
