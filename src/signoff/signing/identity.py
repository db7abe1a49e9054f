"""Who signs on this machine: the public half of the key, and where the private half is.

It is a small JSON file, so that "you sign as …" can be shown without unlocking anything, and so that a private key
that was replaced is noticed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from signoff.atomic_file import write_atomically
from signoff.errors import BrokenFileError, MissingFileError, SigningError, StorageError
from signoff.private_folder import make_private_folder
from signoff.regular_file import MEGABYTE, read_bytes
from signoff.signing.principal import check_principal
from signoff.signing.public_key import PublicKey, PublicKeyError

IDENTITY_FILE = "identity.json"
_SCHEMA = 1


class KeyPlace(StrEnum):
    """Where a private key is kept."""

    KEYRING = "keyring"
    FILE = "file"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Identity:
    """The signer of this machine."""

    principal: str
    """The name that stands in reports and in `allowed_signers`."""
    key: PublicKey
    """The public half."""
    place: KeyPlace
    """The kind of place that keeps the private half."""
    location: str
    """The keyring's name; the key file's, in the config folder unless its path is absolute; empty for the agent."""

    @property
    def fingerprint(self) -> str:
        """The key's fingerprint, `SHA256:…`."""
        return self.key.fingerprint


def load_identity(config_dir: Path) -> Identity | None:
    """The identity kept in `config_dir`, or None where nobody has made one.

    Raises StorageError where the file cannot be read, BrokenFileError where it is not understood.
    """
    path = config_dir / IDENTITY_FILE
    try:
        data = read_bytes(path, most=MEGABYTE)
    except MissingFileError:
        return None
    try:
        return _parse(json.loads(data.decode("utf-8")))
    except json.JSONDecodeError as error:
        raise BrokenFileError(str(path), f"it is not JSON: {error.msg}", error.lineno) from error
    except (ValueError, RecursionError, PublicKeyError, SigningError) as error:
        raise BrokenFileError(str(path), str(error).rstrip(".")) from error


def save_identity(identity: Identity, config_dir: Path) -> None:
    """Keep `identity` in `config_dir`. Raises SigningError where there is one already, StorageError otherwise."""
    path = config_dir / IDENTITY_FILE
    check_no_identity(config_dir)
    fields = {
        "schema": _SCHEMA,
        "principal": identity.principal,
        "public_key": identity.key.line,
        "fingerprint": identity.fingerprint,
        "place": identity.place.value,
        "location": identity.location,
    }
    try:
        make_private_folder(config_dir)
        write_atomically(path, (json.dumps(fields, indent=2) + "\n").encode("ascii"))
    except OSError as error:
        reason = error.strerror or "unknown error"
        raise StorageError(f"Your identity cannot be written to {path} ({reason}): check the folder.") from error


def check_no_identity(config_dir: Path) -> None:
    """Raises SigningError where there is an identity file, readable or not: a key is never replaced silently."""
    path = config_dir / IDENTITY_FILE
    if path.exists() or path.is_symlink():
        raise SigningError(
            f"You have a signing key already, described in {path}. To replace it, first give it an end, with "
            "`signoff key retire` and its fingerprint from `signoff key show`: what it signed stays verifiable."
        )


def _parse(fields: object) -> Identity:
    if not isinstance(fields, dict):
        raise ValueError("it is not a table of names and values")  # noqa: TRY004  # one kind of fault for one broken file
    if fields.get("schema") != _SCHEMA:
        raise ValueError(f"it was made by another version of signoff: schema {fields.get('schema')!r}")
    names = ("principal", "public_key", "fingerprint", "place", "location")
    texts = {name: fields.get(name) for name in names}
    for name, value in texts.items():
        if not isinstance(value, str):
            raise ValueError(f"{name} is missing or is not a text")  # noqa: TRY004
    principal, line, fingerprint, place, location = map(str, texts.values())
    check_principal(principal)
    key = PublicKey.parse_line(line)
    if key.fingerprint != fingerprint:
        raise ValueError("the fingerprint is not that of the public key")
    return Identity(principal, key, KeyPlace(place), location)
