"""The decision: what the rules say, what was decided, and what is still to do."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from signoff.domain.deciding import stale_words
from signoff.domain.meeting import Decision, Verdict
from signoff.domain.safe_text import safe_text
from signoff.domain.session import Session
from signoff.domain.verdict import reasons_for, verdict_of
from signoff.domain.when import when_text
from signoff.ui.bindings import keymap_of
from signoff.ui.keyboard.dialog_keys import DECIDE_CONDITIONAL, DECIDE_GO, DECIDE_NO_GO
from signoff.ui.keyboard.finish_keys import DECIDE, SIGN, SIGN_OFFS, WATCH
from signoff.ui.keyboard.session_keys import PREVIEW
from signoff.ui.status_look import look_of, status_style
from signoff.workflow.report_standing import ReportStanding


class DecisionPane(Widget):
    """What D and S are about."""

    DEFAULT_CSS = """
    DecisionPane { height: auto; padding: 0 1; }
    """

    session: reactive[Session | None] = reactive(None, layout=True)
    """The session."""
    standing: reactive[ReportStanding | None] = reactive(None, layout=True)
    """How the session stands to its signed report; None for one that was never signed, or while that is looked up."""
    brief: reactive[bool] = reactive(False, layout=True)
    """Whether there is room only for what cannot be seen elsewhere."""

    def render(self) -> RenderResult:
        """The lines."""
        return Content("\n").join(self._lines(self.session)) if self.session else Content()

    def _lines(self, session: Session) -> Iterator[Content]:
        verdict, keymap = verdict_of(session), keymap_of(self)
        says = Content.assemble("the rules say: ", (verdict.value, status_style(look_of(verdict))))
        yield Content.assemble(("DECISION  ", "$accent bold"), says)
        first, since = next(reasons_for(session), None), stale_words(session)
        if first and not since and not self.brief:
            yield Content.styled(safe_text(first.text), "$muted")
        if session.decision.is_taken:
            yield from _decided(session.decision)
            if since:
                yield Content.assemble(("STALE     ", "$status-fail bold"), safe_text(f"since then {since}"))
                yield Content.assemble((f"{keymap.shown(DECIDE)} ", "$accent bold"), "decides again")
        else:
            go, conditional, no_go = (keymap.shown(key) for key in (DECIDE_GO, DECIDE_CONDITIONAL, DECIDE_NO_GO))
            choices = f"then {go} Go, {conditional} Conditional, {no_go} No-go"
            yield Content.assemble((f"{keymap.shown(DECIDE)} ", "$accent bold"), choices)
        watch = session.watch
        watched = f"{watch.watcher or 'nobody yet'} until {when_text(watch.until) or '...'}"
        yield Content.assemble((f"{keymap.shown(WATCH)} ", "$accent bold"), ("watch   ", "$muted"), safe_text(watched))
        yield from self._signed(session, keymap.shown(SIGN_OFFS))
        if not session.is_signed and not self.brief:
            signs = f"signs and exports the report; {keymap.shown(PREVIEW)} shows it"
            yield Content.assemble((f"{keymap.shown(SIGN)} ", "$accent bold"), signs)

    def _signed(self, session: Session, key: str) -> Iterator[Content]:
        """Who has signed what; where that was an earlier revision it counts no more, and that is said."""
        if session.is_signed:
            last = session.sign_offs[-1]
            yield Content.assemble(("signed    ", "$muted"), safe_text(f"by {last.signer}, {last.report}"))
        elif session.supersedes.revision:
            edits = session.revision - session.supersedes.revision
            stale = f"r{session.supersedes.revision} STALE, {edits} edits since; {key} shows"
            yield Content.assemble(("signed    ", "$muted"), (stale, "$status-condition bold"))
        if session.is_signed and self.standing and not self.brief:
            yield Content.assemble((f"{key} ", "$accent bold"), _standing_words(self.standing, key))


def _standing_words(standing: ReportStanding, key: str) -> Content:
    if standing.problem:
        return Content.styled(f"the report does NOT VERIFY; {key} says why", "$status-fail bold")
    missing = [str(entry.role.role) for entry in standing.roll if entry.finding is None]
    words = f"{standing.signed} of {standing.required} required sign-offs"
    return Content(safe_text(f"{words}, without {', '.join(missing)}" if missing else words))


def _decided(decision: Decision) -> Iterator[Content]:
    style = status_style(look_of(decision.choice))
    at = f" at {decision.at.astimezone():%H:%M:%S}" if decision.at else ""
    yield Content.assemble(
        ("decided   ", "$muted"), (decision.choice.value, style), safe_text(f" by {decision.by}{at}")
    )
    if decision.reason:
        yield Content.assemble(("reason    ", "$muted"), safe_text(decision.reason))
    if decision.choice is Verdict.NO_GO and decision.meet_again:
        yield Content.assemble(("again     ", "$muted"), when_text(decision.meet_again))
