"""The text of a session file in blocks, one for each table, so that an edit costs the size of the edit.

Parsing the whole document with tomlkit takes seconds at ten thousand items. Here the text is cut at its table headers;
an edit parses one block, changes it and puts it back. That is sound only while a block is what tomllib saw in the whole
file, so this is proved each time: the names of the blocks against the parsed data when the file is read, the values in
a block against the session before it is edited, and what is written against what was meant. Where the proof fails
(dotted keys, a table within a table, a layout nobody thought of) the whole document is edited instead, and read back
before it is believed: tomlkit cannot edit all that it can read. A layout it fails at is laid out anew.
"""

from __future__ import annotations

import contextlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from signoff.domain.session import Session
from signoff.errors import StorageError
from signoff.storage.readers import Fault
from signoff.storage.session_fields import KEYED_PARTS, SINGLE_PARTS
from signoff.storage.session_layout import data_after, laid_out_anew, new_text, rank
from signoff.storage.session_reader import read_part, read_session
from signoff.storage.session_tables import change_table, changed_tables, plain, preamble, summary, tables_of
from signoff.storage.toml_blocks import Block, blocks_of, comments
from signoff.storage.toml_file import BYTE_ORDER_MARK

_PARTS: Final = frozenset({"people", "signed", "summary", *SINGLE_PARTS, *KEYED_PARTS})


