"""The data block: one JSON object in the body, written in one way and read strictly.

It has one key a line, so that two reports of one release can be compared line by line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from signoff.errors import AlteredReportError, NewerReportError, ReportError

FORMAT: Final = "signoff-report/1"
"""The format this version writes and reads."""
_HEADING: Final = "## Data"
_CLOSING: Final = "```"
_OPENING: Final = f"```json {FORMAT}"
_LIKE_OPENING: Final = re.compile(r"\s*(?:`{3,}|~{3,})\s*json\s+signoff-report\b.*", re.IGNORECASE)
_OTHER_FORMAT: Final = re.compile(r"```json (signoff-report/[0-9]{1,9})")


def data_lines(data: Mapping[str, Any]) -> list[str]:
    """The section with the data block: sorted keys, ASCII only."""
    text = json.dumps(data, indent=2, sort_keys=True, ensure_ascii=True, allow_nan=False)
    # DEL is ASCII, so JSON leaves it alone; nothing invisible stands in a report.
    return [_HEADING, "", _OPENING, *text.replace("\x7f", "\\u007f").split("\n"), _CLOSING]


def read_data(body: bytes) -> dict[str, Any]:
    """The data of a report. Only bytes whose signature was verified are worth reading.

    Args:
        body: Every byte before the first sign-off, in canonical form.

    Raises:
        ReportError: When there is no data block, as in a draft, or a newer version of the program made it.
        AlteredReportError: When there is more than one, or it is not what this program writes.
    """
    try:
        lines = body.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise AlteredReportError("the text is not UTF-8", body.count(b"\n", 0, error.start) + 1) from error
    start, end = _place(lines)
    return _parsed("\n".join(lines[start + 1 : end]), start + 2)


def without_data(body: bytes) -> str:
    """A report's text for people, where one line stands for the data. Raises what `read_data` raises."""
    lines = body.decode("utf-8").split("\n")
    start, end = _place(lines)
    return "\n".join([*lines[:start], f"({end - start - 1} lines for machines)", *lines[end + 1 :]])


def _place(lines: list[str]) -> tuple[int, int]:
    """The indices of the lines that open and close the data block."""
    start = _opening(lines)
    end = next((at for at in range(start + 1, len(lines)) if lines[at] == _CLOSING), None)
    if end is None:
        raise AlteredReportError("the data block does not end", start + 1)
    return start, end


def _opening(lines: list[str]) -> int:
    """The index of the one opening line."""
    found = [index for index, line in enumerate(lines) if _LIKE_OPENING.fullmatch(line)]
    if not found:
        raise ReportError(
            "This has no data block: it is a draft or not a report of signoff. Export and sign the session."
        )
    if len(found) > 1:
        raise AlteredReportError("a second data block stands here", found[1] + 1)
    start = found[0]
    other = _OTHER_FORMAT.fullmatch(lines[start])
    if other and other[1] != FORMAT:
        raise NewerReportError(
            f"This report is made by a newer version of signoff ({other[1]}): update signoff to read it."
        )
    if lines[start] != _OPENING or lines[max(start - 2, 0) : start] != [_HEADING, ""]:
        raise AlteredReportError("the data block does not start as it should", start + 1)
    return start


def _parsed(text: str, line: int) -> dict[str, Any]:
    if not text.isascii():
        raise AlteredReportError("the data is not ASCII", line)
    try:
        data = json.loads(text, object_pairs_hook=_without_duplicates, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise AlteredReportError(f"the data is not JSON: {error.msg}", line + error.lineno - 1) from error
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise AlteredReportError(f"the data is not JSON that can be relied on: {reason}", line) from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise AlteredReportError("the data is not one object of this format", line)
    return data


def _without_duplicates(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key!r} stands twice")
        found[key] = value
    return found


def _no_constant(word: str) -> Any:
    raise ValueError(f"{word} is no number")
