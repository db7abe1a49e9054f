"""Whether one session is another one some edits later.

What could not be saved is brought back only where this holds: then nothing that the file says is overwritten by an edit
that was made without knowing of it.
"""

from __future__ import annotations

from typing import Any

from signoff.domain.answer import Answer
from signoff.domain.meeting import Override, Vote
from signoff.domain.session import Session

_BLANK = (Answer(), Vote(), Override())


def continues(later: Session, earlier: Session) -> bool:
    """Whether a session is another one, or is that one after more edits or a signature, and differs in nothing else."""
    if (later.id, later.created, later.checklist) != (earlier.id, earlier.created, earlier.checklist):
        return False
    if later.revision == earlier.revision and later.sign_offs[: len(earlier.sign_offs)] != earlier.sign_offs:
        return False
    if later.history[: len(earlier.history)] != earlier.history:
        return False
    return _said({**_parts(later), **later.parts_at(earlier.revision)}) == _said(_parts(earlier))


def _parts(session: Session) -> dict[str, Any]:
    single = {name: getattr(session, name) for name in ("release", "people", "watch", "decision", "supersedes")}
    keyed = {"answers": session.answers.given, "votes": session.votes, "overrides": session.overrides}
    return single | {f"{name}.{key}": part for name, parts in keyed.items() for key, part in parts.items()}


def _said(parts: dict[str, Any]) -> dict[str, Any]:
    """The parts that say something: what was said and taken back is as if it had never been said."""
    return {subject: part for subject, part in parts.items() if part not in _BLANK}
