"""The end of the meeting: what blocks, what each role says, the decision, the signature."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical

from signoff.domain.deciding import needs_reason
from signoff.domain.meeting import Choice, Decision, Override, Verdict, Vote, Watch
from signoff.domain.session import Session
from signoff.domain.verdict import verdict_of
from signoff.domain.when import EXAMPLES, when_as_typed
from signoff.errors import SignoffError
from signoff.ui.keys import bindings
from signoff.ui.screens.answer_forms import people_of, reading_when, release_now
from signoff.ui.screens.decide import Decide
from signoff.ui.screens.finish_keys import FINISH_KEYS
from signoff.ui.screens.form import Field, Form
from signoff.ui.screens.session_screen import SessionScreen
from signoff.ui.screens.signing import sign_session
from signoff.ui.screens.too_small import TooSmall
from signoff.ui.status_look import choice_look, status_style, verdict_look
from signoff.ui.widgets.decision_pane import DecisionPane
from signoff.ui.widgets.finding_list import FindingList
from signoff.ui.widgets.key_line import KeyLine
from signoff.ui.widgets.message_line import MessageLine, Said, failure, refusal
from signoff.ui.widgets.roll_call import RollCall
from signoff.ui.widgets.row_list import RowList
from signoff.ui.widgets.rule_line import RuleLine
from signoff.ui.widgets.session_line import SessionLine


class FinishScreen(SessionScreen[str | None]):
    """The finish. Its answer is the id of the item to go to, or None."""

    PLACE = "Finish"
    KEYS = FINISH_KEYS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FINISH_KEYS)]

    CSS = """
    FinishScreen {
        #body { layout: horizontal; height: 1fr; }
        FindingList { width: 55%; height: 1fr; }
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

    def compose(self) -> ComposeResult:
        """The findings, the roll call, the decision."""
        yield SessionLine("FINISH").data_bind(SessionScreen.session, SessionScreen.saved, SessionScreen.meeting)
        yield RuleLine()
        with Container(id="body"):
            yield FindingList().data_bind(SessionScreen.session)
            with Vertical(id="right"):
                yield RuleLine(classes="between")
                yield RollCall().data_bind(SessionScreen.session)
                yield RuleLine()
                yield DecisionPane().data_bind(SessionScreen.session)
        yield RuleLine()
        yield MessageLine().data_bind(SessionScreen.message)
        yield KeyLine(FINISH_KEYS)
        yield TooSmall()

    def on_mount(self) -> None:
        """Start with the roll call: it is what comes next."""
        self.query_one(".between", RuleLine).title = "ROLL CALL"
        self.query_one(RollCall).focus()

    def _may_edit(self) -> bool:
        if self._open.session.is_signed:
            self.message = refusal("This session is signed and read-only; R on the items starts a new revision.")
        return not self._open.session.is_signed

    def on_resize(self) -> None:
        """Leave out what there is no room for."""
        self.query_one(DecisionPane).brief = self.size.height < 20

    @on(RowList.Highlighted)
    def _say_rule(self, event: RowList.Highlighted) -> None:
        event.stop()
        finding = self.query_one(FindingList).selected if isinstance(event.row_list, FindingList) else None
        if finding and finding.rule and event.row_list.has_focus:
            self.message = Said(f"{finding.rule.title}: {finding.rule.state.value}, {finding.rule.reason}")

    @on(RowList.Chosen)
    def _go_to(self, event: RowList.Chosen) -> None:
        event.stop()
        finding = self.query_one(FindingList).selected if isinstance(event.row_list, FindingList) else None
        if finding and finding.item:
            self.dismiss(finding.item.id)
        elif finding and finding.rule and finding.rule.item:
            self.dismiss(finding.rule.item)

    # The roll call.

    @work(exclusive=True, group="question")
    async def action_vote(self, choice_name: str) -> None:
        """Record the vote of the selected role, then go on to the next that has not voted."""
        roll_call = self.query_one(RollCall)
        role = roll_call.role
        if role is None or not self._may_edit():
            return
        choice, before = Choice(choice_name), self._open.session.vote_of(role.id)
        vote = Vote(choice, self._open.session.person(role.id) or before.by) if choice else Vote()
        if choice in (Choice.GO_IF, Choice.NO_GO):
            hint = "under which condition" if choice is Choice.GO_IF else "why"
            fields = [
                Field("by", "Who", vote.by, "who speaks for the role", suggestions=people_of(self._open.session)),
                Field("comment", "If" if choice is Choice.GO_IF else "Why", before.comment, hint),
            ]
            values = await self.app.push_screen_wait(
                Form(f"{role.title} votes {choice.word}", fields, keeps=True, focus="comment")
            )
            vote = Vote(choice, **(values or {}))
        if self.edit(Session.vote, role.id, vote):
            self.message = Said(f"{role.title}: {choice.word}", status_style(choice_look(choice)))
            roll_call.to_next_uncalled()

    @work(exclusive=True, group="question")
    async def action_people(self) -> None:
        """Name the people of the roles."""
        if not self._may_edit():
            return
        session = self._open.session
        fields = [
            Field(role.id, role.title, session.person(role.id), "a name", suggestions=people_of(session))
            for role in session.checklist.roles
        ]
        if not fields:
            self.message = refusal("This checklist has no roles.")
            return
        values = await self.app.push_screen_wait(Form("Who is in the meeting", fields, keeps=True))
        if values is not None:
            self.edit(Session.name_people, values)

    # The decision.

    @work(exclusive=True, group="question")
    async def action_watch(self) -> None:
        """Name who watches the release after the deploy."""
        if not self._may_edit():
            return
        watch, now = self._open.session.watch, release_now(self._open.session, self._open.clock())
        fields = [
            Field("watcher", "Watcher", watch.watcher, "a name", suggestions=people_of(self._open.session)),
            Field("until", "Until", when_as_typed(watch.until, now), EXAMPLES, reading_when(now)),
        ]
        values = await self.app.push_screen_wait(Form("Who watches the release", fields, keeps=True))
        if values is not None:
            self.edit(Session.set_watch, Watch(**values))

    @work(exclusive=True, group="question")
    async def action_override(self) -> None:
        """Have somebody take the selected rule upon themselves."""
        findings = self.query_one(FindingList)
        finding = findings.selected if findings.has_focus else None
        if finding is None or finding.rule is None:
            self.message = refusal("Select a rule first: Tab goes to them.")
            return
        if not self._may_edit():
            return
        rule = finding.rule.rule
        before = self._open.session.override_of(rule.id)
        fields = [
            Field("by", "By", before.by, "whose word it is", suggestions=people_of(self._open.session)),
            Field("reason", "Reason", before.reason, "why the rule does not hold the release back"),
        ]
        text = f"{finding.rule.title}\n{finding.rule.state.value}: {finding.rule.reason}"
        values = await self.app.push_screen_wait(Form("Override a rule", fields, text=text, keeps=True))
        if values is not None:
            self.edit(Session.override, rule.id, Override(**values))

    @work(exclusive=True, group="question")
    async def action_decide(self) -> None:
        """Take the decision."""
        if not self._may_edit():
            return
        choice = await self.app.push_screen_wait(Decide(self._open.session))
        if choice is None:
            return
        decision = await self._completed(choice)
        if decision is not None and self.edit(Session.decide, decision):
            self.message = Said(
                f"Decided: {choice.value}. The report is ready; S signs it.", status_style(verdict_look(choice))
            )

    async def _completed(self, choice: Verdict) -> Decision | None:
        """The decision with its reason, where it needs one; None when the user left."""
        session, now = self._open.session, self._open.clock().replace(microsecond=0)
        verdict = verdict_of(session)
        decision = Decision(choice, self.app.user, now, "", verdict)
        because = needs_reason(session, choice)
        fields = [Field("by", "Decided by", self.app.user, required=True, suggestions=people_of(session))]
        title = f"{choice.value}, although the rules say {verdict.value}" if because else choice.value
        if because or choice is Verdict.NO_GO:
            fields.append(Field("reason", "Why", hint="for whoever reads the report", required=because))
        if choice is Verdict.NO_GO:
            read = reading_when(release_now(session, now))
            fields.append(Field("meet_again", "Meet again", hint=EXAMPLES, read=read))
        focus = "reason" if len(fields) > 1 else "by"
        values = await self.app.push_screen_wait(Form(title, fields, focus=focus))
        if values is None:
            return None
        return Decision(choice, values["by"], decision.at, values.get("reason", ""), verdict, values.get("meet_again"))

    @work(exclusive=True, group="question")
    async def action_sign(self) -> None:
        """Sign the report and write it."""
        try:
            self.message = Said(await sign_session(self.app, self._open))
        except SignoffError as error:
            self.message = failure(str(error))

    # The screen.

    def action_other_pane(self) -> None:
        """Change between the findings and the roll call."""
        roll_call = self.query_one(RollCall)
        (self.query_one(FindingList) if self.focused is roll_call else roll_call).focus()

    def action_leave(self) -> None:
        """Go back to the items."""
        self.dismiss(None)
