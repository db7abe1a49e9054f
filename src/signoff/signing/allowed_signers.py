"""Who is known, by OpenSSH's `allowed_signers` file, so that `ssh-keygen -Y verify` and signoff trust the same keys.

ssh-keygen skips a line that is not about the signer it looks for, without reading it; here every line must be
understood, since a line that is quietly not read is a key that is quietly not retired.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from signoff.errors import BrokenFileError, MissingFileError
from signoff.regular_file import MEGABYTE, read_bytes
from signoff.signing.openssh_time import parse_openssh_time
from signoff.signing.patterns import matches_list, names_exactly
from signoff.signing.public_key import KEY_TYPES, PublicKey, PublicKeyError

REVOKED = datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)
"""The end of a key that was revoked: no report is older, so nothing that it ever signed counts, for ssh-keygen too."""

LARGEST = 4 * MEGABYTE
"""How many bytes a file of known keys may have: some twenty thousand lines."""
_OPTION = re.compile(r'([A-Za-z0-9-]+)(?:="((?:\\"|[^"\\]|\\(?!"))*)")?(,|(?=[ \t])|$)')
_LINE = re.compile(r'[ \t]*(?:"([^"]+)"|([^ \t"]+))[ \t]+(.*)')


@dataclass(frozen=True, slots=True)
class AllowedSigner:
    """One line: a key and the names it may sign under."""

    principals: str
    """Patterns, separated by commas."""
    key: PublicKey
    """The key."""
    line: int
    """The 1-based line in its file."""
    namespaces: str | None = None
    """Patterns of what the key may sign for; None for anything."""
    valid_after: datetime | None = None
    """The key is good from this moment on; None for always."""
    valid_before: datetime | None = None
    """The key is good up to and including this moment; None for ever. A retired key has one in the past."""

    @property
    def is_revoked(self) -> bool:
        """Whether the key ended before anything was ever signed: it was stolen, or never was the signer's."""
        return self.valid_before is not None and self.valid_before <= REVOKED + timedelta(days=1)

    def may_sign_as(self, principal: str) -> bool:
        """Whether this line is about `principal`."""
        return matches_list(principal, self.principals)

    def may_sign_for(self, namespace: str) -> bool:
        """Whether this line allows the namespace."""
        return self.namespaces is None or matches_list(namespace, self.namespaces)


@dataclass(frozen=True, slots=True)
class AllowedSigners:
    """A whole file of known keys."""

    entries: tuple[AllowedSigner, ...] = ()
    """Its lines in their order, without comments."""

    def with_key(self, key: PublicKey) -> tuple[AllowedSigner, ...]:
        """The lines about this key."""
        return tuple(entry for entry in self.entries if entry.key == key)

    def current_keys_of(self, principal: str) -> tuple[PublicKey, ...]:
        """The keys, not retired, that are written down for exactly this name and not only for a pattern it matches."""
        lines = (entry for entry in self.entries if entry.valid_before is None)
        return tuple(entry.key for entry in lines if names_exactly(principal, entry.principals))


def load_allowed_signers(path: Path) -> AllowedSigners:
    """The file at `path`. Raises StorageError where it cannot be read, BrokenFileError where it is malformed."""
    return parse_allowed_signers(read_bytes(path, most=LARGEST), str(path))


def known_signers(path: Path) -> AllowedSigners:
    """The file at `path`, or no keys where there is none. Raises what `load_allowed_signers` raises about others."""
    try:
        return load_allowed_signers(path)
    except MissingFileError:
        return AllowedSigners()


def parse_allowed_signers(data: bytes, name: str) -> AllowedSigners:
    """The known keys in `data`. Raises BrokenFileError, with `name` and the line, where it is malformed."""
    entries: list[AllowedSigner] = []
    for number, raw in enumerate(data.split(b"\n"), 1):
        try:
            text = raw.decode("utf-8").strip(" \t\r")
            if text and not text.startswith("#"):
                entries.append(_parse_line(text, number))
        except UnicodeDecodeError as error:
            raise BrokenFileError(name, "the line is not UTF-8", number) from error
        except (PublicKeyError, ValueError) as error:
            raise BrokenFileError(name, str(error), number) from error
    return AllowedSigners(tuple(entries))


def split_line(text: str) -> tuple[str, str, str]:
    """The principals, the options (often empty) and the key with its comment. Raises ValueError for other lines."""
    match = _LINE.fullmatch(text)
    if match is None:
        raise ValueError("the line is not: names, options if any, key")
    if match[2] in KEY_TYPES:
        raise ValueError("the line starts with a key: put the signer's name in front of it")
    options, rest = "", match[3]
    if not _starts_with_key(rest):
        options = _take_options(rest)
        rest = rest[len(options) :].lstrip(" \t")
    return match[1] or match[2], options, rest


def parse_options(text: str) -> dict[str, str | None]:
    """The options by their lower-case names, values without quotes. Raises ValueError where one is unknown."""
    found: dict[str, str | None] = {}
    at = 0
    while at < len(text):
        match = _OPTION.match(text, at)
        if match is None or (match[3] == "," and match.end() == len(text)):
            raise ValueError(f"the options are malformed: {text[at:]!r}")
        name, value = match[1].lower(), match[2]
        if name == "cert-authority":
            raise ValueError("cert-authority is not supported: give each person's own key a line")
        if name not in ("namespaces", "valid-after", "valid-before") or value is None:
            raise ValueError(f"the option {match[0].rstrip(',')!r} is not known")
        if name in found:
            raise ValueError(f"the option {name} stands twice")
        found[name] = value.replace('\\"', '"')
        at = match.end()
    return found


def _parse_line(text: str, number: int) -> AllowedSigner:
    principals, option_text, key_text = split_line(text)
    if not principals.isprintable():
        raise ValueError("there is an invisible character in the names")
    options = parse_options(option_text)
    after, before = (_time(options.get(name)) for name in ("valid-after", "valid-before"))
    if after is not None and before is not None and before <= after:
        raise ValueError("valid-before is not later than valid-after")
    key = PublicKey.parse_line(key_text)
    return AllowedSigner(principals, key, number, options.get("namespaces"), after, before)


def _time(value: str | None) -> datetime | None:
    return None if value is None else parse_openssh_time(value)


def _starts_with_key(text: str) -> bool:
    first = text.replace("\t", " ").partition(" ")[0].lower()
    return "=" not in first and first != "cert-authority"


def _take_options(text: str) -> str:
    """Everything up to the first blank outside quotes."""
    quoted = False
    for at, char in enumerate(text):
        if char == '"' and text[at - 1 : at] != "\\":
            quoted = not quoted
        elif char in " \t" and not quoted:
            return text[:at]
    raise ValueError("the line has no key")
