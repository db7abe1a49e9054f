"""The roll call, role by role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from signoff.cli.dialogue.go_to_item import GoToItem
from signoff.cli.dialogue.place import Place, Step
from signoff.cli.dialogue.talk import Talk
from signoff.cli.dialogue.words import Word
from signoff.domain.checklist import Demand, Role
from signoff.domain.history import Change
from signoff.domain.meeting import Choice, Vote
from signoff.domain.roll_call import lacks_a_name, speaker_of, with_vote
from signoff.domain.session import Session
from signoff.domain.spoken_choice import VOTE_KEYS, vote_said

NAME: Final = Word("name", "names who speaks for the role", ("p",), "NAME")
SKIP: Final = Word("skip", "calls the next role")


class RollCall(Place):
    """The roll call. A role that has not voted, or whose vote has no name, is called once in a run."""

    PROMPT = "Vote?"
    CHOICES = f"{', '.join(VOTE_KEYS)}, skip"
    MEANINGS = (
        f"{', '.join(f'{key} {choice.word}' for key, choice in VOTE_KEYS.items())}, clear takes the vote back. "
        "Enter calls the next role."
    )

    def __init__(self, talk: Talk) -> None:
        """Begin it.

        Args:
            talk: The dialogue.
        """
        super().__init__(talk, {NAME: self._name, SKIP: lambda _: self.enter()})
        self._done_with: set[str] = set()
        self._back_to = ""
        self._role_id = ""

    @property
    def _role(self) -> Role:
        return self.talk.session.checklist.role_by_id[self._role_id]

    def call(self, back_to: str) -> None:
        """Call role after role.

        Args:
            back_to: The id of the item to which `back` goes.

        Raises:
            Leave: When somebody leaves, or there are no more lines.
            GoToItem: When somebody wants to go back to an item.
        """
        roles = self.talk.session.checklist.voting_roles
        self._back_to = back_to
        self.talk.say()
        self.talk.say(f"Roll call, {self.talk.session.checklist.roll_call.value}")
        self.talk.say_all(self._outcome(role) for role in roles if not self._is_to_be_called(role))
        while role := next(filter(self._is_to_be_called, roles), None):
            self._role_id = role.id
            self.talk.say()
            self.talk.say(f"{role.title}{'' if role.vote is Demand.REQUIRED else ', whose vote is not required'}")
            self.talk.say(f"Speaks for it: {speaker_of(self.talk.session, role.id) or 'nobody is named'}")
            self.choose()

    def _is_to_be_called(self, role: Role) -> bool:
        session = self.talk.session
        has_voted = bool(session.vote_of(role.id).choice) and not lacks_a_name(session, role.id)
        return not has_voted and role.id not in self._done_with

    def _outcome(self, role: Role) -> str:
        session = self.talk.session
        vote, speaker = session.vote_of(role.id), speaker_of(session, role.id)
        who = "" if vote.choice in (Choice.NONE, Choice.ABSENT) else speaker or "nobody is named"
        parts = (vote.choice.word if vote.choice else "no vote", who, vote.comment)
        return f"{role.title}: {', '.join(part for part in parts if part)}"

    # Voting.

    def meaning(self, line: str) -> Callable[[], Step] | None:
        """A vote."""
        choice = vote_said(line)
        return None if choice is None else partial(self._vote, choice)

    def _vote(self, choice: Choice) -> Step:
        before, comment = self.talk.session.vote_of(self._role_id), ""
        if choice is Choice.GO_IF:
            comment = self.talk.ask("If", "under which condition", "Enter does not vote")
            if not comment:
                return None
        elif choice is Choice.NO_GO:
            comment = self.talk.ask("Why", "why not", "Enter says nothing about it")
        self.talk.edit(with_vote, self._role_id, Vote(choice, before.by, comment))
        if lacks_a_name(self.talk.session, self._role_id):
            self._name("")
        self.talk.say(self._outcome(self._role))
        return self.enter() if choice else None

    def _name(self, said: str) -> Step:
        name = said or self.talk.ask("Who", f"who speaks for {self._role.title}")
        vote = self.talk.session.vote_of(self._role_id)
        if name and vote.choice:
            self.talk.edit(with_vote, self._role_id, replace(vote, by=name))
        elif name:
            self.talk.edit(Session.name_people, {self._role_id: name})
        return None

    # Moving.

    def enter(self) -> Step:
        """Call the next role; this one is not called again."""
        self._done_with.add(self._role_id)
        return ""

    def go_to(self, item: str) -> Step:
        """Go back to an item; the roll call goes on afterwards."""
        raise GoToItem(item)

    def go_back(self) -> Step:
        """Go back to the item that was asked last."""
        raise GoToItem(self._back_to)

    def after(self, changes: tuple[Change, ...]) -> Step:
        """Call again whose vote was taken back."""
        taken_back = {change.subject.removeprefix("votes.") for change in changes}
        self._done_with -= taken_back
        return "" if taken_back else None
