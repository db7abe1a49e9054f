"""The decision: which one, and what it needs."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from signoff.domain.deciding import needs_reason, obstacle_to
from signoff.domain.meeting import Verdict
from signoff.domain.session import Session
from signoff.domain.spoken_choice import DECISION_KEYS
from signoff.domain.verdict import verdict_of
from signoff.ui.keys import clickable
from signoff.ui.screens.dialog import Dialog
from signoff.ui.status_look import status_style, verdict_look


class Decide(Dialog[Verdict | None]):
    """Asks for the decision by one key. A key that cannot be pressed yet says why."""

    BINDINGS = [(key, f"choose('{choice.name}')", choice.value) for key, choice in DECISION_KEYS.items()]

    HELP_TEXT = "y, c or n decides   Esc closes"

    def __init__(self, session: Session) -> None:
        """Make the question.

        Args:
            session: The session to decide.
        """
        super().__init__("Decision")
        self._session = session

    def body(self) -> Iterable[Widget]:
        """The three decisions, each with what it would mean."""
        verdict = verdict_of(self._session)
        lines = [Content.assemble("The rules say: ", (verdict.value, status_style(verdict_look(verdict)))), Content()]
        for key, choice in DECISION_KEYS.items():
            needed = "needs a reason: it is better than what the rules say"
            note = needed if needs_reason(self._session, choice) else ""
            note = "not yet: something is incomplete" if obstacle_to(self._session, choice) else note
            word = Content.assemble((f"{choice.value:<12}", status_style(verdict_look(choice))), (note, "$muted"))
            lines.append(clickable(f"{key}  ", f"choose('{choice.name}')") + word)
        yield Static(Content("\n").join(lines))

    def action_choose(self, name: str) -> None:
        """Decide."""
        choice = Verdict[name]
        obstacle = obstacle_to(self._session, choice)
        if obstacle:
            self.show_error(obstacle)
        else:
            self.dismiss(choice)
