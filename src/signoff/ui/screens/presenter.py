"""The presenter: one item at a time, large, for a room or a shared screen."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.reactive import reactive

from signoff.domain.answer import Answer, Status, missing
from signoff.domain.checklist import Item
from signoff.domain.session import Session
from signoff.domain.walk import item_after, item_before, next_open
from signoff.errors import SessionError
from signoff.ui.keys import bindings
from signoff.ui.open_session import OpenSession
from signoff.ui.screens.blank import BlankScreen
from signoff.ui.screens.item_questions import (
    Question,
    ask_details,
    ask_evidence,
    ask_missing,
    ask_note,
    ask_owner,
    ask_pasted,
)
from signoff.ui.screens.presenter_keys import PRESENTER_KEYS
from signoff.ui.screens.question_screen import QuestionScreen
from signoff.ui.screens.session_screen import SessionScreen
from signoff.ui.screens.too_small import TooSmall
from signoff.ui.status_look import status_style
from signoff.ui.widgets.key_line import KeyLine
from signoff.ui.widgets.message_line import MessageLine, Said, refusal
from signoff.ui.widgets.presenter_lines import ClockText, NextLine, PlaceLine
from signoff.ui.widgets.presenter_stage import STAGE_KEYS, PresenterStage, margin
from signoff.ui.widgets.progress_line import ProgressLine
from signoff.ui.widgets.rule_line import RuleLine


class PresenterScreen(SessionScreen[str]):
    """The presenter. Its answer is the id of the item that was shown last."""

    PLACE = "Presenter"
    KEYS = (*PRESENTER_KEYS, *STAGE_KEYS)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PRESENTER_KEYS)]
    CLOCK_STEP = timedelta(seconds=1)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-tall")]

    CSS = """
    PresenterScreen {
        #head { height: 1; background: $surface; }
        PlaceLine { width: 1fr; }
        PresenterStage { height: 1fr; }
        &.-low RuleLine { display: none; }
    }
    """

    selected: reactive[str] = reactive("", init=False)
    """The id of the item that is shown."""

    def __init__(self, opened: OpenSession, item_id: str) -> None:
        """Make the screen.

        Args:
            opened: The session that is open.
            item_id: The item to begin with.
        """
        super().__init__(opened)
        self._offered = ""
        self.set_reactive(PresenterScreen.selected, item_id)
        opened.meeting.begin()
        opened.meeting.show(item_id)

    def compose(self) -> ComposeResult:
        """The item between its lines."""
        with Horizontal(id="head"):
            yield PlaceLine().data_bind(SessionScreen.session, PresenterScreen.selected)
            yield ClockText().data_bind(SessionScreen.meeting)
        yield PresenterStage().data_bind(SessionScreen.session, PresenterScreen.selected)
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

    @property
    def item(self) -> Item:
        """The item that is shown."""
        return self._open.session.checklist.item_by_id[self.selected]

    @property
    def answer(self) -> Answer:
        """The answer to it."""
        return self._open.session.answers[self.selected]

    def read_clock(self) -> None:
        """Show the time, and offer to park an item that has been talked about for long; once, since people talk on."""
        super().read_clock()
        parkable = self.answer.status is Status.OPEN and not self.answer.parked
        if parkable and self._offered != self.selected and self._open.meeting.is_long_on_the_screen:
            self._offered = self.selected
            self.message = refusal("Three minutes on this item | P parks it, and it is asked again at the end")

    # Moving.

    def go_to(self, item_id: str) -> None:
        """Show an item."""
        self._open.meeting.show(item_id)
        self.selected = item_id
        self.message = Said("")

    def action_step(self, step: int) -> None:
        """Show the next item in order, or the one before."""
        neighbour = (item_after if step > 0 else item_before)(self._open.session.checklist, self.selected)
        if neighbour:
            self.go_to(neighbour.id)
        else:
            self.message = Said("This was the last item: f finishes." if step > 0 else "This is the first item.")

    def action_next_open(self) -> None:
        """Show the next item that still has to be asked."""
        target = next_open(self._open.session, self.selected)
        if target is None:
            self.message = Said("Nothing else is open: f finishes.", "$status-pass bold")
        else:
            self.go_to(target)

    # Answering. What a key is about is taken when it is pressed: the slide may change before a question is shown.

    def action_answer(self, status_name: str) -> None:
        """Give the item a status, then ask for what the status must also have."""
        status, item = Status(status_name), self.item
        if self._may_edit() and self.edit(Session.answer, item.id, status=status):
            self.message = Said(f"{status.glyph} {item.text} set to {status.word} | u undo", status_style(status))
            if missing(item, self.answer):
                self._ask_about(ask_missing)

    def action_park(self) -> None:
        """Put an open item off, or take it back."""
        if self.answer.status is not Status.OPEN:
            self.message = refusal("Only an open item can be parked; Del clears the answer first.")
        elif self._may_edit() and self.edit(Session.answer, self.selected, parked=not self.answer.parked):
            self.message = Said(f"{self.item.text} {'parked' if self.answer.parked else 'taken back'} | u undo")

    def action_details(self) -> None:
        """Ask for what the status asks for."""
        self._ask_about(ask_details)

    def action_owner(self) -> None:
        """Ask who answers for the item."""
        self._ask_about(ask_owner)

    def action_evidence(self) -> None:
        """Add, edit or remove evidence."""
        self._ask_about(ask_evidence)

    def action_note(self) -> None:
        """Type the note."""
        self._ask_about(ask_note)

    def on_paste(self, event: events.Paste) -> None:
        """Take links that are pasted on the slide as evidence; offer other text as a note."""
        event.stop()
        self._ask_about(partial(ask_pasted, text=event.text))

    def _may_edit(self) -> bool:
        if self._open.session.is_signed:
            self.message = refusal("This session is signed and read-only; R on the items starts a new revision.")
        return not self._open.session.is_signed

    def _ask_about(self, question: Question) -> None:
        if self._may_edit():
            self.ask(partial(self._answer_question, question, self.item))

    async def _answer_question(self, question: Question, item: Item) -> None:
        try:
            said = await question(self.app, self._open, item)
        except SessionError as error:
            said = refusal(str(error))
        if said.text:
            self.message = said

    # The meeting.

    def action_clock_anew(self) -> None:
        """Start the clock now: what was answered before was preparation."""
        self._open.meeting.begin_anew()
        self.read_clock()
        self.message = Said("The clock of the meeting starts now.")

    def action_finish(self) -> None:
        """Go on to the verdict, the decision and the signature."""
        self.ask(partial(self.app.show_finish, self._open, self.go_to))

    def action_blank(self) -> None:
        """Show nothing until the next key."""
        self.app.push_screen(BlankScreen())

    def action_leave(self) -> None:
        """Go back to the review, to the item that was shown last."""
        self.dismiss(self.selected)
