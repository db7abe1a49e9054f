"""A thin line between two panes that stand side by side."""

from __future__ import annotations

from textual.app import RenderResult

from signoff.ui.widgets.ground import Ground


class VerticalRule(Ground):
    """A vertical rule: one cell wide, and the same on every line."""

    DEFAULT_CSS = """
    VerticalRule {
        width: 1;
        color: $rule;
    }
    """

    def render(self) -> RenderResult:
        """One line of it."""
        return "│"
