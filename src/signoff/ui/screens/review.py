"""The walk: one item after the other, one key for each answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.reactive import reactive
from textual.screen import Screen

from signoff.domain.answer import Answer, Status, missing
from signoff.domain.checklist import Item
from signoff.domain.safe_text import safe_text
from signoff.domain.session import Session
from signoff.domain.walk import next_open
from signoff.errors import SessionError
from signoff.ui.keys import bindings
from signoff.ui.open_session import OpenSession, Saved
from signoff.ui.screens.answer_forms import changes_from, form_for, people_of, release_now
from signoff.ui.screens.confirm import Confirm
from signoff.ui.screens.evidence_editor import EvidenceEditor
from signoff.ui.screens.form import Field, Form
from signoff.ui.screens.note_editor import NoteEditor
from signoff.ui.screens.open_link import open_evidence
from signoff.ui.screens.review_keys import REVIEW_KEYS
from signoff.ui.screens.too_small import TooSmall
from signoff.ui.status_look import status_style
from signoff.ui.widgets.category_tabs import CategoryTabs
from signoff.ui.widgets.detail_pane import DetailPane
from signoff.ui.widgets.item_list import ItemList
from signoff.ui.widgets.key_line import KeyLine
from signoff.ui.widgets.message_line import MessageLine, Said
from signoff.ui.widgets.progress_line import ProgressLine
from signoff.ui.widgets.row_list import RowList
from signoff.ui.widgets.rule_line import RuleLine
from signoff.ui.widgets.session_line import SessionLine

if TYPE_CHECKING:
    from signoff.ui.app import SignoffApp


class ReviewScreen(Screen[None]):
    """The review. Widgets are bound to what it holds and send messages up; only it asks for edits."""

    app: SignoffApp

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(REVIEW_KEYS)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (14, "-low"), (20, "-tall")]

    CSS = """
    ReviewScreen {
        layout: vertical;
        #body { layout: horizontal; height: 1fr; }
        ItemList { width: 57%; height: 1fr; }
        DetailPane { width: 1fr; height: 1fr; border-left: solid $rule; }
        #between { display: none; }
        &.-normal {
            #body { layout: vertical; }
            ItemList { width: 1fr; }
            DetailPane { width: 1fr; height: 7; border-left: none; }
            #between { display: block; }
        }
        &.-narrow {
            ItemList { width: 1fr; }
            DetailPane { width: 1fr; border-left: none; display: none; }
        }
        &.-narrow.-detail, &.-normal.-detail {
            ItemList, #between { display: none; }
            DetailPane { display: block; height: 1fr; }
        }
        &.-low ProgressLine, &.-short ProgressLine, &.-short .rule, &.-short KeyLine { display: none; }
    }
    """

    session: reactive[Session | None] = reactive(None, init=False)
    """The session as it is."""
    saved: reactive[Saved | None] = reactive(None, init=False)
    """What is on the disk."""
    category: reactive[int] = reactive(0, init=False)
    """The position of the category that is shown."""
    selected: reactive[str] = reactive("", init=False)
    """The id of the selected item."""
    message: reactive[Said] = reactive(Said(""), init=False)
    """What the last key did."""
    columns: reactive[str] = reactive("wide", init=False)
    """Which of the three layouts there is room for."""

    def __init__(self, opened: OpenSession) -> None:
        """Make the screen.

        Args:
            opened: The session to walk.
        """
        super().__init__()
        self._open = opened
        self._visited: list[str] = []
        self.set_reactive(ReviewScreen.session, opened.session)
        self.set_reactive(ReviewScreen.saved, opened.saved)
        self.set_reactive(ReviewScreen.selected, opened.session.checklist.items[0].id)

    def compose(self) -> ComposeResult:
        """The lines and the two panes."""
        yield SessionLine().data_bind(ReviewScreen.session, ReviewScreen.saved)
        yield CategoryTabs().data_bind(ReviewScreen.session, ReviewScreen.category)
        yield ProgressLine().data_bind(ReviewScreen.session)
        yield RuleLine("┬", id="above", classes="rule")
        with Container(id="body"):
            yield ItemList().data_bind(ReviewScreen.session, ReviewScreen.category, ReviewScreen.columns)
            yield RuleLine(id="between", classes="rule")
            yield DetailPane().data_bind(ReviewScreen.session, ReviewScreen.selected)
        yield RuleLine("┴", id="below", classes="rule")
        yield MessageLine().data_bind(ReviewScreen.message)
        yield KeyLine(REVIEW_KEYS)
        yield TooSmall()

    def on_mount(self) -> None:
        """Follow the session and stand on the first item that is still open."""
        self._open.changed.subscribe(self, self._session_changed, immediate=True)
        self._open.saving.subscribe(self, self._saved_changed, immediate=True)
        self.query_one(ItemList).focus()
        self._restore_draft()
        first = self._open.session.checklist.items[0].id
        if self._open.session.answers[first].is_settled:
            self.go_to(next_open(self._open.session, first) or first)

    def on_resize(self) -> None:
        """Choose the layout for the width; selection and typed text stay."""
        width = self.size.width
        self.query_one(CategoryTabs).with_verdict = self.size.height < 20
        self.columns = "narrow" if width < 80 else "normal" if width < 110 else "wide"
        self.call_after_refresh(self._place_joints)

    def watch_columns(self, columns: str) -> None:
        """Fit the detail to the layout."""
        self.query_one(DetailPane).compact = columns == "normal" and not self.has_class("-detail")

    def _place_joints(self) -> None:
        joint = self.query_one(DetailPane).region.x if self.columns == "wide" else -1
        for name in ("#above", "#below"):
            self.query_one(name, RuleLine).joint_at = joint

    def watch_selected(self, selected: str) -> None:
        """Name the item above its detail, where the detail is too small to do so."""
        item = self._open.session.checklist.item_by_id[selected]
        self.query_one("#between", RuleLine).title = safe_text(("* " if item.must else "") + item.text)

    @property
    def item(self) -> Item:
        """The selected item."""
        return self._open.session.checklist.item_by_id[self.selected]

    @property
    def answer(self) -> Answer:
        """The answer to the selected item."""
        return self._open.session.answers[self.selected]

    def _session_changed(self, session: Session) -> None:
        self.session = session

    def _saved_changed(self, saved: Saved) -> None:
        self.saved = saved
        if saved.problem:
            self.say(f"{saved.problem} It is tried again.", "$status-fail bold")

    def say(self, text: str, style: str = "") -> None:
        """Say what happened; it stays until something else does."""
        self.message = Said(text, style)

    def refuse(self, reason: str) -> None:
        """Say why a key does nothing."""
        self.say(reason, "$status-condition bold")

    # Moving.

    def go_to(self, item_id: str) -> None:
        """Select an item in whatever category it is."""
        self.category = self._open.session.checklist.category_index[item_id]
        self.query_one(ItemList).show_item(item_id)
        self.selected = item_id

    @on(ItemList.ItemHighlighted)
    def _item_highlighted(self, event: ItemList.ItemHighlighted) -> None:
        event.stop()
        self.selected = event.item_id

    def action_next_open(self) -> None:
        """Go to the next item that still has to be asked, in whatever category."""
        target = next_open(self._open.session, self.selected)
        if target is None:
            self.say("Nothing is open any more: f finishes.", "$status-pass bold")
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
            self.refuse(f"There are {len(categories)} categories.")
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
        detail = self.query_one(DetailPane)
        if self.focused is detail or not detail.display:
            self.action_close()
        else:
            detail.focus()

    @on(RowList.Chosen)
    def _open_detail(self, event: RowList.Chosen) -> None:
        event.stop()
        self.add_class("-detail")
        detail = self.query_one(DetailPane)
        detail.compact = False
        self.call_after_refresh(detail.focus)

    def action_close(self) -> None:
        """Go back to the list."""
        self.remove_class("-detail")
        self.query_one(DetailPane).compact = self.columns == "normal"
        self.query_one(ItemList).focus()

    # Answering.

    def edit_answer(self, said: str = "", **changed: object) -> bool:
        """Change the answer to the selected item and say so; returns whether that was possible."""
        try:
            if self._open.edit(Session.answer, self.selected, **changed) and said:
                self.say(said, status_style(self.answer.status) if "status" in changed else "")
        except SessionError as error:
            self.refuse(str(error))
            return False
        return True

    @work(exclusive=True, group="question")
    async def action_answer(self, status_name: str) -> None:
        """Give the selected item a status, then ask for what the status must also have."""
        status = Status(status_name)
        if self._open.session.is_signed:
            await self._ask_to_reopen()
            return
        if self.edit_answer(f"{status.glyph} {self.item.text} set to {status.word}", status=status):
            await self._ask_for_missing()

    async def _ask_for_missing(self) -> None:
        if not missing(self.item, self.answer):
            return
        if self.answer.status is Status.PASS:
            await self._ask_evidence()
        else:
            await self._ask_details()

    @work(exclusive=True, group="question")
    async def action_details(self) -> None:
        """Ask again for what the status must also have."""
        if self.answer.status is Status.PASS:
            await self._ask_evidence()
        elif not await self._ask_details():
            self.refuse(f"{self.answer.status.word} asks for nothing more.")

    async def _ask_details(self) -> bool:
        form = form_for(self._open.session, self.item, release_now(self._open.session, self._open.clock()))
        if form is None:
            return False
        values = await self.app.push_screen_wait(form)
        if values is not None and self.edit_answer(**changes_from(self.answer, values)):
            lacking = missing(self.item, self.answer)
            if lacking:
                self.refuse(f"Incomplete: {self.item.text} still needs {' and '.join(lacking)}; d asks again.")
        return True

    def action_confirm_carried(self) -> None:
        """Confirm an answer that was carried over."""
        if not self.answer.carried:
            self.refuse("Nothing to confirm: this answer was not carried over.")
        else:
            self.edit_answer(f"{self.item.text} confirmed as {self.answer.status.word}", carried=False)

    def action_park(self) -> None:
        """Put an open item off, or take it back."""
        if self.answer.status is not Status.OPEN:
            self.refuse("Only an open item can be parked; Del clears the answer first.")
        else:
            parked = not self.answer.parked
            self.edit_answer(f"{self.item.text} {'parked' if parked else 'taken back'}", parked=parked)

    # Details.

    @work(exclusive=True, group="question")
    async def action_owner(self) -> None:
        """Ask who answers for the item."""
        owner = Field("owner", "Owner", self.answer.owner, "a name", suggestions=people_of(self._open.session))
        values = await self.app.push_screen_wait(Form(f"Owner of {self.item.text}", [owner], keeps=True))
        if values is not None:
            self.edit_answer(f"{self.item.text}: owner {values['owner'] or 'nobody'}", **values)

    @work(exclusive=True, group="question")
    async def action_evidence(self) -> None:
        """Add, edit or remove evidence."""
        await self._ask_evidence()

    async def _ask_evidence(self) -> None:
        evidence = await self.app.push_screen_wait(
            EvidenceEditor(f"Evidence for {self.item.text}", self.answer.evidence)
        )
        if evidence is not None and evidence != self.answer.evidence:
            recorded = await self.app.record_files(evidence)
            self.edit_answer(f"{self.item.text}: {len(recorded)} evidence", evidence=recorded)

    @work(exclusive=True, group="question")
    async def action_open_link(self) -> None:
        """Open one of the links of the evidence."""
        self.say(await open_evidence(self.app, self.answer.evidence))

    @work(exclusive=True, group="question")
    async def action_note(self) -> None:
        """Type the note."""
        item, before = self.item, self.answer.note
        editor = NoteEditor(f"Note on {item.text}", before, lambda text: self._open.keep_draft(item.id, text))
        note = await self.app.push_screen_wait(editor)
        if note != before:
            self.edit_answer(f"{item.text}: note kept", note=note)
        self._open.drop_draft()

    def _restore_draft(self) -> None:
        draft = self._open.draft
        session = self._open.session
        if draft is None or draft.item not in session.checklist.item_by_id or session.is_signed:
            return
        self.go_to(draft.item)
        if draft.text != self.answer.note:
            self.edit_answer("The note that was being typed when the terminal closed is kept here.", note=draft.text)
        self._open.drop_draft()

    # The meeting.

    def action_finish(self) -> None:
        """Go on to the verdict, the decision and the signature."""
        self.app.show_finish(self._open, self.go_to)

    def action_preview(self) -> None:
        """Show the report as it would be now."""
        self.app.show_preview(self._open)

    @work(exclusive=True, group="question")
    async def action_release(self) -> None:
        """Change what is known about the release."""
        await self.app.ask_release(self._open, self.refuse)

    @work(exclusive=True, group="question")
    async def action_reopen(self) -> None:
        """Start a revision that supersedes the signed one."""
        if self._open.session.is_signed:
            await self._ask_to_reopen()
        else:
            self.refuse("This session is not signed; it can be changed as it is.")

    async def _ask_to_reopen(self) -> None:
        question = Confirm(
            "Start a new revision?",
            "This session is signed and read-only. A new revision can be changed; it names the signed one, which stays "
            "valid, and has to be decided and signed again.",
        )
        if await self.app.push_screen_wait(question):
            self._open.edit(Session.reopened)
            self.say("A new revision has begun; the signed one is superseded when this one is signed.")

    def action_help(self) -> None:
        """Show the keys."""
        self.app.show_help("Review", REVIEW_KEYS)

    def action_leave(self) -> None:
        """Go back to the sessions."""
        self.app.leave_session()
