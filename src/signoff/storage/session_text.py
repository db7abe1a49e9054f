"""The text of a session file in blocks, one for each table, so that an edit costs the size of the edit.

Parsing the whole document with tomlkit takes seconds at ten thousand items. Here the text is cut at its table headers;
an edit parses one block, changes it and puts it back. That is sound only while a block is what tomllib saw in the whole
file, so this is proved each time: the names of the blocks against the parsed data when the file is read, and the
values in a block against the session before it is edited. Where the proof fails (dotted keys, a table within a table,
a layout nobody thought of) the whole document is edited instead: slower, never wrong.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from signoff.domain.session import Session
from signoff.storage.readers import Fault
from signoff.storage.session_fields import KEYED_PARTS, SINGLE_PARTS
from signoff.storage.session_reader import read_part
from signoff.storage.session_tables import change_table, changed_tables, plain, preamble, summary, tables_of

_TOKEN: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[\[\]{}]",
    re.DOTALL,
)
_HEADER: Final = re.compile(r"\[(\[?)\s*([A-Za-z0-9_.\- \t]+?)\s*\]\]?[ \t]*(?:#[^\n]*)?\r?(?:\n|\Z)")
_ORDER: Final = ("", "release", "summary", "people", "watch", "decision", "supersedes", "signed", *KEYED_PARTS)
"""The order of the parts in a new file, for a table that is not there yet; whatever else there is comes after."""


class Block(NamedTuple):
    """A table with everything up to the next header."""

    name: str
    """The dotted name; empty for the text before the first header; in brackets for an entry of a list of tables."""
    text: str
    """The text, header included."""


class SessionText:
    """The text of a session file. A value: an edit returns a new one."""

    def __init__(self, blocks: list[Block], *, as_whole: bool = False) -> None:
        self._blocks = blocks
        self._as_whole = as_whole

    @classmethod
    def of(cls, session: Session, saved: datetime) -> SessionText:
        """The text of a new file."""
        from signoff.storage.toml_text import table_text

        comment = "# A go/no-go meeting, kept by signoff. It may be edited by hand; comments and unknown keys stay.\n\n"
        (_, first), *rest = tables_of(session, saved)
        blocks = [Block(name, "\n" + table_text(name, values)) for name, values in rest]
        return cls([Block("", comment + table_text("", first)), *blocks])

    @classmethod
    def read(cls, text: str, data: Mapping[str, Any]) -> SessionText:
        """The text of a file that was read.

        Args:
            text: The whole text.
            data: What tomllib reads in it.
        """
        blocks = list(_cut(text))
        return cls(blocks, as_whole=_names(blocks) != _expected_names(data))

    @property
    def is_edited_as_whole(self) -> bool:
        """Whether the layout is one that cannot be edited table by table."""
        return self._as_whole

    def __str__(self) -> str:
        return "".join(block.text for block in self._blocks)

    def with_session(self, old: Session, new: Session, saved: datetime) -> SessionText:
        """The text after an edit.

        Args:
            old: The session that this text holds.
            new: The session that it shall hold: a later revision of the same one.
            saved: When it is saved.
        """
        # Everything in a file is compared with what it should hold; the summary is only ever written.
        tables = {
            "": (preamble(old, saved), preamble(new, saved)),
            "summary": ({}, summary(new)),
            **{name: (_values_of(old, name), values) for name, values in changed_tables(old, new)},
        }
        text = self
        for name, (before, after) in tables.items():
            text = text._with_table(name, before, after)
        for change in new.history[len(old.history) :]:
            text = text._with_history(change_table(change))
        return text

    def _with_table(self, name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> SessionText:
        from signoff.storage.toml_text import edited, table_text

        if not self._as_whole:
            index = self._index(name)
            if index is None:
                return self._with_new_block(Block(name, table_text(name, after)))
            block = self._blocks[index]
            if _holds(block, before):
                blocks = self._blocks.copy()
                blocks[index] = Block(name, edited(block.text, name, before, after))
                return SessionText(blocks)
        return SessionText([Block("", edited(str(self), name, before, after))], as_whole=True)

    def _with_history(self, values: Mapping[str, Any]) -> SessionText:
        from signoff.storage.toml_text import appended, table_text

        if self._as_whole:
            return SessionText([Block("", appended(str(self), "history", values))], as_whole=True)
        return SessionText([*_ended(self._blocks), Block("[history]", "\n" + table_text("[history]", values))])

    def _with_new_block(self, block: Block) -> SessionText:
        rank = _rank(block.name)
        index = next((n for n, other in enumerate(self._blocks) if _rank(other.name) > rank), len(self._blocks))
        before = _ended(self._blocks[:index])
        # The empty line before a header belongs to the block before it, unless this table was never read back.
        text = f"{block.text}\n" if before[-1].text.endswith("\n\n") else f"\n{block.text}"
        return SessionText([*before, Block(block.name, text), *self._blocks[index:]])

    def _index(self, name: str) -> int | None:
        return next((index for index, block in enumerate(self._blocks) if block.name == name), None)


def _ended(blocks: list[Block]) -> list[Block]:
    """The blocks, the last of them with the line feed that a hand edit may have taken."""
    last = blocks[-1]
    return blocks if last.text.endswith("\n") else [*blocks[:-1], Block(last.name, last.text + "\n")]


def _rank(name: str) -> int:
    part = name.partition(".")[0]
    return _ORDER.index(part) if part in _ORDER else len(_ORDER)


def _cut(text: str) -> Iterator[Block]:
    name, start, depth = "", 0, 0
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark in "]}":
            depth -= 1
        elif mark in "[{":
            header = _HEADER.match(text, token.start()) if depth == 0 and _begins_line(text, token.start()) else None
            if header:
                yield Block(name, text[start : header.start()])
                name, start = f"[{header[2]}]" if header[1] else header[2], header.start()
            depth += 1
    yield Block(name, text[start:])


def _begins_line(text: str, position: int) -> bool:
    return not text[text.rfind("\n", 0, position) + 1 : position].strip()


def _names(blocks: list[Block]) -> list[str]:
    parts = {"release", "people", "signed", "summary", *SINGLE_PARTS, *KEYED_PARTS}
    return sorted(block.name for block in blocks if block.name.partition(".")[0] in parts or block.name == "[history]")


def _expected_names(data: Mapping[str, Any]) -> list[str]:
    single = {name for name in ("release", "people", "signed", "summary", *SINGLE_PARTS) if name in data}
    keyed = [f"{part}.{key}" for part in KEYED_PARTS for key in data.get(part, {})]
    return sorted([*single, *keyed, *["[history]"] * len(data.get("history", []))])


def _holds(block: Block, expected: Mapping[str, Any]) -> bool:
    """Whether a block alone holds the part that the whole file was read as."""
    try:
        table: Any = tomllib.loads(block.text)
        for key in block.name.split(".") if block.name else ():
            table = table[key]
        if block.name == "":
            return bool(table["revision"] == expected["revision"] and table["id"] == expected["id"])
        if block.name == "summary":
            return True
        found = read_part(block.name, table)
    except (ValueError, KeyError, TypeError, Fault):
        return False
    held = {"sign_offs": plain(found)} if block.name == "signed" and found else plain(found)
    return bool((held or {}) == expected)


def _values_of(session: Session, name: str) -> Mapping[str, Any]:
    """What the file holds of a part before it is edited."""
    part, _, key = name.partition(".")
    if part == "people":
        return dict(session.people)
    if part == "signed":
        return {"sign_offs": plain(session.sign_offs)} if session.sign_offs else {}
    if part in SINGLE_PARTS:
        values: Mapping[str, Any] = plain(getattr(session, part))
        return values
    parts = session.answers.given if part == "answers" else getattr(session, part)
    return plain(parts[key]) if key in parts else {}
