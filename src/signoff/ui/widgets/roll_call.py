"""The roll call: one row a role, in the order of the checklist."""

from __future__ import annotations

from textual.reactive import reactive

from signoff.domain.answer import Status
from signoff.domain.checklist import Demand, Role
from signoff.domain.meeting import Choice
from signoff.domain.roll_call import lacks_a_name, speaker_of
from signoff.domain.session import Session
from signoff.ui.status_look import look_of, status_class
from signoff.ui.widgets.line_view import Part, cell
from signoff.ui.widgets.row_list import RowList


class RollCall(RowList):
    """Who said what."""

    session: reactive[Session | None] = reactive(None, repaint=False, init=False)
    """The session."""

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that are called."""
        return self.session.checklist.voting_roles if self.session else ()

    @property
    def role(self) -> Role | None:
        """The role under the cursor; None where nobody is called."""
        return self.roles[self.cursor] if self.cursor < len(self.roles) else None

    def to_next_uncalled(self) -> None:
        """Stand on the next role that has not voted, where there is one."""
        session = self.session
        if session is None:
            return
        rows = range(len(self.roles))
        for row in (*rows[self.cursor + 1 :], *rows[: self.cursor]):
            if session.vote_of(self.roles[row].id).choice is Choice.NONE:
                self.cursor = row
                return

    def watch_session(self) -> None:
        """Paint what was said."""
        self.rows_changed()

    def row_count(self) -> int:
        """How many roles are called."""
        return len(self.roles)

    def row_parts(self, row: int, width: int) -> list[Part]:
        """One role: box, role, person, vote, comment."""
        assert self.session is not None
        role = self.roles[row]
        vote = self.session.vote_of(role.id)
        look = look_of(vote.choice)
        who = speaker_of(self.session, role.id) or "who?"
        lacking = lacks_a_name(self.session, role.id)
        asked = "" if role.vote is Demand.REQUIRED else "optional "
        role_width = min(14, width // 3)
        room = width - 4 - role_width - 10 - 8
        return [
            (f"{look.box} ", self.styled(status_class(look))),
            (cell(role.title, role_width), None),
            (cell(who, 10), self.styled(status_class(Status.CONDITION) if lacking else "row-list--muted")),
            (f"{vote.choice.word:<8}", self.styled(status_class(look))),
            (cell(asked + vote.comment, max(room, 0)), self.styled("row-list--muted")),
        ]
