"""Adding a key to `allowed_signers`, and retiring one, without touching any other line.

A retired key keeps its line and gets an end, so that what it signed before stays verifiable.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from signoff.atomic_file import write_atomically
from signoff.errors import MissingFileError, SigningError, StorageError
from signoff.private_folder import make_private_folder
from signoff.regular_file import read_bytes
from signoff.signing.allowed_signers import LARGEST, REVOKED, parse_allowed_signers, parse_options, split_line
from signoff.signing.openssh_time import format_openssh_time
from signoff.signing.patterns import names_exactly
from signoff.signing.principal import check_principal
from signoff.signing.public_key import PublicKey
from signoff.signing.sshsig import NAMESPACE


class OtherKeyKnownError(SigningError):
    """A name already has another key that is in use: an alarm, not a routine."""


def trust_line(principal: str, key: PublicKey) -> str:
    """The line of `allowed_signers` that lets `key` sign reports as `principal`, and nothing else."""
    return f'{principal} namespaces="{NAMESPACE}" {key.line}'


def trust(path: Path, principal: str, key: PublicKey, *, beside_others: bool = False) -> bool:
    """Let `key` sign reports as `principal`; True where that was new.

    Raises SigningError for a name that cannot stand in the file or a key that was retired, OtherKeyKnownError where the
    name has another key, unless `beside_others`; BrokenFileError and StorageError about the file.
    """
    check_principal(principal)
    data = _read(path)
    known = parse_allowed_signers(data, str(path))
    mine = [entry for entry in known.with_key(key) if names_exactly(principal, entry.principals)]
    if any(entry.valid_before is None and entry.may_sign_for(NAMESPACE) for entry in mine):
        return False
    if any(entry.valid_before is not None for entry in mine):
        raise SigningError(f"The key {key.fingerprint} of {principal} was retired: edit {path} to use it again.")
    others = [other for other in known.current_keys_of(principal) if other != key]
    if others and not beside_others:
        raise OtherKeyKnownError(
            f"{principal} is known with another key, {others[0].fingerprint}: "
            "ask them in person, and retire that key first if they have a new one."
        )
    end = b"" if not data or data.endswith(b"\n") else b"\n"
    _write(path, data + end + f"{trust_line(principal, key)}\n".encode())
    return True


def lines_of(path: Path, key: PublicKey) -> tuple[str, ...]:
    """The lines of `allowed_signers` about a key, as they stand; none where there is no such file.

    Raises BrokenFileError and StorageError about the file.
    """
    data = _read(path)
    entries = parse_allowed_signers(data, str(path)).with_key(key)
    lines = data.decode("utf-8").split("\n")
    return tuple(lines[entry.line - 1].strip(" \t\r") for entry in entries)


def retire(path: Path, key: PublicKey, when: datetime) -> int:
    """Give every line of `key` an end at `when`, unless it has an earlier one; how many lines were changed.

    With REVOKED for `when` nothing that the key ever signed counts any more. Raises SigningError where the key is not
    known or would end before it begins; BrokenFileError and StorageError about the file.
    """
    data = _read(path)
    known = parse_allowed_signers(data, str(path))
    entries = known.with_key(key)
    if not entries:
        raise SigningError(f"The key {key.fingerprint} is not in {path}: nothing to retire.")
    lines = data.split(b"\n")
    changed = [entry for entry in entries if entry.valid_before is None or entry.valid_before > when]
    for entry in changed:
        if when != REVOKED and entry.valid_after is not None and entry.valid_after >= when:
            raise SigningError(f"The key in line {entry.line} of {path} begins later: remove the line instead.")
        lines[entry.line - 1] = _with_end(lines[entry.line - 1].decode("utf-8"), when).encode("utf-8")
    if changed:
        _write(path, b"\n".join(lines))
    return len(changed)


def _with_end(line: str, when: datetime) -> str:
    _, text, rest = split_line(line.strip(" \t\r"))
    start = line.rindex(rest)
    options = {**parse_options(text), "valid-before": format_openssh_time(when)}
    if when == REVOKED:
        options.pop("valid-after", None)  # nothing ends before it begins
    written = ",".join(f'{name}="{_escaped(value)}"' for name, value in options.items())
    before = line[:start].rstrip(" \t")[: -len(text)] if text else line[:start]
    return f"{before}{written} {line[start:]}"


def _escaped(value: str | None) -> str:
    return (value or "").replace('"', '\\"')


def _read(path: Path) -> bytes:
    try:
        return read_bytes(path, most=LARGEST)
    except MissingFileError:
        return b""


def _write(path: Path, data: bytes) -> None:
    try:
        make_private_folder(path.parent)
        write_atomically(path, data)
    except OSError as error:
        reason = error.strerror or "unknown error"
        raise StorageError(f"The known keys in {path} cannot be written ({reason}): check the folder.") from error
