"""The walk from item to item."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from signoff.cli.dialogue.item_read_out import answer_lines, item_lines, outcome_line
from signoff.cli.dialogue.place import Place, Step
from signoff.cli.dialogue.questions import add_action, add_evidence, add_note, ask_details, ask_missing, name_owner
from signoff.cli.dialogue.talk import Talk
from signoff.cli.dialogue.words import Word
from signoff.domain.answer import Answer, Status
from signoff.domain.checklist import Item
from signoff.domain.deciding import incomplete_items
from signoff.domain.history import Change
from signoff.domain.session import Session
from signoff.domain.spoken_choice import STATUS_KEYS, status_said
from signoff.domain.walk import still_to_ask

CONFIRM: Final = Word("confirm", "confirms an answer that was carried over", (".",))
SKIP: Final = Word("skip", "goes on without an answer")
PARK: Final = Word("park", "puts the item off; it comes again at the end", ("P",))
OWNER: Final = Word("owner", "names who answers for the item", ("p", "@"), "NAME")
EVIDENCE: Final = Word("evidence", "adds a link, or the path of a file", ("e",), "LINK")
NOTE: Final = Word("note", "adds a line to the note", ("i",), "TEXT")
ACTION: Final = Word("action", "adds an action, such as rebuild image @chen !15:00", ("t",), "TEXT")
DETAILS: Final = Word("details", "asks again for what the status asks for", ("d",))
WHY: Final = Word("why", "says what goes wrong without it")
FINISH: Final = Word("finish", "goes on to the roll call and the decision", ("f",))


class ItemWalk(Place):
    """The walk from item to item. Each is asked once in a run, and a parked one once more at the end."""

    PROMPT = "Answer?"
    CHOICES = f"{', '.join(STATUS_KEYS)}, skip"
    MEANINGS = (
        f"{', '.join(f'{key} {status.word}' for key, status in STATUS_KEYS.items())}, clear takes the answer back. "
        "Enter reads the item again."
    )

    def __init__(self, talk: Talk) -> None:
        """Begin it.

        Args:
            talk: The dialogue.
        """
        super().__init__(
            talk,
            {
                CONFIRM: lambda _: self._confirm(),
                SKIP: lambda _: self._done(),
                PARK: lambda _: self._park(),
                OWNER: lambda said: name_owner(talk, self._item, said),
                EVIDENCE: lambda said: add_evidence(talk, self._item, said),
                NOTE: lambda said: add_note(talk, self._item, said),
                ACTION: lambda said: add_action(talk, self._item, said),
                DETAILS: lambda _: ask_details(talk, self._item),
                WHY: lambda _: talk.say(self._item.why or "The checklist does not say why."),
                FINISH: lambda _: self._on_to(""),
            },
        )
        self._done_with: set[str] = set()
        self._way: list[str] = []
        self.last = ""
        """The id of the item that was asked last; empty before the first."""

    @property
    def _item(self) -> Item:
        return self.talk.session.checklist.item_by_id[self.last]

    @property
    def _answer(self) -> Answer:
        return self.talk.session.answers[self.last]

    def walk(self, start: str = "") -> None:
        """Ask item after item until nothing is left to be asked.

        Args:
            start: The id of the item to begin with; empty for the first that is open.

        Raises:
            Leave: When somebody leaves, or there are no more lines.
        """
        item = start or self._next()
        while item:
            self.last = item
            self.enter()
            item = self.choose()

    def enter(self) -> None:
        """Read the item out."""
        self.talk.say()
        self.talk.say_all(item_lines(self.talk.session, self._item))

    # Answering.

    def meaning(self, line: str) -> Callable[[], Step] | None:
        """A status."""
        status = status_said(line)
        return None if status is None else partial(self._give, status)

    def _give(self, status: Status) -> Step:
        self.talk.edit(Session.answer, self.last, status=status)
        if status is not Status.OPEN:
            return self._complete()
        self._done_with.discard(self.last)
        self.talk.say(outcome_line(self._item, self._answer))
        return None

    def _confirm(self) -> Step:
        if not self._answer.carried:
            self.talk.say("Nothing to confirm: this answer was not carried over.")
            return None
        self.talk.edit(Session.answer, self.last, carried=False)
        return self._complete()

    def _complete(self) -> Step:
        ask_missing(self.talk, self._item)
        self.talk.say(outcome_line(self._item, self._answer))
        return self._done()

    def _park(self) -> Step:
        if self._answer.status is not Status.OPEN:
            self.talk.say("Only an open item can be parked; clear takes the answer back first.")
            return None
        if self._answer.parked:
            self.talk.say("It stays parked.")
            return self._done()
        self.talk.edit(Session.answer, self.last, parked=True)
        self.talk.say("Parked.")
        return self._on_to(self._next())

    # Moving.

    def _next(self) -> str:
        session = self.talk.session
        incomplete = (item.id for item, _ in incomplete_items(session))
        asked = (*still_to_ask(session, self.last), *incomplete)
        return next((item for item in asked if item not in self._done_with), "")

    def _done(self) -> str:
        self._done_with.add(self.last)
        return self._on_to(self._next())

    def _on_to(self, item: str) -> str:
        self._way.append(self.last)
        return item

    def go_to(self, item: str) -> Step:
        """Go on at another item."""
        return self._on_to(item)

    def go_back(self) -> Step:
        """Go back to the item that was asked before this one."""
        if not self._way:
            self.talk.say("This is where the walk began; item ID goes to any other.")
            return None
        return self._way.pop()

    def after(self, changes: tuple[Change, ...]) -> Step:
        """Say how the item stands now; what was taken back may be asked again."""
        self._done_with -= {change.subject.removeprefix("answers.") for change in changes}
        self.talk.say_all(answer_lines(self._item, self._answer) if changes else ())
        return None
