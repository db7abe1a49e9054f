"""One walk through one checklist for one release.

A session is a value. Every edit returns a new one with the next revision and a line of history; nothing else in the
program can change what was said in a meeting.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from signoff.domain.answer import ASKED_FIELDS, Answer, fields_kept_by
from signoff.domain.answers import Answers
from signoff.domain.checklist import Checklist
from signoff.domain.history import Change, differing_fields
from signoff.domain.meeting import Decision, Override, SignOff, Superseded, Vote, Watch
from signoff.domain.release import Release
from signoff.errors import SessionError

_BLANK_ANSWER = Answer()


@dataclass(frozen=True, slots=True)
class Session:
    """Everything that is known about one meeting."""

    id: str
    """A short name; the file's name without its ending."""
    checklist: Checklist
    """The session's own copy of what is asked."""
    release: Release
    """What is to be released."""
    created: datetime
    """When the session was made, aware."""
    answers: Answers
    """What was said about the items."""
    revision: int = 0
    """How many edits there were; grows with every one."""
    people: Mapping[str, str] = field(default_factory=dict)
    """The name of the person in each role, by role id."""
    votes: Mapping[str, Vote] = field(default_factory=dict)
    """The roll call, by role id."""
    overrides: Mapping[str, Override] = field(default_factory=dict)
    """Overridden rules, by rule id."""
    watch: Watch = field(default_factory=Watch)
    """Who watches the release after the deploy."""
    decision: Decision = field(default_factory=Decision)
    """What was decided."""
    sign_offs: tuple[SignOff, ...] = ()
    """The signatures under this revision's report; while there is one the session is read-only."""
    supersedes: Superseded = field(default_factory=Superseded)
    """The signed revision that this one moved on from."""
    history: tuple[Change, ...] = ()
    """Every edit, oldest first."""

    @classmethod
    def start(cls, session_id: str, checklist: Checklist, release: Release, now: datetime) -> Session:
        """A session in which nothing has been said yet."""
        return cls(session_id, checklist, release, now, Answers(checklist, {}))

    @property
    def is_signed(self) -> bool:
        """Whether a report of this revision carries a signature; the session is then read-only."""
        return bool(self.sign_offs)

    def vote_of(self, role_id: str) -> Vote:
        """What a role said in the roll call."""
        return self.votes.get(role_id, Vote())

    def override_of(self, rule_id: str) -> Override:
        """The override of a rule."""
        return self.overrides.get(rule_id, Override())

    def person(self, role_id: str) -> str:
        """The name of the person in a role; empty when nobody was named."""
        return self.people.get(role_id, "")

    def history_of(self, subject: str) -> tuple[Change, ...]:
        """The changes of one subject, oldest first."""
        return tuple(change for change in self.history if change.subject == subject)

    def answer(self, item_id: str, *, now: datetime, by: str, **changed: Any) -> Session:
        """Change the answer to an item.

        Args:
            item_id: The item.
            now: The aware present.
            by: Who runs the program.
            changed: Fields of `Answer`. A new `status` confirms a carried-over answer, takes an item back from
                parking, and empties what only the old status asked for.

        Raises:
            SessionError: When the checklist has no such item, or the session is signed.
        """
        if item_id not in self.checklist.item_by_id:
            raise SessionError(f'This checklist has no item "{item_id}"; `signoff show` lists its items.')
        before = self.answers[item_id]
        if "status" in changed:
            kept = fields_kept_by(changed["status"])
            blank = {name: getattr(_BLANK_ANSWER, name) for name in ASKED_FIELDS if name not in kept}
            changed = {**blank, "parked": False, "carried": False, **changed}
        after = replace(before, **changed)
        return self._edited(
            f"answers.{item_id}", before, after, now, by, answers=lambda: self.answers.replaced(item_id, after)
        )

    def vote(self, role_id: str, vote: Vote, *, now: datetime, by: str) -> Session:
        """Record what a role says in the roll call.

        Raises:
            SessionError: When the checklist has no such role, or the session is signed.
        """
        if role_id not in self.checklist.role_by_id:
            raise SessionError(f'This checklist has no role "{role_id}".')
        votes = {**self.votes, role_id: vote}
        return self._edited(f"votes.{role_id}", self.vote_of(role_id), vote, now, by, votes=lambda: votes)

    def override(self, rule_id: str, override: Override, *, now: datetime, by: str) -> Session:
        """Record that somebody takes a rule upon themselves.

        Raises:
            SessionError: When the checklist has no such rule, or the session is signed.
        """
        if all(rule.id != rule_id for rule in self.checklist.rules):
            raise SessionError(f'This checklist has no rule "{rule_id}".')
        overrides = {**self.overrides, rule_id: override}
        before = self.override_of(rule_id)
        return self._edited(f"overrides.{rule_id}", before, override, now, by, overrides=lambda: overrides)

    def name_people(self, people: Mapping[str, str], *, now: datetime, by: str) -> Session:
        """Name the people of the roles; an empty name takes one out.

        Raises:
            SessionError: When the session is signed.
        """
        named = {role: name for role, name in {**self.people, **people}.items() if name}
        return self._edited("people", self.people, named, now, by, people=lambda: named)

    def describe(self, release: Release, *, now: datetime, by: str) -> Session:
        """Change what is known about the release.

        Raises:
            SessionError: When the session is signed.
        """
        return self._edited("release", self.release, release, now, by, release=lambda: release)

    def set_watch(self, watch: Watch, *, now: datetime, by: str) -> Session:
        """Name who watches the release after the deploy.

        Raises:
            SessionError: When the session is signed.
        """
        return self._edited("watch", self.watch, watch, now, by, watch=lambda: watch)

    def decide(self, decision: Decision, *, now: datetime, by: str) -> Session:
        """Record a decision; `signoff.domain.deciding` says whether it may be taken.

        Raises:
            SessionError: When the session is signed.
        """
        return self._edited("decision", self.decision, decision, now, by, decision=lambda: decision)

    def signed(self, sign_off: SignOff) -> Session:
        """The same revision, with the signature that its report now carries."""
        return replace(self, sign_offs=(*self.sign_offs, sign_off))

    def reopened(self, *, now: datetime, by: str) -> Session:
        """A new revision that supersedes the signed one; it has to be decided and signed again.

        Raises:
            SessionError: When the session is not signed.
        """
        if not self.is_signed:
            raise SessionError("This session is not signed; it can be changed as it is.")
        last = self.sign_offs[-1]
        superseded = Superseded(self.revision, last.body_sha256, last.report)
        unsigned = replace(self, sign_offs=(), decision=Decision())
        return unsigned._edited("supersedes", self.supersedes, superseded, now, by, supersedes=lambda: superseded)

    def _edited(self, subject: str, before: Any, after: Any, now: datetime, by: str, **parts: Any) -> Session:
        if before == after:
            return self
        if self.is_signed:
            raise SessionError(
                "This session is signed and read-only; reopen it to start a revision that supersedes it."
            )
        was, is_now = differing_fields(before, after)
        change = Change(self.revision + 1, now, by, subject, was, is_now)
        new = {name: value() for name, value in parts.items()}
        return replace(self, revision=change.revision, history=(*self.history, change), **new)
