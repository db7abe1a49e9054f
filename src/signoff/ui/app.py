"""The application: what it was started with, and the way from screen to screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, Final

from rich.text import Text
from textual import events, work
from textual.binding import Binding, BindingType
from textual.screen import Screen

from signoff.errors import SignoffError
from signoff.storage.locations import Locations
from signoff.storage.session_file import SessionFile
from signoff.storage.settings import Settings
from signoff.ui.ending import Ending
from signoff.ui.keyboard.app_keys import QUIT
from signoff.ui.keyboard.key import Key
from signoff.ui.keyboard.keymap import Keymap
from signoff.ui.leaving import FLUSH_SECONDS, leave_dialogs, may_close
from signoff.ui.open_session import OpenSession, SaveReported
from signoff.ui.outside import KeptReported, OutsideReported
from signoff.ui.screens.question_screen import QuestionScreen
from signoff.ui.terminal_app import TerminalApp
from signoff.ui.terminal_look import TerminalLook
from signoff.ui.wardrobe import Wardrobe
from signoff.ui.widgets.message_line import Said, failure

_TWICE_SECONDS: Final = 2.0
"""How soon the second Ctrl+C has to come."""
_LOOK_SECONDS: Final = 1.0
"""How often it is seen whether the disk answers, and whether another window took the session over."""


if TYPE_CHECKING:
    from signoff.storage.checklist_file import ChecklistFolder
    from signoff.ui.wrong_window import WrongWindow


class SignoffApp(TerminalApp, inherit_bindings=False):
    """The terminal application."""

    TITLE = "signoff"
    DEFAULT_MODE = "start"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(QUIT.keys, "quit", show=False, priority=True, id=QUIT.id),
        Binding("ctrl+c", "help_quit", show=False, system=True),
    ]

    def __init__(
        self,
        locations: Locations,
        *,
        clock: Callable[[], datetime],
        user: str,
        settings: Settings | None = None,
        session: SessionFile | None = None,
        look: TerminalLook | None = None,
        guards_typing: bool = True,
    ) -> None:
        """Make the application.

        Args:
            locations: Where things live.
            clock: Tells the aware present.
            user: The name that history and decisions carry.
            settings: What is remembered about the user.
            session: The session to open at once; None for the list of sessions.
            look: What the terminal can show; None for everything.
            guards_typing: Whether typing into the wrong window is taken back; not for a program that presses the keys.
        """
        super().__init__(look or TerminalLook())
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
        self.journal_place = str(locations.state / "journal").replace(str(self.home), "~", 1)
        """Where edits are kept that cannot be saved, as the user would name it."""
        self.keymap = Keymap()
        """Which keys do what."""
        self._first_said = self._use(settings) if settings else Said("")
        self._guards_typing = guards_typing
        self._interrupted_at = 0.0
        self._wrong_window: WrongWindow | None = None
        self.opened = self._open_file(session) if session else None
        """The session that is open."""
        self._ending = Ending(self)
        self._shown = 0
        self.add_mode(self.DEFAULT_MODE, partial(self._review, self.opened) if self.opened else self._home)
        self.wardrobe = Wardrobe(self, locations, (settings or Settings()).theme, self.look.colors)
        """The themes."""

    def on_load(self) -> None:
        """Look out for signals before the terminal is taken."""
        self._ending.watch_signals()

    def on_mount(self) -> None:
        """Look after the end; the first screen is there already."""
        self._ending.watch_terminal()
        self.set_interval(_LOOK_SECONDS, self._look_after)
        self.app_resume_signal.subscribe(self, self._look)  # the program was stopped, and goes on

    def on_ready(self) -> None:
        """See to what can wait until the first screen is there; Textual calls the base's own `on_ready` as well."""
        from signoff.ui.theme_watch import ThemeWatch

        ThemeWatch(self, self.wardrobe, self.locations).start()
        self.call_after_refresh(self._watched_for_typing)  # else the first key would wait for it

    def _use(self, settings: Settings) -> Said:
        """Have the keys that the settings ask for. Returns what of them cannot be, for the first screen."""
        faults = list(settings.faults)
        if settings.keys.are_there:
            from signoff.ui.keyboard.key_settings import keymap_from

            self.keymap, of_keys = keymap_from(settings.keys)
            self.set_keymap(self.keymap.for_textual)
            faults = sorted((*faults, *of_keys), key=lambda fault: fault.line or 0)
        if settings.unread:
            return failure(f"The settings are ignored: {settings.unread}")
        if not faults:
            return Said("")
        more = f", and {len(faults) - 1} more (`signoff config check`)" if len(faults) > 1 else ""
        line = f":{faults[0].line}" if faults[0].line else ""
        return failure(f"{self.locations.settings.name}{line} is ignored{more}: {faults[0].reason}")

    def key(self, key: Key) -> str:
        """What has to be pressed for something, as people read it."""
        return self.keymap.shown(key)

    # Sessions.

    @work(exclusive=True, group="open")
    async def open_session(self, path: Path, said: Said | None = None) -> None:
        """Open a session and show it, with what is to be said about it."""
        try:
            self.opened = await asyncio.to_thread(lambda: self._open_file(SessionFile.open(path)))
        except SignoffError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self._first_said = said or self._first_said
        self.show_review(self.opened)

    def _open_file(self, file: SessionFile) -> OpenSession:
        return OpenSession(self, file, state=self.locations.state, clock=self.clock, user=self.user)

    @work(group="leaving")
    async def leave_session(self) -> None:
        """Go back to the list when everything is on the disk."""
        opened = self.opened
        if opened is not None and await may_close(self, opened):
            # The screen goes first: a key that comes now finds nothing that it could change.
            self.opened = None
            self.show_home()
            if not await asyncio.to_thread(opened.close, FLUSH_SECONDS):
                self._ending.something_is_unsaved()

    @work(group="leaving")
    async def action_quit(self) -> None:  # type: ignore[override]
        """Quit from anywhere: what is typed is kept, what is pending is saved."""
        await leave_dialogs(self)
        if self.opened is None or await may_close(self, self.opened):
            await self._ending.close_and_exit()

    def action_help_quit(self) -> None:
        """Quit at the second Ctrl+C: the first is often meant for something else."""
        now = monotonic()
        if now - self._interrupted_at < _TWICE_SECONDS:
            self.action_quit()
        elif isinstance(self.screen, QuestionScreen):
            self.screen.message = Said("Ctrl+C again quits; everything is saved.")
        self._interrupted_at = now

    def on_save_reported(self, event: SaveReported) -> None:
        """Pass on what the writer says."""
        event.opened.note_saved(event.path, event.saved, may_lose=not self._is_asking)

    def _look_after(self) -> None:
        if self.opened is not None:
            self.opened.look_after(may_lose=not self._is_asking)

    @property
    def _is_asking(self) -> bool:
        # The disk also reports when the last screen has gone already.
        return any(screen.is_modal for screen in self.screen_stack[-1:])

    def on_outside_reported(self, event: OutsideReported) -> None:
        """Bring together what somebody else wrote and what is on the screen."""
        event.opened.meet(event)

    def on_kept_reported(self, event: KeptReported) -> None:
        """Say where something is kept that somebody else wrote."""
        event.opened.note_kept(event)

    def on_app_focus(self) -> None:
        """Look at the file when its user comes back: they may have been in an editor."""
        self._look()

    def _look(self, _: object = None) -> None:
        if self.opened is not None:
            self.opened.look()

    def _fatal_error(self) -> None:
        """Save, then say one sentence. Textual's own traceback would show what people typed.

        There is no public hook for this; the version is pinned in `pyproject.toml` and a test crashes the program.
        """
        sentence = self._ending.after_fault()
        if sentence:
            self.panic(Text(sentence))

    async def on_event(self, event: events.Event) -> None:
        """Have nothing pressed or pasted count once the program ends: what it would change is not saved any more."""
        if not (self._ending.has_come and isinstance(event, events.InputEvent | events.Paste)):
            await super().on_event(event)

    def on_key(self, event: events.Key) -> None:
        """See every key that no text field took, before it does anything."""
        wrong_window = self._watched_for_typing()
        if wrong_window and wrong_window.takes(event):
            event.stop()
            event.prevent_default()

    def _watched_for_typing(self) -> WrongWindow | None:
        """What watches the keys of the open session; None where there is nothing to watch."""
        if self.opened is None or not self._guards_typing:
            return None
        from signoff.ui.wrong_window import WrongWindow

        if self._wrong_window is None or not self._wrong_window.watches(self.opened):
            self._wrong_window = WrongWindow(self, self.opened)
        return self._wrong_window

    # Screens. Each is imported when it is first shown: what is not on the screen costs no time before it.

    def show_home(self) -> None:
        """Show the list of sessions."""
        self._show_instead(self._home)

    def show_review(self, opened: OpenSession) -> None:
        """Show the walk."""
        self._show_instead(partial(self._review, opened))

    def _home(self) -> Screen[None]:
        from signoff.ui.screens.home import HomeScreen

        return self._with_first_words(HomeScreen())

    def _review(self, opened: OpenSession) -> Screen[None]:
        from signoff.ui.screens.review import ReviewScreen

        return self._with_first_words(ReviewScreen(opened))

    def _with_first_words(self, screen: QuestionScreen[None]) -> QuestionScreen[None]:
        if self._first_said.text:
            screen.set_reactive(QuestionScreen.message, self._first_said)
            self._first_said = Said("")
        return screen

    def _show_instead(self, screen: Callable[[], Screen[None]]) -> None:
        # Each of these screens is the base of a mode. Textual's default screen below them would be laid out and painted
        # at the start for nothing.
        before = self.current_mode
        self._shown += 1
        mode = f"screen {self._shown}"
        self.add_mode(mode, screen)
        self.switch_mode(mode)
        self.remove_mode(before)

    async def show_finish(self, opened: OpenSession, go_to: Callable[[str], None]) -> None:
        """Show the finish; go to the item that was chosen there."""
        from signoff.ui.screens.finish import FinishScreen

        item = await self.push_screen_wait(FinishScreen(opened))
        if item is not None:
            go_to(item)

    async def show_presenter(self, opened: OpenSession, item_id: str, go_to: Callable[[str], None]) -> None:
        """Show one item large; go to the one that was shown last."""
        from signoff.ui.screens.presenter import PresenterScreen

        go_to(await self.push_screen_wait(PresenterScreen(opened, item_id)))

    async def show_preview(self, opened: OpenSession) -> None:
        """Show the report as it would be now, or as it was signed."""
        from signoff.ui.screens.preview import PreviewScreen
        from signoff.workflow.export_report import report_of

        session = opened.session
        data = await asyncio.to_thread(report_of, session, opened.path)
        await self.push_screen_wait(PreviewScreen(data.decode("utf-8", "replace"), signed=session.is_signed))

    def checklists(self) -> ChecklistFolder:
        """The checklists there are. Reads the disk."""
        from signoff.storage.checklist_file import load_checklists

        return load_checklists(self.locations)

    # Themes.

    @work(group="themes")
    async def action_toggle_light(self) -> None:
        """Change between light and dark, and remember it."""
        try:
            await self.wardrobe.change_to_pair()
        except SignoffError as error:
            self.say(failure(str(error)))

    def say(self, said: Said) -> None:
        """Say something on the screen that is shown, or on the one below what is being asked."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, QuestionScreen):
                screen.message = said
                return
