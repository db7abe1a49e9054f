"""S1 and S2. Every hostile text in every place of every screen: it is letters, and nothing else.

None of it reaches the terminal as anything that acts, ends the program, is taken for markup, or loses a letter. The
bytes that are looked at are those that the terminal would get. `tests/terminal/test_hostile_texts.py` walks through the
same screens in a real one, with clicks on what looks like markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from textual.strip import Strip
from textual.widgets import Input, TextArea
from walking import Walk, a_walk, locations

from cli.hostile import a_hostile_checklist, a_hostile_release, a_hostile_session
from hostile_texts import ONE_BYTE_SEQUENCES, SEQUENCES, TEXTS, name_of
from meeting import NOW
from nightly import NIGHTLY
from signoff.domain.meeting import Decision
from signoff.domain.safe_text import safe_text
from signoff.storage.journal import Journal
from signoff.storage.journal_record import Note
from signoff.storage.saved import Saved
from signoff.storage.session_file import SessionFile
from signoff.storage.session_lock import Holder
from signoff.ui.screens.confirm import Confirm
from signoff.ui.screens.dialog import Dialog
from signoff.ui.screens.pick import Pick
from signoff.ui.screens.unsaved import Unsaved
from signoff.ui.widgets import message_line
from signoff.ui.widgets.message_line import Said

MARK = "Q7Q"
"""Stands before each text, so that it is known to be on the screen."""
WALKED = TEXTS if NIGHTLY else TEXTS[::40]
SHOWN = TEXTS if NIGHTLY else TEXTS[::12]
"""The normal run takes some; the one text in `cli.hostile` that has all kinds of them is walked with every time."""
SIZE = (160, 50)
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_ACTS = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ud800-\udfff]")


def one_line(text: str) -> str:
    return text.replace("\n", " ")


def a_file(folder: Path, text: str) -> SessionFile:
    """A session in which every text is this one."""
    marked = MARK + one_line(text)
    data = locations(folder).data
    file = SessionFile.create(data, a_hostile_checklist(marked), a_hostile_release(marked), NOW)
    session = replace(a_hostile_session(file.session, MARK + text), decision=Decision())
    file.save(session, NOW)
    return SessionFile.open(file.path)


def acting(walk: Walk) -> list[str]:
    """What of the screen would act on a terminal, or would if the last guard were not there."""
    strips = walk.app.screen._compositor.render_strips()
    painted = "".join(_COLOURS.sub("", strip.render(walk.app.console)) for strip in strips)
    return _ACTS.findall(painted) + _ACTS.findall("".join(unguarded(walk, strips)))


def unguarded(walk: Walk, strips: Sequence[Strip]) -> Iterator[str]:
    """The texts as they come to the last guard; without those in fields, in which stands what will be kept."""
    if not walk.app.screen.query("Input, TextArea"):
        yield from (strip.text for strip in strips)
        return
    for widget in walk.app.screen.query("*"):
        if not isinstance(widget, Input | TextArea) and not widget.children:
            yield from (widget.render_line(line).text for line in range(widget.size.height))


async def assert_harmless(walk: Walk, place: str, text: str = MARK) -> None:
    if text not in walk.screen:
        await walk.see(text)
    assert acting(walk) == [], place


@pytest.mark.parametrize("text", WALKED, ids=name_of)
async def test_a_walk_through_every_screen(tmp_path: Path, text: str) -> None:
    file = a_file(tmp_path, text)
    state = locations(tmp_path).state
    Journal(state, file.path, lambda: NOW).keep_note(Note("vault", MARK + text))
    broken = locations(tmp_path).data / f"{MARK}{file_name(text)}.toml"
    broken.write_text("schema = 1\nx", encoding="utf-8")
    async with a_walk(tmp_path, SIZE, session=file) as walk:
        await assert_harmless(walk, "review")
        for key in ("i", "p", "e", "d", "t", "w"):
            await ask(walk, key)
        for item in ("scan", "coverage", "rollback-tested", "rollback-plan"):
            await walk.press("j")
            await assert_harmless(walk, item)
            await ask(walk, "d")
        await ask(walk, "F", "owner")
        await walk.press("v")
        await assert_harmless(walk, "presenter")
        await walk.press("escape", "x")
        await assert_harmless(walk, "preview", "UNSIGNED DRAFT")
        await walk.press("escape", "f")
        await assert_harmless(walk, "finish", "FINISH")
        for key in ("p", "w", "c", "D"):
            await ask(walk, key, "rules say" if key == "D" else MARK)
        await walk.press("escape", "u")
        await assert_harmless(walk, "undone")
        await walk.press("q")
        await walk.see("2 sessions")
        await assert_harmless(walk, "sessions")


async def ask(walk: Walk, key: str, text: str = MARK) -> None:
    """Open a question, look at it, and leave it."""
    await walk.press(key)
    assert isinstance(walk.app.screen, Dialog), key
    await assert_harmless(walk, f"dialog {key}", text)
    while isinstance(walk.app.screen, Dialog):
        await walk.press("escape")


def file_name(text: str) -> str:
    """A text as far as a file can be named for it."""
    name = text.replace("/", "_").replace("\x00", "").encode("utf-8", "ignore")[:80]
    return name.decode("utf-8", "ignore")


async def test_every_text_in_every_single_widget(tmp_path: Path) -> None:
    file = a_file(tmp_path, "")
    async with a_walk(tmp_path, SIZE, session=file) as walk:
        app = walk.app
        for text in SHOWN:
            shown = safe_text(one_line(text)).strip()
            whole = shown[:40].strip()

            async def assert_shown(place: str, text: str = whole) -> None:
                await walk.pilot.pause(0)
                for _ in range(100):
                    if text in walk.screen:
                        break
                    await walk.pilot.pause(0.002)
                assert text in walk.screen, place
                assert acting(walk) == [], place

            app.screen.message = Said(text)  # type: ignore[attr-defined]
            await assert_shown("message")
            app.notify(f"{MARK} {text}", severity="error", markup=False, timeout=60)
            await assert_shown("toast", MARK)
            app.clear_notifications()
            for dialog in (
                Confirm(text, text),
                Pick(text, [text, f"{MARK} {text}"]),
                Unsaved(text, [text], place=text, unkept=text),
            ):
                app.push_screen(dialog)
                await assert_shown(type(dialog).__name__)
                app.pop_screen()
            assert app.opened
            app.opened.saved = Saved(0, problem=text or MARK, since=NOW, kept=1)
            app.opened.saving.publish(app.opened.saved)
            await assert_shown("banner", "Not saved since")
            app.opened.saved = Saved(0, holder=Holder(1, NOW))
            app.opened.saving.publish(app.opened.saved)
            await assert_shown("banner", "Open in process 1")
            app.opened.saved = Saved(0)
            app.opened.saving.publish(app.opened.saved)
        assert app.is_running


@pytest.mark.parametrize("text", [SEQUENCES[0], ONE_BYTE_SEQUENCES[0], "\u202eturned"], ids=name_of)
async def test_a_widget_that_does_not_make_its_text_safe_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(message_line, "safe_text", str)
    async with a_walk(tmp_path, SIZE, session=a_file(tmp_path, "")) as walk:
        walk.app.screen.message = Said(f"{MARK} {text}")  # type: ignore[attr-defined]
        await walk.see(MARK + " ")
        assert acting(walk)


async def test_a_terminal_without_its_guard_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with a_walk(tmp_path, SIZE, session=a_file(tmp_path, "")) as walk:
        await walk.press("p")
        walk.app.screen.query_one(Input).value = f"{MARK}\x9b2J"
        await walk.see(f"{MARK}\x9b")
        assert acting(walk) == []
        monkeypatch.setattr(Strip, "render", Strip.render.__closure__[0].cell_contents)  # type: ignore[attr-defined]
        walk.app.screen.query_one(Input).value = f"{MARK}\x9b3J"
        await walk.see(f"{MARK}\x9b3")
        assert acting(walk)
