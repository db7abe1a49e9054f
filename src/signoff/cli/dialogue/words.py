"""The words that can be said where there is a choice, each with its key on the screen, and the help they come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Word:
    """One thing that can be said."""

    name: str
    """The word."""
    does: str
    """What it does, for the help."""
    keys: tuple[str, ...] = ()
    """The keys that do it on the screen."""
    takes: str = ""
    """What may be said behind it; empty where that is nothing."""


BACK = Word("back", "goes back to the item before", ("b",))
ITEM = Word("item", "goes to an item, by its id or by words of its text", ("/",), "ID")
UNDO = Word("undo", "takes the last change back, also one of an earlier day", ("u",))
REDO = Word("redo", "makes it again", ("U",))
HELP = Word("help", "says this again", ("?",))
QUIT = Word("quit", "ends the walk; everything is saved", ("q",))


def said_in(line: str, words: Sequence[Word]) -> tuple[Word | None, str]:
    """The word that a line begins with, and what stands behind it.

    A word is known however it is written; a key only as it is, since capitals are other keys. `/` and `@` need no blank
    behind them. A word that takes nothing has nothing behind it.
    """
    for word in words:
        rest = _behind(line, word)
        if rest is not None and (word.takes or not rest):
            return word, rest
    return None, line


def _behind(line: str, word: Word) -> str | None:
    first, _, rest = line.partition(" ")
    if first.casefold() == word.name or first in word.keys:
        return rest.strip()
    sign = next((key for key in word.keys if not key.isalnum() and line.startswith(key)), None)
    return line.removeprefix(sign).strip() if sign and word.takes else None


def help_on(words: Sequence[Word]) -> Iterator[str]:
    """The lines of the help."""
    for word in words:
        names = " or ".join((*word.keys, word.name))
        yield f"{names}{f' {word.takes}' if word.takes else ''}: {word.does}."


def not_understood(line: str, choices: str, words: Sequence[Word]) -> str:
    """The one sentence about a line that means nothing here.

    Args:
        line: What was said.
        choices: What is chosen from, such as `y, n, c, r or a`.
        words: The words that could have been said.
    """
    first = line.partition(" ")[0].casefold()
    near = get_close_matches(first, [word.name for word in words], 1)
    meant = f" Did you mean {near[0]}?" if near else ""
    return f'"{line[:60]}" means nothing here: say {choices}, or ? for all that can be said.{meant}'
