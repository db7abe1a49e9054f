"""The roll call: one row a role, in the order of the checklist."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from textual.reactive import reactive

from signoff.domain.checklist import Demand, Role
from signoff.domain.meeting import Choice
from signoff.domain.roll_call import lacks_a_name, speaker_of
from signoff.domain.safe_text import safe_text
from signoff.domain.session import Session
from signoff.ui.status_look import look_of, status_class
from signoff.ui.widgets.line_view import Part, cell, word
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
        named = "status--condition" if lacks_a_name(self.session, role.id) else "row-list--muted"
        asked = "" if role.vote is Demand.REQUIRED else "optional "
        titles = _column((role.title for role in self.roles), 16)
        names = _column(map(self._who, self.roles), 12)
        return [
            *word(look.box, 4, self.styled(status_class(look))),
            (cell(role.title, titles), None),
            *word(self._who(role), names, self.styled(named)),
            *word(vote.choice.word, 8, self.styled(status_class(look))),
            *word(asked + vote.comment, max(width - 12 - titles - names, 0), self.styled("row-list--muted")),
        ]

    def _who(self, role: Role) -> str:
        return (self.session and speaker_of(self.session, role.id)) or "who?"


def _column(texts: Iterable[str], most: int) -> int:
    """How many cells a column needs, with a gap behind it: what it does not need, the comments have."""
    return min(max(cell_len(safe_text(text)) for text in texts) + 2, most)
