"""Letting a key go: it gets an end where it is known, and where it was this machine's own, room is made for the next.

Nothing is deleted. The old private half stays where it is, under another name where it is a file, for its owner to
remove.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from signoff.errors import SigningError, StorageError
from signoff.signing.allowed_signers import known_signers
from signoff.signing.identity import IDENTITY_FILE, Identity, KeyPlace, load_identity
from signoff.signing.openssh_time import format_openssh_time
from signoff.signing.public_key import PublicKey
from signoff.signing.trust import lines_of, retire


@dataclass(frozen=True, slots=True)
class RetiredKey:
    """What became of a key."""

    key: PublicKey
    """The key."""
    lines: tuple[str, ...]
    """Its lines of `allowed_signers` as they stand now, for all who keep such a file; none where it was not known."""
    is_changed: bool
    """Whether any of them got an end; an earlier one stays."""
    own: Identity | None
    """The identity of this machine that signed with it, set aside; None for the key of somebody else."""


def find_key(config_dir: Path, allowed_signers: Path, fingerprint: str) -> PublicKey:
    """The known key, or this machine's own, with a fingerprint or its beginning.

    Raises SigningError where there is none or more than one; BrokenFileError and StorageError about the files.
    """
    known = [entry.key for entry in known_signers(allowed_signers).entries]
    own = load_identity(config_dir)
    keys = {key.fingerprint: key for key in [*known, *([own.key] if own else [])]}
    found = [key for print_, key in keys.items() if print_.startswith(fingerprint)]
    if len(found) == 1 and fingerprint.startswith("SHA256:"):
        return found[0]
    if len(found) > 1:
        raise SigningError(f"{len(found)} keys begin with {fingerprint}: say the whole fingerprint.")
    raise SigningError(f"No key with the fingerprint {fingerprint} is known: `signoff key list` shows those that are.")


def let_go(config_dir: Path, allowed_signers: Path, key: PublicKey, end: datetime, now: datetime) -> RetiredKey:
    """Give a key an end, and set this machine's identity aside where it is that key's.

    Args:
        config_dir: Where the identity is.
        allowed_signers: The known keys.
        key: The key.
        end: Its last moment; REVOKED for a key that never should have counted.
        now: The aware present, for the names of what is set aside.

    Raises what `retire` raises, and StorageError where the identity cannot be moved.
    """
    own = load_identity(config_dir)
    mine = own if own is not None and own.key == key else None
    # The end comes first: whatever fails after it, the key signs nothing more that others accept.
    is_known = bool(lines_of(allowed_signers, key)) or mine is None
    changed = retire(allowed_signers, key, end) if is_known else 0
    aside = None if mine is None else _set_aside(mine, config_dir, now)
    return RetiredKey(key, lines_of(allowed_signers, key), changed > 0, aside)


def _set_aside(identity: Identity, config_dir: Path, now: datetime) -> Identity:
    _move(config_dir / IDENTITY_FILE, now)
    if identity.place is not KeyPlace.FILE:
        return identity
    return replace(identity, location=_move(config_dir / identity.location, now).name)


def _move(path: Path, now: datetime) -> Path:
    aside = path.with_name(f"{path.stem}-{format_openssh_time(now)}{path.suffix}")
    try:
        path.rename(aside)
    except FileNotFoundError:
        return path  # somebody has moved it away already
    except OSError as error:
        reason = error.strerror or "unknown error"
        raise StorageError(f"The key has ended, but {path} stays where it is ({reason}): move it away.") from error
    return aside
