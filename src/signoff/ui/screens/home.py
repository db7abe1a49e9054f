"""The sessions: make one, open one, go on with the last."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from signoff.domain.safe_text import safe_text
from signoff.errors import SignoffError
from signoff.storage.checklist_file import ChecklistFolder
from signoff.storage.session_folder import SessionHeader, list_sessions
from signoff.storage.trash import FOLDER, move_to_trash, take_back
from signoff.ui.bindings import bindings
from signoff.ui.keyboard.home_keys import HOME_KEYS, NEW, RELOAD, TAKE_BACK
from signoff.ui.screens.confirm import Confirm
from signoff.ui.screens.question_screen import QuestionScreen
from signoff.ui.screens.release_form import new_session_form, words_from
from signoff.ui.screens.too_small import TooSmall
from signoff.ui.widgets.key_line import KeyLine
from signoff.ui.widgets.line import Line, spread
from signoff.ui.widgets.message_line import MessageLine, Said, failure, refusal
from signoff.ui.widgets.row_list import RowList
from signoff.ui.widgets.rule_line import RuleLine
from signoff.ui.widgets.session_list import SessionList
from signoff.workflow.new_session import commit_here, commit_warning, create_session


class HomeLine(Line):
    """The first line of the home screen."""

    DEFAULT_CSS = """
    HomeLine { background: $surface; }
    """

    text: reactive[str] = reactive("")
    """What stands at its right end: how many sessions, and where."""

    def line(self, width: int) -> Content:
        """The program's name and where its sessions are."""
        left = Content.assemble(" ", ("signoff", "$accent bold"))
        right = Content.assemble((safe_text(self.text), "$muted"), " ")
        purpose = Content("  go/no-go meetings")
        if left.cell_length + purpose.cell_length + right.cell_length < width:
            left += purpose
        return spread(left, right, width)


