"""A list of rows drawn line by line.

There is no widget for a row and no layout: whatever the length of the list, a key repaints the two lines that changed.
Everything in the program that is a list of things to choose from is one of these.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from textual import events
from textual.actions import SkipAction
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from signoff.ui.bindings import bindings
from signoff.ui.keyboard.key import Key
from signoff.ui.keyboard.list_keys import LIST_KEYS
from signoff.ui.status_look import STATUS_CLASSES
from signoff.ui.widgets.line_view import LineView, Part, painted


class RowList(LineView, can_focus=True):
    """A list of rows with a cursor. Subclasses say how many rows there are and what stands in them."""

    KEYS: ClassVar[tuple[Key, ...]] = LIST_KEYS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(LIST_KEYS)]

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row-list--cursor",
        "row-list--cursor-blurred",
        "row-list--heading",
        "row-list--muted",
    } | STATUS_CLASSES

    DEFAULT_CSS = """
    RowList {
        background: $background;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .row-list--cursor { background: $panel; text-style: $cursor-style; }
        & > .row-list--cursor-blurred { background: $surface; }
        & > .row-list--heading { color: $accent; text-style: bold; }
        & > .row-list--muted { color: $muted; }
    }
    """

    cursor: reactive[int] = reactive(0, repaint=False, init=False)
    """The position of the selected row, counted from 0."""

    class RowMessage(Message):
        """Something about a row."""

        def __init__(self, row_list: RowList, row: int) -> None:
            super().__init__()
            self.row_list = row_list
            """The list."""
            self.row = row
            """The position of the row."""

        @property
        def control(self) -> RowList:
            """The list, for `on`."""
            return self.row_list

    class Highlighted(RowMessage):
        """Another row was selected."""

    class Chosen(RowMessage):
        """A row was opened, by Enter or a double click."""

    # What subclasses say.

    @abstractmethod
    def row_count(self) -> int:
        """How many rows there are."""

    @abstractmethod
    def row_parts(self, row: int, width: int) -> list[Part]:
        """What stands in a row.

        Args:
            row: The row.
            width: How many cells there are after the mark of the cursor.
        """

    def unfolded_parts(self, width: int, line: int) -> list[Part]:
        """What stands below the selected row, where it unfolds.

        Args:
            width: How many cells there are.
            line: Which of its further lines, counted from 1.
        """
        return [(" " * width, None)] if line else []

    def is_selectable(self, row: int) -> bool:
        """Whether the cursor may stand on a row; headings say no."""
        return 0 <= row < self.row_count()

    def unfolded_lines(self) -> int:
        """How many lines the selected row has below its first."""
        return 0

    @property
    def shows_cursor(self) -> bool:
        """Whether keys move the cursor now, which is then marked."""
        return self.has_focus

    def rows_below(self, row: int) -> int:
        """How many of the rows below one belong to it, and are shown with it."""
        return 0

    # What they may use.

    def rows_changed(self, cursor: int | None = None) -> None:
        """Tell that there are other rows now.

        Args:
            cursor: Where the cursor shall stand; None for where it stands, or the nearest row there still is.
        """
        self._resize()
        target = self._nearest(self.cursor if cursor is None else cursor)
        self.set_reactive(RowList.cursor, target)
        self._show_cursor()
        self.refresh()

    def refresh_row(self, row: int) -> None:
        """Paint one row anew."""
        lines = 1 + (self.unfolded_lines() if row == self.cursor else 0)
        # Without the scrollbar: it has not moved.
        width = self.scrollable_content_region.width
        self.refresh(Region(0, self._line_of(row) - self.scroll_offset.y, width, lines))

    # Moving.

    def action_move(self, step: int) -> None:
        """Move the cursor to the next row that can be selected."""
        row = self.cursor + step
        while 0 <= row < self.row_count() and not self.is_selectable(row):
            row += 1 if step > 0 else -1
        if 0 <= row < self.row_count():
            self.cursor = row
        elif step < 0:
            self.scroll_to(y=0, animate=False, immediate=True)

    def action_move_page(self, pages: int) -> None:
        """Move the cursor by as many rows as there are on the screen."""
        self.cursor = self._nearest(self.cursor + pages * max(self.size.height - 1, 1))

    def action_first(self) -> None:
        """Move to the first row."""
        self.cursor = self._nearest(0)

    def action_last(self) -> None:
        """Move to the last row."""
        self.cursor = self._nearest(self.row_count() - 1)

    def action_choose(self) -> None:
        """Open the selected row; where there is none the key is somebody else's."""
        if not self.is_selectable(self.cursor):
            raise SkipAction
        self.post_message(self.Chosen(self, self.cursor))

    def watch_cursor(self, old: int, new: int) -> None:
        """Paint the two rows that changed, or everything where rows moved."""
        if self.unfolded_lines():
            self.refresh()
        else:
            self.refresh_row(old)
            self.refresh_row(new)
        self._show_cursor()
        self.post_message(self.Highlighted(self, new))

    def on_mount(self) -> None:
        """Stand on the first row that can be selected."""
        self.rows_changed()

    def on_resize(self, _: events.Resize) -> None:
        """Fit the rows to the new width."""
        self._resize()
        self._show_cursor()

    def on_focus(self) -> None:
        """Show the cursor as the one that keys move."""
        self.refresh_row(self.cursor)

    def on_blur(self) -> None:
        """Show the cursor as one that keys do not move."""
        self.refresh_row(self.cursor)

    def on_click(self, event: events.Click) -> None:
        """Select the row under the mouse; open it on a double click."""
        row, _ = self._row_at(event.y + self.scroll_offset.y)
        if row < self.row_count() and self.is_selectable(row):
            self.cursor = row
            if event.chain == 2:
                self.action_choose()

    # Painting.

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width, style = self.scrollable_content_region.width, self.line_style
        row, line = self._row_at(y + self.scroll_offset.y)
        if row >= self.row_count():
            return Strip.blank(width, style)
        selected = row == self.cursor and self.is_selectable(row)
        if selected:
            name = "row-list--cursor" if self.shows_cursor else "row-list--cursor-blurred"
            style += self.styled(name)
        if line:
            return painted([(" ", None), *self.unfolded_parts(width - 1, line)], width, style)
        mark = ">" if selected and self.shows_cursor else " "
        return painted([(mark, None), *self.row_parts(row, width - 1)], width, style)

    def _resize(self) -> None:
        self.virtual_size = Size(0, self.row_count() + self.unfolded_lines())

    def _show_cursor(self) -> None:
        top = self.cursor
        while top > 0 and not self.is_selectable(top - 1):
            top -= 1  # a heading is shown with its first row
        first = self._line_of(top)
        height = self._line_of(self.cursor) - first + 1 + self.unfolded_lines() + self.rows_below(self.cursor)
        self.scroll_to_region(Region(0, first, 1, height), animate=False, force=True, immediate=True, x_axis=False)

    def _nearest(self, row: int) -> int:
        rows = self.row_count()
        row = min(max(row, 0), max(rows - 1, 0))
        below = next((other for other in range(row, rows) if self.is_selectable(other)), None)
        above = next((other for other in range(row, -1, -1) if other < rows and self.is_selectable(other)), 0)
        return above if below is None else below

    def _line_of(self, row: int) -> int:
        return row + (self.unfolded_lines() if row > self.cursor else 0)

    def _row_at(self, line: int) -> tuple[int, int]:
        unfolded = self.unfolded_lines()
        if line <= self.cursor:
            return line, 0
        if line <= self.cursor + unfolded:
            return self.cursor, line - self.cursor
        return line - unfolded, 0
