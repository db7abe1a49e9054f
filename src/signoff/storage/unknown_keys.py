"""Keys that nobody reads: in a file that people write each is a slip, which could cost a must item its must.

What is known is what the readers read, so that nothing has to be said twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from signoff.storage.readers import Fault, Fields, List, Place, Reader, Record, place_name

_MOST_NAMED: Final = 100
"""How many unknown keys of a file are named: each is looked for in its text."""


def check_keys(reader: Reader, value: Any, place: Place = (), also: tuple[str, ...] = ()) -> None:
    """See that every key in a record, and in the records within it, is one that is read.

    Args:
        reader: The reader of the record.
        value: Its raw value.
        place: Its place.
        also: Keys that somebody else reads.

    Raises:
        Fault: When one is not. It names each, with the nearest key that there is.
    """
    faults = unknown_keys(reader, value, place, also)
    if faults:
        raise Fault(faults[0].place, faults[0].reason, tuple(faults[1:]))


def unknown_keys(reader: Reader, value: Any, place: Place = (), also: tuple[str, ...] = ()) -> list[Fault]:
    """The keys in a record, and in the records within it, that nobody reads: of very many only the first."""
    allowed = {(*place, key) for key in also}
    found = ((at, known) for at, known in _unknown(reader, value, place) if at not in allowed)
    return [_unknown_key(at, known, reader) for at, known in islice(found, _MOST_NAMED)]


def _unknown(reader: Reader, value: Any, place: Place) -> Iterator[tuple[Place, Fields]]:
    if isinstance(reader, List) and isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _unknown(reader.entry, entry, (*place, index))
    elif isinstance(reader, Record) and isinstance(value, dict):
        for key, inner in value.items():
            if key in reader.fields:
                yield from _unknown(reader.fields[key], inner, (*place, key))
            else:
                yield (*place, key), reader.fields


def _homes(reader: Reader, home: str = "") -> Iterator[tuple[str, str]]:
    """The keys of a record and of those within it, and the tables in which they stand."""
    if isinstance(reader, List):
        yield from _homes(reader.entry, home)
    elif isinstance(reader, Record):
        for key, inner in reader.fields.items():
            yield from _homes(inner, f"{home}.{key}".strip("."))
            yield key, home


def _unknown_key(place: Place, known: Fields, reader: Reader) -> Fault:
    key, where = str(place[-1]), place_name(place[:-1])
    homes = [home or "the top of the file" for other, home in _homes(reader) if other == key]
    if homes:
        return Fault(place, f"{key} does not belong in {where}: it belongs in {' or '.join(homes)}")
    from difflib import get_close_matches  # only a file with a fault waits for it

    near = get_close_matches(key, known, 1)
    hint = f"the nearest is {near[0]}" if near else f"there is {', '.join(known)}"
    return Fault(place, f"there is no key {key} in {where}: {hint}")
