"""What happens when somebody types into the wrong window: it is taken back in one step, and said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import events

from signoff.domain.session import Session
from signoff.domain.undo import undone
from signoff.ui.keyboard.key import Key
from signoff.ui.keyboard.list_keys import DOWN, LIST_KEYS, UP
from signoff.ui.screens.answering_screen import AnsweringScreen
from signoff.ui.screens.dialog import Dialog
from signoff.ui.screens.question_screen import QuestionScreen
from signoff.ui.typing_guard import Stroke, TypingGuard
from signoff.ui.widgets.message_line import refusal

if TYPE_CHECKING:
    from signoff.ui.app import SignoffApp
    from signoff.ui.open_session import OpenSession


class WrongWindow:
    """Watches the keys of the open session's screens."""

    def __init__(self, app: SignoffApp, opened: OpenSession) -> None:
        """Start watching.

        Args:
            app: The app whose keys are watched.
            opened: The session that they change.
        """
        self._app = app
        self._open = opened
        self._guard = TypingGuard(self._names((DOWN, UP)))
        self._offered = False

    def watches(self, opened: OpenSession) -> bool:
        """Whether these are the keys of this session."""
        return self._open is opened

    def takes(self, event: events.Key) -> bool:
        """Whether a key shall do nothing more, because it is typing, or because it answers what was said about it."""
        screen = self._app.screen
        if self._guard.is_still_typing(event.time):
            # The Enter that ends the message is not meant as an answer either.
            return event.is_printable or event.key == "enter"
        if self._offered and event.key == "enter":
            self._offered = False
            self._bring_back()
            return True
        self._offered = False
        if not isinstance(screen, QuestionScreen):
            return False
        first = self._guard.saw(
            event.key,
            event.time,
            self._names((*screen.KEYS, *LIST_KEYS)),
            revision=self._open.session.revision,
            depth=len(self._app.screen_stack),
            lock=self._open.lock,
            item=screen.selected if isinstance(screen, AnsweringScreen) else "",
        )
        if first is None:
            return False
        self._take_back(first)
        return True

    def _take_back(self, first: Stroke) -> None:
        self._close_what_was_opened(first.depth)
        lost = self._open.session.revision - first.revision
        self._open.set_lock("")
        if lost and not self._open.session.is_signed:
            self._open.edit(Session.as_of, first.revision)
        self._open.set_lock(first.lock)
        if first.item and isinstance(self._app.screen, AnsweringScreen):
            self._app.screen.go_to(first.item)  # or the next answer would be for another item than one thinks
        self._offered = bool(lost)
        changes = (
            f"{lost} change{'' if lost == 1 else 's'} taken back. Enter = redo" if lost else "Nothing was changed."
        )
        self._say(f"That looked like typing. {changes}")

    def _close_what_was_opened(self, depth: int) -> None:
        """Stop questions that are on their way, and leave the screens that the typing opened."""
        for screen in self._app.screen_stack:  # a screen that is on its way is a question too
            self._app.workers.cancel_group(screen, "question")
        while len(self._app.screen_stack) > depth or isinstance(self._app.screen, Dialog):
            self._app.pop_screen()

    def _bring_back(self) -> None:
        self._open.edit(undone)
        self._say("The changes are made again.")

    def _say(self, text: str) -> None:
        screen = self._app.screen
        if isinstance(screen, QuestionScreen):
            screen.message = refusal(text)

    def _names(self, keys: Iterable[Key]) -> frozenset[str]:
        """Textual's names of some keys, as they are for this user."""
        return frozenset(name for key in self._app.keymap.of(keys) for name in key.names)
