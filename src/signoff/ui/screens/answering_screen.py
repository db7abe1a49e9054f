"""A screen that stands on one item and answers it: the review and the presenter answer with the same keys."""

from __future__ import annotations

from functools import partial
from typing import TypeVar

from textual import events
from textual.reactive import reactive

from signoff.domain.answer import Answer, Status, missing
from signoff.domain.checklist import Item
from signoff.domain.session import Session
from signoff.errors import SessionError
from signoff.ui.keyboard.answer_keys import CLEAR, PARK
from signoff.ui.keyboard.key import Key
from signoff.ui.keyboard.session_keys import UNDO
from signoff.ui.line_text import item_text
from signoff.ui.screens.item_questions import (
    Question,
    ask_actions,
    ask_details,
    ask_evidence,
    ask_missing,
    ask_note,
    ask_owner,
    ask_pasted,
)
from signoff.ui.screens.session_screen import SessionScreen
from signoff.ui.status_look import status_color
from signoff.ui.widgets.message_line import Said, failure, refusal

Answered = TypeVar("Answered")


class AnsweringScreen(SessionScreen[Answered]):
    """A screen with a selected item.

    What a key is about is taken when it is pressed: the selection may move before a question is shown.
    """

    selected: reactive[str] = reactive("", repaint=False, init=False)
    """The id of the selected item."""

    def watch_selected(self) -> None:
        """Time another item, and take back what was said about the time of the one before."""
        self._open.meeting.show(self.selected)
        if self.message == self._parking_offer:
            self.message = Said("")

    def read_clock(self) -> None:
        """Show the time, and offer to park an item that has been talked about for long; once, since people talk on."""
        super().read_clock()
        is_seen = self.app.screen is self and self.message.style not in (failure("").style, refusal("").style)
        can_be_parked = self.meeting is not None and not self.answer.parked and not self.why_not(PARK)
        if is_seen and can_be_parked and self._open.meeting.notices_long():
            self.message = self._parking_offer

    @property
    def _parking_offer(self) -> Said:
        key = self.app.key(PARK)
        return refusal(f"Three minutes on this item | {key} parks it, and it is asked again at the end")

    @property
    def item(self) -> Item:
        """The selected item."""
        return self._open.session.checklist.item_by_id[self.selected]

    @property
    def answer(self) -> Answer:
        """The answer to the selected item."""
        return self._open.session.answers[self.selected]

    def selected_text(self) -> str:
        """The selected item."""
        return item_text(self._open.session, self.item)

    def action_answer(self, status_name: str) -> None:
        """Give the selected item a status, then ask for what the status must also have."""
        status, item = Status(status_name), self.item
        if self.why_read_only():
            self.ask_about(ask_missing)  # which says why, or offers a revision
            return
        if self.edit(Session.answer, item.id, status=status):
            said = f"{status.glyph} {item.text} set to {status.word} | {self.app.key(UNDO)} undo".strip()
            self.message = Said(said, status_color(status))
        # The same key again asks again for what is still missing.
        if missing(item, self._open.session.answers[item.id]):
            self.ask_about(ask_missing)

    def action_park(self) -> None:
        """Put an open item off, or take it back."""
        if why := self.why_not(PARK):
            self.message = refusal(why)
        elif self.edit(Session.answer, self.selected, parked=not self.answer.parked):
            parked = "parked" if self.answer.parked else "taken back"
            self.message = Said(f"{self.item.text} {parked} | {self.app.key(UNDO)} undo")

    def why_not(self, key: Key) -> str:
        """Why a key can do nothing now."""
        why = super().why_not(key)
        if not why and key.id == PARK.id and self.answer.status is not Status.OPEN:
            return f"Only an open item can be parked; {self.app.key(CLEAR)} clears the answer first."
        return why

    def action_details(self) -> None:
        """Ask for what the status asks for."""
        self.ask_about(ask_details)

    def action_owner(self) -> None:
        """Ask who answers for the item."""
        self.ask_about(ask_owner)

    def action_evidence(self) -> None:
        """Add, edit or remove evidence."""
        self.ask_about(ask_evidence)

    def action_note(self) -> None:
        """Type the note."""
        self.ask_about(ask_note)

    def action_note_outside(self) -> None:
        """Type the note in the user's own editor."""
        self.ask_about(partial(ask_note, outside=True))

    def action_actions(self) -> None:
        """Add, edit or remove actions."""
        self.ask_about(ask_actions)

    def on_paste(self, event: events.Paste) -> None:
        """Take links that are pasted on the screen as evidence; offer other text as a note."""
        event.stop()
        self.ask_about(partial(ask_pasted, text=event.text))

    def ask_about(self, question: Question) -> None:
        """Ask something about the selected item that may change its answer."""
        self.ask(partial(self._ask_if_editable, question, self.item))

    async def _ask_if_editable(self, question: Question, item: Item) -> None:
        if await self.may_edit():
            await self.answer_question(question, item)

    async def answer_question(self, question: Question, item: Item) -> None:
        """Ask about an item and show what came of it; what was said before stays where nothing did."""
        try:
            said = await question(self.app, self._open, item)
        except SessionError as error:
            said = refusal(str(error))
        if said.text:
            self.message = said

    async def may_edit(self) -> bool:
        """Whether the session can be changed; says why where it cannot."""
        why = self.why_read_only()
        if why:
            self.message = refusal(why)
        return not why

    def action_finish(self) -> None:
        """Go on to the verdict, the decision and the signature."""
        self.ask(partial(self.app.show_finish, self._open, self.go_to))

    def go_to(self, item_id: str) -> None:
        """Select an item, wherever it is."""
        self.selected = item_id