class SessionText:
    """The text of a session file. A value: an edit returns a new one."""

    def __init__(
        self, names: list[str], blocks: list[Block], *, as_whole: bool = False, starts_with: bytes = b""
    ) -> None:
        """Put a text together; see `of` and `read`.

        Args:
            names: The dotted name of each block's table; empty for the text before the first header; in brackets for
                an entry of a list of tables.
            blocks: The blocks. They are in UTF-8, so that joining them is all that is left to do when megabytes are
                saved for one edit.
            as_whole: Whether the blocks cannot be edited one by one.
            starts_with: What stands before the text and is no part of it: the mark that some editors put there.
        """
        self._names = names
        self._blocks = blocks
        self._as_whole = as_whole
        self._starts_with = starts_with

    @classmethod
    def of(cls, session: Session, saved: datetime) -> SessionText:
        """The text of a new file."""
        blocks = list(new_text(session, saved))
        return cls([name for name, _ in blocks], [text.encode("utf-8") for _, text in blocks])

    @classmethod
    def read(cls, data: bytes, read: Mapping[str, Any]) -> SessionText:
        """The text of a file that was read.

        Args:
            data: What is in the file.
            read: What tomllib reads in it.
        """
        starts_with = BYTE_ORDER_MARK if data.startswith(BYTE_ORDER_MARK) else b""
        names: list[str] = []
        blocks: list[Block] = []
        for name, block in blocks_of(data, len(starts_with), _is_edited):
            names.append(name)
            blocks.append(block)
        return cls(names, blocks, as_whole=_known(names) != _expected_names(read), starts_with=starts_with)

    @property
    def is_edited_as_whole(self) -> bool:
        """Whether the layout is one that cannot be edited table by table."""
        return self._as_whole

    @property
    def pieces(self) -> Sequence[Block]:
        """All that is in the file, one piece after the other. An edit changes some of them and leaves the others."""
        return [self._starts_with, *self._blocks]

    def __bytes__(self) -> bytes:
        return b"".join(self.pieces)

    def __str__(self) -> str:
        return b"".join(self._blocks).decode("utf-8")

    def with_session(self, old: Session, new: Session, saved: datetime) -> SessionText:
        """The text after an edit.

        Args:
            old: The session that this text holds.
            new: The session that it shall hold: a later revision of the same one.
            saved: When it is saved.

        Raises:
            StorageError: When what would be written does not read back as the session.
        """
        from signoff.storage.toml_text import UneditableError

        with contextlib.suppress(UneditableError):
            text = self._edited(old, new, saved)
            if not text.is_edited_as_whole:
                return text
            # tomlkit may put a key into another table than the one it stood in.
            is_whole = text._reads_as(new, saved) and tomllib.loads(str(text)) == data_after(str(self), old, new, saved)
            if is_whole and not comments(str(self)) - comments(str(text)):
                return text
        anew = laid_out_anew(str(self), old, new, saved)
        text = SessionText.read(self._starts_with + anew.encode("utf-8"), tomllib.loads(anew))
        if not text._reads_as(new, saved):
            raise StorageError("Cannot save: this session cannot be written so that it could be read again.")
        return text

    def _reads_as(self, session: Session, saved: datetime) -> bool:
        try:
            found = read_session(tomllib.loads(str(self)))
        except (ValueError, Fault):
            return False
        return list(tables_of(found, saved)) == list(tables_of(session, saved))

    def _edited(self, old: Session, new: Session, saved: datetime) -> SessionText:
        # Every part in a file is compared with what it should hold; these two are only ever written.
        tables = {
            "": ({}, preamble(new, saved)),
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
        from signoff.storage.toml_text import UneditableError, edited, table_text

        if not self._as_whole:
            try:
                index = self._names.index(name)
            except ValueError:
                block = table_text(name, after)
                if _held(name, block, after, after) == after:
                    return self._with_block(self._place_for(name), name, block)
                raise UneditableError(name) from None
            block = str(self._blocks[index], "utf-8")
            held = _held(name, block, before, after)
            if held is not None:
                for new in _edits_of(block, name, held, after):
                    if _held(name, new, after, after) == after:
                        # A remark stands behind a value; when that goes the remark stays.
                        remarks = "".join(f"{remark}\n" for remark in (comments(block) - comments(new)).elements())
                        blocks = self._blocks.copy()
                        blocks[index] = (remarks + new).encode("utf-8")
                        return self._with(self._names, blocks)
        return self._whole(edited(str(self), name, before, after))

    def _with_history(self, values: Mapping[str, Any]) -> SessionText:
        from signoff.storage.toml_text import UneditableError, appended, table_text

        if self._as_whole:
            return self._whole(appended(str(self), "history", values))
        block = table_text("[history]", values)
        if tomllib.loads(block) != {"history": [values]}:
            raise UneditableError("history")
        return self._with_block(len(self._blocks), "[history]", block)

    def _whole(self, text: str) -> SessionText:
        return self._with([""], [text.encode("utf-8")], as_whole=True)

    def _with(self, names: list[str], blocks: list[Block], *, as_whole: bool = False) -> SessionText:
        return SessionText(names, blocks, as_whole=as_whole, starts_with=self._starts_with)

    def _with_block(self, index: int, name: str, text: str) -> SessionText:
        names, blocks = self._names.copy(), self._blocks.copy()
        if blocks[index - 1][-1:] != b"\n":  # a hand edit may have taken the file's last line feed
            blocks[index - 1] = bytes(blocks[index - 1]) + b"\n"
        names.insert(index, name)
        blocks.insert(index, b"\n" + text.encode("utf-8"))
        return self._with(names, blocks)

    def _place_for(self, name: str) -> int:
        # Looking back from the history: a meeting adds answers, and they stand last before it.
        end = self._names.index("[history]") if "[history]" in self._names else len(self._names)
        places = range(end, 1, -1)
        part, dot, _ = name.partition(".")
        with_others = (place for place in places if dot and self._names[place - 1].startswith(f"{part}."))
        by_rank = (place for place in places if rank(self._names[place - 1]) <= rank(name))
        return next(with_others, None) or next(by_rank, 1)


def _known(names: Iterable[str]) -> list[str]:
    """The names of the blocks that hold a part of a session."""
    return sorted(name for name in names if name and _is_edited(name))


def _is_edited(name: str) -> bool:
    return name in ("", "[history]") or name.partition(".")[0] in _PARTS


def _expected_names(data: Mapping[str, Any]) -> list[str]:
    single = [name for name in ("people", "signed", "summary", *SINGLE_PARTS) if name in data]
    # A part that is there and empty has its name alone: `answers = {}` does not, and nothing can be put into that.
    keyed = [f"{part}.{key}" if key else part for part in KEYED_PARTS for key in data.get(part, {}) or [""]]
    keyed = [name for name in keyed if name.partition(".")[0] in data]
    history = ["[history]"] * (len(data["history"]) or 1) if "history" in data else []
    return sorted([*single, *keyed, *history])


def _edits_of(block: str, name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """What comes of the ways to edit a block, the cheaper first: each still has to be read back."""
    from signoff.storage.toml_text import edited, with_values_replaced

    new = with_values_replaced(block, before, after)
    if new is not None:
        yield new
    yield edited(block, name, before, after)


def _held(name: str, block: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What a block holds of its table; None unless it holds, alone, the part that the whole file was read as."""
    try:
        table: Any = tomllib.loads(block)
        for key in name.split(".") if name else ():
            table = table[key]
        if name in ("", "summary"):
            return {key: table[key] for key in after if key in table}
        found = read_part(name, table)
    except (ValueError, KeyError, TypeError, Fault):
        return None
    held = {"sign_offs": plain(found)} if name == "signed" and found else plain(found)
    return before if (held or {}) == before else None


def _values_of(session: Session, name: str) -> Mapping[str, Any]:
    """What the file holds of a part before it is edited."""
    part, _, key = name.partition(".")
    if part == "signed":
        return {"sign_offs": plain(session.sign_offs)} if session.sign_offs else {}
    if part in ("people", *SINGLE_PARTS):
        values: Mapping[str, Any] = plain(getattr(session, part))
        return values
    parts = session.answers.given if part == "answers" else getattr(session, part)
    return plain(parts[key]) if key in parts else {}
