"""From what tomllib returns to the values of the domain, strictly, and naming the place of every fault.

A reader is a function from a raw value and its place to a checked value. A record is described by the readers of its
fields, so that the same description reads a whole answer and the few fields of it that a line of history keeps.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time
from enum import StrEnum
from typing import Any, Final

Place = tuple[str | int, ...]
"""The keys that lead to a value; whole numbers count in lists from 0."""
Reader = Callable[[Any, Place], Any]
"""Reads a raw value at a place."""
Fields = Mapping[str, Reader]
"""The readers of a record's fields, by the names that stand in the file."""

MOST: Final = 999_999_999
"""The largest number that is meant seriously."""

_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_HASH: Final = re.compile(r"([0-9a-f]{64})?")
_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


class Fault(Exception):  # noqa: N818 - it is not an error a user meets: whoever reads a file turns it into one
    """Something at a place that cannot be understood."""

    def __init__(self, place: Place, reason: str, others: tuple[Fault, ...] = ()) -> None:
        self.place = place
        """Where."""
        self.reason = reason
        """What is wrong, as one clause."""
        self.others = others
        """What is wrong besides."""
        super().__init__(reason)


def text(value: Any, place: Place) -> str:
    """Any text."""
    if not isinstance(value, str):
        raise Fault(place, f"{place_name(place)} must be text in quotes")
    return _kept(value)


def repeated(value: Any, place: Place) -> str:
    """Any text, of which few stand in many places: each is kept once."""
    return sys.intern(text(value, place))


def one_line(value: Any, place: Place) -> str:
    """Text that is not empty and has no line feed."""
    line = text(value, place)
    if not line.strip() or "\n" in line:
        raise Fault(place, f"{place_name(place)} must be one line of text")
    return line


def file_path(value: Any, place: Place) -> str:
    """The path of a file, or nothing."""
    path = text(value, place)
    if has_controls(path):
        raise Fault(place, f"{place_name(place)} must be the path of a file, and there is a control character in it")
    return path


def has_controls(path: str) -> bool:
    """Whether something is in a path that no system takes, such as a NUL, or that a terminal would act on."""
    return any(unicodedata.category(letter) == "Cc" for letter in path)


def slug(value: Any, place: Place) -> str:
    """A short name that can be a key and a part of a file name."""
    if not isinstance(value, str) or not is_slug(value):
        raise Fault(place, f"{place_name(place)} must be a short name of a-z, 0-9, - and _")
    return _kept(value)


def is_slug(name: str) -> bool:
    """Whether a name can be a key and a part of a file name."""
    return _SLUG.fullmatch(name) is not None


def sha256(value: Any, place: Place) -> str:
    """A hex digest, or nothing."""
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise Fault(place, f"{place_name(place)} must be 64 hexadecimal digits")
    return value


def flag(value: Any, place: Place) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise Fault(place, f"{place_name(place)} must be true or false")
    return value


