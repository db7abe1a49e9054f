"""A dialogue and the session it is about: what every part of the walk does in the same way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final, TypeVar

from signoff.cli.dialogue.lines import Leave, Lines
from signoff.domain.change_text import describe_changes
from signoff.domain.history import Change
from signoff.domain.people import people_of
from signoff.domain.session import Session
from signoff.domain.undo import redoable, redone, undoable, undone
from signoff.errors import SessionError, StorageError
from signoff.workflow.saved_session import SavedSession

Understood = TypeVar("Understood")

LATER: Final = ("", "skip")
"""What leaves a question for later: Enter alone, or the word."""
_QUIT: Final = "quit"


class Talk:
    """A dialogue about one session."""

    def __init__(self, lines: Lines, opened: SavedSession) -> None:
        """Begin it.

        Args:
            lines: The dialogue.
            opened: The session.
        """
        self._lines = lines
        self._opened = opened

    @property
    def session(self) -> Session:
        """The session as it is now."""
        return self._opened.session

    @property
    def user(self) -> str:
        """Who talks."""
        return self._opened.user

    @property
    def here(self) -> datetime:
        """The present by the clocks of this machine."""
        return self._opened.clock().astimezone()

    @property
    def now(self) -> datetime:
        """The present by the clocks of the release, so that "15:00" means what the meeting means by it."""
        return self.session.release.by_its_clocks(self.here)

    @property
    def people(self) -> tuple[str, ...]:
        """The names that were said."""
        return people_of(self.session)

    def say(self, text: str = "") -> None:
        """Say a line."""
        self._lines.say(text)

    def say_all(self, lines: Iterable[str]) -> None:
        """Say some lines."""
        for line in lines:
            self.say(line)

    def hear(self, prompt: str) -> str:
        """Ask for a line.

        Raises:
            Leave: When somebody leaves, or there are no more lines.
        """
        return self._lines.hear(prompt)

    def ask(self, label: str, hint: str, otherwise: str = "Enter leaves it for later") -> str:
        """Ask for a text of one line; empty where it is left for later.

        Args:
            label: What is asked.
            hint: What may be said.
            otherwise: What Enter alone does.

        Raises:
            Leave: When somebody leaves, or there are no more lines.
        """
        while True:
            said = self.hear(f"{label}: {hint}. {otherwise}.")
            if said == _QUIT:
                raise Leave
            if said != "?":
                return "" if said in LATER else said
            self.say("What you type is taken as it is; quit ends the walk.")

    def ask_for(
        self, label: str, hint: str, read: Callable[[str], Understood], otherwise: str = "Enter leaves it for later"
    ) -> Understood | None:
        """Ask until what is said is understood; None where it is left for later.

        Args:
            label: What is asked.
            hint: What may be said.
            read: Understands it; raises ValueError with a clause when it cannot.
            otherwise: What Enter alone does.

        Raises:
            Leave: When somebody leaves, or there are no more lines.
        """
        while said := self.ask(label, hint, otherwise):
            try:
                return read(said)
            except ValueError as error:
                self.say(f"{str(error).rstrip('.')}.")
        return None

    def edit(self, change: Callable[..., Session], *args: Any, **kwargs: Any) -> bool:
        """Change the session and save it; say why where that is not possible.

        Args:
            change: An editing method of `Session`.
            args: Its arguments.
            kwargs: Its named arguments.

        Returns:
            Whether anything changed.
        """
        before = self.session
        try:
            self._opened.edit(change, *args, **kwargs)
        except SessionError as error:
            self.say(str(error))
        except StorageError as error:
            self.say(f"{error} What was said is kept here, and saved with what is said next.")
        return self.session is not before

    def undo(self) -> tuple[Change, ...]:
        """Take the last edit back; returns what it had changed."""
        return self._travel(undoable(self.session), undone, "Undone")

    def redo(self) -> tuple[Change, ...]:
        """Bring back what was taken back; returns what that changes."""
        return self._travel(redoable(self.session), redone, "Redone")

    def _travel(self, revision: int | None, travel: Callable[..., Session], word: str) -> tuple[Change, ...]:
        changes = tuple(change for change in self.session.history if change.revision == revision)
        if not self.edit(travel):
            return ()
        self.say(f"{word}: {describe_changes(self.session, changes)}.")
        return changes
