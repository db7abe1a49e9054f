"""TOML text made and edited by tomlkit, one table at a time.

This is the only module that knows tomlkit. It is imported where something is saved, in the writer's thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.items import AbstractTable, Item


def table_text(name: str, values: Mapping[str, Any]) -> str:
    """The text of a new table.

    Args:
        name: Its dotted name; empty for the keys before the first table; in brackets for an entry of a list of tables.
        values: Plain values; tables and lists inside are written inline.
    """
    document = tomlkit.document()
    for key, value in values.items():
        document.add(key, _item(value))
    body = tomlkit.dumps(document)
    return f"[{name}]\n{body}" if name else body


def edited(text: str, name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """A text with one of its tables changed: only keys whose values differ are touched, everything else stays.

    Args:
        text: TOML in which the table may or may not stand.
        name: The table's dotted name; empty for the keys before the first table.
        before: Its values as they were.
        after: Its values as they shall be.
    """
    document = tomlkit.parse(text)
    table: Any = document
    for key in name.split(".") if name else ():
        if key not in table:
            table[key] = tomlkit.table()
        table = table[key]
    for key in before:
        if key not in after and key in table:
            del table[key]
    for key, value in after.items():
        if before.get(key) != value or key not in table:
            table[key] = _item(value)
    return tomlkit.dumps(document)


def appended(text: str, name: str, values: Mapping[str, Any]) -> str:
    """A text with one more entry in a list of tables."""
    document = tomlkit.parse(text)
    entries = document.setdefault(name, tomlkit.aot())
    entry = tomlkit.table()
    _fill(entry, values)
    entries.append(entry)
    return tomlkit.dumps(document)


def _fill(table: AbstractTable, values: Mapping[str, Any]) -> None:
    for key, value in values.items():
        table.add(key, _item(value))


def _item(value: Any) -> Item:
    if isinstance(value, Mapping):
        inline = tomlkit.inline_table()
        _fill(inline, value)
        return inline
    if isinstance(value, list):
        array = tomlkit.array()
        for entry in value:
            array.append(_item(entry))
        # One entry a line: a link that is added is one line of a diff.
        array.multiline(bool(value))
        return array
    if isinstance(value, str):
        # TOML has no way to write half of a surrogate pair, and a terminal can paste one.
        return tomlkit.string(value.encode("utf-8", "replace").decode("utf-8"))
    item: Item = tomlkit.item(value)
    return item
