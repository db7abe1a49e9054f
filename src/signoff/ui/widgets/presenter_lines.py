"""The lines above and below the item that is presented."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from signoff.domain.clock import MeetingTime, clock_text
from signoff.domain.safe_text import safe_text
from signoff.domain.session import Session
from signoff.domain.walk import item_after
from signoff.ui.widgets.line import Line, spread
from signoff.ui.widgets.presenter_stage import margin
from signoff.ui.widgets.session_line import LOCKED


class PlaceLine(Line):
    """Where the item stands in the checklist, and which release it is about."""

    session: reactive[Session | None] = reactive(None)
    """The session."""
    selected: reactive[str] = reactive("")
    """The id of the item that is presented."""
    locked: reactive[bool] = reactive(False)
    """Whether the answers are locked."""

    def line(self, width: int) -> Content:
        """Category and position; as much of the release as there is room for."""
        if self.session is None or not self.selected:
            return Content()
        checklist, release = self.session.checklist, self.session.release
        category = checklist.categories[checklist.category_index[self.selected]]
        position = next(n for n, item in enumerate(category.items, 1) if item.id == self.selected)
        pad = " " * margin(self.screen.size.width)
        title = safe_text(category.title).upper()
        left = Content.assemble(pad, (title, "$accent bold"), f"  {position} of {len(category.items)}")
        if self.locked:
            left = left + Content("  ") + LOCKED
        for title in (release.title, f"{release.service} {release.version}", release.version):
            right = Content.assemble((safe_text(title), "bold"))
            if left.cell_length + right.cell_length + 3 <= width:
                return spread(left, right, width)
        return left.truncate(width, ellipsis=True)


class ClockText(Widget):
    """The meeting's clock. A widget of its own, so that a second that passes paints nothing but its few cells."""

    DEFAULT_CSS = """
    ClockText {
        width: auto;
        height: 1;
        text-wrap: nowrap;
    }
    """

    meeting: reactive[MeetingTime | None] = reactive(None, repaint=False, init=False)
    """What the clock shows; None while no meeting is held."""

    def watch_meeting(self) -> None:
        """Show the time; everything else stays where it is as long as there are as many cells."""
        self.refresh(layout=self._content().cell_length != self.size.width)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As many cells as the time has."""
        return self._content().cell_length

    def render(self) -> RenderResult:
        """The time."""
        return self._content()

    def _content(self) -> Content:
        if self.meeting is None:
            return Content()
        width = self.screen.size.width
        style = "$status-condition bold" if self.meeting.over else ""
        return Content.assemble(
            "   ", (self._pace() if width >= 110 else "", "$muted"), (self.meeting.text, style), " " * margin(width)
        )

    def _pace(self) -> str:
        assert self.meeting is not None
        left, each = self.meeting.left, self.meeting.for_each
        if not left:
            return ""
        return f"{left} left" + (f", {clock_text(each)} each" if each else "") + "   "


class NextLine(Line):
    """What is asked after the item that is presented."""

    DEFAULT_CSS = """
    NextLine { color: $muted; }
    """

    session: reactive[Session | None] = reactive(None)
    """The session."""
    selected: reactive[str] = reactive("")
    """The id of the item that is presented."""

    def line(self, width: int) -> Content:
        """The next item, with its category where that is another one."""
        if self.session is None or not self.selected:
            return Content()
        pad, checklist = " " * margin(width), self.session.checklist
        following = item_after(checklist, self.selected)
        if following is None:
            return Content(f"{pad}Next  the finish: roll call and decision")
        here, there = (checklist.category_index[item_id] for item_id in (self.selected, following.id))
        heading = "" if here == there else f"{checklist.categories[there].title.upper()}: "
        words = Content.assemble(f"{pad}Next  ", (safe_text(heading + following.text), "$foreground"))
        return words.truncate(width - 1, ellipsis=True)
