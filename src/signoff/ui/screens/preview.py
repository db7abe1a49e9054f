"""The report as it would be now, as its readers will get it."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from signoff.ui.bindings import bindings
from signoff.ui.keyboard.preview_keys import PREVIEW_KEYS
from signoff.ui.widgets.detail_pane import wrapped
from signoff.ui.widgets.key_line import KeyLine
from signoff.ui.widgets.line_view import Part, cell
from signoff.ui.widgets.row_list import RowList
from signoff.ui.widgets.rule_line import RuleLine


class ReportLines(RowList):
    """The lines of a report, wrapped."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self._lines: list[str] = []

    def on_resize(self, _: events.Resize) -> None:
        """Wrap for the new width."""
        width = max(self.size.width - 2, 20)
        lines = self._text.split("\n")
        # A table that is wrapped cannot be read any more; one that is cut can.
        self._lines = [part for line in lines for part in ([line] if line.startswith("|") else wrapped(line, width))]
        self.rows_changed()

    def row_count(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def row_parts(self, row: int, width: int) -> list[Part]:
        """One line."""
        return [(cell(self._lines[row], width), None)]


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
