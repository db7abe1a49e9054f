"""From the lines of the settings to a keymap. A line that cannot be is named with its place and ignored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from signoff.errors import BrokenFileError
from signoff.storage.key_lines import KeyLine, KeyLines
from signoff.ui.keyboard.key import Key
from signoff.ui.keyboard.key_names import is_character, key_name, read_key
from signoff.ui.keyboard.keymap import Keymap
from signoff.ui.keyboard.places import PLACES, Place, declared_keys
from signoff.ui.keyboard.presets import PRESETS

PRESET: Final = "preset"
"""The one line that is not the name of a key."""


def keymap_from(settings: KeyLines) -> tuple[Keymap, tuple[BrokenFileError, ...]]:
    """The keys as the settings change them, and what is wrong with the lines that are ignored.

    Args:
        settings: The lines.
    """
    faults = list(settings.faults)
    preset: Mapping[str, str] = {}
    lines: dict[str, KeyLine] = {}
    changed: dict[str, str] = {}
    declared = declared_keys()
    for line in settings.lines:
        try:
            if line.id == PRESET:
                preset = _preset_of(line)
            else:
                changed[line.id] = _keys_of(line, declared)
                lines[line.id] = line
        except ValueError as error:
            faults.append(settings.fault(line, str(error)))
    # A line that is ignored gives its key back, which another line may have counted on: look again until all is well.
    while clash := next(_clashes(Keymap({**preset, **changed}), lines), None):
        faulty, reason = clash
        faults.append(settings.fault(lines.pop(faulty), reason))
        del changed[faulty]
    return Keymap({**preset, **changed}), tuple(sorted(faults, key=lambda fault: fault.line or 0))


def _preset_of(line: KeyLine) -> Mapping[str, str]:
    name = " ".join(line.keys)
    if name not in PRESETS:
        raise ValueError(f'there is no preset "{name}"; there is {", ".join(PRESETS)}')
    return PRESETS[name]


def _keys_of(line: KeyLine, declared: Mapping[str, Key]) -> str:
    if line.id not in declared:
        raise ValueError(f"nothing is called {line.id}; `signoff config keys` lists the names")
    names = [read_key(word) for word in line.keys]
    if "ctrl+c" in names:
        raise ValueError("Ctrl+C copies what is selected, and quits when it is pressed twice")
    for place in PLACES:
        if place.types and any(key.id == line.id for key in place.keys):
            _check_that_it_types_nothing(names, place)
    return ",".join(dict.fromkeys(names))


def _check_that_it_types_nothing(names: list[str], place: Place) -> None:
    typing = next((name for name in names if is_character(name) or name in place.types), None)
    if typing is not None:
        raise ValueError(f"{key_name(typing)} is a key of the text that is typed in {place.title}")


def _clashes(keymap: Keymap, lines: Mapping[str, KeyLine]) -> Iterator[tuple[str, str]]:
    """The names whose lines take a key that something else has in the same place, the last line first."""
    for faulty in reversed(list(lines)):
        for place in PLACES:
            here = {key.id: key for key in keymap.of(place.keys)}
            for other in here.values():
                common = set(other.names) & set(here[faulty].names) if faulty in here and other.id != faulty else ()
                for name in common:
                    yield faulty, f"{faulty} cannot have {key_name(name)}: {other.id} has it in {place.title}"
