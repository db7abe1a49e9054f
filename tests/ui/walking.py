"""The real app, driven by keys as its user drives it, and read from its screen and its files."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from meeting import the_built_in_checklist
from signoff.domain.release import Release, Window
from signoff.domain.session import Session
from signoff.storage.locations import Locations
from signoff.storage.session_file import SessionFile
from signoff.storage.settings import settings_in_use
from signoff.ui.app import SignoffApp
from signoff.ui.terminal_look import TerminalLook

NOW = datetime(2026, 11, 24, 14, 2, 11, tzinfo=UTC)
"""A Tuesday."""
WINDOW = Window(datetime(2026, 11, 26, 14, tzinfo=UTC), datetime(2026, 11, 26, 16, tzinfo=UTC), "UTC")
RELEASE = Release("payments-api", "4.12.0", "prod", "9f31c2a", WINDOW)
WIDE, NORMAL, NARROW = (120, 36), (80, 24), (60, 18)

_NAMED_KEYS = {
    " ": "space",
    ".": "full_stop",
    "/": "slash",
    ":": "colon",
    "-": "minus",
    "@": "at",
    "?": "question_mark",
    "[": "left_square_bracket",
    "]": "right_square_bracket",
}


def locations(folder: Path) -> Locations:
    """Everything in one folder of the test."""
    return Locations(folder / "data", folder / "config", folder / "state")


def a_session_file(folder: Path, **release: object) -> SessionFile:
    """A new session with the built-in checklist."""
    return SessionFile.create(
        locations(folder).data,
        the_built_in_checklist(),
        replace(RELEASE, **release),
        NOW,  # type: ignore[arg-type]
    )


def configure(folder: Path, text: str) -> Path:
    """Write the user's settings; returns their file."""
    path = locations(folder).settings
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


class Walk:
    """A running app and the person at its keys."""

    def __init__(self, app: SignoffApp, pilot: Pilot[None], folder: Path) -> None:
        self.app = app
        self.pilot = pilot
        self.folder = folder

    async def press(self, *keys: str) -> None:
        """Press keys by Textual's names, and let the app do what they ask for."""
        for key in keys:
            self._send(key, None if len(key) > 1 else key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type a text."""
        for character in text:
            self._send(_NAMED_KEYS.get(character, character), character)
        await self.settle()

    async def fill(self, *lines: str) -> None:
        """Fill in a form line by line; Enter after each."""
        for line in lines:
            await self.type(line)
            await self.press("enter")

    def _send(self, key: str, character: str | None) -> None:
        # Pilot.press waits for the whole process to be idle at every key, which makes a meeting last minutes.
        if character is None:
            character = next((c for c, name in _NAMED_KEYS.items() if name == key), None)
        self.app.post_message(events.Key(key, character))

    async def settle(self) -> None:
        """Wait until nothing is under way: no message, no thread, no save."""
        for _ in range(3):  # a key becomes a message, the message an edit, the edit a change of the screen
            await self.pilot.pause(0.002)
        for _ in range(500):
            await self.pilot.pause(0.002)
            opened = self.app.opened
            working = [w for w in self.app.workers if w.is_running and w.group not in ("question", "screens")]
            saving = opened and opened.saved.revision < opened.session.revision and not opened.saved.problem
            # A question that was asked for is on the screen a moment later, or has just been answered.
            asking = getattr(self.app.screen, "_asking", False)
            if not working and not saving and not asking:
                return

    async def see(self, text: str) -> None:
        """Wait for a text to appear on the screen."""
        for _ in range(500):
            if text in self.screen:
                return
            await self.pilot.pause(0.02)
        raise AssertionError(f"{text!r} is not on the screen:\n{self.screen}")

    @property
    def screen(self) -> str:
        """What the screen shows, as plain lines."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    @property
    def session(self) -> Session:
        """The session as it is in its file."""
        assert self.app.opened is not None
        return SessionFile.open(self.app.opened.path).session


@asynccontextmanager
async def a_walk(
    folder: Path,
    size: tuple[int, int] = WIDE,
    *,
    session: SessionFile | None = None,
    user: str = "R. Manager",
    theme: str = "",
    clock: Callable[[], datetime] = lambda: NOW,
    guards_typing: bool = False,
    look: TerminalLook | None = None,
) -> AsyncIterator[Walk]:
    """Run the app with the settings that are there, on the review of a session or on the list of sessions.

    It does not guard against typing: no person types as fast as these tests.
    """
    settings = settings_in_use(locations(folder).settings)
    app = SignoffApp(
        locations(folder),
        clock=clock,
        user=user,
        settings=replace(settings, theme=theme) if theme else settings,
        session=session,
        guards_typing=guards_typing,
        look=look,
    )
    app.home = app.working_folder = folder
    async with app.run_test(size=size) as pilot:
        walk = Walk(app, pilot, folder)
        await walk.settle()
        yield walk
    if app.opened:
        await asyncio.to_thread(app.opened.close, 2.0)
