"""A session file laid out anew, for the layouts that can be read and not edited.

TOML allows one thing to be written in many ways, and tomlkit fails at editing some of them, now and then without saying
so. Such a file gets the layout of a new one at its first edit. Nothing in it is lost: keys that belong to somebody else
stay where they are, and comments, which have lost their place, come first.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from signoff.domain.session import Session
from signoff.storage.session_fields import KEYED_PARTS
from signoff.storage.session_tables import tables_of
from signoff.storage.toml_blocks import comments

_HEAD: Final = ("", "release", "summary", "people", "watch", "decision", "supersedes", "signed")
_ORDER: Final = (*_HEAD, "checklist", *KEYED_PARTS)
"""The order of the parts in a new file, for a table that is not there yet; whatever else there is comes after."""


def new_text(session: Session, saved: datetime) -> Iterator[tuple[str, str]]:
    """The names and texts of the tables of a new file."""
    from signoff.storage.toml_text import table_text

    comment = "# A go/no-go meeting, kept by signoff. It may be edited by hand; comments and unknown keys stay.\n\n"
    for name, values in tables_of(session, saved):
        yield name, f"\n{table_text(name, values)}" if name else comment + table_text(name, values)


def laid_out_anew(text: str, old: Session, new: Session, saved: datetime) -> str:
    """The text of a session's file in the layout of a new one.

    Args:
        text: What is in the file.
        old: The session that was read from it.
        new: The session that it shall hold.
        saved: When it is saved.
    """
    from signoff.storage.toml_text import table_text, tree_text

    data = data_after(text, old, new, saved)
    first = {key: value for key, value in data.items() if key != "history" and not isinstance(value, dict)}
    parts = ["\n".join([*comments(text).elements(), "", table_text("", first)])]
    for name in sorted((name for name in data if name not in first and name != "history"), key=rank):
        if name in KEYED_PARTS:
            parts += [table_text(f"{name}.{key}", values) for key, values in data[name].items()]
        else:
            parts.append(table_text(name, data[name]) if name in _HEAD else tree_text(name, data[name]))
    parts += [table_text("[history]", values) for values in data.get("history", [])]
    return "\n".join(parts)


def data_after(text: str, old: Session, new: Session, saved: datetime) -> dict[str, Any]:
    """What an edited file shall hold, with the keys that signoff does not know where they were.

    Args:
        text: What is in the file.
        old: The session that was read from it.
        new: The session that it shall hold.
        saved: When it is saved.
    """
    read, written = (tomllib.loads("".join(t for _, t in new_text(session, saved))) for session in (old, new))
    data: dict[str, Any] = _with_unread(tomllib.loads(text), read, written)
    return data


def rank(name: str) -> int:
    """Where in a file a table stands."""
    part = name.strip("[]").partition(".")[0]
    return _ORDER.index(part) if part in _ORDER else len(_ORDER)


def _with_unread(data: Any, read: Any, written: Any) -> Any:
    """What is to be written, with what was in the file and nobody read."""
    if isinstance(data, Mapping) and isinstance(read, Mapping) and isinstance(written, Mapping):
        both = {k: _with_unread(data.get(k), read.get(k, {}), value) for k, value in written.items()}
        gone = {k: _with_unread(data[k], read[k], {}) for k in data if k in read and k not in written}
        unread = {k: value for k, value in data.items() if k not in read and k not in written}
        return both | {k: value for k, value in gone.items() if value} | unread
    if isinstance(data, list) and isinstance(read, list) and isinstance(written, list):
        three = zip(data, read, written, strict=False)
        kept = [_with_unread(d, r, w) if r == w else w for d, r, w in three]
        return kept + written[len(kept) :]
    return written
