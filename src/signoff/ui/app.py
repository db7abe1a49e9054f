"""The application: what it was started with, and the way from screen to screen."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import ClassVar, Final, ParamSpec, Protocol, TypeVar, runtime_checkable

from rich.text import Text
from textual import events, work
from textual.app import App, InvalidThemeError
from textual.binding import BindingType
from textual.color import ColorParseError
from textual.screen import Screen

from signoff.errors import SignoffError
from signoff.storage.checklist_file import load_checklists
from signoff.storage.drafts import DraftFile
from signoff.storage.locations import Locations
from signoff.storage.session_file import SessionFile
from signoff.storage.settings import Settings, remember
from signoff.storage.theme_file import ThemeColors, load_themes
from signoff.ui.crash_report import report_crash
from signoff.ui.keys import Key
from signoff.ui.open_session import OpenSession, SaveReported
from signoff.ui.terminal_guard import guard_terminal
from signoff.ui.themes import textual_theme
from signoff.ui.wrong_window import WrongWindow

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")

DEFAULT_THEME: Final = "signoff-dark"
_FLUSH_SECONDS: Final = 2.0
"""How long a terminated program waits for its disk before it goes."""


@runtime_checkable
class KeepsTyping(Protocol):
    """A screen with text that is being typed and is not an edit yet."""

    def keep_typing(self) -> None:
        """Keep the text as a draft now."""


class SignoffApp(App[None]):
    """The terminal application."""

    TITLE = "signoff"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []

    CSS = """
    Screen { layers: default above; }
    .status--pass { color: $status-pass; }
    .status--fail { color: $status-fail; text-style: bold; }
    .status--condition { color: $status-condition; text-style: bold; }
    .status--risk { color: $status-risk; text-style: underline; }
    .status--na { color: $status-na; }
    .status--open { color: $status-open; }
    """

    def __init__(
        self,
        locations: Locations,
        *,
        clock: Callable[[], datetime],
        user: str,
        settings: Settings | None = None,
        session: SessionFile | None = None,
        guards_typing: bool = True,
    ) -> None:
        """Make the application.

        Args:
            locations: Where things live.
            clock: Tells the aware present.
            user: The name that history and decisions carry.
            settings: What is remembered about the user.
            session: The session to open at once; None for the list of sessions.
            guards_typing: Whether typing into the wrong window is taken back; not for a program that presses the keys.
        """
        guard_terminal()
        super().__init__()
        self.locations = locations
        """Where things live."""
        self.clock = clock
        """Tells the aware present."""
        self.user = user
        """The name that history and decisions carry."""
        self.home = Path.home()
        """The user's home folder, to shorten paths by."""
        self.working_folder = Path.cwd()
        """Where reports go."""
        self.animation_level = "none"
        self._guards_typing = guards_typing
        self._wrong_window: WrongWindow | None = None
        self._open = self._opened(session) if session else None
        self._themes = self._register_themes((settings or Settings()).theme)

    def on_mount(self) -> None:
        """Show the first screen."""
        for number in (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, self._leave_at_once)
        if self._open:
            self.show_review(self._open)
        else:
            self.show_home()
        # The collector was switched off at the start; what was made until now stays, and need not be looked at again.
        self.call_after_refresh(_collect_from_now_on)

    # Sessions.

    @work(exclusive=True, group="open")
    async def open_session(self, path: Path) -> None:
        """Open a session and show it."""
        try:
            self._open = await self.in_thread(lambda: self._opened(SessionFile.open(path)))
        except SignoffError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self.show_review(self._open)

    def _opened(self, file: SessionFile) -> OpenSession:
        drafts = DraftFile(self.locations.state, file.path)
        return OpenSession(self, file, clock=self.clock, user=self.user, drafts=drafts)

    @work(exclusive=True, group="open")
    async def leave_session(self) -> None:
        """Go back to the list when everything is on the disk."""
        if await self._may_leave():
            self.show_home()

    @work(exclusive=True, group="open")
    async def action_quit(self) -> None:  # type: ignore[override]
        """Quit when everything is on the disk."""
        if await self._may_leave():
            self.exit()

    async def _may_leave(self) -> bool:
        """Whether the open session is on the disk and closed, or its user gives the rest up."""
        from signoff.ui.screens.confirm import Confirm

        opened = self._open
        if opened is None:
            return True
        if not await self.in_thread(opened.flush, _FLUSH_SECONDS):
            lost = opened.session.revision - opened.saved.revision
            text = (
                f"{opened.saved.problem}\n\nThe last {lost} edits are not on the disk. If you leave now they are lost."
            )
            if not await self.push_screen_wait(Confirm("Leave without saving?", text)):
                return False
        self._open = None
        await self.in_thread(opened.close, _FLUSH_SECONDS)
        return True

    def on_save_reported(self, event: SaveReported) -> None:
        """Pass on what the writer says."""
        if self._open is not None:
            self._open.note_saved(event.saved)

    def _fatal_error(self) -> None:
        """Save, then say one sentence. Textual's own traceback would show what people typed.

        There is no public hook for this; the version is pinned in `pyproject.toml` and a test crashes the program.
        """
        if self._open is not None:
            self._open.close(_FLUSH_SECONDS)
        self.panic(Text(report_crash(self.locations.state, sys.exc_info()[1])))

    def _leave_at_once(self) -> None:
        """The terminal is gone, or somebody asks the program to end: keep everything, then go."""
        watchdog = threading.Timer(_FLUSH_SECONDS + 1, signal.raise_signal, [signal.SIGKILL])
        watchdog.daemon = True
        watchdog.start()
        if self._open is not None:
            for screen in self.screen_stack:
                if isinstance(screen, KeepsTyping):
                    screen.keep_typing()
            self._open.close(_FLUSH_SECONDS)
        self.exit()

    def on_key(self, event: events.Key) -> None:
        """See every key that no text field took, before it does anything."""
        if self._open is None or not self._guards_typing:
            return
        if self._wrong_window is None or not self._wrong_window.watches(self._open):
            self._wrong_window = WrongWindow(self, self._open)
        if self._wrong_window.takes(event):
            event.stop()
            event.prevent_default()

    # Screens. Each is imported when it is first shown: what is not on the screen costs no time before it.

    def show_home(self) -> None:
        """Show the list of sessions."""
        from signoff.ui.screens.home import HomeScreen

        self._show_instead(HomeScreen())

    def show_review(self, opened: OpenSession) -> None:
        """Show the walk."""
        from signoff.ui.screens.review import ReviewScreen

        self._show_instead(ReviewScreen(opened))

    def _show_instead(self, screen: Screen[None]) -> None:
        if len(self.screen_stack) > 1:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    @work(group="screens")
    async def show_finish(self, opened: OpenSession, go_to: Callable[[str], None]) -> None:
        """Show the finish; go to the item that was chosen there."""
        from signoff.ui.screens.finish import FinishScreen

        item = await self.push_screen_wait(FinishScreen(opened))
        if item is not None:
            go_to(item)

    @work(group="screens")
    async def show_presenter(self, opened: OpenSession, item_id: str, go_to: Callable[[str], None]) -> None:
        """Show one item large; go to the one that was shown last."""
        from signoff.ui.screens.presenter import PresenterScreen

        if not isinstance(self.screen, PresenterScreen):  # the key was pressed twice
            go_to(await self.push_screen_wait(PresenterScreen(opened, item_id)))

    @work(group="screens")
    async def show_preview(self, opened: OpenSession) -> None:
        """Show the report as it would be now."""
        from signoff.ui.screens.preview import PreviewScreen
        from signoff.workflow.export_report import draft_of

        try:
            data = await self.in_thread(draft_of, opened.session, opened.path)
        except SignoffError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        await self.push_screen(PreviewScreen(data.decode("utf-8")))

    def show_help(self, place: str, keys: Sequence[Key]) -> None:
        """Show the keys of a screen."""
        from signoff.ui.screens.help import HelpScreen

        self.push_screen(HelpScreen(place, keys))

    # What screens ask for.

    async def in_thread(
        self, call: Callable[_Arguments, _Result], *args: _Arguments.args, **kwargs: _Arguments.kwargs
    ) -> _Result:
        """Make a call that waits for a disk or another program, without waiting on the screen's thread."""
        return await asyncio.to_thread(call, *args, **kwargs)

    def checklist_names(self) -> tuple[str, ...]:
        """The ids of the checklists there are. Reads the disk."""
        return tuple(load_checklists(self.locations).loaded)

    # Themes.

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The words of our themes, for the moment before the first of them is set."""
        names = ("muted", "rule", *(f"status-{name}" for name in ("pass", "fail", "condition", "risk", "na", "open")))
        return dict.fromkeys(names, "#808080")

    def _register_themes(self, wanted: str) -> dict[str, ThemeColors]:
        themes = dict(load_themes(self.locations).loaded)
        for name, colors in list(themes.items()):
            theme = textual_theme(colors)
            try:
                theme.to_color_system().generate()
            except (InvalidThemeError, ColorParseError):
                del themes[name]
                continue
            self.register_theme(theme)
        if themes:
            self.theme = (
                wanted if wanted in themes else DEFAULT_THEME if DEFAULT_THEME in themes else next(iter(themes))
            )
        return themes

    def action_toggle_light(self) -> None:
        """Change between the theme and its pair, and remember it."""
        pair = self._themes[self.theme].pair if self.theme in self._themes else ""
        if pair not in self._themes:
            self.notify(f"The theme {self.theme} has no pair.", markup=False)
            return
        self.theme = pair
        self.run_worker(partial(self._remember_theme, pair), thread=True, exit_on_error=False)

    def _remember_theme(self, name: str) -> None:
        try:
            remember(self.locations.settings, theme=name)
        except SignoffError as error:
            self.call_from_thread(self.notify, str(error), severity="error", markup=False)


def _collect_from_now_on() -> None:
    gc.freeze()
    gc.enable()
