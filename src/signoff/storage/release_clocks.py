"""Times by the clocks by which they were said.

TOML keeps the offset of a zone and not its name: people said "15:00", saw "15:00 CET", and would read back "15:00
UTC+01:00". The name is that of the release's own zone wherever its clocks agree with the offset.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime, tzinfo
from typing import Any, Final

from signoff.domain.action import Action
from signoff.domain.answer import Answer
from signoff.domain.history import Change
from signoff.domain.meeting import Decision, Watch

_TOLD: Final = frozenset({Action, Answer, Change, Decision, Watch})
"""The values in which somebody says a time."""
_STAMPED: Final = "at"
"""The field of a moment that nobody said: the program's own clock did."""


def by_clocks_of(zone: tzinfo, value: Any) -> Any:
    """A part of a session, or a collection of parts, with every time that was said in it by the clocks of a zone.

    A time that these clocks show otherwise, or show twice that night, stays as it is.
    """
    kind = type(value)
    if kind is datetime:
        return _by_clocks_of(zone, value)
    if kind is tuple:
        return tuple(by_clocks_of(zone, entry) for entry in value)
    if kind is dict:
        return {key: by_clocks_of(zone, entry) if key != _STAMPED else entry for key, entry in value.items()}
    if kind not in _TOLD:
        return value
    before = {field.name: getattr(value, field.name) for field in fields(value)}
    after = by_clocks_of(zone, before)
    changed = {name: entry for name, entry in after.items() if entry is not before[name]}
    return replace(value, **changed) if changed else value


def _by_clocks_of(zone: tzinfo, moment: datetime) -> datetime:
    there = moment.astimezone(zone)
    # Python calls a time that the clocks show twice unequal to itself in another zone.
    agrees = there.utcoffset() == moment.utcoffset() == there.replace(fold=1 - there.fold).utcoffset()
    return there if agrees else moment
