"""Waiting for something that may take long, such as a keyring that asks somewhere else for a password."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual import work

from signoff.errors import SigningError, SignoffError
from signoff.ui.keyboard.dialog_keys import LEAVE
from signoff.ui.screens.dialog import Dialog


@dataclass(frozen=True, slots=True, repr=False)
class Outcome:
    """What came of it."""

    value: Any = None
    """What the call returned; None when it failed."""
    error: SignoffError | None = None
    """Why it failed; None when it did not."""

    def result(self) -> Any:
        """What the call returned.

        Raises:
            SignoffError: When it failed.
        """
        if self.error is not None:
            raise self.error
        return self.value


class Waiting(Dialog[Outcome | None]):
    """Makes a call in a thread and can be left: the answer is None then, and what the call returns later is dropped."""

    def __init__(self, title: str, call: Callable[[], Any], *, can_be_left: bool = True) -> None:
        """Make the question.

        Args:
            title: What is waited for; only words of the program.
            call: What is called.
            can_be_left: Whether Escape stops the waiting; not for a call whose outcome must be known.
        """
        super().__init__(title)
        self._call = call
        self._can_be_left = can_be_left

    def help_line(self) -> str:
        """Whether it can be left."""
        return f"{self.app.key(LEAVE)} stops waiting; nothing is lost" if self._can_be_left else "One moment ..."

    def action_leave(self) -> None:
        """Stop waiting, where that is possible."""
        if self._can_be_left:
            self.dismiss(None)

    def on_mount(self) -> None:
        """Start."""
        self._wait()

    @work
    async def _wait(self) -> None:
        try:
            outcome = Outcome(value=await asyncio.to_thread(self._call))
        except SignoffError as error:
            outcome = Outcome(error=error)
        except Exception as error:  # noqa: BLE001 - a keyring's or a library's fault must not end the meeting
            outcome = Outcome(error=SigningError(f"That failed by a fault of the system: {type(error).__name__}."))
        self.dismiss(outcome)
