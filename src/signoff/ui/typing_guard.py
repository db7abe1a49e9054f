"""Notices that somebody types into the wrong window.

In a meeting a chat message sometimes lands here, and every letter of it is a key that answers something. Nobody answers
four items with three different keys in a quarter of a second, and nobody presses keys that do nothing again and again.
A message that arrives at once, as a paste into a terminal without bracketed paste does, is noticed at its fourth
letter. Slow typing soon opens a text field, which then holds the rest in plain sight.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Container
from dataclasses import dataclass
from typing import Final

_FAST_SECONDS: Final = 0.25
_FAST_LETTERS: Final = 4
_DIFFERENT_LETTERS: Final = 3
_RUN_SECONDS: Final = 0.6
"""The longest pause within a run of typing."""
_RUN_LETTERS: Final = 6


@dataclass(frozen=True, slots=True, repr=False)
class Stroke:
    """One letter that reached no text field."""

    letter: str
    """The letter."""
    at: float
    """When, in seconds of a clock that never goes back."""
    bound: bool
    """Whether it does something on the screen it reached."""
    revision: int
    """The session's revision before it did."""
    depth: int
    """How many screens were open before it did."""
    lock: str
    """Why nothing could be changed before it did; empty where it could."""
    item: str = ""
    """The id of the item that was selected before it did; empty where there is none."""


class TypingGuard:
    """Told of every key; says when they are typing, and where it began."""

    def __init__(self, exempt: Container[str]) -> None:
        """Make the guard.

        Args:
            exempt: The keys that are held down to move: a terminal repeats them faster than anybody types.
        """
        self._exempt = exempt
        self._strokes: deque[Stroke] = deque(maxlen=40)
        self._typing_since: float | None = None

    def saw(
        self, key: str, at: float, bound: Container[str], *, revision: int, depth: int, lock: str = "", item: str = ""
    ) -> Stroke | None:
        """Take note of a key.

        Args:
            key: Textual's name of the key.
            at: When it came, in seconds.
            bound: The keys that do something on the current screen.
            revision: The session's revision.
            depth: How many screens are open.
            lock: Why nothing can be changed; empty where it can.
            item: The id of the selected item; empty where there is none.

        Returns:
            The first stroke of what is now seen to be typing; None while it may be answering.
        """
        if len(key) != 1 or not key.isalpha() or key in self._exempt:
            if key not in ("space", "comma", "full_stop", "apostrophe", "question_mark", "minus"):
                self._strokes.clear()
            return None
        if self._strokes and at - self._strokes[-1].at > _RUN_SECONDS:
            self._strokes.clear()
        self._strokes.append(Stroke(key, at, key in bound, revision, depth, lock, item))
        first = self._strokes[0]
        if not (self._is_fast() or self._is_run()):
            return None
        self._strokes.clear()
        self._typing_since = at
        return first

    def is_still_typing(self, at: float) -> bool:
        """Whether a key belongs to typing that was noticed already; then it should do nothing either."""
        if self._typing_since is None or at - self._typing_since > _RUN_SECONDS:
            self._typing_since = None
            return False
        self._typing_since = at
        return True

    def _is_fast(self) -> bool:
        last = list(self._strokes)[-_FAST_LETTERS:]
        fast = len(last) == _FAST_LETTERS and last[-1].at - last[0].at <= _FAST_SECONDS
        return fast and len({stroke.letter for stroke in last}) >= _DIFFERENT_LETTERS

    def _is_run(self) -> bool:
        unbound = sum(not stroke.bound for stroke in self._strokes)
        return len(self._strokes) >= _RUN_LETTERS and unbound * 2 > len(self._strokes)
