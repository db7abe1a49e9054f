"""The decision: which one, and what it needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Final

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from signoff.domain.deciding import needs_reason, obstacle_to
from signoff.domain.meeting import Verdict
from signoff.domain.session import Session
from signoff.domain.verdict import verdict_of
from signoff.ui.bindings import bindings, clickable
from signoff.ui.keyboard.dialog_keys import (
    DECIDE_CONDITIONAL,
    DECIDE_GO,
    DECIDE_KEYS,
    DECIDE_NO_GO,
    DIALOG_KEYS,
    LEAVE,
)
from signoff.ui.screens.dialog import Dialog
from signoff.ui.status_look import look_of, status_style

_CHOICES: Final = {
    DECIDE_GO: Verdict.GO,
    DECIDE_CONDITIONAL: Verdict.CONDITIONAL,
    DECIDE_NO_GO: Verdict.NO_GO,
}


class Decide(Dialog[Verdict | None]):
    """Asks for the decision by one key. A key that cannot be pressed yet says why."""

    PLACE = "Decision"
    KEYS = (*DECIDE_KEYS, *DIALOG_KEYS)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(DECIDE_KEYS)]

    def __init__(self, session: Session) -> None:
        """Make the question.

        Args:
            session: The session to decide.
        """
        super().__init__("Decision")
        self._session = session

    def help_line(self) -> str:
        """What the keys do."""
        go, conditional, no_go = (self.app.key(key) for key in _CHOICES)
        return f"{go}, {conditional} or {no_go} decides   {self.app.key(LEAVE)} closes"

    def body(self) -> Iterable[Widget]:
        """The three decisions, each with what it would mean."""
        verdict = verdict_of(self._session)
        lines = [Content.assemble("The rules say: ", (verdict.value, status_style(look_of(verdict)))), Content()]
        for key, choice in _CHOICES.items():
            needed = "needs a reason: it is better than what the rules say"
            note = needed if needs_reason(self._session, choice) else ""
            note = "not yet: something is incomplete" if obstacle_to(self._session, choice) else note
            word = Content.styled(choice.value, status_style(look_of(choice))).pad_right(12 - len(choice.value))
            word += Content.styled(note, "$muted")
            lines.append(clickable(f"{self.app.key(key)}  ", key.action) + word)
        yield Static(Content("\n").join(lines))

    def action_choose(self, name: str) -> None:
        """Decide."""
        choice = Verdict[name]
        obstacle = obstacle_to(self._session, choice)
        if obstacle:
            self.show_error(obstacle)
        else:
            self.dismiss(choice)
