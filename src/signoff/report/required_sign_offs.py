"""Whose signatures the report demands. It stands in the signed body, so that a missing one is seen as missing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from signoff.domain.checklist import Demand
from signoff.domain.session import Session

_PRINCIPAL: Final = re.compile(r"[^\W_][\w.+-]*@[\w.+-]*[^\W_]")


@dataclass(frozen=True, slots=True)
class RequiredSignOff:
    """One signature that must be there."""

    role: str
    """The title of the role, spelt as a sign-off's header spells it."""
    person: str
    """Who has the role, as the meeting named them; empty when nobody was named."""
    signer: str | None
    """The principal that must sign; None when anybody whose key is known may."""


def required_sign_offs(session: Session) -> tuple[RequiredSignOff, ...]:
    """The required signatures in the order of the roles.

    A person is a principal where they were named by one, such as rm@example.com; a mere name binds nobody.
    """
    found: list[RequiredSignOff] = []
    for role in session.checklist.signing_roles:
        if role.signature is Demand.REQUIRED:
            person = session.person(role.id)
            signer = unicodedata.normalize("NFC", person.strip())
            title = unicodedata.normalize("NFC", role.title.strip())
            found.append(RequiredSignOff(title, person, signer if _PRINCIPAL.fullmatch(signer) else None))
    return tuple(found)
