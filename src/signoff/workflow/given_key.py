"""The public key that somebody wants to trust: typed, in a file, or the one that a report claims for its signer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from signoff.errors import SigningError
from signoff.signing.allowed_signers import AllowedSigners, parse_allowed_signers
from signoff.signing.container import OPENING
from signoff.signing.patterns import names_exactly
from signoff.signing.public_key import KEY_TYPES, PublicKey, PublicKeyError
from signoff.signing.verify import verify
from signoff.workflow.report_file import read_report


@dataclass(frozen=True, slots=True)
class GivenKey:
    """A key that is not trusted yet."""

    key: PublicKey
    """The key."""
    is_only_claimed: bool
    """Whether nothing but a signed report says whose it is."""


def given_key(source: str, principal: str) -> GivenKey:
    """The key that is meant.

    Args:
        source: A key as one line of text; or a file with such a line, with a line of `allowed_signers`, or a report.
        principal: Whose key it shall be.

    Raises:
        StorageError: When the file cannot be read.
        SigningError: When there is no key in it, or none of that name, or more than one.
        ReportError: When it is a report that was altered.
        BrokenFileError: When it is a line of `allowed_signers` that cannot be understood.
    """
    if source.split(" ", 1)[0] in KEY_TYPES:
        return GivenKey(_public_key(source, "what you gave"), is_only_claimed=False)
    data = read_report(Path(source))
    if OPENING.encode() in data.splitlines():
        return GivenKey(_claimed_key(data, principal), is_only_claimed=True)
    lines = [line for line in data.decode("utf-8", "replace").splitlines() if line.strip() and line[0] != "#"]
    if len(lines) == 1 and lines[0].split(None, 1)[0] in KEY_TYPES:
        return GivenKey(_public_key(lines[0], source), is_only_claimed=False)
    return GivenKey(_listed_key(data, source, principal), is_only_claimed=False)


def _public_key(line: str, name: str) -> PublicKey:
    try:
        return PublicKey.parse_line(line)
    except PublicKeyError as error:
        raise SigningError(f"There is no public key in {name}: {error}.") from error


def _claimed_key(data: bytes, principal: str) -> PublicKey:
    findings = verify(data, AllowedSigners()).findings
    keys = {found.key.fingerprint: found.key for found in findings if found.sign_off.header.signer == principal}
    return _only(list(keys.values()), f"the report, as {principal},")


def _listed_key(data: bytes, name: str, principal: str) -> PublicKey:
    entries = parse_allowed_signers(data, name).entries
    keys = {entry.key.fingerprint: entry.key for entry in entries if names_exactly(principal, entry.principals)}
    return _only(list(keys.values()), f"{name} for {principal}")


def _only(keys: list[PublicKey], where: str) -> PublicKey:
    if len(keys) != 1:
        raise SigningError(f"There must be one key in {where} and there are {len(keys)}: give the public key itself.")
    return keys[0]
