"""Whether a deploy pipeline may go on: a report that is verified, says GO for just this release, and is still fresh.

The demands come from the pipeline. What the report demands by itself is demanded too, and is never enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Final, NamedTuple

from signoff.domain.release import is_whole_commit
from signoff.domain.when import is_past, when_text
from signoff.report.facts import Promise, ReportFacts, RequiredSigner
from signoff.signing.header import SignedVerdict, format_time
from signoff.workflow.signed_people import too_few_people
from signoff.workflow.verify_report import VerifiedReport, VerifyCode

CLOCKS_DIFFER: Final = timedelta(minutes=15)
"""By how much the clocks of those who meet, those who sign and the pipeline may differ."""
_ALL_DIGITS: Final = "all 40 digits, or 64 with SHA-256, are needed"


class GateCode(IntEnum):
    """What the gate came to; the exit code of `signoff gate`."""

    PASSED = 0
    """Verified, and a fresh GO for this release."""
    ALTERED = VerifyCode.ALTERED
    """Altered, malformed, or nothing that was ever signed."""
    UNKNOWN_KEY = VerifyCode.UNKNOWN_KEY
    """Intact, but a key is unknown, expired, revoked or belongs to somebody else."""
    MISSING_SIGN_OFF = VerifyCode.MISSING_SIGN_OFF
    """Intact, but a sign-off is missing that the report or the pipeline demands."""
    REFUSED = 5
    """Signed as it should be, but not a fresh GO for this release."""


@dataclass(frozen=True, slots=True)
class Demands:
    """What a pipeline demands of a report."""

    service: str
    """The service that is about to be deployed."""
    version: str
    """The version of it."""
    max_age: timedelta
    """How long ago it may have been decided."""
    environment: str | None = None
    """Where it is deployed; None where any will do."""
    commit: str | None = None
    """The whole id of the commit that is deployed; None where any will do."""
    checklist: str | None = None
    """The checklist that was asked, as `ID@SHA256`; None where any will do."""
    roles: tuple[RequiredSigner, ...] = ()
    """Sign-offs that must be there, whatever the report demands."""
    allow_conditional: bool = False
    """Whether a conditional go passes while a condition is open and not yet due."""
    allow_overruled: bool = False
    """Whether a decision passes that is better than the verdict."""
    allow_same_signer: bool = False
    """Whether one person, or one key, may have signed in several of the demanded roles."""

    @property
    def not_made(self) -> tuple[str, ...]:
        """What might have been demanded and was not, so that any will do."""
        asked = {"environment": self.environment, "commit": self.commit, "checklist": self.checklist}
        return tuple(name for name, value in [*asked.items(), ("role", self.roles or None)] if value is None)


class Refusal(NamedTuple):
    """One thing that holds the deploy up."""

    code: GateCode
    """The kind of it."""
    why: str
    """One sentence without its full stop."""


def refusals(verified: VerifiedReport, demands: Demands, now: datetime) -> tuple[Refusal, ...]:
    """Everything that holds the deploy up, the weightiest first; nothing where it may go on.

    Args:
        verified: The report, all of whose signatures fit it.
        demands: What the pipeline demands.
        now: The aware present.
    """
    facts = verified.facts
    wrong = [
        *_release(facts, demands),
        *_decision(facts, demands, now),
        *_times(verified, demands, now),
        *_objections(verified),
        *(f"the accepted risk {end}: {risk.text}" for risk in facts.risks if (end := _ended(risk, now, "has ended"))),
    ]
    found = [*_signatures(verified, demands), *(Refusal(GateCode.REFUSED, why) for why in wrong)]
    return tuple(sorted(found, key=lambda refusal: refusal.code))


def gate_code(found: tuple[Refusal, ...]) -> GateCode:
    """What the gate came to: the weightiest refusal."""
    return found[0].code if found else GateCode.PASSED


def _signatures(verified: VerifiedReport, demands: Demands) -> Iterator[Refusal]:
    for finding in verified.verification.findings:
        if not finding.is_valid:
            yield Refusal(GateCode.UNKNOWN_KEY, f"a sign-off {finding.describe()}")
    for why in _missing(verified, demands):
        yield Refusal(GateCode.MISSING_SIGN_OFF, why)


def _missing(verified: VerifiedReport, demands: Demands) -> Iterator[str]:
    valid = [finding for finding in verified.verification.findings if finding.is_valid]
    if valid and all(finding.sign_off.header.verdict is SignedVerdict.ACK for finding in valid):
        yield "nobody signed it with an opinion: every sign-off says ACK"
    for wanted in verified.missing:
        yield f"the report demands a sign-off that is missing: {verified.describe_missing(wanted)}"
    there = []
    for wanted in demands.roles:
        named = wanted._replace(role=verified.facts.role_named(wanted.role))
        if verified.has(named):
            there.append(named)
        else:
            more = ", there is only an ACK" if verified.lacks_opinion(named) else ""
            yield f"the pipeline demands a sign-off that is missing: {wanted}{more}"
    few = too_few_people(_one_of_each(there), verified.verification.findings)
    if few and not demands.allow_same_signer:
        roles, people = (" and ".join(map(str, found)) for found in ((it.role for it in few.roles), few.people))
        yield f"the pipeline demands different people as {roles}, and there is only {people}"


def _one_of_each(wanted: list[RequiredSigner]) -> list[RequiredSigner]:
    """What is demanded, once: who demands a role and its signer has demanded the role."""
    with_signer = {one.role for one in wanted if one.signer}
    return [one for one in dict.fromkeys(wanted) if one.signer or one.role not in with_signer]


def _release(facts: ReportFacts, demands: Demands) -> Iterator[str]:
    for name, wanted, found in (
        ("service", demands.service, facts.service),
        ("version", demands.version, facts.version),
        ("environment", demands.environment, facts.environment),
        ("checklist", demands.checklist, facts.checklist),
    ):
        if wanted not in (None, found):
            yield f"it is about the {name} {found}, not {wanted}"
    if demands.commit is not None:
        yield from _commit(facts.commit, demands.commit)


def _commit(found: str, wanted: str) -> Iterator[str]:
    """Whether the report is about just this commit, which no abbreviation can say."""
    if not is_whole_commit(wanted):
        yield f'the commit that is demanded, "{wanted}", is not whole: {_ALL_DIGITS}'
    elif not found:
        yield f"it is about no commit, not {wanted}"
    elif not is_whole_commit(found):
        yield f'it names the commit "{found}", which is not whole: {_ALL_DIGITS}'
    elif found.lower() != wanted.lower():
        yield f"it is about the commit {found}, not {wanted}"


def _decision(facts: ReportFacts, demands: Demands, now: datetime) -> Iterator[str]:
    if facts.decision not in ("GO", "CONDITIONAL"):
        yield f"it was decided {facts.decision}" if facts.decision else "nothing was decided"
    elif facts.overruled and not demands.allow_overruled:
        yield f"it was {overruled_words(facts)}"
    if facts.decision == "CONDITIONAL" and facts.verdict != "GO" and not demands.allow_conditional:
        open_points = "; ".join(point.text for point in facts.open_points) or f"the verdict is {facts.verdict}"
        yield f"it goes only on conditions, and they are open: {open_points}"
    for condition in facts.conditions:
        if end := _ended(condition, now, "is overdue"):
            yield f"a condition {end}: {condition.text}"
        elif facts.window_start and condition.until and is_past(condition.until, facts.window_start):
            # Of a whole day the release's own calendar tells whether it is over when the window begins.
            yield f"a condition is due before the deploy, {when_text(condition.until)}: {condition.text}"


def overruled_words(facts: ReportFacts) -> str:
    """That the decision goes further than the verdict, and against which reasons, as a clause."""
    return f"decided {facts.decision} over the verdict {facts.verdict}: {'; '.join(facts.overruled)}"


def _ended(promise: Promise, now: datetime, how: str) -> str:
    """That a promise no longer holds, as a clause; empty while it does. A day lasts until midnight UTC."""
    if promise.until is None:
        return "has no end that is written down"
    return f"{how} since {when_text(promise.until)}" if is_past(promise.until, now.astimezone(UTC)) else ""


def _times(verified: VerifiedReport, demands: Demands, now: datetime) -> Iterator[str]:
    """The decision must be young, and no sign-off older: a key that was retired since cannot be made to sign it."""
    decided = verified.facts.decided_at
    if decided is None:
        yield "it does not say when it was decided"
        return
    if now - decided > demands.max_age:
        yield f"it is too old: decided {format_time(decided)}"
    moments = [decided, *(finding.sign_off.header.signed_at for finding in verified.verification.findings)]
    if max(moments) > now + CLOCKS_DIFFER:
        yield f"it bears a time that has not come yet: {format_time(max(moments))}"
    if min(moments) < decided - CLOCKS_DIFFER:
        yield f"it bears a sign-off from before the decision: {format_time(min(moments))}"


def _objections(verified: VerifiedReport) -> Iterator[str]:
    for finding in verified.verification.findings:
        if finding.sign_off.header.verdict is SignedVerdict.NO_GO:
            yield f"somebody signed it with NO-GO: {finding.describe()}"
