"""The end of the meeting: what blocks, what each role says, the decision, the signature."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import ClassVar, Final

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.reactive import reactive

from signoff.domain.checklist import Agreement, Role
from signoff.domain.deciding import decide
from signoff.domain.meeting import Choice, Vote
from signoff.domain.roll_call import lacks_a_name, with_vote
from signoff.domain.rules import RuleResult
from signoff.domain.session import Session
from signoff.domain.when import when_text
from signoff.ui.bindings import bindings
from signoff.ui.keyboard.finish_keys import DECIDE, FINISH_KEYS, OTHER_PANE, OVERRIDE, PEOPLE, SIGN, SIGN_OFFS, VOTES
from signoff.ui.keyboard.key import Key
from signoff.ui.keyboard.session_keys import SESSION_KEYS, UNDO
from signoff.ui.line_text import item_text, rule_text, vote_text
from signoff.ui.screens.decision_questions import ask_decision, ask_override, ask_watch
from signoff.ui.screens.question_screen import QuestionScreen
from signoff.ui.screens.roll_call_questions import ask_people, ask_speaker, ask_vote
from signoff.ui.screens.session_screen import SessionScreen
from signoff.ui.screens.signing import sign_session
from signoff.ui.screens.too_small import TooSmall
from signoff.ui.status_look import look_of, status_color
from signoff.ui.widgets.decision_pane import DecisionPane
from signoff.ui.widgets.finding_list import FindingList
from signoff.ui.widgets.ground import Panes
from signoff.ui.widgets.key_line import KeyLine
from signoff.ui.widgets.message_line import MessageLine, Said, refusal
from signoff.ui.widgets.roll_call import RollCall
from signoff.ui.widgets.row_list import RowList
from signoff.ui.widgets.rule_line import RuleLine
from signoff.ui.widgets.session_line import SessionLine
from signoff.workflow.report_standing import ReportStanding, report_standing

_HALF_OVERRIDE: Final = "An override counts when it has both a name and a reason; {} asks again."


class FinishScreen(SessionScreen[str | None]):
    """The finish. Its answer is the id of the item to go to, or None."""

    PLACE = "Finish"
    KEYS = (*FINISH_KEYS, *SESSION_KEYS)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FINISH_KEYS)]

    DEFAULT_CSS = """
    FinishScreen {
        #body { layout: horizontal; height: 1fr; }
        FindingList { width: 60%; height: 1fr; }
        #right { width: 1fr; height: 1fr; border-left: solid $rule; }
        RollCall { height: auto; max-height: 12; }
        &.-narrow, &.-normal {
            #body { layout: vertical; }
            FindingList { width: 1fr; height: 1fr; }
            #right { height: auto; border-left: none; }
            RollCall { max-height: 6; }
        }
        &.-narrow RollCall { max-height: 3; }
    }
    """

    standing: reactive[ReportStanding | None] = reactive(None, repaint=False, init=False)
    """How the session stands to its last signed report."""

    def compose(self) -> ComposeResult:
        """The findings, the roll call, the decision."""
        yield SessionLine("FINISH").data_bind(
            SessionScreen.session,
            SessionScreen.saved,
            SessionScreen.notice,
            SessionScreen.locked,
            SessionScreen.meeting,
        )
        yield RuleLine()
        with Panes(id="body"):
            yield FindingList().data_bind(SessionScreen.session)
            with Vertical(id="right"):
                yield RuleLine(classes="between")
                yield RollCall().data_bind(SessionScreen.session)
                yield RuleLine()
                yield DecisionPane().data_bind(SessionScreen.session, FinishScreen.standing)
        yield RuleLine()
        yield MessageLine().data_bind(QuestionScreen.message)
        yield KeyLine(FINISH_KEYS)
        yield TooSmall()

    def on_mount(self) -> None:
        """Start with the roll call: it is what comes next."""
        self.follow_session()
        by_majority = self._open.session.checklist.roll_call is Agreement.MAJORITY
        self.query_one(".between", RuleLine).title = "ROLL CALL, by majority" if by_majority else "ROLL CALL"
        self.query_one(RollCall).focus()
        self._look_up_sign_offs()

    def watch_session(self, old: Session | None, new: Session | None) -> None:
        """See who has signed, when somebody has."""
        if old and new and old.sign_offs != new.sign_offs:
            self._look_up_sign_offs()

    @work(exclusive=True, group="sign-offs")
    async def _look_up_sign_offs(self) -> None:
        session, signers = self._open.session, self.app.locations.allowed_signers
        self.standing = await asyncio.to_thread(report_standing, session, signers)

    def _may_edit(self) -> bool:
        why = self.why_read_only()
        if why:
            self.message = refusal(why)
        return not why

    def on_resize(self, event: events.Resize) -> None:
        """Leave out what there is no room for."""
        self.query_one(DecisionPane).brief = self.size.height < 20

    def selected_text(self) -> str:
        """The selected role, item or rule."""
        session, roll_call = self._open.session, self.query_one(RollCall)
        if roll_call.has_focus:
            return vote_text(session, roll_call.role) if roll_call.role else ""
        finding = self.query_one(FindingList).selected
        if finding and finding.item:
            return item_text(session, finding.item)
        return rule_text(finding.rule) if finding and finding.rule else ""

    @on(RowList.Chosen)
    def _go_to(self, event: RowList.Chosen) -> None:
        event.stop()
        finding = self.query_one(FindingList).selected if isinstance(event.row_list, FindingList) else None
        if finding and finding.item:
            self.dismiss(finding.item.id)
        elif finding and finding.rule and finding.rule.item:
            self.dismiss(finding.rule.item)

    # The roll call.

    def action_vote(self, choice_name: str) -> None:
        """Record the vote of the selected role, then go on to the next that has not voted."""
        roll_call = self.query_one(RollCall)
        role = roll_call.role
        why = self.why_read_only() or self._why_no_vote()
        if why:
            self.message = refusal(why)
        if why or role is None:
            return
        choice, before = Choice(choice_name), self._open.session.vote_of(role.id)
        vote = Vote(choice, self._open.session.person(role.id) or before.by)
        if choice in (Choice.GO_IF, Choice.NO_GO):
            vote = replace(vote, comment=before.comment)
            self._ask_about_vote(role, partial(ask_vote, self.app, self._open, role, vote))
            return
        self._record_vote(role, vote)
        if lacks_a_name(self._open.session, role.id):
            self._ask_about_vote(role, partial(ask_speaker, self.app, self._open, role))

    def _ask_about_vote(self, role: Role, question: Callable[[], Awaitable[Vote | None]]) -> None:
        async def ask() -> None:
            vote = await question()
            if vote is not None:
                self._record_vote(role, vote)

        self.ask(ask)

    def _record_vote(self, role: Role, vote: Vote) -> None:
        if not self.edit(with_vote, role.id, vote):
            return
        if lacks_a_name(self._open.session, role.id):
            names = f"{self.app.key(PEOPLE)} names people"
            self.message = refusal(f"Incomplete: nobody is named for the vote of {role.title}; {names}.")
            return
        said = f"{role.title}: {vote.choice.word} | {self.app.key(UNDO)} undo"
        self.message = Said(said, status_color(look_of(vote.choice)))
        self.query_one(RollCall).to_next_uncalled()

    def action_people(self) -> None:
        """Name the people of the roles."""
        if not self._open.session.checklist.roles:
            self.message = refusal("This checklist has no roles.")
        elif self._may_edit():
            self.ask(self._ask_people)

    async def _ask_people(self) -> None:
        values = await ask_people(self.app, self._open)
        if values is not None and self.edit(Session.name_people, values):
            self.message = Said(f"The people of the roles are named | {self.app.key(UNDO)} undo")

    # The decision.

    def action_watch(self) -> None:
        """Name who watches the release after the deploy."""
        if self._may_edit():
            self.ask(self._ask_watch)

    async def _ask_watch(self) -> None:
        watch = await ask_watch(self.app, self._open)
        if watch is not None and self.edit(Session.set_watch, watch):
            watches = f"{watch.watcher or 'nobody'} watches until {when_text(watch.until) or '...'}"
            self.message = Said(f"{watches} | {self.app.key(UNDO)} undo")

    def action_override(self) -> None:
        """Have somebody take the selected rule upon themselves."""
        rule = self._rule
        if why := self.why_not(OVERRIDE):
            self.message = refusal(why)
        elif rule is not None:
            self.ask(partial(self._ask_override, rule))

    @property
    def _rule(self) -> RuleResult | None:
        """The rule under the cursor, where the findings have the focus."""
        findings = self.query_one(FindingList)
        return findings.selected.rule if findings.has_focus and findings.selected else None

    def _why_no_vote(self) -> str:
        if self.query_one(RollCall).has_focus:
            return ""
        return f"These keys vote in the roll call: {self.app.key(OTHER_PANE)} goes there."

    def why_not(self, key: Key) -> str:
        """Why a key can do nothing now."""
        why = super().why_not(key)
        if not why and key.id == OVERRIDE.id and self._rule is None:
            return f"Select a rule first: {self.app.key(OTHER_PANE)} goes to them."
        if key.id == SIGN_OFFS.id and self.standing is None:
            then = f"{self.app.key(DECIDE)} decides, then {self.app.key(SIGN)} signs"
            return f"Nobody has signed a report of this session yet: {then}."
        return why or (self._why_no_vote() if key.group == VOTES else "")

    async def _ask_override(self, result: RuleResult) -> None:
        override = await ask_override(self.app, self._open, result)
        if override is not None and self.edit(Session.override, result.rule.id, override):
            done = Said(f"The rule is overridden | {self.app.key(UNDO)} undo")
            self.message = done if override.is_given else refusal(_HALF_OVERRIDE.format(self.app.key(OVERRIDE)))

    def action_decide(self) -> None:
        """Take the decision."""
        if self._may_edit():
            self.ask(self._ask_decision)

    async def _ask_decision(self) -> None:
        decision = await ask_decision(self.app, self._open)
        if decision is not None and self.edit(decide, decision):
            said = f"Decided: {decision.choice.value}. The report is ready; {self.app.key(SIGN)} signs it."
            self.message = Said(said, status_color(look_of(decision.choice)))

    def action_sign(self) -> None:
        """Sign the report and write it; a signed one in another role."""
        self.ask(self._sign)

    async def _sign(self) -> None:
        from signoff.ui.screens.co_signing import co_sign_session

        sign = co_sign_session if self._open.session.is_signed else sign_session
        said = await sign(self.app, self._open)
        if said:
            self.message = Said(said)

    def action_sign_offs(self) -> None:
        """Show who has signed, and what was changed since."""
        if why := self.why_not(SIGN_OFFS):
            self.message = refusal(why)
        elif self.standing is not None:
            self.ask(partial(self._show_sign_offs, self.standing))

    async def _show_sign_offs(self, standing: ReportStanding) -> None:
        from signoff.ui.screens.sign_offs import SignOffs

        await self.app.push_screen_wait(SignOffs(self._open.session, standing))

    # The screen.

    def action_other_pane(self) -> None:
        """Change between the findings and the roll call."""
        roll_call = self.query_one(RollCall)
        (self.query_one(FindingList) if self.focused is roll_call else roll_call).focus()

    def action_leave(self) -> None:
        """Go back to the items."""
        self.dismiss(None)
