"""The walk: one item after the other, one key for each answer."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.reactive import reactive

from signoff.domain.answer import Status
from signoff.domain.session import Session
from signoff.domain.walk import next_open
from signoff.ui.bindings import bindings
from signoff.ui.keyboard.answer_keys import EVIDENCE
from signoff.ui.keyboard.dialog_keys import YES_REVISE
from signoff.ui.keyboard.key import Key
from signoff.ui.keyboard.review_keys import CLOSE, CONFIRM, OPEN_LINK, REOPEN, REVIEW_KEYS
from signoff.ui.keyboard.session_keys import SESSION_KEYS, UNDO
from signoff.ui.screens.item_questions import ask_link, ask_show
from signoff.ui.screens.question_screen import QuestionScreen
from signoff.ui.screens.session_screen import SessionScreen
from signoff.ui.screens.too_small import TooSmall
from signoff.ui.screens.walk_screen import WalkScreen
from signoff.ui.widgets.category_tabs import CategoryTabs
from signoff.ui.widgets.key_line import KeyLine
from signoff.ui.widgets.message_line import MessageLine, Said, refusal
from signoff.ui.widgets.progress_line import ProgressLine
from signoff.ui.widgets.review_panes import ReviewPanes
from signoff.ui.widgets.session_line import SessionLine


class ReviewScreen(WalkScreen):
    """The review. Widgets are bound to what it holds and send messages up; only it asks for edits."""

    PLACE = "Review"
    KEYS = (*REVIEW_KEYS, *SESSION_KEYS)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(REVIEW_KEYS)]
    # Breakpoints always change a class, and with it the style of every widget, when the screen is already laid out.
    HORIZONTAL_BREAKPOINTS = []

    DEFAULT_CSS = """
    ReviewScreen.-low ProgressLine, ReviewScreen.-short ProgressLine, ReviewScreen.-short KeyLine { display: none; }
    """

    marked: reactive[frozenset[str]] = reactive(frozenset(), repaint=False, init=False)
    """The ids of the items that are marked, to be answered together."""

    def compose(self) -> ComposeResult:
        """The lines, and the panes between them."""
        yield SessionLine().data_bind(
            SessionScreen.session,
            SessionScreen.saved,
            SessionScreen.notice,
            SessionScreen.locked,
            SessionScreen.meeting,
        )
        yield CategoryTabs().data_bind(SessionScreen.session, WalkScreen.category)
        yield ProgressLine().data_bind(SessionScreen.session)
        yield ReviewPanes().data_bind(
            SessionScreen.session, WalkScreen.items, WalkScreen.selected, WalkScreen.narrowed, ReviewScreen.marked
        )
        yield MessageLine().data_bind(QuestionScreen.message)
        yield KeyLine(REVIEW_KEYS)
        yield TooSmall()

    def on_mount(self) -> None:
        """Stand on the note that was being typed, or else on the first item that is still open."""
        self._open.meeting.show(self.selected)
        self.follow_session()
        self.follow_cursor()
        if self._open.read_only:
            self.message = refusal(self._open.read_only)
        first = self._open.session.checklist.items[0].id
        self._say_what_is_back()
        if not self._bring_note_back() and self._open.session.answers[first].is_settled:
            self.go_to(next_open(self._open.session, first) or first)
        self.call_after_refresh(self._learn_names)

    @work(thread=True, group="names", exit_on_error=False)
    def _learn_names(self) -> None:
        self._open.learn_names()

    def on_resize(self, event: events.Resize) -> None:
        """Find another place for the verdict where its line does not fit."""
        height = self.size.height
        self.query_one(CategoryTabs).with_verdict = height < 20
        self.set_class(height < 14, "-short")
        self.set_class(14 <= height < 20, "-low")

    def action_other_pane(self) -> None:
        """Change between the list and the detail."""
        self.query_one(ReviewPanes).to_other_pane()

    def action_close(self) -> None:
        """Go back: from the detail to the list, then from some items to all, then from marks to none."""
        panes = self.query_one(ReviewPanes)
        if panes.is_in_detail:
            panes.close_detail()
        elif self.narrowed:
            self.stop_narrowing()
        else:
            self.marked = frozenset()

    # Answering many at once.

    def action_answer(self, status_name: str) -> None:
        """Give the selected item, or all that are marked, a status; then ask for what the status must also have."""
        if self.marked:
            self.ask(partial(self._answer_marked, Status(status_name)))
        else:
            super().action_answer(status_name)

    async def _answer_marked(self, status: Status) -> None:
        if await self.may_edit():
            from signoff.ui.screens.bulk_questions import ask_bulk_status

            self.message = await ask_bulk_status(self.app, self._open, self.marked, status)
            self.marked = frozenset()

    def action_confirm_carried(self) -> None:
        """Confirm an answer that was carried over, or all of those that are marked."""
        if self.marked:
            self.ask(self._confirm_marked)
        elif why := self.why_not(CONFIRM):
            self.message = refusal(why)
        elif self.edit(Session.answer, self.selected, carried=False):
            self.message = Said(f"{self.item.text} confirmed as {self.answer.status.word} | {self.app.key(UNDO)} undo")

    async def _confirm_marked(self) -> None:
        if await self.may_edit():
            from signoff.ui.screens.bulk_questions import ask_bulk_confirm

            self.message = await ask_bulk_confirm(self.app, self._open, self.marked)
            self.marked = frozenset()

    def action_mark(self) -> None:
        """Mark the selected item, or take its mark off, and go to the next."""
        self.marked = self.marked ^ {self.selected}
        self.query_one(ReviewPanes).move_down()
        self._say_marked()

    def action_mark_all(self) -> None:
        """Mark all items that are shown, or take the marks off where all are marked."""
        shown = {item.id for item in self.items}
        self.marked = self.marked - shown if shown <= self.marked else self.marked | shown
        self._say_marked()

    def _say_marked(self) -> None:
        count = len(self.marked)
        off = f"{self.app.key(CLOSE)} takes the marks off"
        self.message = Said(f"{count} marked: a status key answers them all, {off}" if count else "")

    # The session.

    def action_open_link(self) -> None:
        """Open one of the links of the evidence."""
        self.ask(partial(self.answer_question, ask_link, self.item))

    async def may_edit(self) -> bool:
        """Whether the session can be changed; a signed one first has to begin a new revision."""
        if self._open.why_read_only or not self._open.session.is_signed:
            return await super().may_edit()
        from signoff.ui.screens.confirm import Confirm

        question = Confirm(
            "Start a new revision?",
            "This session is signed and read-only. A new revision can be changed; it names the signed one, which stays "
            "valid, and has to be decided and signed again.",
            yes=YES_REVISE,
        )
        if not await self.app.push_screen_wait(question):
            return False
        self._open.edit(Session.reopened)
        self.message = Said("A new revision has begun. It supersedes the signed one when it is signed itself.")
        return True

    def _say_what_is_back(self) -> None:
        """Say what became of edits that could not be saved."""
        left = self._open.left
        if left.unsaved:
            last = self._open.saved.revision
            count = len({change.revision for change in left.unsaved.history if change.revision > last})
            edits = f"{count} edits" if count > 1 else "an edit"
            self.message = Said(f"Back from the journal: {edits} that could not be saved.", "$status-pass bold")
        elif left.aside:
            self.message = refusal("Unsaved edits do not fit this file any more: `signoff recover` has them.")

    def _bring_note_back(self) -> bool:
        note, session = self._open.left.note, self._open.session
        if note is None or note.item not in session.checklist.item_by_id:
            return False
        if self._open.read_only or session.is_signed:
            return False
        self.go_to(note.item)
        if self.edit(Session.answer, note.item, note=note.text):
            self.message = Said("The note that was being typed when the program ended is kept here.")
        self._open.end_note()
        return True

    # The meeting.

    def action_show(self) -> None:
        """Ask what to show."""
        self.ask(partial(ask_show, self.app, self._open.session, self.show_only))

    def action_presenter(self) -> None:
        """Show the selected item large, for a room or a clicker."""
        self.ask(partial(self.app.show_presenter, self._open, self.selected, self.go_to))

    def action_release(self) -> None:
        """Change what is known about the release."""
        self.ask(self._change_release)

    async def _change_release(self) -> None:
        if await self.may_edit():
            from signoff.ui.screens.release_form import ask_release

            self.message = await ask_release(self.app, self._open)

    def action_reopen(self) -> None:
        """Start a revision that supersedes the signed one."""
        if why := self.why_not(REOPEN):
            self.message = refusal(why)
        else:
            self.ask(self.may_edit)

    def action_leave(self) -> None:
        """Go back to the sessions."""
        self.app.leave_session()

    def why_not(self, key: Key) -> str:
        """Why a key can do nothing now; a signed session can be changed after a question."""
        signed = self._open.session.is_signed
        why = "" if signed and key.changes and not self._open.lock else super().why_not(key)
        if why:
            return why
        if key.id == CONFIRM.id and not self.marked and not self.answer.carried:
            return "Nothing to confirm: this answer was not carried over."
        if key.id == REOPEN.id and not signed:
            return "This session is not signed; it can be changed as it is."
        if key.id == OPEN_LINK.id and not self.answer.evidence:
            return f"There is no evidence to open; {self.app.key(EVIDENCE)} adds some."
        return ""
