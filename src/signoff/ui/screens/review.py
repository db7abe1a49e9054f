"""The walk: one item after the other, one key for each answer."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.reactive import reactive

from signoff.domain.answer import Answer, Status
from signoff.domain.checklist import Item
from signoff.domain.session import Session
from signoff.domain.walk import next_open
from signoff.errors import SessionError
from signoff.ui.keys import bindings
from signoff.ui.open_session import OpenSession
from signoff.ui.screens.confirm import Confirm
from signoff.ui.screens.item_questions import Question, ask_details, ask_evidence, ask_missing, ask_note, ask_owner
from signoff.ui.screens.release_form import ask_release
from signoff.ui.screens.review_keys import REVIEW_KEYS
from signoff.ui.screens.session_screen import SessionScreen
from signoff.ui.screens.too_small import TooSmall
from signoff.ui.status_look import status_style
from signoff.ui.widgets.category_tabs import CategoryTabs
from signoff.ui.widgets.item_list import ItemList
from signoff.ui.widgets.key_line import KeyLine
from signoff.ui.widgets.message_line import MessageLine, Said, refusal
from signoff.ui.widgets.progress_line import ProgressLine
from signoff.ui.widgets.review_panes import ReviewPanes
from signoff.ui.widgets.session_line import SessionLine


class ReviewScreen(SessionScreen[None]):
    """The review. Widgets are bound to what it holds and send messages up; only it asks for edits."""

    PLACE = "Review"
    KEYS = REVIEW_KEYS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(REVIEW_KEYS)]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (14, "-low"), (20, "-tall")]

    CSS = """
    ReviewScreen.-low ProgressLine, ReviewScreen.-short ProgressLine, ReviewScreen.-short KeyLine { display: none; }
    """

    category: reactive[int] = reactive(0, init=False)
    """The position of the category that is shown."""
    selected: reactive[str] = reactive("", init=False)
    """The id of the selected item."""

    def __init__(self, opened: OpenSession) -> None:
        """Make the screen.

        Args:
            opened: The session to walk.
        """
        super().__init__(opened)
        self._visited: list[str] = []
        self.set_reactive(ReviewScreen.selected, opened.session.checklist.items[0].id)

    def compose(self) -> ComposeResult:
        """The lines, and the panes between them."""
        yield SessionLine().data_bind(SessionScreen.session, SessionScreen.saved)
        yield CategoryTabs().data_bind(SessionScreen.session, ReviewScreen.category)
        yield ProgressLine().data_bind(SessionScreen.session)
        yield ReviewPanes().data_bind(SessionScreen.session, ReviewScreen.category, ReviewScreen.selected)
        yield MessageLine().data_bind(SessionScreen.message)
        yield KeyLine(REVIEW_KEYS)
        yield TooSmall()

    def on_mount(self) -> None:
        """Stand on the first item that is still open."""
        self._restore_draft()
        first = self._open.session.checklist.items[0].id
        if self._open.session.answers[first].is_settled:
            self.go_to(next_open(self._open.session, first) or first)

    def on_resize(self) -> None:
        """Find another place for the verdict where its line does not fit."""
        self.query_one(CategoryTabs).with_verdict = self.size.height < 20

    @property
    def item(self) -> Item:
        """The selected item."""
        return self._open.session.checklist.item_by_id[self.selected]

    @property
    def answer(self) -> Answer:
        """The answer to the selected item."""
        return self._open.session.answers[self.selected]

    # Moving.

    def go_to(self, item_id: str) -> None:
        """Select an item in whatever category it is."""
        self.category = self._open.session.checklist.category_index[item_id]
        self.query_one(ReviewPanes).show_item(item_id)
        self.selected = item_id

    @on(ItemList.ItemHighlighted)
    def _item_highlighted(self, event: ItemList.ItemHighlighted) -> None:
        event.stop()
        self.selected = event.item_id

    def action_next_open(self) -> None:
        """Go to the next item that still has to be asked, in whatever category."""
        target = next_open(self._open.session, self.selected)
        if target is None:
            self.message = Said("Nothing is open any more: f finishes.", "$status-pass bold")
            return
        self._visited.append(self.selected)
        self.go_to(target)

    def action_back(self) -> None:
        """Go back to where the last jump started."""
        if self._visited:
            self.go_to(self._visited.pop())

    def action_show_category(self, position: int) -> None:
        """Show a category."""
        categories = self._open.session.checklist.categories
        if position >= len(categories):
            self.message = refusal(f"There are {len(categories)} categories.")
        elif position != self.category:
            self.category = position
            self.selected = categories[position].items[0].id

    def action_next_category(self) -> None:
        """Show the next category, after the last one the first."""
        self.action_show_category((self.category + 1) % len(self._open.session.checklist.categories))

    def action_previous_category(self) -> None:
        """Show the previous category, before the first one the last."""
        self.action_show_category((self.category - 1) % len(self._open.session.checklist.categories))

    def action_other_pane(self) -> None:
        """Change between the list and the detail."""
        self.query_one(ReviewPanes).to_other_pane()

    def action_close(self) -> None:
        """Go back to the list."""
        self.query_one(ReviewPanes).close_detail()

    # Answering.

    @work(exclusive=True, group="question")
    async def action_answer(self, status_name: str) -> None:
        """Give the selected item a status, then ask for what the status must also have."""
        status, item = Status(status_name), self.item
        if await self._may_edit() and self.edit(Session.answer, item.id, status=status):
            self.message = Said(f"{status.glyph} {item.text} set to {status.word} | u undo", status_style(status))
            await self._show(ask_missing, item)

    def action_confirm_carried(self) -> None:
        """Confirm an answer that was carried over."""
        if not self.answer.carried:
            self.message = refusal("Nothing to confirm: this answer was not carried over.")
        elif self.edit(Session.answer, self.selected, carried=False):
            self.message = Said(f"{self.item.text} confirmed as {self.answer.status.word}")

    def action_park(self) -> None:
        """Put an open item off, or take it back."""
        if self.answer.status is not Status.OPEN:
            self.message = refusal("Only an open item can be parked; Del clears the answer first.")
        elif self.edit(Session.answer, self.selected, parked=not self.answer.parked):
            self.message = Said(f"{self.item.text} {'parked' if self.answer.parked else 'taken back'}")

    def action_details(self) -> None:
        """Ask for what the status asks for."""
        self._ask(ask_details)

    def action_owner(self) -> None:
        """Ask who answers for the item."""
        self._ask(ask_owner)

    def action_evidence(self) -> None:
        """Add, edit or remove evidence."""
        self._ask(ask_evidence)

    def action_note(self) -> None:
        """Type the note."""
        self._ask(ask_note)

    @work(exclusive=True, group="question")
    async def action_open_link(self) -> None:
        """Open one of the links of the evidence."""
        from signoff.ui.screens.open_link import open_evidence

        self.message = Said(await open_evidence(self.app, self.answer.evidence))

    @work(exclusive=True, group="question")
    async def _ask(self, question: Question) -> None:
        if await self._may_edit():
            await self._show(question, self.item)

    async def _show(self, question: Question, item: Item) -> None:
        """Ask about an item and show what came of it; what was said before stays where nothing did."""
        try:
            said = await question(self.app, self._open, item)
        except SessionError as error:
            said = refusal(str(error))
        if said.text:
            self.message = said

    async def _may_edit(self) -> bool:
        """Whether the session can be changed; a signed one first has to begin a new revision."""
        if not self._open.session.is_signed:
            return True
        question = Confirm(
            "Start a new revision?",
            "This session is signed and read-only. A new revision can be changed; it names the signed one, which stays "
            "valid, and has to be decided and signed again.",
        )
        if not await self.app.push_screen_wait(question):
            return False
        self._open.edit(Session.reopened)
        self.message = Said("A new revision has begun. It supersedes the signed one when it is signed itself.")
        return True

    def _restore_draft(self) -> None:
        draft, session = self._open.draft, self._open.session
        if draft is None or draft.item not in session.checklist.item_by_id or session.is_signed:
            return
        self.go_to(draft.item)
        if self.edit(Session.answer, draft.item, note=draft.text):
            self.message = Said("The note that was being typed when the program ended is kept here.")
        self._open.drop_draft()

    # The meeting.

    def action_finish(self) -> None:
        """Go on to the verdict, the decision and the signature."""
        self.app.show_finish(self._open, self.go_to)

    @work(exclusive=True, group="question")
    async def action_release(self) -> None:
        """Change what is known about the release."""
        if await self._may_edit():
            self.message = await ask_release(self.app, self._open)

    @work(exclusive=True, group="question")
    async def action_reopen(self) -> None:
        """Start a revision that supersedes the signed one."""
        if self._open.session.is_signed:
            await self._may_edit()
        else:
            self.message = refusal("This session is not signed; it can be changed as it is.")

    def action_leave(self) -> None:
        """Go back to the sessions."""
        self.app.leave_session()
