"""What the screens of an open session have in common: they follow it, edit it, and say what the last key did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.reactive import reactive
from textual.screen import Screen

from signoff.domain.session import Session
from signoff.domain.undo import redoable, redone, undoable, undone
from signoff.errors import SessionError
from signoff.ui.change_text import describe_changes
from signoff.ui.keys import Key
from signoff.ui.open_session import OpenSession, Saved
from signoff.ui.widgets.message_line import Said, failure, refusal

if TYPE_CHECKING:
    from signoff.ui.app import SignoffApp

Answered = TypeVar("Answered")


class SessionScreen(Screen[Answered]):
    """A screen of the open session. Its widgets are bound to what it holds and send messages up to it."""

    app: SignoffApp

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (110, "-wide")]

    PLACE: ClassVar[str] = ""
    """What the help calls the screen."""
    KEYS: ClassVar[Sequence[Key]] = ()
    """Its keys."""

    session: reactive[Session | None] = reactive(None, init=False)
    """The session as it is."""
    saved: reactive[Saved | None] = reactive(None, init=False)
    """What is on the disk."""
    message: reactive[Said] = reactive(Said(""), init=False)
    """What the last key did; it stays until something else happens."""

    def __init__(self, opened: OpenSession) -> None:
        """Make the screen.

        Args:
            opened: The session that is open.
        """
        super().__init__()
        self._open = opened
        self.set_reactive(SessionScreen.session, opened.session)
        self.set_reactive(SessionScreen.saved, opened.saved)

    def on_mount(self) -> None:
        """Follow the session and its way to the disk."""
        self._open.changed.subscribe(self, self._session_changed, immediate=True)
        self._open.saving.subscribe(self, self._saved_changed, immediate=True)

    def _session_changed(self, session: Session) -> None:
        self.session = session

    def _saved_changed(self, saved: Saved) -> None:
        self.saved = saved
        if saved.problem:
            self.message = failure(saved.problem)

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
            self.message = Said(f"{word}: {describe_changes(session, changes)} | u undo, U redo")

    def action_preview(self) -> None:
        """Show the report as it would be now."""
        self.app.show_preview(self._open)

    def action_help(self) -> None:
        """Show the keys."""
        self.app.show_help(self.PLACE, self.KEYS)
