"""Waiting for something that may take long, such as a keyring that asks somewhere else for a password."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual import work

from signoff.errors import SignoffError
from signoff.ui.screens.dialog import Dialog


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it."""

    value: Any = None
    """What the call returned; None when it failed."""
    error: SignoffError | None = None
    """Why it failed; None when it did not."""


class Waiting(Dialog[Outcome | None]):
    """Makes a call in a thread and can be left: the answer is None then, and what the call returns later is dropped."""

    HELP_TEXT = "Esc stops waiting; nothing is lost"

    def __init__(self, title: str, call: Callable[[], Any]) -> None:
        """Make the question.

        Args:
            title: What is waited for; only words of the program.
            call: What is called; it changes nothing that would have to be taken back.
        """
        super().__init__(title)
        self._call = call

    def on_mount(self) -> None:
        """Start."""
        self._wait()

    @work
    async def _wait(self) -> None:
        try:
            outcome = Outcome(value=await asyncio.to_thread(self._call))
        except SignoffError as error:
            outcome = Outcome(error=error)
        self.dismiss(outcome)
