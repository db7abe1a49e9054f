"""One walk through one checklist for one release.

A session is a value. Every edit returns a new one with the next revision and a line of history; nothing else in the
program can change what was said in a meeting.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from signoff.domain.answer import ASKED_FIELDS, Answer, fields_kept_by
from signoff.domain.answers import Answers
from signoff.domain.checklist import Checklist
from signoff.domain.history import Change, differing_fields, restored
from signoff.domain.meeting import Decision, Override, SignOff, Superseded, Vote, Watch
from signoff.domain.release import Release
from signoff.errors import SessionError

_BLANK_ANSWER = Answer()
_PARTS = frozenset({"answers", "votes", "overrides", "people", "release", "watch", "decision", "supersedes"})


@dataclass(frozen=True, slots=True, repr=False)
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
        return self.answer_all((item_id,), now=now, by=by, **changed)

    def answer_all(self, item_ids: Iterable[str], *, now: datetime, by: str, **changed: Any) -> Session:
        """Change the answers to some items in one revision, so that one undo takes them all back.

        Args:
            item_ids: The items.
            now: The aware present.
            by: Who runs the program.
            changed: As for `answer`.

        Raises:
            SessionError: When the checklist has no such item, or the session is signed.
        """
        if "status" in changed:
            kept = fields_kept_by(changed["status"])
            blank = {name: getattr(_BLANK_ANSWER, name) for name in ASKED_FIELDS if name not in kept}
            changed = {**blank, "parked": False, "carried": False, **changed}
        subjects = [f"answers.{item_id}" for item_id in item_ids]
        return self.edited({s: replace(self.part(s), **changed) for s in subjects}, now=now, by=by)

    def as_of(self, revision: int, *, now: datetime, by: str) -> Session:
        """A new revision in which everything is as it was at an earlier one.

        It is an edit like any other: what it takes back is brought again by one undo.

        Raises:
            SessionError: When the session is signed.
        """
        return self.edited(self.parts_at(revision), now=now, by=by)

    def parts_at(self, revision: int) -> dict[str, Any]:
        """The parts that changed after a revision, by their subjects, as they were at it."""
        parts: dict[str, Any] = {}
        for change in reversed(self.history):
            if change.revision > revision:
                part = parts.get(change.subject, self.part(change.subject))
                parts[change.subject] = restored(part, change.was)
        return parts

    def vote(self, role_id: str, vote: Vote, *, now: datetime, by: str) -> Session:
        """Record what a role says in the roll call.

        Raises:
            SessionError: When the checklist has no such role, or the session is signed.
        """
        if role_id not in self.checklist.role_by_id:
            raise SessionError(f'This checklist has no role "{role_id}".')
        return self.edited({f"votes.{role_id}": vote}, now=now, by=by)

    def override(self, rule_id: str, override: Override, *, now: datetime, by: str) -> Session:
        """Record that somebody takes a rule upon themselves.

        Raises:
            SessionError: When the checklist has no such rule, or the session is signed.
        """
        if all(rule.id != rule_id for rule in self.checklist.rules):
            raise SessionError(f'This checklist has no rule "{rule_id}".')
        return self.edited({f"overrides.{rule_id}": override}, now=now, by=by)

    def name_people(self, people: Mapping[str, str], *, now: datetime, by: str) -> Session:
        """Name the people of the roles; an empty name takes one out.

        Raises:
            SessionError: When the session is signed.
        """
        named = {role: name for role, name in {**self.people, **people}.items() if name}
        return self.edited({"people": named}, now=now, by=by)

    def describe(self, release: Release, *, now: datetime, by: str) -> Session:
        """Change what is known about the release.

        Raises:
            SessionError: When the session is signed.
        """
        return self.edited({"release": release}, now=now, by=by)

    def set_watch(self, watch: Watch, *, now: datetime, by: str) -> Session:
        """Name who watches the release after the deploy.

        Raises:
            SessionError: When the session is signed.
        """
        return self.edited({"watch": watch}, now=now, by=by)

    @property
    def decided_at_revision(self) -> int:
        """The revision in which the decision was last taken or changed; 0 where history does not say."""
        return next((change.revision for change in reversed(self.history) if change.subject == "decision"), 0)

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
        parts = {"decision": Decision(), "supersedes": superseded}
        return replace(self, sign_offs=()).edited(parts, now=now, by=by)

    def part(self, subject: str) -> Any:
        """A part of the session by the subject that history calls it by, such as `answers.ITEM` or `release`.

        Raises:
            SessionError: When the session has no such part.
        """
        name, _, key = subject.partition(".")
        if name == "answers" and key not in self.checklist.item_by_id:
            raise SessionError(f'This checklist has no item "{key}"; `signoff show` lists its items.')
        if name not in _PARTS:
            raise SessionError(f'A session has no part "{subject}".')
        match name:
            case "answers":
                return self.answers[key]
            case "votes":
                return self.vote_of(key)
            case "overrides":
                return self.override_of(key)
            case _:
                return getattr(self, name)

    def edited(self, parts: Mapping[str, Any], *, now: datetime, by: str, undoes: int = 0, redoes: int = 0) -> Session:
        """The next revision, in which some parts are others; the same session where they are not.

        All edits come down to this one. Parts that change in one revision are undone together.

        Args:
            parts: The new parts by their subjects.
            now: The aware present.
            by: Who runs the program.
            undoes: The revision that this takes back; 0 for none.
            redoes: The revision that this brings back; 0 for none.

        Raises:
            SessionError: When the session is signed.
        """
        changed = {subject: after for subject, after in parts.items() if self.part(subject) != after}
        if not changed:
            return self
        if self.is_signed:
            raise SessionError(
                "This session is signed and read-only; reopen it to start a revision that supersedes it."
            )
        revision, session, changes = self.revision + 1, self, []
        for subject, after in changed.items():
            was, is_now = differing_fields(self.part(subject), after)
            changes.append(Change(revision, now, by, subject, was, is_now, undoes, redoes))
            session = session._with_part(subject, after)
        return replace(session, revision=revision, history=(*self.history, *changes))

    def _with_part(self, subject: str, part: Any) -> Session:
        name, _, key = subject.partition(".")
        if name == "answers":
            return replace(self, answers=self.answers.replaced(key, part))
        changed: dict[str, Any] = {name: {**getattr(self, name), key: part} if key else part}
        return replace(self, **changed)