class HomeScreen(QuestionScreen[None]):
    """The first screen."""

    PLACE = "Sessions"
    KEYS = HOME_KEYS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(HOME_KEYS)]

    DEFAULT_CSS = """
    HomeScreen {
        SessionList { height: 1fr; }
        #nothing { height: 1fr; padding: 2 4; display: none; }
        &.-nothing SessionList { display: none; }
        &.-nothing #nothing { display: block; }
    }
    """

    sessions: reactive[tuple[SessionHeader, ...]] = reactive((), repaint=False, init=False)
    """The sessions, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._commit = ""
        self._checklists = ChecklistFolder({}, ())
        self._named = Said("")
        """What was said about the file under the cursor."""
        self._trashed: list[tuple[Path, Path]] = []
        """Where the files are that were moved to the trash, and where they were."""

    def compose(self) -> ComposeResult:
        """The list and its lines."""
        yield HomeLine()
        yield RuleLine(classes="rule")
        yield SessionList(self.app.clock).data_bind(HomeScreen.sessions)
        yield Static("Reading the sessions ...", id="nothing", markup=False)
        yield RuleLine(classes="rule")
        yield MessageLine().data_bind(QuestionScreen.message)
        yield KeyLine(HOME_KEYS)
        yield TooSmall()

    def on_mount(self) -> None:
        """Show that something is being read."""
        self.add_class("-nothing")

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Read the folder whenever the screen is shown."""
        self.action_reload()

    @work(thread=True, exclusive=True, group="reload")
    def action_reload(self) -> None:
        """Read the folder."""
        folder = self.app.locations.data
        try:
            found = tuple(list_sessions(folder))
        except SignoffError as error:
            self.app.call_from_thread(self._say, failure(str(error)))
            return
        self.app.call_from_thread(self._show, found)
        # What the form for a new session offers is found now, so that it opens at once when somebody types.
        self._commit = commit_here(self.app.working_folder)
        self._checklists = self.app.checklists()

    def _show(self, found: tuple[SessionHeader, ...]) -> None:
        folder = str(self.app.locations.data).replace(str(self.app.home), "~", 1)
        sessions = sum(not header.is_conflict for header in found)
        count = f"{sessions} session{'' if sessions == 1 else 's'} in " if found else ""
        self.query_one(HomeLine).text = f"{count}{folder}"
        self.query_one("#nothing", Static).update(_nothing(self.app.key(NEW)))
        self.set_class(not found, "-nothing")
        self.sessions = found
        if found:
            self.query_one(SessionList).focus()

    def _say(self, said: Said) -> None:
        self.message = said

    @on(RowList.Highlighted)
    def _name_problem(self, event: RowList.Highlighted) -> None:
        event.stop()
        selected = self.query_one(SessionList).selected
        named = failure(selected.problem) if selected and selected.problem else Said("")
        if named.text or self.message == self._named:
            self.message = named
        self._named = named

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        """Open the selected session."""
        selected = self.query_one(SessionList).selected
        if selected is None:
            self.message = refusal(f"There is nothing to open yet; {self.app.key(NEW)} makes a session.")
        elif selected.problem:
            mended = f"Mend the file, then {self.app.key(RELOAD)}; signoff leaves it as it is."
            self.message = failure(f"{selected.problem}. {mended}")
        else:
            self.app.open_session(selected.path)

    def action_continue(self) -> None:
        """Open the session that was saved last."""
        last = next((header for header in self.sessions if not header.problem and not header.is_conflict), None)
        if last is None:
            self.message = refusal(f"There is nothing to continue yet; {self.app.key(NEW)} makes a session.")
        else:
            self.app.open_session(last.path)

    def action_trash(self) -> None:
        """Move the selected session to the trash, once that is confirmed."""
        selected = self.query_one(SessionList).selected
        if selected is None:
            self.message = refusal("There is nothing to move to the trash.")
        else:
            self.ask(partial(self._ask_trash, selected))

    async def _ask_trash(self, header: SessionHeader) -> None:
        trash = str(header.path.parent / FOLDER).replace(str(self.app.home), "~", 1)
        text = f"{_described(header)}\n\nIt is kept in {trash}."
        if await self.app.push_screen_wait(Confirm(f"Move {header.title or header.path.name} to the trash?", text)):
            now = self.app.clock()
            trashed = await asyncio.to_thread(move_to_trash, header.path, self.app.locations.state, now)
            self._trashed.append((trashed, header.path))
            said = f"{header.path.name} is in the trash | {self.app.key(TAKE_BACK)} takes it back"
            self.message = Said(said)
            self.action_reload()

    def action_take_back(self) -> None:
        """Take back what was moved to the trash last."""
        if self._trashed:
            self.ask(self._take_back)
        else:
            self.message = refusal("Nothing was moved to the trash here; `signoff recover` lists what is in it.")

    async def _take_back(self) -> None:
        trashed, session = self._trashed.pop()
        try:
            path = await asyncio.to_thread(take_back, trashed, session)
        except SignoffError:
            if await asyncio.to_thread(trashed.exists):  # otherwise it stands in the way of those before it
                self._trashed.append((trashed, session))
            raise
        self.message = Said(f"{path.name} is back.")
        self.action_reload()

    def action_new(self) -> None:
        """Ask for the release and make its session."""
        self.ask(self._ask_release)

    async def _ask_release(self) -> None:
        if self._checklists.failed:
            self.message = failure(str(self._checklists.failed[0]))
        form = new_session_form(self.app.clock(), self._commit, tuple(self._checklists.loaded))
        values = await self.app.push_screen_wait(form)
        if values is None:
            return
        words, checklist = await words_from(self.app, values), values["checklist"]
        file, _ = await asyncio.to_thread(create_session, self.app.locations, words, checklist, self.app.clock())
        warning = commit_warning(words.commit)
        self.app.open_session(file.path, refusal(warning) if warning else None)


def _described(header: SessionHeader) -> str:
    """What would go, in a few words."""
    if header.problem:
        return f"It is broken: {header.problem}"
    signed = "signed" if header.signed else "not signed"
    said = f"{header.answered} of {header.total} answered, {header.decision or header.verdict}, {signed}"
    return f"{header.path.name}: {said}."


def _nothing(key: str) -> Content:
    return Content.assemble(
        ("No sessions yet.", "bold"),
        "\n\nA session is one go/no-go meeting for one release.\nPress ",
        (key, "$accent bold"),
        " to make the first.\n\n",
        ("Every answer is saved at once.\nThe report is signed at the end.", "$muted"),
    )
