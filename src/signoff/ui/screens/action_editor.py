"""The actions of an item, each said in one line."""

from __future__ import annotations

from datetime import datetime

from textual.suggester import Suggester
from textual.widgets import Input

from signoff.domain.action import Action
from signoff.domain.spoken_action import action_as_typed, parse_action
from signoff.domain.when import when_text
from signoff.ui.screens.entries_editor import EntriesEditor
from signoff.ui.screens.form import Field


class OwnerSuggester(Suggester):
    """Completes the name behind the last @."""

    def __init__(self, people: tuple[str, ...]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._people = people

    async def get_suggestion(self, value: str) -> str | None:
        """The whole line with the name completed; None where no name fits."""
        before, at, start = value.rpartition("@")
        if not at or not start or " " in start:
            return None
        fitting = (name for name in self._people if name.lower().startswith(start.lower()))
        name = next(fitting, None)
        return f"{before}@{name}" if name else None


class ActionEditor(EntriesEditor[Action]):
    """What is to be done after the meeting. How a line is understood is shown while it is typed."""

    def __init__(self, title: str, actions: tuple[Action, ...], people: tuple[str, ...], now: datetime) -> None:
        """Make the editor.

        Args:
            title: The item; may hold text that a user typed.
            actions: What there is so far.
            people: The names that are offered behind an @.
            now: The aware present, by the clocks of the release.
        """
        super().__init__(title, actions, (Field("said", "Action", hint="rebuild image @chen !15:00"),))
        self._people = people
        self._now = now

    def on_mount(self) -> None:
        """Offer the names."""
        self.query_one("#field-said", Input).suggester = OwnerSuggester(self._people)

    def entry_from(self, typed: dict[str, str], before: Action | None) -> Action:
        """The action that was said."""
        return parse_action(typed["said"], self._now, self._people)

    def typed_from(self, entry: Action) -> dict[str, str]:
        """The line that says it."""
        return {"said": action_as_typed(entry, self._now)}

    def text_of(self, entry: Action) -> str:
        """What, who, until when."""
        return f"{entry.text}  {entry.owner or '-'}  {when_text(entry.due) or '-'}"

    def preview(self, typed: dict[str, str]) -> str:
        """How the line is understood so far."""
        if not typed["said"]:
            return "@ names the owner, ! says until when: today, 15:00, +2d, fri, 2026-12-10"
        try:
            action = parse_action(typed["said"], self._now, self._people)
        except ValueError as error:
            return str(error)
        return f"{action.text}   owner {action.owner or '-'}   due {when_text(action.due) or '-'}"
