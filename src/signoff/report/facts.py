"""What machines decide about a report, read out of its data: typed, and refused where it is not as written.

Somebody whose key is known may still sign data of their own making, so every value is looked at before it is used.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from signoff.domain.meeting import Verdict
from signoff.domain.when import When
from signoff.errors import AlteredReportError
from signoff.report.data_block import read_data

_YEARS = range(1970, 9000)
"""The years that are meant, away from the ends of the calendar, where there is no counting forth and back."""
_T = TypeVar("_T")


class RequiredSigner(NamedTuple):
    """A sign-off that must be there."""

    role: str
    """The title of the role."""
    signer: str | None = None
    """The principal that must sign; None where anybody may whose key is known."""

    def __str__(self) -> str:
        return f"{self.role} ({self.signer})" if self.signer else self.role


class Reason(NamedTuple):
    """One reason for the verdict."""

    verdict: Verdict
    """The best verdict that it leaves possible."""
    text: str
    """The reason as a clause."""
    item: str | None
    """The id of its item; None where it is about none."""


class Promise(NamedTuple):
    """A condition or an accepted risk: something that holds until a day or a moment."""

    item: str
    """The id of the item."""
    text: str
    """The item, and for a condition what has to be done."""
    by: str
    """Who owns the condition, or accepted the risk."""
    until: When | None
    """When it is due, or when it ends; None where nobody said so."""


class Overridden(NamedTuple):
    """A rule that does not hold the release back because somebody said so."""

    rule: str
    """The rule, such as `Never: Deploy on Friday afternoon`."""
    by: str
    """Who said so."""
    reason: str
    """Why."""


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What a report says about itself, from its data block."""

    service: str
    """What is released."""
    version: str
    """Which version of it."""
    environment: str
    """Where it goes."""
    commit: str
    """The commit it is built from; empty where nobody said so."""
    checklist: str
    """What was asked, as `ID@SHA256`; empty where it is not said."""
    session: str
    """The id of the session."""
    revision: int
    """The revision of the session that is reported."""
    verdict: str
    """What the program made of the answers: GO, CONDITIONAL, UNDECIDED or NO-GO."""
    decision: str
    """GO, CONDITIONAL or NO-GO; empty while nothing is decided."""
    decided_by: str
    """Who decided; empty while nothing is decided."""
    decided_at: datetime | None
    """When; None where it is not said."""
    required: tuple[RequiredSigner, ...]
    """The sign-offs that must be there."""
    roles: tuple[str, ...]
    """The titles of the roles that must sign or that voted, those that must sign first."""
    window_start: datetime | None
    """When the release window begins, by its own clocks; None where the release has none."""
    reasons: tuple[Reason, ...]
    """Why the verdict is what it is, the weightiest first."""
    conditions: tuple[Promise, ...]
    """The conditions with what has to be done, and when it is due."""
    risks: tuple[Promise, ...]
    """The accepted risks with their end."""
    overridden: tuple[Overridden, ...]
    """The rules that somebody overrode."""

    @property
    def title(self) -> str:
        """The release and what was decided."""
        return f"{self.service} {self.version} -> {self.environment}: {self.decision or 'undecided'}"

    @property
    def open_points(self) -> tuple[Reason, ...]:
        """What makes the verdict CONDITIONAL: conditions, failed items with an action, votes with an if."""
        return tuple(reason for reason in self.reasons if reason.verdict is Verdict.CONDITIONAL)

    @property
    def overruled(self) -> tuple[str, ...]:
        """Every reason that the decision goes against; empty where it is no better than the verdict."""
        if not self.decision or not Verdict(self.decision).is_better_than(Verdict(self.verdict)):
            return ()
        against = tuple(one.text for one in self.reasons if Verdict(self.decision).is_better_than(one.verdict))
        return against or ("no reason is written down",)

    def role_named(self, words: str) -> str:
        """A role as the report spells it, where it has one that differs in capitals, blanks or hyphens only."""
        words = unicodedata.normalize("NFC", words.strip())
        return next((role for role in self.roles if _plain(role) == _plain(words)), words)


def read_facts(body: bytes) -> ReportFacts:
    """The facts in a report. Only bytes whose signature was verified are worth reading.

    Raises:
        ReportError: When there is no data block, as in a draft, or a newer version of the program made it.
        AlteredReportError: When the data is not what this program writes.
    """
    data = read_data(body)
    try:
        return _facts(data)
    except (KeyError, TypeError, ValueError) as error:
        raise AlteredReportError("what is signed is no data that signoff writes") from error


def _facts(data: dict[str, Any]) -> ReportFacts:
    release, session, decision = data["release"], data["session"], data["decision"]
    decided = decision is not None
    required = _each(data["required_sign_offs"], _required)
    voters = _each(data["votes"], lambda vote: unicodedata.normalize("NFC", _text(vote["title"]).strip()))
    window = release["window"]
    return ReportFacts(
        service=_text(release["service"]),
        version=_text(release["version"]),
        environment=_text(release["environment"]),
        commit=_text(release["commit"]),
        checklist=_checklist(data.get("checklist")),
        session=_text(session["id"]),
        revision=_number(session["revision"]),
        verdict=_verdict(data["verdict"]),
        decision=_verdict(decision["choice"]) if decided else "",
        decided_by=_text(decision["by"]) if decided else "",
        decided_at=_moment(decision["at"]) if decided else None,
        required=required,
        roles=tuple(dict.fromkeys([*(entry.role for entry in required), *voters])),
        window_start=None if window is None else _moment(window["start"]),
        reasons=_each(data["reasons"], _reason),
        conditions=_each(data["conditions"], lambda it: _promise(it, it["what"], it["owner"], it["due"])),
        risks=_each(data["risks"], lambda it: _promise(it, "", it["accepted_by"], it["until"])),
        overridden=tuple(filter(None, _each(data.get("rules", []), _overridden))),
    )


def _each(values: object, read: Callable[[Any], _T]) -> tuple[_T, ...]:
    if not isinstance(values, list):
        raise TypeError("not a list")
    return tuple(map(read, values))


def _checklist(entry: Any) -> str:
    return "" if entry is None or entry["sha256"] is None else f"{_text(entry['id'])}@{_text(entry['sha256'])}"


def _required(entry: Any) -> RequiredSigner:
    signer = entry["signer"]
    return RequiredSigner(_text(entry["role"]), None if signer is None else _text(signer))


def _reason(entry: Any) -> Reason:
    item = entry["item"]
    return Reason(Verdict(_verdict(entry["verdict"])), _text(entry["text"]), None if item is None else _text(item))


def _promise(entry: Any, more: object, by: object, until: object) -> Promise:
    text = ": ".join(filter(None, (_text(entry["text"]), _text(more))))
    return Promise(_text(entry["item"]), text, _text(by), None if until is None else _when(_text(until)))


def _overridden(rule: Any) -> Overridden | None:
    override = rule["override"]
    if override is None:
        return None
    title = f"{_text(rule['kind']).capitalize()}: {_text(rule['text'])}"
    return Overridden(title, _text(override["by"]), _text(override["reason"]))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError("not a number")
    return value


def _verdict(value: object) -> str:
    if value not in list(Verdict):
        raise ValueError("not a verdict")
    return str(value)


def _when(text: str) -> When:
    return date.fromisoformat(text) if len(text) == len("2026-11-24") else _moment(text)


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    if moment.utcoffset() is None or moment.year not in _YEARS:
        raise ValueError("no moment of this age, or one without a time zone")
    return moment


def _plain(role: str) -> str:
    return " ".join(role.replace("-", " ").replace("_", " ").casefold().split())
