"""What the meeting says about the release as a whole: votes, overrides, who watches, and the decision.

Each of these has an empty value that stands for "nobody said so yet", so that an edit is always the replacement of
one value by another and no part of the program has to ask whether there is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from signoff.domain.when import When


class Choice(StrEnum):
    """What a role says in the roll call."""

    NONE = ""
    GO = "go"
    NO_GO = "no-go"
    GO_IF = "go-if"
    ABSENT = "absent"

    @property
    def word(self) -> str:
        """As it is shown."""
        return _CHOICE_WORDS[self]


_CHOICE_WORDS = {
    Choice.NONE: "...",
    Choice.GO: "GO",
    Choice.NO_GO: "NO-GO",
    Choice.GO_IF: "GO IF",
    Choice.ABSENT: "ABSENT",
}


@dataclass(frozen=True, slots=True, repr=False)
class Vote:
    """One role's spoken vote."""

    choice: Choice = Choice.NONE
    """What was said; NONE while the role was not called."""
    by: str = ""
    """Who spoke for the role; empty while nobody did."""
    comment: str = ""
    """What was added; for a go-if the "if"."""


@dataclass(frozen=True, slots=True, repr=False)
class Override:
    """Somebody's word that a broken or undecided rule does not hold the release back."""

    by: str = ""
    """Who said so; empty while nobody did."""
    reason: str = ""
    """Why."""

    @property
    def is_given(self) -> bool:
        """Whether it has both a name and a reason: one without the other counts for nothing."""
        return bool(self.by.strip() and self.reason.strip())


@dataclass(frozen=True, slots=True, repr=False)
class Watch:
    """Who watches the release after the deploy."""

    watcher: str = ""
    """Their name; empty while nobody was named."""
    until: When | None = None
    """Until when; None while nobody said so."""


class Verdict(StrEnum):
    """What the program computes, and what a person may decide (UNDECIDED is never a decision)."""

    GO = "GO"
    CONDITIONAL = "CONDITIONAL"
    UNDECIDED = "UNDECIDED"
    NO_GO = "NO-GO"

    def is_better_than(self, other: Verdict) -> bool:
        """Whether this lets the release go further than the other does."""
        order = list(Verdict)
        return order.index(self) < order.index(other)


@dataclass(frozen=True, slots=True, repr=False)
class Decision:
    """What a person decided."""

    choice: Verdict = Verdict.UNDECIDED
    """UNDECIDED while nobody decided."""
    by: str = ""
    """Who decided."""
    at: datetime | None = None
    """When; None while nobody decided."""
    reason: str = ""
    """Why; a decision better than the verdict has one."""
    verdict: Verdict = Verdict.UNDECIDED
    """What the program's verdict was at that moment."""
    meet_again: When | None = None
    """A no-go: when the meeting is held again; None when nobody said."""
    reasons: tuple[str, ...] = ()
    """The reasons for the verdict that were known when a release was let go, as `Reason.key` has them."""

    @property
    def is_taken(self) -> bool:
        """Whether somebody decided."""
        return self.choice is not Verdict.UNDECIDED

    @property
    def lets_go(self) -> bool:
        """Whether the release goes out."""
        return self.choice in (Verdict.GO, Verdict.CONDITIONAL)


@dataclass(frozen=True, slots=True, repr=False)
class SignOff:
    """A signature that was put under this revision's report, as the session remembers it."""

    signer: str
    """The principal, such as rm@example.com."""
    role: str
    """The title of the role."""
    verdict: str
    """GO, NO-GO or ACK."""
    at: datetime
    """When, by the signer's own clock."""
    key: str
    """The key's fingerprint, `SHA256:…`."""
    report: str
    """Where the report was written."""
    body_sha256: str
    """The hex digest of the report's body."""


@dataclass(frozen=True, slots=True, repr=False)
class Superseded:
    """A signed revision that this session has moved on from."""

    revision: int = 0
    """The revision that was signed; 0 when nothing was superseded."""
    body_sha256: str = ""
    """The hex digest of the body of its report."""
    report: str = ""
    """Where that report was written."""
