"""What the screens of an open session have in common: they follow it, edit it, and say what the last key did."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events, work
from textual.binding import BindingType
from textual.reactive import reactive
from textual.timer import Timer

from signoff.domain.change_text import describe_changes
from signoff.domain.clock import MINUTE, MeetingTime
from signoff.domain.safe_text import safe_text
from signoff.domain.session import Session
from signoff.domain.undo import redoable, redone, undoable, undone
from signoff.errors import SessionError
from signoff.storage.saved import Saved
from signoff.ui.bindings import bindings
from signoff.ui.keyboard.key import Key
from signoff.ui.keyboard.review_keys import REOPEN
from signoff.ui.keyboard.session_keys import LOCK, REDO, SAVE_AS, SESSION_KEYS, TAKE_OVER, UNDO
from signoff.ui.open_session import OpenSession
from signoff.ui.screens.question_screen import QuestionScreen
from signoff.ui.widgets.message_line import MessageLine, Said, failure, refusal

if TYPE_CHECKING:
    from signoff.ui.widgets.banner_line import BannerLine

Answered = TypeVar("Answered")


class SessionScreen(QuestionScreen[Answered]):
    """A screen of the open session. Its widgets are bound to what it holds and send messages up to it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(SESSION_KEYS)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (110, "-wide")]

    CLOCK_STEP: ClassVar[timedelta] = MINUTE
    """In which steps the meeting's clock goes on this screen: nothing of it is painted more often."""

    session: reactive[Session | None] = reactive(None, repaint=False, init=False)
    """The session as it is."""
    saved: reactive[Saved | None] = reactive(None, repaint=False, init=False)
    """What is on the disk."""
    notice: reactive[str] = reactive("", repaint=False, init=False)
    """What everybody has to know about the file, in one word; empty for nothing."""
    locked: reactive[bool] = reactive(False, repaint=False, init=False)
    """Whether the answers are locked."""
    meeting: reactive[MeetingTime | None] = reactive(None, repaint=False, init=False)
    """What the meeting's clock shows; None before the meeting and after it."""

    def __init__(self, opened: OpenSession) -> None:
        """Make the screen.

        Args:
            opened: The session that is open.
        """
        super().__init__()
        self._open = opened
        self._clock_timer: Timer | None = None
        self._banner: BannerLine | None = None
        self.set_reactive(SessionScreen.session, opened.session)
        self.set_reactive(SessionScreen.saved, opened.saved)
        self.set_reactive(SessionScreen.notice, opened.notice)
        self.set_reactive(SessionScreen.locked, bool(opened.lock))

    def follow_session(self) -> None:
        """Show every edit and every save from now on; each screen calls it first when it is mounted.

        It is no `on_mount` of its own: Textual calls a subclass's before that of its base, and the subclass may edit.
        """
        self._open.changed.subscribe(self, self._session_changed, immediate=True)
        self._open.saving.subscribe(self, self._saved_changed, immediate=True)
        self._open.outside.subscribe(self, self._changed_outside, immediate=True)
        self._open.lock_changed.subscribe(self, self._lock_changed, immediate=True)
        self._show_banner()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Catch up with the clock."""
        self.read_clock()

    def read_clock(self) -> None:
        """Show what the meeting's clock says, now and whenever it has gone a step further."""
        self.meeting = self._open.meeting.read(self._open.session, self.CLOCK_STEP)
        if self.meeting and self._clock_timer is None:
            # One timer after the other, each as long as there is to wait: an interval would drift off the full minute.
            self._clock_timer = self.set_timer(self._open.meeting.until_next(self.CLOCK_STEP), self._clock_went_on)

    def _clock_went_on(self) -> None:
        self._clock_timer = None
        self.read_clock()

    def _session_changed(self, session: Session) -> None:
        self.session = session
        self._show_banner()
        self.read_clock()

    def _lock_changed(self, lock: str) -> None:
        self.locked = bool(lock)

    def _saved_changed(self, saved: Saved) -> None:
        before, self.saved = self.saved, saved
        if before is None or before.problem == saved.problem:
            pass
        elif saved.problem:
            self.message = failure(saved.problem)
        else:
            self.message = Said("Saved again; everything is on the disk.", "$status-pass bold")
        if saved.unkept and (before is None or before.unkept != saved.unkept):
            self.message = failure(saved.unkept)
        if saved.holder and (before is None or before.holder is None):
            self.message = refusal(f"Taken over by {saved.holder}; this window only shows the session now.")
        self._show_banner()

    def _show_banner(self) -> None:
        """Have the banner there while there is something that everybody has to know, and only then."""
        wanted = self.saved is not None and self.saved.concerns_all
        if wanted and self._banner is None:
            from signoff.ui.widgets.banner_line import BannerLine

            self._banner = BannerLine(SAVE_AS, TAKE_OVER, self.app.journal_place)
            self.mount(self._banner, before=self.query_one(MessageLine))
        elif self._banner is not None and not wanted:
            self._banner.remove()
            self._banner = None
        if self._banner is not None:
            self._banner.session, self._banner.saved = self.session, self.saved

    def _changed_outside(self, said: Said) -> None:
        self.message, self.notice = said, self._open.notice

    def edit(self, change: Callable[..., Session], *args: Any, **kwargs: Any) -> bool:
        """Change the session; say why where that is not possible.

        Args:
            change: An editing method of `Session`.
            args: Its arguments.
            kwargs: Its named arguments.

        Returns:
            Whether anything changed.
        """
        try:
            return self._open.edit(change, *args, **kwargs)
        except SessionError as error:
            self.message = refusal(str(error))
            return False

    def why_read_only(self) -> str:
        """Why the session cannot be changed, as a sentence; empty where it can."""
        if self._open.why_read_only:
            return self._open.why_read_only
        if self._open.session.is_signed:
            return f"This session is signed and read-only; {self.app.key(REOPEN)} on the items starts a new revision."
        return ""

    def why_not(self, key: Key) -> str:
        """Why a key can do nothing now."""
        session = self._open.session
        if key.changes and (why := self.why_read_only()):
            return why
        if key.id == UNDO.id and undoable(session) is None:
            return "There is nothing to undo."
        if key.id == REDO.id and redoable(session) is None:
            return "There is nothing to redo."
        if key.id == TAKE_OVER.id and self._open.saved.holder is None:
            return "This window has the session; there is nothing to take over."
        return ""

    def action_lock(self) -> None:
        """Lock the answers, or unlock them."""
        if self._open.lock:
            self._open.set_lock("")
            self.message = Said("The answers can be changed again.")
        else:
            self._open.set_lock(f"The answers are locked; {self.app.key(LOCK)} unlocks them.")
            self.message = Said(self._open.lock)

    def selected_text(self) -> str:
        """The selected line as text to copy; empty where nothing is selected."""
        return ""

    def action_copy(self) -> None:
        """Copy the selected line."""
        text = safe_text(self.selected_text(), multiline=True)
        if not text:
            self.message = refusal("Nothing is selected that could be copied.")
            return
        self.app.copy_to_clipboard(text)
        what = text.partition("\n")[0]
        # A terminal does not say whether it took it.
        self.message = Said(f"Sent to the terminal's clipboard: {what}")
        self._copy_here(text, what)

    @work(group="copy", exclusive=True)
    async def _copy_here(self, text: str, what: str) -> None:
        from signoff.ui.clipboard import copy_here

        said = self.message
        program = await asyncio.to_thread(copy_here, text)
        if program and self.message is said:
            self.message = Said(f"Copied by {program}, and sent to the terminal's clipboard: {what}")

    def action_save_as(self) -> None:
        """Go on in another file."""
        self.ask(self._save_as)

    async def _save_as(self) -> None:
        from signoff.ui.screens.save_as import ask_save_as

        said = await ask_save_as(self.app, self._open)
        if said.text:
            self.message = said

    def action_take_over(self) -> None:
        """Take the session from the window that has it open."""
        why = self.why_not(TAKE_OVER)
        if why:
            self.message = refusal(why)
        else:
            self.ask(self._take_over)

    async def _take_over(self) -> None:
        keeper = await asyncio.to_thread(self._open.taken_over)
        self._open.go_on_with(keeper, keeper.left.unsaved or keeper.session)
        self.message = Said("Taken over; the other window only shows it now.", "$status-pass bold")

    def action_undo(self) -> None:
        """Take the last edit back."""
        self._time_travel(undoable, undone, "Undone")

    def action_redo(self) -> None:
        """Bring back what was taken back."""
        self._time_travel(redoable, redone, "Redone")

    def _time_travel(
        self, next_one: Callable[[Session], int | None], travel: Callable[..., Session], word: str
    ) -> None:
        session = self._open.session
        revision = next_one(session)
        if self.edit(travel):
            changes = [change for change in session.history if change.revision == revision]
            again = f"{self.app.key(UNDO)} undo, {self.app.key(REDO)} redo"
            self.message = Said(f"{word}: {describe_changes(session, changes)} | {again}")

    def action_preview(self) -> None:
        """Show the report as it would be now."""
        self.ask(partial(self.app.show_preview, self._open))
