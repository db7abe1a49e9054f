"""How a known key stands today, as a list of keys shows it; a sign-off is judged by the time at which it was made."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from signoff.signing.allowed_signers import AllowedSigner
from signoff.signing.header import format_time
from signoff.signing.sshsig import NAMESPACE


class KeyState(Enum):
    """What a line of `allowed_signers` says about its key at some moment."""

    IN_USE = "in use"
    RETIRED = "retired"
    REVOKED = "revoked"
    NOT_YET = "not yet"
    OTHER_PURPOSE = "not for reports"


def state_of(entry: AllowedSigner, now: datetime) -> KeyState:
    """How the key of a line stands at `now`."""
    if not entry.may_sign_for(NAMESPACE):
        return KeyState.OTHER_PURPOSE
    if entry.is_revoked:
        return KeyState.REVOKED
    if entry.valid_before is not None and now > entry.valid_before:
        return KeyState.RETIRED
    if entry.valid_after is not None and now < entry.valid_after:
        return KeyState.NOT_YET
    return KeyState.IN_USE


def state_text(entry: AllowedSigner, now: datetime) -> str:
    """How the key of a line stands at `now`, with the moment at which that changes or has changed."""
    state, end = state_of(entry, now), entry.valid_before
    if state is KeyState.IN_USE and end is not None:
        return f"in use until {format_time(end)}"
    if state is KeyState.RETIRED and end is not None:
        return f"retired {format_time(end)}"
    if state is KeyState.NOT_YET and entry.valid_after is not None:
        return f"from {format_time(entry.valid_after)} on"
    return state.value
