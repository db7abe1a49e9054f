"""The list and the detail, in the layout that there is room for.

Wide: side by side. Normal: the list above a few lines of detail. Narrow: one list, whose selected item unfolds. In the
latter two the whole item can take the place of the list.
"""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.reactive import reactive

from signoff.domain.checklist import Item
from signoff.domain.session import Session
from signoff.ui.widgets.detail_pane import DetailPane
from signoff.ui.widgets.ground import Ground, Panes
from signoff.ui.widgets.item_list import ItemList
from signoff.ui.widgets.row_list import RowList
from signoff.ui.widgets.rule_line import RuleLine
from signoff.ui.widgets.vertical_rule import VerticalRule

WIDE, NORMAL, NARROW = "wide", "normal", "narrow"
_LIST_PERCENT = 57
"""How much of the width the list has besides the rule, where both are side by side; stands in the style as well."""


class ReviewPanes(Vertical, Ground):
    """The two panes of the review. Layout only: what is selected is bound to the screen."""

    DEFAULT_CSS = """
    ReviewPanes {
        height: 1fr;
        #body { layout: horizontal; height: 1fr; }
        ItemList { width: 57fr; height: 1fr; }
        DetailPane { width: 43fr; height: 1fr; }
        #between { display: none; }
        &.-normal {
            #body { layout: vertical; }
            ItemList { width: 1fr; }
            VerticalRule { display: none; }
            DetailPane { width: 1fr; height: 7; }
            #between { display: block; }
        }
        &.-narrow {
            ItemList { width: 1fr; }
            VerticalRule, DetailPane { display: none; }
            DetailPane { width: 1fr; }
        }
        &.-narrow.-detail, &.-normal.-detail {
            ItemList, #between { display: none; }
            DetailPane { display: block; height: 1fr; }
        }
    }
    """

    session: reactive[Session | None] = reactive(None, repaint=False, init=False)
    """The session."""
    items: reactive[tuple[Item, ...]] = reactive((), repaint=False, init=False)
    """The items that are shown."""
    marked: reactive[frozenset[str]] = reactive(frozenset(), repaint=False, init=False)
    """The ids of the items that are marked."""
    narrowed: reactive[str] = reactive("", repaint=False, init=False)
    """Why only some items are shown; empty while a whole category is. May hold text that a user typed."""
    selected: reactive[str] = reactive("", repaint=False, init=False)
    """The id of the selected item."""
    columns: reactive[str] = reactive(WIDE, repaint=False, init=False)
    """Which of the three layouts there is room for."""

    def compose(self) -> ComposeResult:
        """The panes between their rules."""
        yield RuleLine("┬", _joint_at, id="above")
        with Panes(id="body"):
            yield ItemList().data_bind(ReviewPanes.session, ReviewPanes.items, ReviewPanes.marked, ReviewPanes.columns)
            yield VerticalRule()
            yield RuleLine(id="between")
            yield DetailPane().data_bind(ReviewPanes.session, ReviewPanes.selected)
        yield RuleLine("┴", _joint_at, id="below")

    def on_mount(self) -> None:
        """Start in the list."""
        self.query_one(ItemList).focus()

    def on_resize(self, event: events.Resize) -> None:
        """Choose the layout for the width; selection and typed text stay."""
        self.columns = _columns_at(event.size.width)

    def watch_columns(self, columns: str) -> None:
        """Fit the panes to the layout."""
        for name in (NORMAL, NARROW):
            self.set_class(columns == name, f"-{name}")
        self._fit_detail()

    def watch_selected(self, selected: str) -> None:
        """Name the item above its detail, for where the detail is too small to do so."""
        if self.session:
            item = self.session.checklist.item_by_id[selected]
            self.query_one("#between", RuleLine).title = ("* " if item.must else "") + item.text

    def watch_narrowed(self, narrowed: str) -> None:
        """Say above the list why it is short."""
        self.query_one("#above", RuleLine).title = narrowed

    def show_item(self, item_id: str) -> None:
        """Put the list's cursor on one of the items that are shown."""
        self.query_one(ItemList).show_item(item_id)

    @property
    def item(self) -> Item | None:
        """The item under the list's cursor; None where the list is empty."""
        return self.query_one(ItemList).item

    def move_down(self) -> None:
        """Put the list's cursor on the next item."""
        self.query_one(ItemList).action_move(1)

    @property
    def is_in_detail(self) -> bool:
        """Whether the detail is what keys scroll, or stands in place of the list."""
        return self.has_class("-detail") or self.query_one(DetailPane).has_focus

    def to_other_pane(self) -> None:
        """Change between the list and the detail."""
        detail = self.query_one(DetailPane)
        if detail.has_focus or not detail.display:
            self.close_detail()
        else:
            detail.focus()

    def close_detail(self) -> None:
        """Go back to the list."""
        self.remove_class("-detail")
        self._fit_detail()
        self.query_one(ItemList).focus()

    @on(RowList.Chosen)
    def _open_detail(self, event: RowList.Chosen) -> None:
        event.stop()
        self.add_class("-detail")
        self._fit_detail()
        self.call_after_refresh(self.query_one(DetailPane).focus)

    def _fit_detail(self) -> None:
        self.query_one(DetailPane).compact = self.columns == NORMAL and not self.has_class("-detail")


def _columns_at(width: int) -> str:
    """The layout that there is room for."""
    return NARROW if width < 80 else NORMAL if width < 110 else WIDE


def _joint_at(width: int) -> int:
    """Where the rule between the panes meets those above and below; asking it would cost a second frame."""
    return (width - 1) * _LIST_PERCENT // 100 if _columns_at(width) == WIDE else -1
