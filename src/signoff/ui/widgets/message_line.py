"""What the last key did. It stays until the next change: an audience misses what vanishes after five seconds."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.reactive import reactive

from signoff.domain.safe_text import safe_text
from signoff.ui.widgets.line import Line


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """One message."""

    text: str
    """What is said; may hold text that a user typed."""
    style: str = ""
    """A style in the theme's words; empty for plain text."""


def refusal(reason: str) -> Said:
    """Why a key does nothing, or what is still lacking."""
    return Said(reason, "$status-condition bold")


def failure(reason: str) -> Said:
    """What went wrong, and what to do."""
    return Said(reason, "$status-fail bold")


class MessageLine(Line):
    """The line above the footer."""

    message: reactive[Said] = reactive(Said(""))
    """What it says."""

    def line(self, width: int) -> Content:
        """The message."""
        return Content.assemble(" ", (safe_text(self.message.text), self.message.style)).truncate(width, ellipsis=True)
