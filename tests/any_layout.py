"""Hypothesis: one session written in any of the ways in which TOML lets a person write it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from hypothesis import strategies as st

from meeting import NOW
from signoff.domain.session import Session
from signoff.storage.session_fields import KEYED_PARTS
from signoff.storage.session_tables import tables_of

OURS = {"ours": "kept", "list of ours": [1, [2, "x # y"]], "table": {"deep": {"er": 1}}}
"""Keys that nobody reads."""


@st.composite
def layouts(draw: st.DrawFn, sessions: st.SearchStrategy[Session]) -> str:
    """The text of a file that holds a session."""
    session = draw(sessions)
    parts: dict[str, Any] = {}
    checklist = ""
    for name, values in tables_of(session, NOW):
        part, _, key = name.strip("[]").partition(".")
        if part == "checklist":
            checklist += f"\n[{name}]\n" + "".join(f"{k} = {_value(v)}\n" for k, v in values.items())
        elif name == "[history]":
            parts.setdefault("history", []).append(dict(values))
        elif key:
            parts.setdefault(part, {})[key] = dict(values)
        else:
            parts[name] = dict(values)
    top = parts.pop("")
    for part in draw(st.sets(st.sampled_from(["people", "watch", *KEYED_PARTS]))):
        parts.setdefault(part, {})
    if draw(st.booleans()):
        del parts["summary"]
    before = "".join(f"{key} = {_value(value)}\n" for key, value in top.items())
    tables = [checklist]
    for part in draw(st.permutations(list(parts))):
        first, then = _part(draw, part, parts[part])
        before, tables = before + first, [*tables, *then]
    tables += draw(
        st.lists(
            st.just('\n# about ours\n[[ours]]\n"a key" = 1\n[ours.sub] # [x]\nb = """\n[release]\n"""\n'), max_size=1
        )
    )
    text = before + "\n".join(draw(st.permutations(tables)))
    text = text.rstrip("\n") if draw(st.booleans()) else text
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


def _part(draw: st.DrawFn, part: str, values: Any) -> tuple[str, list[str]]:
    """What stands before the first table, and the tables."""
    if part == "history":
        if draw(st.booleans()):
            return f"history = {_value(values)}\n", []
        return "", ["".join(_table(draw, "[[history]]", entry) for entry in values)]
    style = draw(st.sampled_from(["headers", "headers", "inline", "dotted", "table"]))
    keyed = part in KEYED_PARTS
    if keyed:
        values = {key: {**value, **draw(st.sampled_from([{}, OURS]))} for key, value in values.items()}
    elif part != "people":
        values = {**values, **draw(st.sampled_from([{}, OURS]))}
    if style == "inline":
        return f"{part} = {_value(values)}\n", []
    if style == "dotted" and (not keyed or all(values.values())) and values:
        return "".join(_dotted(part, values, 2 if keyed else 1)), []
    if style == "table" and keyed:
        return "", ["".join([f"\n[{part}]\n", *(f"{key} = {_value(value)}\n" for key, value in values.items())])]
    if not keyed:
        return "", [_table(draw, f"[{part}]", values)]
    return "", [_table(draw, draw(st.sampled_from(HEADERS)).format(part, key), value) for key, value in values.items()]


HEADERS = ("[{}.{}]", "[ {} . {} ]", "['{}'.\"{}\"]", "  [{}.{}]  # a [comment]")


def _table(draw: st.DrawFn, header: str, values: Mapping[str, Any]) -> str:
    name = header.partition("#")[0].strip().strip("[]").strip()
    lists = {key for key, value in values.items() if key == "evidence" and value and draw(st.booleans())}
    inner = {key for key, value in values.items() if isinstance(value, Mapping) and draw(st.booleans())}
    lines = [draw(st.sampled_from(["\n", "\n# about this table\n\n", ""])), f"{header}\n"]
    for key, value in values.items():
        if key in inner and "[[" not in header and draw(st.booleans()):
            lines += _dotted(_key(key), value, 1)
        elif key not in lists | inner or "[[" in header:
            end = draw(st.sampled_from(["", "  # so they say"]))
            lines.append(f"{_key(key)} = {_value(value, draw)}{end}\n")
    written = "".join(lines)
    for key in lists - set() if "[[" not in header else ():
        written += "".join(
            f"[[{name}.{key}]]\n" + "".join(f"{k} = {_value(v)}\n" for k, v in e.items()) for e in values[key]
        )
    for key in sorted(inner) if "[[" not in header else ():
        if f"{_key(key)}." not in written and f"\n{_key(key)} =" not in written and values[key]:
            written += f"[{name}.{_key(key)}]\n" + "".join(f"{_key(k)} = {_value(v)}\n" for k, v in values[key].items())
    return written


def _dotted(prefix: str, values: Mapping[str, Any], depth: int) -> list[str]:
    lines: list[str] = []
    for key, value in values.items():
        if depth > 1 and value:
            lines += _dotted(f"{prefix}.{_key(key)}", value, depth - 1)
        else:
            lines.append(f"{prefix}.{_key(key)} = {_value(value)}\n")
    return lines


def _key(key: str) -> str:
    return key if key.replace("_", "").replace("-", "").isalnum() and key.isascii() else json.dumps(key)


def _value(value: Any, draw: st.DrawFn | None = None) -> str:
    if isinstance(value, str):
        return _text(value, draw)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        apart = ",\n" if draw and draw(st.booleans()) else ", "
        return f"[{'' if apart == ', ' else chr(10)}{apart.join(_value(entry) for entry in value)}]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)} = {_value(entry)}" for key, entry in value.items()) + "}"
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _text(value: str, draw: st.DrawFn | None) -> str:
    basic = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    if draw is None:
        return basic
    plain = value.isprintable() and "'" not in value
    lines = "\r" not in value and all(line.isprintable() for line in value.split("\n"))
    style = draw(st.sampled_from(["basic", *["literal"] * plain, *["lines", "literal lines"] * lines]))
    if style == "literal":
        return f"'{value}'"
    if style == "literal lines" and "'''" not in value and not value.endswith("'"):
        return f"'''\n{value}'''"
    if style == "lines":
        return '"""\n' + value.replace("\\", "\\\\").replace('"', '\\"') + '"""'
    return basic


def ours(text: str) -> dict[str, Any]:
    """What is in a file and nobody reads, by the dotted names of its tables."""
    data = tomllib.loads(text)
    found = {"": data.get("ours")}
    for part, table in data.items():
        tables = {f"{part}.{key}": value for key, value in table.items()} if part in KEYED_PARTS else {part: table}
        for name, values in tables.items():
            if isinstance(values, dict):
                found[name] = {key: values[key] for key in OURS if key in values}
    return {name: value for name, value in found.items() if value}
