"""The presenter: one item at a time, large, for a room or a shared screen."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from signoff.domain.walk import item_after, item_before, next_open
from signoff.ui.bindings import bindings
from signoff.ui.keyboard.answer_keys import FINISH
from signoff.ui.keyboard.presenter_keys import PRESENTER_KEYS
from signoff.ui.keyboard.session_keys import SESSION_KEYS
from signoff.ui.open_session import OpenSession
from signoff.ui.screens.answering_screen import AnsweringScreen
from signoff.ui.screens.blank import BlankScreen
from signoff.ui.screens.question_screen import QuestionScreen
from signoff.ui.screens.session_screen import SessionScreen
from signoff.ui.screens.too_small import TooSmall
from signoff.ui.widgets.key_line import KeyLine
from signoff.ui.widgets.message_line import MessageLine, Said
from signoff.ui.widgets.presenter_lines import ClockText, NextLine, PlaceLine
from signoff.ui.widgets.presenter_stage import PresenterStage, margin
from signoff.ui.widgets.progress_line import ProgressLine
from signoff.ui.widgets.rule_line import RuleLine


class PresenterScreen(AnsweringScreen[str]):
    """The presenter. Its answer is the id of the item that was shown last."""

    PLACE = "Presenter"
    KEYS = (*PRESENTER_KEYS, *SESSION_KEYS)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PRESENTER_KEYS)]
    CLOCK_STEP = timedelta(seconds=1)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-tall")]

    DEFAULT_CSS = """
    PresenterScreen {
        #head { height: 1; background: $surface; }
        PlaceLine { width: 1fr; }
        PresenterStage { height: 1fr; }
        &.-low RuleLine { display: none; }
    }
    """

    def __init__(self, opened: OpenSession, item_id: str) -> None:
        """Make the screen.

        Args:
            opened: The session that is open.
            item_id: The item to begin with.
        """
        super().__init__(opened)
        self.set_reactive(PresenterScreen.selected, item_id)
        opened.meeting.begin()
        opened.meeting.show(item_id)

    def compose(self) -> ComposeResult:
        """The item between its lines."""
        with Horizontal(id="head"):
            yield PlaceLine().data_bind(SessionScreen.session, SessionScreen.locked, PresenterScreen.selected)
            yield ClockText().data_bind(SessionScreen.meeting)
        stage = PresenterStage(ascii_only=self.app.look.ascii)
        yield stage.data_bind(SessionScreen.session, PresenterScreen.selected)
        yield RuleLine()
        yield NextLine().data_bind(SessionScreen.session, PresenterScreen.selected)
        yield ProgressLine().data_bind(SessionScreen.session)
        yield MessageLine().data_bind(QuestionScreen.message)
        yield KeyLine(PRESENTER_KEYS)
        yield TooSmall()

    def on_mount(self) -> None:
        """Let keys scroll an item that is longer than the screen."""
        self.follow_session()
        self.query_one(PresenterStage).focus()

    def on_resize(self, event: events.Resize) -> None:
        """Give the bar the margins of the slide."""
        self.query_one(ProgressLine).styles.padding = (0, margin(self.size.width) - 1)

    # Moving.

    def go_to(self, item_id: str) -> None:
        """Show an item."""
        self.selected = item_id
        self.message = Said("")

    def action_step(self, step: int) -> None:
        """Show the next item in order, or the one before."""
        neighbour = (item_after if step > 0 else item_before)(self._open.session.checklist, self.selected)
        if neighbour:
            self.go_to(neighbour.id)
        else:
            last = f"This was the last item: {self.app.key(FINISH)} finishes."
            self.message = Said(last if step > 0 else "This is the first item.")

    def action_next_open(self) -> None:
        """Show the next item that still has to be asked."""
        target = next_open(self._open.session, self.selected)
        if target is None:
            self.message = Said(f"Nothing else is open: {self.app.key(FINISH)} finishes.", "$status-pass bold")
        else:
            self.go_to(target)

    # The meeting.

    def action_clock_anew(self) -> None:
        """Start the clock now: what was answered before was preparation."""
        self._open.meeting.begin_anew()
        self.read_clock()
        self.message = Said("The clock of the meeting starts now.")

    def action_blank(self) -> None:
        """Show nothing until the next key."""
        self.app.push_screen(BlankScreen())

    def action_leave(self) -> None:
        """Go back to the review, to the item that was shown last."""
        self.dismiss(self.selected)
