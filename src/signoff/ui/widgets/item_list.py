"""Items, with what was said about them."""

from __future__ import annotations

from typing import ClassVar, Final

from rich.cells import cell_len
from textual.reactive import reactive

from signoff.domain.answer import Answer, missing
from signoff.domain.checklist import Item
from signoff.domain.safe_text import safe_text
from signoff.domain.session import Session
from signoff.domain.when import when_text
from signoff.ui.status_look import answer_look, status_class
from signoff.ui.widgets.line_view import Part, cell, word
from signoff.ui.widgets.row_list import RowList

_WIDEST_OWNER: Final = 10


class ItemList(RowList):
    """The items that are shown. One list serves all categories: it is given other items."""

    DEFAULT_CSS: ClassVar[str] = """
    ItemList > .row-list--muted { color: $muted; }
    """

    session: reactive[Session | None] = reactive(None, repaint=False, init=False)
    """The session whose answers are shown."""
    items: reactive[tuple[Item, ...]] = reactive((), repaint=False, init=False)
    """The items that are shown."""
    marked: reactive[frozenset[str]] = reactive(frozenset(), repaint=False, init=False)
    """The ids of the items that are marked, to be answered together."""
    columns: reactive[str] = reactive("wide", repaint=False, init=False)
    """`wide` or `normal` for one line an item, `narrow` for a selected item that unfolds."""

    def on_mount(self) -> None:
        """Lay the columns out."""
        # Who needs to know watches the cursor: a message would come a frame later, at every key.
        self.disable_messages(RowList.Highlighted)
        self._measure()

    def _measure(self) -> None:
        """Give owners and links the room that those of this category need, and none before there are any."""
        self._owner_width = self._links_width = 0
        if self.session:
            for item in self.items:
                self._makes_room_for(self.session.answers[item.id])

    def _makes_room_for(self, answer: Answer) -> bool:
        """Widen the columns for an answer; returns whether that was needed."""
        before = self._owner_width, self._links_width
        self._owner_width = max(self._owner_width, min(cell_len(safe_text(answer.owner)), _WIDEST_OWNER))
        if answer.evidence or answer.note:
            self._links_width = 4
        return before != (self._owner_width, self._links_width)

    @property
    def item(self) -> Item | None:
        """The selected item."""
        return self.items[self.cursor] if self.cursor < len(self.items) else None

    def show_item(self, item_id: str) -> None:
        """Put the cursor on one of the items that are shown."""
        position = next((row for row, item in enumerate(self.items) if item.id == item_id), None)
        if position is not None:
            self.cursor = position

    def watch_session(self, old: Session | None, new: Session | None) -> None:
        """Paint the rows whose answers changed."""
        if old is None or new is None or old.checklist is not new.checklist:
            self.rows_changed()
            return
        first = self.scroll_offset.y
        for row in range(first, min(first + self.size.height, len(self.items))):
            answer = new.answers.given.get(self.items[row].id)
            if answer is not None and old.answers.given.get(self.items[row].id) is not answer:
                self._row_changed(row, answer)

    def _row_changed(self, row: int, answer: Answer) -> None:
        if self._makes_room_for(answer):
            self.refresh()
        else:
            self.refresh_row(row)

    def watch_items(self, old: tuple[Item, ...], new: tuple[Item, ...]) -> None:
        """Show other items; the cursor stays on its item, or on its row where the item is gone."""
        self._measure()
        item = old[self.cursor] if self.cursor < len(old) else None
        position = next((row for row, other in enumerate(new) if other is item), self.cursor if new else 0)
        self.rows_changed(position)

    def watch_marked(self) -> None:
        """Show what is marked."""
        self.refresh()

    def watch_columns(self) -> None:
        """Lay the rows out anew."""
        self.rows_changed()

    def row_count(self) -> int:
        """How many items are shown."""
        return len(self.items)

    def unfolded_lines(self) -> int:
        """A narrow list says more about the selected item below it."""
        return 2 if self.columns == "narrow" and self.items else 0

    def row_parts(self, row: int, width: int) -> list[Part]:
        """One item: box, text, must, word, owner, links, note."""
        assert self.session is not None
        item = self.items[row]
        answer = self.session.answers[item.id]
        look = self.styled(status_class(answer_look(answer)))
        more = [(" ", None)] if self.columns == "narrow" else self._owner_and_links(answer)
        room = width - 4 - 2 - 6 - sum(cell_len(text) for text, _ in more)
        return [
            (answer.box, look),
            ("+", self.styled("row-list--heading")) if item.id in self.marked else (" ", None),
            (cell(item.text, room), None),
            (" * " if item.must else "   ", None),
            # An answer that lacks something is never shown like one that has it all.
            *word(answer.word + ("?" if missing(item, answer) else ""), 5, look),
            *more,
        ]

    def unfolded_parts(self, width: int, line: int) -> list[Part]:
        """In a narrow list: what was said about the selected item, then its note or how to check it."""
        if self.session is None or self.item is None:
            return []
        answer = self.session.answers[self.item.id]
        text = _about(answer) if line == 1 else answer.note or self.item.verify
        return [(cell(f"     {text}", width), self.styled("row-list--muted"))]

    def _owner_and_links(self, answer: Answer) -> list[Part]:
        owner = f" {cell(answer.owner, self._owner_width)}" if self._owner_width else ""
        links = f"{len(answer.evidence)}L" if answer.evidence else ""
        links = f" {links:>3}{' N' if answer.note else '  '}" if self._links_width else ""
        said = owner + links + " "
        return [(said, self.styled("row-list--muted") if said.strip() else None)]


def _about(answer: Answer) -> str:
    count = len(answer.evidence)
    parts = [
        answer.owner,
        f"{count} link{'s' if count > 1 else ''}" if count else "",
        answer.what,
        answer.accepted_by,
        when_text(answer.due or answer.until),
        answer.reason,
        *(action.text for action in answer.actions),
    ]
    return " | ".join(part for part in parts if part) or "no owner, no evidence"
