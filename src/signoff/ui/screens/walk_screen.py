"""Where one is in the walk: which items are shown, which is selected, and the ways from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import reactive

from signoff.domain.checklist import Item
from signoff.domain.find import Show, find_items, shown_items
from signoff.domain.session import Session
from signoff.domain.walk import next_open
from signoff.ui.keyboard.answer_keys import FINISH
from signoff.ui.keyboard.key import Key
from signoff.ui.keyboard.review_keys import CATEGORY_KEYS, CLOSE
from signoff.ui.open_session import OpenSession
from signoff.ui.screens.answering_screen import AnsweringScreen
from signoff.ui.widgets.item_list import ItemList
from signoff.ui.widgets.message_line import MessageLine, Said, refusal
from signoff.ui.widgets.review_panes import ReviewPanes

if TYPE_CHECKING:
    from signoff.ui.widgets.find_line import FindLine


class WalkScreen(AnsweringScreen[None]):
    """A screen on which one walks through the items."""

    category: reactive[int] = reactive(0, repaint=False, init=False)
    """The position of the category that is shown, or of the selected item where items of several are."""
    items: reactive[tuple[Item, ...]] = reactive((), repaint=False, init=False)
    """The items that are shown."""
    narrowed: reactive[str] = reactive("", repaint=False, init=False)
    """Why only some items are shown, such as `OPEN`; empty while a whole category is."""

    def __init__(self, opened: OpenSession) -> None:
        """Make the screen.

        Args:
            opened: The session to walk.
        """
        super().__init__(opened)
        self._visited: list[str] = []
        self._query = ""
        self._found_from = ""
        self._show, self._owner = Show.ALL, ""
        first = opened.session.checklist.categories[0]
        self.set_reactive(WalkScreen.items, first.items)
        self.set_reactive(WalkScreen.selected, opened.session.checklist.items[0].id)

    # Moving.

    def go_to(self, item_id: str) -> None:
        """Select an item in whatever category it is."""
        if all(item.id != item_id for item in self.items):
            self._widen(self._open.session.checklist.category_index[item_id])
        self.query_one(ReviewPanes).show_item(item_id)
        self._select(item_id)

    def _select(self, item_id: str) -> None:
        self.category = self._open.session.checklist.category_index[item_id]
        self.selected = item_id

    def follow_cursor(self) -> None:
        """Select what the list's cursor stands on; each screen with a list calls it when it is mounted.

        The cursor is watched, since a message would come one frame later: the list and the detail change in one.
        """
        self.watch(self.query_one(ItemList), "cursor", self._cursor_moved, init=False)

    def _cursor_moved(self) -> None:
        item = self.query_one(ItemList).item
        if item:
            self._select(item.id)

    def action_next_open(self) -> None:
        """Go to the next item that still has to be asked, in whatever category."""
        target = next_open(self._open.session, self.selected)
        if target is None:
            self.message = Said(f"Nothing is open any more: {self.app.key(FINISH)} finishes.", "$status-pass bold")
            return
        self._visited.append(self.selected)
        self.go_to(target)

    def action_back(self) -> None:
        """Go back to where the last jump started."""
        if self._visited:
            self.go_to(self._visited.pop())

    def action_show_category(self, position: int) -> None:
        """Show a category."""
        categories = self._open.session.checklist.categories
        if position >= len(categories):
            self.message = refusal(f"There are {len(categories)} categories.")
        elif position != self.category or self.narrowed:
            self._widen(position)
            self.go_to(categories[position].items[0].id)

    def label_of(self, key: Key) -> str:
        """What a key does here: the number of a category says its name."""
        if key not in CATEGORY_KEYS:
            return super().label_of(key)
        categories, position = self._open.session.checklist.categories, CATEGORY_KEYS.index(key)
        return f"Category {categories[position].title}" if position < len(categories) else ""

    def action_next_category(self) -> None:
        """Show the next category, after the last one the first."""
        self.action_show_category((self.category + 1) % len(self._open.session.checklist.categories))

    def action_previous_category(self) -> None:
        """Show the previous category, before the first one the last."""
        self.action_show_category((self.category - 1) % len(self._open.session.checklist.categories))

    # Showing some items only.

    def _widen(self, category: int) -> None:
        """Show a whole category."""
        self._query, self._show, self._owner, self.narrowed = "", Show.ALL, "", ""
        self.items = self._open.session.checklist.categories[category].items

    def _narrow(self) -> None:
        """Show the items of all categories that are looked for."""
        session = self._open.session
        items = find_items(session, self._query) if self._query else shown_items(session, self._show, self._owner)
        what = f'"{self._query}"' if self._query else self._owner or self._show.value.upper()
        self.narrowed = f"{what}: {len(items)} of {len(session.checklist.items)}   {self.app.key(CLOSE)} shows all"
        self.items = items
        under_cursor = self.query_one(ReviewPanes).item
        if under_cursor:
            self._select(under_cursor.id)

    def show_only(self, show: Show, owner: str = "") -> None:
        """Show the items that stand in one way, or those of one owner, in all categories.

        Args:
            show: Which items.
            owner: Only those of this owner; empty for those of all.
        """
        self._query, self._show, self._owner = "", show, owner
        if show is Show.ALL and not owner:
            self._widen(self.category)
        else:
            self._narrow()

    def watch_session(self, session: Session) -> None:
        """Show what belongs to what is looked for now."""
        if self.narrowed:
            self._narrow()

    def action_find(self) -> None:
        """Look for items while typing."""
        from signoff.ui.widgets.find_line import FindLine

        self._found_from = self.selected
        if not self.query(FindLine):
            self.mount(FindLine(), before=self.query_one(MessageLine))

    def on_find_line_looked(self, event: FindLine.Looked) -> None:
        """Show what matches so far."""
        event.stop()
        self._query = event.query
        if event.query.strip():
            self._narrow()
        else:
            self._widen(self.category)

    def on_find_line_left(self, event: FindLine.Left) -> None:
        """Go back to the list, with what was found or with everything."""
        event.stop()
        self.query_one(ReviewPanes).close_detail()
        if not event.keep:
            self.go_to(self._found_from)
            self.stop_narrowing()

    def stop_narrowing(self) -> None:
        """Show the whole category of the selected item again."""
        if self.narrowed:
            selected = self.selected
            self._widen(self.category)
            self.go_to(selected)
