"""A thin line between two parts of a screen."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive

from signoff.domain.safe_text import safe_text
from signoff.ui.widgets.line import Line


class RuleLine(Line):
    """A horizontal rule, with a joint where a vertical one meets it."""

    DEFAULT_CSS = """
    RuleLine {
        color: $rule;
    }
    """

    joint_at: reactive[int] = reactive(-1)
    """The column of the joint; -1 for none."""
    title: reactive[str] = reactive("")
    """A name in the rule; may hold text that a user typed. Empty for none."""

    def __init__(self, joint: str = "┬", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._joint = joint

    def line(self, width: int) -> Content:
        """The rule."""
        rule = "─" * width
        if 0 <= self.joint_at < width:
            rule = rule[: self.joint_at] + self._joint + rule[self.joint_at + 1 :]
        if not self.title:
            return Content(rule)
        title = Content(safe_text(self.title)).truncate(max(width - 5, 0), ellipsis=True)
        left = Content("── ") + title.stylize("$foreground bold") + Content(" ")
        return left + Content("─" * (width - left.cell_length))
