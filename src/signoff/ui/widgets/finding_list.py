"""What the end of the meeting is about, to look through and to go to."""

from __future__ import annotations

from itertools import takewhile

from textual import events
from textual.reactive import reactive

from signoff.domain.session import Session
from signoff.ui.status_look import answer_look, look_of, status_class
from signoff.ui.widgets.finding_rows import BOX_WIDTH, Finding, Group, Row, findings_of, rows_for
from signoff.ui.widgets.line_view import Part, cell, word
from signoff.ui.widgets.row_list import RowList


class FindingList(RowList):
    """Blockers first, then what is weaker, then the rules with why each is met or not."""

    session: reactive[Session | None] = reactive(None, repaint=False, init=False)
    """The session."""

    def __init__(self) -> None:
        super().__init__()
        self._groups: tuple[Group, ...] = ()
        self._rows: tuple[Row, ...] = ()

    @property
    def selected(self) -> Finding | None:
        """What is under the cursor; None where there is nothing."""
        return self._rows[self.cursor].finding if self.cursor < len(self._rows) else None

    def on_mount(self) -> None:
        """Find what there is."""
        self.watch_session()

    def on_resize(self, _: events.Resize) -> None:
        """Give the rows the room that there is."""
        self._lay_out()

    def watch_session(self) -> None:
        """Find anew."""
        self._groups = findings_of(self.session) if self.session else ()
        self._lay_out()

    def _lay_out(self) -> None:
        # The mark of the cursor stands before a row, and the scrollbar may stand behind it.
        self._rows = rows_for(self._groups, self.size.width - 2)
        self.rows_changed()

    def row_count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def is_selectable(self, row: int) -> bool:
        """Headings, and what belongs to the row above, are passed over."""
        return 0 <= row < len(self._rows) and self._rows[row].finding is not None

    def rows_below(self, row: int) -> int:
        """What did not fit behind a finding, or into its row."""
        below = takewhile(lambda other: other.finding is None and not other.is_heading, self._rows[row + 1 :])
        return len(list(below))

    def row_parts(self, row: int, width: int) -> list[Part]:
        """A heading, an item with what its status carries, a rule with its reason, or the latter in its own row."""
        shown, muted = self._rows[row], self.styled("row-list--muted")
        if shown.is_heading:
            return [(cell(shown.text, width), self.styled("row-list--heading"))]
        if shown.finding is None:
            return [(" " * BOX_WIDTH, None), (shown.text, muted if shown.is_muted else None)]
        return [*self._finding(shown.finding, cell(shown.text, shown.column)), (" ", None), (shown.about, muted)]

    def _finding(self, finding: Finding, text: str) -> list[Part]:
        if finding.rule:
            status = look_of(finding.rule.state)
            return [*word(status.box, BOX_WIDTH, self.styled(status_class(status))), (text, None)]
        assert finding.item is not None
        assert self.session is not None
        answer = self.session.answers[finding.item.id]
        look = self.styled(status_class(answer_look(answer)))
        return [
            *word(answer.box, BOX_WIDTH, look),
            (text, None),
            (" * " if finding.item.must else "   ", None),
            *word(answer.word, 5, look),
        ]
