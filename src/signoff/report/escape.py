r"""User text in Markdown, as one line, as a code span, or as a quoted note.

Chosen by measuring cmark-gfm, markdown-it and mistune. Whatever can open markup gets a backslash, and `@` is cut off
from what follows it by an empty comment, since GFM links mail addresses and sites notify people even when it is
escaped. Punctuation that means nothing where it stands is left alone: people also read reports as plain text.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import Final

from signoff.report.visible_text import visible

_MARKUP: Final = re.compile(
    r"\A[-+>=:]"  # what starts a block, at the start of a line
    r"|[\\`*{}\[\]<#|~^]"
    r"|[$@]\u0338?"  # behind the > of what they become this one mark would make another letter of it
    r"|&(?!\s|\Z)"
    r"|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])"
    r"|[:/](?=/)"  # a bare URL
    r"|\.(?=\w)(?!(?<=[0-9]\.)[0-9])|(?<=[Ww])\."  # a bare domain; a version number is none
)
_NUMBERED: Final = re.compile(r"\A([0-9]+)([.)])(?=\s|\Z)")
_TICKS: Final = re.compile("`+")
_CUT: Final = "<!-- -->"


def inline(text: str) -> str:
    """A text as one line of prose; empty where there is nothing to see. It is not made to start a line of the file."""
    return _prose(_one_line(text), several_dollars=text.count("$") > 1)


def code(text: str) -> str:
    """A text as a code span, for names that end before their line does; empty where there is nothing to see.

    Not for tables, whose readers disagree on a bar in a code span.
    """
    shown = _one_line(text)
    if not shown:
        return ""
    fence = "`" * (1 + max((len(ticks) for ticks in _TICKS.findall(shown)), default=0))
    pad = " " if "`" in (shown[0], shown[-1]) else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def quoted(text: str) -> list[str]:
    """A note as the lines of a block quote, its line breaks and indentation kept; no lines for an empty one."""
    lines = [line.rstrip() for line in visible(text.replace("\t", "    ")).split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    several = text.count("$") > 1
    shown = [_note_line(line, several_dollars=several) for line in lines]
    # A backslash at the end of a line keeps the break; two blanks would do so too, but a report has no trailing blanks.
    breaks = ["\\" if line and after else "" for line, after in zip_longest(shown, shown[1:])]
    return [f"> {line}{end}".rstrip() for line, end in zip(shown, breaks, strict=True)]


def _one_line(text: str) -> str:
    return visible(text).replace("\n", " ").strip()


def _note_line(line: str, *, several_dollars: bool) -> str:
    body = line.lstrip()
    # Four blanks would make code of the line, so its indentation is kept in no-break spaces.
    return "\u00a0" * (len(line) - len(body)) + _prose(body, several_dollars=several_dollars)


def _prose(line: str, *, several_dollars: bool) -> str:
    def escaped(match: re.Match[str]) -> str:
        if match[0][0] == "$" and several_dollars:
            # GitHub finds $math$ behind a backslash too, and documents this way to write two dollars in one paragraph:
            # https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/writing-mathematical-expressions
            return f"<span>{match[0]}</span>"
        followed = match[0][0] == "@" and not line[match.end() : match.end() + 1].isspace() and match.end() < len(line)
        return f"\\{match[0]}{_CUT if followed else ''}"

    return _NUMBERED.sub(r"\1\\\2", _MARKUP.sub(escaped, line))
