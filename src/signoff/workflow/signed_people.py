"""The people behind the sign-offs of a report: one of them, or one key, may have signed in several roles.

A signature proves a key and no person. Two sign-offs are taken for one person's where they bear the same name in any
letters, where the same key made them, and where each of two keys may sign under the other's name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from signoff.report.facts import RequiredSigner
from signoff.signing.patterns import matches_list
from signoff.signing.verify import Finding
from signoff.workflow.verify_report import fulfils


@dataclass(frozen=True, slots=True)
class SignedPerson:
    """Somebody who has signed a report."""

    findings: tuple[Finding, ...]
    """Their sign-offs, each by a known key."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names that they signed under."""
        return tuple(dict.fromkeys(finding.sign_off.header.signer for finding in self.findings))

    @property
    def keys(self) -> tuple[str, ...]:
        """The fingerprints of the keys that they signed with."""
        return tuple(dict.fromkeys(finding.sign_off.header.key for finding in self.findings))

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that they signed in."""
        return tuple(dict.fromkeys(finding.sign_off.header.role for finding in self.findings))

    def __str__(self) -> str:
        return " alias ".join(self.names)


class TooFew(NamedTuple):
    """Roles for which there are fewer people than roles."""

    roles: tuple[RequiredSigner, ...]
    """The roles."""
    people: tuple[SignedPerson, ...]
    """Everybody who has signed in one of them."""


def signed_people(findings: Iterable[Finding]) -> tuple[SignedPerson, ...]:
    """Everybody who has signed with a known key."""
    people: list[list[Finding]] = []
    for finding in findings:
        if finding.is_valid:
            mine, others = [finding], []
            for person in people:
                if any(_is_same_person(finding, other) for other in person):
                    mine = [*person, *mine]
                else:
                    others.append(person)
            people = [*others, mine]
    return tuple(SignedPerson(tuple(person)) for person in people)


def in_several_roles(findings: Iterable[Finding]) -> tuple[SignedPerson, ...]:
    """Those who have signed in more than one role."""
    return tuple(person for person in signed_people(findings) if len(person.roles) > 1)


def too_few_people(roles: Sequence[RequiredSigner], findings: Iterable[Finding]) -> TooFew | None:
    """Some of these roles, all of them signed, that cannot each have a person of its own; None where all can."""
    people = signed_people(findings)
    role_of: dict[int, RequiredSigner] = {}

    def find_person(role: RequiredSigner, seen: set[int]) -> bool:
        for at, person in enumerate(people):
            if at not in seen and any(fulfils(finding, role) for finding in person.findings):
                seen.add(at)
                if at not in role_of or find_person(role_of[at], seen):
                    role_of[at] = role
                    return True
        return False

    for role in roles:
        seen: set[int] = set()
        if not find_person(role, seen):
            others = [role_of[at] for at in sorted(seen)]
            return TooFew((*others, role), tuple(people[at] for at in sorted(seen)))
    return None


def _is_same_person(one: Finding, other: Finding) -> bool:
    names = one.sign_off.header.signer, other.sign_off.header.signer
    if one.key == other.key or _plain(names[0]) == _plain(names[1]):
        return True
    return _may_sign_as(one, names[1]) and _may_sign_as(other, names[0])


def _may_sign_as(finding: Finding, name: str) -> bool:
    return any(matches_list(name, patterns) for patterns in finding.known_as)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
