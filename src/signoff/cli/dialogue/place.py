"""A place in the walk where there is a choice: an item, a role of the roll call, the decision."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import ClassVar

from signoff.cli.dialogue.lines import Leave
from signoff.cli.dialogue.talk import Talk
from signoff.cli.dialogue.words import BACK, HELP, ITEM, QUIT, REDO, UNDO, Word, help_on, not_understood, said_in
from signoff.domain.find import item_named
from signoff.domain.history import Change
from signoff.errors import SessionError

Step = str | None
"""Where to go on: an item's id, or nothing for what comes next; None to stay."""
Does = Callable[[str], Step]
"""Does what a word says, with what was said behind it."""


class Place(ABC):
    """A place where there is a choice. A line that means nothing here is one sentence, and the choice is there again.

    What a line means is a word, for which a subclass says what it does; or what the place is about, such as a status.
    """

    PROMPT: ClassVar[str]
    """What is asked."""
    CHOICES: ClassVar[str]
    """What is chosen from, for the sentence about a line that means nothing."""
    MEANINGS: ClassVar[str]
    """What the choices mean, for the help."""

    def __init__(self, talk: Talk, words: Mapping[Word, Does]) -> None:
        """Make the place.

        Args:
            talk: The dialogue.
            words: What can be said only here.
        """
        self.talk = talk
        """The dialogue."""
        self._words: dict[Word, Does] = {
            **words,
            BACK: lambda _: self.go_back(),
            ITEM: self._go,
            UNDO: lambda _: self.after(talk.undo()),
            REDO: lambda _: self.after(talk.redo()),
            HELP: lambda _: self._help(),
            QUIT: lambda _: self._quit(),
        }

    def choose(self) -> str:
        """Hear lines until one of them leads on; returns where.

        Raises:
            Leave: When somebody leaves, or there are no more lines.
            GoToItem: When somebody wants to go on at an item, from a place that is none.
        """
        while (step := self._step(self.talk.hear(self.PROMPT))) is None:
            pass
        return step

    @abstractmethod
    def meaning(self, line: str) -> Callable[[], Step] | None:
        """What to do at a line that is no word; None where it means nothing."""

    @abstractmethod
    def enter(self) -> Step:
        """What Enter alone does."""

    @abstractmethod
    def go_to(self, item: str) -> Step:
        """Go on at an item."""

    @abstractmethod
    def go_back(self) -> Step:
        """Go back."""

    @abstractmethod
    def after(self, changes: tuple[Change, ...]) -> Step:
        """What follows when these changes were taken back, or made again; nothing where there was nothing to do."""

    def _step(self, line: str) -> Step:
        if not line:
            return self.enter()
        word, said = said_in(line, tuple(self._words))
        if word:
            return self._words[word](said)
        does = self.meaning(line)
        if does:
            return does()
        self.talk.say(not_understood(line, self.CHOICES, tuple(self._words)))
        return None

    def _go(self, said: str) -> Step:
        name = said or self.talk.ask("Item", "its id, or words of its text", "Enter stays here")
        try:
            return self.go_to(item_named(self.talk.session.checklist, name).id) if name else None
        except SessionError as error:
            self.talk.say(str(error))
            return None

    def _help(self) -> None:
        self.talk.say(self.MEANINGS)
        self.talk.say_all(help_on(tuple(self._words)))

    def _quit(self) -> Step:
        raise Leave
