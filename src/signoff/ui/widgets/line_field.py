"""A line to type in.

Textual's own field says that it was submitted by a message, which arrives when the next keys are typed already: over a
slow line they come in one piece, and the second line's text lands in the first. This one tells its dialog at once.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from textual import events
from textual.suggester import SuggestFromList
from textual.widgets import Input

from signoff.ui.widgets.in_turn import do_in_turn


@runtime_checkable
class TakesLines(Protocol):
    """What has lines to type in."""

    def line_done(self, line: LineField) -> None:
        """Enter was pressed in a line."""


class LineField(Input):
    """A line of a dialog. Enter takes the name that is offered behind what was typed."""

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        password: bool = False,
        suggestions: tuple[str, ...] = (),
        id: str | None = None,
    ) -> None:
        """Make the line.

        Args:
            value: What stands in it at first.
            placeholder: What may be typed; only words of the program.
            password: Whether what is typed is not shown.
            suggestions: What is offered while it is typed.
            id: The widget's id.
        """
        super().__init__(
            value,
            placeholder=placeholder,
            password=password,
            suggester=SuggestFromList(suggestions, case_sensitive=False) if suggestions else None,
            select_on_focus=False,
            compact=True,
            id=id,
        )
        self.cursor_blink = False  # nothing moves on a screen that a meeting looks at
        self._suggestions = suggestions

    async def on_key(self, event: events.Key) -> None:
        """Do every key in its turn; Enter says that the line is done."""
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.done()
        else:
            await do_in_turn(self, event)

    def done(self) -> None:
        """Take what is offered, and tell whatever has the line."""
        typed = self.value
        # A blank behind a word keeps it as it is.
        if typed and not typed.endswith(" "):
            offered = (name for name in self._suggestions if name.casefold().startswith(typed.casefold()))
            self.value = next(offered, typed)
        owner = next((node for node in self.ancestors if isinstance(node, TakesLines)), None)
        if owner is not None:
            owner.line_done(self)
