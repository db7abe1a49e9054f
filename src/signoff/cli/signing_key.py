"""Whose key signs on the command line, and what is asked for it."""

from __future__ import annotations

from pathlib import Path

from signoff.cli.context import Run
from signoff.errors import SigningError
from signoff.signing.identity import Identity, KeyPlace, load_identity


def signing_identity(run: Run, principal: str | None, key: Path | None) -> Identity:
    """Who signs: this machine's identity, or the holder of another key.

    Args:
        run: This run of the program.
        principal: The name to sign under; None for this machine's.
        key: A key file of the user's own; None for the key of this machine.

    Raises:
        SigningError: When there is no key, no name for it, or the name is not the key's.
        KeyStoreError: When the key file cannot be used.
    """
    from signoff.signing.own_key import own_identity

    mine = load_identity(run.locations.config)
    if key is not None:
        name = principal or (mine.principal if mine else None)
        if name is None:
            raise SigningError("Say --as NAME: nobody has said yet under which name you sign.")
        return own_identity(name, key)
    if mine is None:
        raise SigningError("There is no signing key yet: make one with `signoff key new`, or give yours with --key.")
    if principal not in (None, mine.principal):
        raise SigningError(f"You sign as {mine.principal}; to sign as {principal}, give that key with --key.")
    return mine


def place_of(identity: Identity, config: Path) -> str:
    """Where the private half of a key is, in words."""
    if identity.place is KeyPlace.AGENT:
        return "your ssh agent"
    return str(config / identity.location) if identity.place is KeyPlace.FILE else identity.location
