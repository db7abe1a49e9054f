"""A thin line between two parts of a screen."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive

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
    """A word in the rule; only words of the program."""

    def __init__(self, joint: str = "┬", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._joint = joint

    def line(self, width: int) -> Content:
        """The rule."""
        rule = "─" * width
        if 0 <= self.joint_at < width:
            rule = rule[: self.joint_at] + self._joint + rule[self.joint_at + 1 :]
        if self.title:
            rule = f"── {self.title} {rule}"[:width]
        return Content(rule)
