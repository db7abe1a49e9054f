"""The one form of a report's text, and the way back from what a web form makes of it.

A signature covers bytes, and reports travel through mail, chat and forms. Three changes are undone, since the
canonical form has nothing they could be confused with: CRLF throughout, a byte order mark, the last line end lost.
Everything else is refused with its reason rather than guessed at.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from signoff.errors import AlteredReportError

_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_TRAILING_BLANK = re.compile(r"[ \t]$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class CanonicalText:
    """A report's text in the form that is signed."""

    text: str
    """The whole file; every line ends in one LF."""
    notes: tuple[str, ...]
    """What was undone to get there, each one sentence; empty for a file as it was written."""


def to_canonical(data: bytes) -> CanonicalText:
    """The canonical form of a report's bytes. Raises AlteredReportError where there is none without guessing."""
    if data.startswith(_UTF16) or b"\0" in data:
        raise AlteredReportError("the file is not UTF-8: it looks like UTF-16 or binary data")
    notes: list[str] = []
    if data.startswith(_BOM):
        data = data.removeprefix(_BOM)
        notes.append("A byte order mark at the start was ignored.")
    if b"\r" in data:
        data = _without_crlf(data)
        notes.append("Line ends were CRLF and were read as LF.")
    if data and not data.endswith(b"\n"):
        data += b"\n"
        notes.append("The last line had no line end.")
    text = _decode(data)
    _check(text)
    return CanonicalText(text, tuple(notes))


def _without_crlf(data: bytes) -> bytes:
    plain = data.replace(b"\r\n", b"\n")
    if b"\r" in plain:
        raise AlteredReportError("a carriage return stands alone", _line_of(data, re.search(rb"\r(?!\n)", data)))
    if data.count(b"\r\n") != data.count(b"\n"):
        raise AlteredReportError("the line ends are mixed", _line_of(data, re.search(rb"(?<!\r)\n", data)))
    return plain


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise AlteredReportError("the text is not UTF-8", data.count(b"\n", 0, error.start) + 1) from error


def _check(text: str) -> None:
    blank = _TRAILING_BLANK.search(text)
    if blank is not None:
        raise AlteredReportError("the line ends in a blank", text.count("\n", 0, blank.start()) + 1)
    if text.startswith("\ufeff"):
        raise AlteredReportError("the file starts with two byte order marks", 1)
    if not unicodedata.is_normalized("NFC", text):
        lines = text.split("\n")
        number = next((n for n, line in enumerate(lines, 1) if not unicodedata.is_normalized("NFC", line)), None)
        raise AlteredReportError("the text is not in the Unicode form NFC", number)


def _line_of(data: bytes, match: re.Match[bytes] | None) -> int | None:
    return None if match is None else data.count(b"\n", 0, match.start()) + 1
