"""Read a TOML file that anybody may have written, and say with file and line what is wrong with it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeVar

from signoff.errors import BrokenFileError
from signoff.regular_file import MEGABYTE
from signoff.storage.readers import Fault, Place

LARGEST: Final = 16 * MEGABYTE
"""How many bytes a file may have. Ten thousand answered items take about three million."""
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
"""What some editors put before UTF-8 text."""

_PARSER_PLACE: Final = r"\s*\(at (?:line (\d+), column \d+|end of document)\)$"
_TOO_MUCH: Final = re.compile(r"([0-9_]{4000,})|(?:[\[{][^\[\]{}]*){90,}")
_Value = TypeVar("_Value")


def decode(data: bytes, path: Path) -> str:
    """The text of a file, with or without a byte order mark.

    Raises:
        BrokenFileError: When it is not UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BrokenFileError(str(path), "is not UTF-8 text", line) from error


def parse(text: str, path: Path) -> dict[str, Any]:
    """What tomllib reads.

    Raises:
        BrokenFileError: When it is not TOML.
    """
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError, OverflowError) as error:
        message, line = str(error), None
        if place := re.search(_PARSER_PLACE, message):
            line = int(place[1]) if place[1] else text.count("\n") + 1
            message = message[: place.start()]
        elif too_much := _TOO_MUCH.search(text):  # the parser's own limits come without a place
            line = text.count("\n", 0, too_much.start()) + 1
            message = "a number has too many digits" if too_much[1] else "too many brackets stand within each other"
        raise BrokenFileError(str(path), f"is not valid TOML: {message}", line) from error


def understand(text: str, path: Path, read: Callable[[dict[str, Any]], _Value]) -> _Value:
    """Parse a text and read it.

    Args:
        text: The file's text.
        path: How the file is named in errors.
        read: Reads the parsed data; may raise `Fault`.

    Raises:
        BrokenFileError: When it is not TOML or not what was expected, with the line.
    """
    data = parse(text, path)
    try:
        return read(data)
    except Fault as fault:
        others = tuple(broken(text, path, other) for other in fault.others)
        raise BrokenFileError(str(path), fault.reason, line_of(text, fault.place), others) from fault


def broken(text: str, path: Path, fault: Fault) -> BrokenFileError:
    """A fault, with the line on which it is in a text."""
    return BrokenFileError(str(path), fault.reason, line_of(text, fault.place))


def line_of(text: str, place: Place) -> int | None:
    """The line on which a value stands, as well as that can be told without a parser that keeps places.

    Returns:
        The 1-based line of the key, or of its table where the key is not there, or None.
    """
    lines = text.split("\n")
    first, last = _table_lines(lines, place)
    keys = [key for key in place if isinstance(key, str)]
    found = _line_of_key(lines[first:last], keys) if keys else None
    if found is None and len(place) > 2 and isinstance(place[-2], int):
        found = _line_of_entry(lines[first:last], keys[:-1], place[-2])
    if found is None and not first and len(keys) == 1:  # a table that has only tables within it
        found = next((at for at, line in enumerate(lines) if line.lstrip("[ ").startswith(f"{keys[0]}.")), None)
    return first or None if found is None else first + found + 1


def _line_of_key(lines: list[str], keys: list[str]) -> int | None:
    # The tables around it may stand before the key, with dots: `review.pass = "1"`.
    outer = "".join(rf"(?:[\"']?{re.escape(key)}[\"']?\.)?" for key in keys[:-1])
    pattern = re.compile(rf"\s*{outer}[\"']?{re.escape(keys[-1])}[\"']?\s*=")
    return next((index for index, line in enumerate(lines) if pattern.match(line)), None)


def _line_of_entry(lines: list[str], keys: list[str], count: int) -> int | None:
    """The line of an entry in a list that is written as a value: signoff gives each a line of its own."""
    start = _line_of_key(lines, keys)
    if start is None:
        return None
    entries = (index for index, line in enumerate(lines) if index > start and line.lstrip().startswith("{"))
    return next(islice(entries, count, None), start)


def _table_lines(lines: list[str], place: Place) -> tuple[int, int]:
    """The line after the header of the innermost table on the way to a place, and the line of the next header."""
    first, last = 0, len(lines)
    position = 0
    for end in range(1, len(place) + 1):
        if isinstance(place[end - 1], int):
            continue
        name = ".".join(str(key) for key in place[:end] if isinstance(key, str))
        count = place[end] if end < len(place) and isinstance(place[end], int) else 0
        found = _header(lines, name, int(count), position)
        if found is not None:
            position = first = found + 1
    for index in range(first, len(lines)):
        if lines[index].startswith("["):
            last = index
            break
    return first, last


def _header(lines: list[str], name: str, count: int, start: int) -> int | None:
    headers = (f"[{name}]", f"[[{name}]]")
    for index in range(start, len(lines)):
        if lines[index].split("#")[0].strip() in headers:
            if count == 0:
                return index
            count -= 1
    return None


def storable(text: str) -> str:
    """A text as TOML can hold it: half of a surrogate pair, which a terminal can paste, becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")
