"""A thin line between two parts of a screen."""

from __future__ import annotations

from collections.abc import Callable

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

    title: reactive[str] = reactive("")
    """A name in the rule; may hold text that a user typed. Empty for none."""

    def __init__(
        self,
        joint: str = "┬",
        joint_at: Callable[[int], int] = lambda _: -1,
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Make the rule.

        Args:
            joint: The joint.
            joint_at: In which column of how many it is; -1 for none.
            id: The widget's id.
            classes: Its classes.
        """
        super().__init__(id=id, classes=classes)
        self._joint, self._joint_at = joint, joint_at

    def line(self, width: int) -> Content:
        """The rule."""
        rule, joint_at = "─" * width, self._joint_at(width)
        if 0 <= joint_at < width:
            rule = rule[:joint_at] + self._joint + rule[joint_at + 1 :]
        if not self.title:
            return Content(rule)
        title = Content(safe_text(self.title)).truncate(max(width - 5, 0), ellipsis=True)
        left = Content("── ") + title.stylize("$foreground bold") + Content(" ")
        return left + Content("─" * (width - left.cell_length))
