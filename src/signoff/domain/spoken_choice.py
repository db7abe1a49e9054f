"""The keys and words by which a status, a vote and a decision are said, on every screen and line by line."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeVar

from signoff.domain.answer import Status
from signoff.domain.meeting import Choice, Verdict

_Said = TypeVar("_Said", bound=StrEnum)

STATUS_KEYS: Final = {
    "y": Status.PASS,
    "n": Status.FAIL,
    "c": Status.CONDITION,
    "r": Status.RISK,
    "a": Status.NA,
}
"""The key of each status, in the order in which they are shown."""
VOTE_KEYS: Final = {"y": Choice.GO, "n": Choice.NO_GO, "c": Choice.GO_IF, "a": Choice.ABSENT}
"""The key of each vote, in the order in which they are shown."""
DECISION_KEYS: Final = {"y": Verdict.GO, "c": Verdict.CONDITIONAL, "n": Verdict.NO_GO}
"""The key of each decision, in the order in which they are shown."""

_CLEAR: Final = ("clear", "del", "delete")
_STATUS_WORDS: Final = {
    **{status.value: status for status in Status},
    **{status.word: status for status in Status},
    **dict.fromkeys(_CLEAR, Status.OPEN),
}
_VOTE_WORDS: Final = {**{choice.value: choice for choice in VOTE_KEYS.values()}, **dict.fromkeys(_CLEAR, Choice.NONE)}
_DECISION_WORDS: Final = {choice.value: choice for choice in DECISION_KEYS.values()}


def status_said(text: str) -> Status | None:
    """The status that a key or a word means, such as `y`, `pass` or `N/A`; None for any other text."""
    return _said(text, STATUS_KEYS, _STATUS_WORDS)


def vote_said(text: str) -> Choice | None:
    """The vote that a key or a word means, such as `c` or `go if`; None for any other text."""
    return _said(text, VOTE_KEYS, _VOTE_WORDS)


def decision_said(text: str) -> Verdict | None:
    """The decision that a key or a word means, such as `n` or `no-go`; None for any other text."""
    return _said(text, DECISION_KEYS, _DECISION_WORDS)


def _said(text: str, keys: Mapping[str, _Said], words: Mapping[str, _Said]) -> _Said | None:
    """A key by its letter, since capitals are other keys; a word however it is written."""
    by_letters = {_letters(word): said for word, said in words.items()}
    return keys.get(text.strip()) or by_letters.get(_letters(text))


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
