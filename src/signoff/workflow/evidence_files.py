"""Recording what a local file that backs an answer looked like when it was added."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from signoff.domain.evidence import Evidence
from signoff.domain.pasted import links_in
from signoff.errors import StorageError
from signoff.regular_file import MEGABYTE, open_regular
from signoff.storage.locations import expanded


def recorded(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """The evidence with the sha256 of every local file that is there and has none yet. Reads the disk."""
    return tuple(
        replace(entry, sha256=_sha256(expanded(entry.target))) if needs_recording(entry) else entry
        for entry in evidence
    )


def needs_recording(entry: Evidence) -> bool:
    """Whether an entry may be a local file whose hash is not known yet."""
    return not entry.is_backing


def evidence_in(text: str) -> tuple[Evidence, ...]:
    """What can be evidence in a text that was pasted or typed: the links in it, or the file that it names."""
    return tuple(Evidence(link) for link in links_in(text)) or file_evidence(text)


def typed_evidence(text: str, environment: str = "") -> tuple[Evidence, ...]:
    """The evidence that a line names, with the hashes of its files. Reads the disk.

    Args:
        text: Links, or the path of a file.
        environment: Where it was gathered; empty when nobody said.

    Raises:
        ValueError: When a thing in it cannot be looked at, and so backs nothing.
    """
    found = evidence_in(text) or (Evidence(text.strip()),)
    entries = recorded(tuple(replace(entry, environment=environment) for entry in found))
    hollow = next((entry.target for entry in entries if not entry.is_backing), None)
    if hollow is not None:
        raise ValueError(f'"{hollow}" is neither an address nor a file that is here.')
    return entries


def file_evidence(text: str) -> tuple[Evidence, ...]:
    """The local file that a pasted text names, as a terminal or a file manager pastes it. Reads the disk.

    Returns:
        The file, or nothing where the text is not the path of a regular file.
    """
    path = text.strip().strip("'\"")
    if not path or "\n" in path:
        return ()
    if path.startswith("file://"):
        path = unquote(urlsplit(path).path)
    path = path.replace("\\ ", " ")
    return (Evidence(path),) if ("/" in path or "." in path) and _sha256(expanded(path)) else ()


def _sha256(path: Path) -> str:
    """The hex digest of a regular file's bytes; empty for anything else."""
    try:
        with open_regular(path) as (descriptor, _):
            digest = hashlib.sha256()
            while piece := os.read(descriptor, MEGABYTE):
                digest.update(piece)
            return digest.hexdigest()
    except StorageError:
        return ""
