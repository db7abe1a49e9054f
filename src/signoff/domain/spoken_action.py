"""An action in one line, as it is said in a meeting: `rebuild image @chen !15:00`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from signoff.domain.action import Action
from signoff.domain.when import parse_when, when_as_typed

_OWNER: Final = re.compile(r"(?:^|\s)@(\S+)")
_DUE: Final = re.compile(r"(?:^|\s)!(\S+(?:\s+\d{1,2}[:.]\d{2})?)")


def parse_action(text: str, now: datetime, people: Iterable[str] = ()) -> Action:
    """Read an action.

    Args:
        text: What is to be done, with `@owner` and `!due` anywhere in it; a due may have a clock time behind its day.
        now: The aware present, whose zone is meant.
        people: Names; the owner is the one whose name begins as it is said, where there is just one.

    Raises:
        ValueError: When nothing is left to be done, or the due cannot be read.
    """
    owner, due = _OWNER.search(text), _DUE.search(text)
    words = _DUE.sub("", _OWNER.sub("", text)).split()
    if not words:
        raise ValueError("Say what is to be done, such as: rebuild image @chen !15:00")
    named = _named(owner[1], people) if owner else ""
    return Action(" ".join(words), named, parse_when(due[1], now) if due else None)


def _named(said: str, people: Iterable[str]) -> str:
    fitting = [name for name in people if name.casefold().startswith(said.casefold())]
    return fitting[0] if len(fitting) == 1 else said


def action_as_typed(action: Action, now: datetime) -> str:
    """An action in the form in which `parse_action` reads it back."""
    due = when_as_typed(action.due, now)
    return " ".join(part for part in (action.text, action.owner and f"@{action.owner}", due and f"!{due}") if part)
