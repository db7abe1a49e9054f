"""A screen that says what the last key did, and asks one question at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events, work
from textual.reactive import reactive
from textual.screen import Screen

from signoff.errors import SignoffError
from signoff.ui.keyboard.key import Key
from signoff.ui.screens.too_small import TooSmall
from signoff.ui.widgets.ground import Ground
from signoff.ui.widgets.message_line import Said, failure

if TYPE_CHECKING:
    from textual.worker import Worker

    from signoff.ui.app import SignoffApp

Answered = TypeVar("Answered")


class QuestionScreen(Screen[Answered], Ground):
    """What all screens but the dialogs are."""

    app: SignoffApp

    PLACE: ClassVar[str] = ""
    """What the help calls the screen."""
    KEYS: ClassVar[Sequence[Key]] = ()
    """Its keys."""

    message: reactive[Said] = reactive(Said(""), repaint=False, init=False)
    """What the last key did; it stays until something else happens."""

    def __init__(self) -> None:
        super().__init__()
        self._question: Worker[None] | None = None

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Have a screen that is shown for the first time not styled again: its widgets were when they were mounted.

        Textual calls a subclass's own `on_screen_resume` as well, and its own last.
        """
        if self.stack_updates == 0:
            event.refresh_styles = False

    def on_resize(self, event: events.Resize) -> None:
        """Cover a screen that there is no room for. Textual calls a subclass's own `on_resize` as well."""
        for cover in self.query(TooSmall):
            cover.fit(event.size)

    @property
    def is_asking(self) -> bool:
        """Whether a question is on its way, open, or being acted on."""
        # One that is stopped before its first step never gets to say that it is done.
        return self._question is not None and not (self._question.is_finished or self._question.is_cancelled)

    def ask(self, question: Callable[[], Awaitable[object]]) -> None:
        """Ask something. One question at a time: a key that comes before the last one is on the screen asks nothing.

        Args:
            question: Shows dialogs and edits; what it is about is captured by whoever asks, since the selection may
                move before it starts. What goes wrong in it is said.
        """
        if not self.is_asking:
            self._question = self._answered(question)

    @work(group="question")
    async def _answered(self, question: Callable[[], Awaitable[object]]) -> None:
        try:
            await question()
        except SignoffError as error:
            self.message = failure(str(error))

    def action_pick_theme(self) -> None:
        """Ask for a theme."""
        self.ask(self.app.wardrobe.pick)

    def label_of(self, key: Key) -> str:
        """What a key does here, for the help; may hold text that a user typed. Empty where it has nothing to do."""
        return key.label

    def why_not(self, key: Key) -> str:
        """Why a key can do nothing now, for the help; empty when it can."""
        return ""

    def action_help(self) -> None:
        """Show the keys, and what the screen's boxes and marks mean."""
        from signoff.ui.screens.help import show_commands

        show_commands(self, self.PLACE, explains=True)

    def action_commands(self) -> None:
        """Show what can be done, to search and to run."""
        from signoff.ui.screens.help import show_commands

        show_commands(self, self.PLACE, explains=False)