def number(value: Any, place: Place) -> int:
    """A whole number from 0."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST:
        raise Fault(place, f"{place_name(place)} must be a whole number from 0 to {MOST}")
    return value


def moment(value: Any, place: Place) -> datetime:
    """A date and time with its offset."""
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise Fault(place, f"{place_name(place)} must be a date and time with an offset, such as 2026-11-26T14:00:00Z")
    _check_year(value, place)
    # tomllib makes a new zone for "Z"; one zone for all prints as UTC everywhere.
    return value.astimezone(UTC) if not value.utcoffset() else value


def when(value: Any, place: Place) -> date | None:
    """A day, or a date and time with its offset; an empty text stands for none."""
    if value == "":
        return None
    if isinstance(value, datetime):
        return moment(value, place)
    if not isinstance(value, date):
        raise Fault(place, f"{place_name(place)} must be a date such as 2026-12-10, or a date and time with an offset")
    _check_year(value, place)
    return value


def moment_or_none(value: Any, place: Place) -> datetime | None:
    """A date and time with its offset; an empty text stands for none."""
    return None if value == "" else moment(value, place)


def _check_year(value: date, place: Place) -> None:
    # At the ends of the calendar a change of zone or a day more is an overflow.
    if not MINYEAR < value.year < MAXYEAR:
        raise Fault(place, f"{place_name(place)} is in the year {value.year}")


def clock(value: Any, place: Place) -> time:
    """A time of day such as `12:00`."""
    if not isinstance(value, str) or not (match := _CLOCK.fullmatch(value)):
        raise Fault(place, f'{place_name(place)} must be a time such as "12:00"')
    return time(int(match[1]), int(match[2]))


def clock_end(value: Any, place: Place) -> time | None:
    """A time of day, or `24:00` for midnight."""
    return None if value == "24:00" else clock(value, place)


def choice(kind: type[StrEnum]) -> Reader:
    """One of the words of an enumeration."""

    def read(value: Any, place: Place) -> StrEnum:
        try:
            return kind(value)
        except ValueError:
            words = ", ".join(f'"{word.value}"' for word in kind if word.value)
            raise Fault(place, f"{place_name(place)} must be one of {words}") from None

    return read


def position(words: tuple[str, ...]) -> Reader:
    """One of some words, as its position among them."""

    def read(value: Any, place: Place) -> int:
        if value not in words:
            raise Fault(place, f"{place_name(place)} must be one of {', '.join(words)}")
        return words.index(value)

    return read


class List:
    """Reads a list, as a tuple."""

    def __init__(self, reader: Reader) -> None:
        self.entry = reader
        """Reads each entry."""

    def __call__(self, value: Any, place: Place) -> tuple[Any, ...]:
        """The entries."""
        if value == "":
            return ()
        if not isinstance(value, list):
            raise Fault(place, f"{place_name(place)} must be a list")
        return tuple(self.entry(entry, (*place, index)) for index, entry in enumerate(value))


def list_of(reader: Reader) -> Reader:
    """A list, as a tuple."""
    return List(reader)


def table(value: Any, place: Place) -> Mapping[str, Any]:
    """A table as it is."""
    if not isinstance(value, dict):
        raise Fault(place, f"{place_name(place)} must be a table")
    return value


def table_of(reader: Reader) -> Reader:
    """A table whose keys are short names and whose values are all alike."""

    def read(value: Any, place: Place) -> dict[str, Any]:
        entries = table(value, place)
        return {slug(key, (*place, key)): reader(entry, (*place, key)) for key, entry in entries.items()}

    return read


class Record:
    """Reads a table, as something that is made of its fields."""

    def __init__(
        self, kind: Callable[..., Any], readers: Fields, required: Iterable[str], names: Mapping[str, str]
    ) -> None:
        self.fields = readers
        """The readers of its fields."""
        self._kind = kind
        self._required = tuple(required)
        self._names = names

    def __call__(self, value: Any, place: Place) -> Any:
        """What is made of the fields."""
        raw, names = table(value, place), self._names
        found = {names.get(k, k): self.fields[k](v, (*place, k)) for k, v in raw.items() if k in self.fields}
        for name in self._required:
            if name not in found and name in self.fields:
                raise Fault(place, f"{place_name(place)} has no {name}")
        return self._kind(**found)


def record(kind: type[Any], readers: Fields, renamed: Mapping[str, str] | None = None) -> Reader:
    """A table as a dataclass. Keys without a reader are left alone, for `unknown_keys` to find where they are nobody's.

    Args:
        kind: The dataclass.
        readers: The readers of its fields by their names in the file.
        renamed: Names in the file that are not those of the fields.
    """
    required = [f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING]
    return Record(kind, readers, required, renamed or {})


def table_with(names: tuple[str, ...], reader: Reader) -> Reader:
    """A table that has all of some keys, whose values are all alike."""
    return Record(dict, dict.fromkeys(names, reader), names, {})


def read_some(readers: Fields, value: Any, place: Place) -> dict[str, Any]:
    """Some fields of a record, without the record."""
    return {key: readers[key](entry, (*place, key)) for key, entry in table(value, place).items() if key in readers}


def _kept(value: str) -> str:
    """The same text somewhere else.

    tomllib's own lies among ten times as much that goes when the file has been read, and would hold on to the memory
    around it.
    """
    return "".join((value, ""))


def place_name(place: Place) -> str:
    """A place as people read it: lists count from 1."""
    return ".".join(str(key + 1) if isinstance(key, int) else key for key in place) or "the file"
