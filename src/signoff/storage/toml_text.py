"""TOML text made and edited by tomlkit, one table at a time.

This is the only module that knows tomlkit. It is imported where something is saved, in the writer's thread.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AbstractTable, Item


class UneditableError(Exception):
    """A text that is good TOML and that tomlkit fails to edit. Whoever edits has another way, so no user meets it."""


def table_text(name: str, values: Mapping[str, Any]) -> str:
    """The text of a new table.

    Args:
        name: Its dotted name; empty for the keys before the first table; in brackets for an entry of a list of tables.
        values: Plain values; tables and lists inside are written inline.
    """
    body = "".join(f"{tomlkit.key(key).as_string()} = {_item(value).as_string()}\n" for key, value in values.items())
    return f"[{name}]\n{body}" if name else body


def with_values_replaced(text: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str | None:
    """A text with one of its tables changed where only the values of keys differ, each on lines of its own.

    It is not parsed, which is most of what an edit would cost, so what comes of it has to be read back.

    Args:
        text: TOML.
        before: The table's values as they were.
        after: Its values as they shall be.

    Returns:
        The text; None where a line is not there once, and as it is written here.
    """
    if before.keys() != after.keys():
        return None
    lines = f"\n{text}"
    for key, value in after.items():
        if value != before[key]:
            old, new = (f"\n{key} = {_item(one).as_string()}\n" for one in (before[key], value))
            if lines.count(old) != 1:
                return None
            lines = lines.replace(old, new)
    return lines[1:]


def edited(text: str, name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """A text with one of its tables changed: only keys whose values differ are touched, everything else stays.

    Args:
        text: TOML in which the table may or may not stand.
        name: The table's dotted name; empty for the keys before the first table.
        before: Its values as they were.
        after: Its values as they shall be.

    Raises:
        UneditableError: When tomlkit cannot do it.
    """
    with _tomlkit_may_fail():
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
    """A text with one more entry in a list of tables.

    Raises:
        UneditableError: When tomlkit cannot do it.
    """
    with _tomlkit_may_fail():
        document = tomlkit.parse(text)
        entries = document.setdefault(name, tomlkit.aot())
        entry = tomlkit.table()
        _fill(entry, values)
        entries.append(entry)
        return tomlkit.dumps(document)


@contextlib.contextmanager
def _tomlkit_may_fail() -> Iterator[None]:
    # It reads all of TOML but cannot edit all of it: dotted keys and tables within inline tables fail in many ways.
    try:
        yield
    except (TOMLKitError, AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise UneditableError(str(error)) from error


def tree_text(name: str, values: Mapping[str, Any]) -> str:
    """The text of a new table whose inner tables and lists of tables are tables of their own."""
    return tomlkit.dumps({name: values})


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
    item: Item = tomlkit.item(value)
    return item
