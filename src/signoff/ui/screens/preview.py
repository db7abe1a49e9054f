"""The report as it would be now, as its readers will get it."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widgets import Static

from signoff.ui.bindings import bindings
from signoff.ui.keyboard.list_keys import READ_KEYS
from signoff.ui.keyboard.preview_keys import PREVIEW_KEYS
from signoff.ui.widgets.detail_pane import wrapped
from signoff.ui.widgets.key_line import KeyLine
from signoff.ui.widgets.line_view import LineView, cell, painted
from signoff.ui.widgets.rule_line import RuleLine


class ReportLines(LineView, can_focus=True):
    """The lines of a report, wrapped, to scroll through."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(READ_KEYS)]

    COMPONENT_CLASSES: ClassVar[set[str]] = {"report--heading"}

    DEFAULT_CSS = """
    ReportLines {
        background: $background;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .report--heading { color: $accent; text-style: bold; }
    }
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self._lines: list[tuple[str, bool]] = []
        """The lines, each with whether it is part of a heading."""

    def on_resize(self, _: events.Resize) -> None:
        """Wrap for the new width."""
        width = max(self.size.width - 2, 20)
        self._lines = [(part, line[:1] == "#") for line in self._text.split("\n") for part in _wrapped(line, width)]
        self.virtual_size = Size(0, len(self._lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        position = y + self.scroll_offset.y
        text, is_heading = self._lines[position] if position < len(self._lines) else ("", False)
        style = self.styled("report--heading") if is_heading else None
        return painted([(" ", None), (text, style)], self.scrollable_content_region.width, self.line_style)


def _wrapped(line: str, width: int) -> tuple[str, ...]:
    # A table that is wrapped cannot be read any more; one that is cut can.
    return (cell(line, width),) if line.startswith("|") else wrapped(line, width)


class PreviewScreen(ModalScreen[None]):
    """The draft of the report."""

    KEYS = PREVIEW_KEYS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PREVIEW_KEYS)]

    CSS = """
    PreviewScreen {
        background: $background;
        layout: vertical;
        #title { color: $accent; text-style: bold; padding: 0 1; }
        ReportLines { height: 1fr; }
    }
    """

    def __init__(self, text: str, *, signed: bool) -> None:
        """Make the preview.

        Args:
            text: The report.
            signed: Whether it is the signed one.
        """
        super().__init__()
        self._text = text
        self._signed = signed

    def compose(self) -> ComposeResult:
        """The report's lines."""
        title = "The SIGNED report" if self._signed else "PREVIEW of the report"
        yield Static(title, id="title", markup=False)
        yield RuleLine()
        yield ReportLines(self._text)
        yield RuleLine()
        yield KeyLine(PREVIEW_KEYS)

    def on_mount(self) -> None:
        """Let keys scroll it."""
        self.query_one(ReportLines).focus()
