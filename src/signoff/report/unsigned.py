"""A report that is still to be signed: its body with a mark in front, which goes when the first one signs.

The mark says at the first glance that nobody stands behind the report. It is one constant text, so that taking it off
leaves the very bytes that would have been signed at once.
"""

from __future__ import annotations

from typing import Final

_MARK: Final = (
    b"**UNSIGNED: nobody has signed this report yet, so it is not a decision record.**\n"
    b"Sign it with `signoff sign FILE --role ROLE`, which removes these two lines.\n"
    b"\n"
)


def mark_unsigned(body: bytes) -> bytes:
    """The body of a report, marked as one that nobody has signed."""
    return _MARK + body


def without_mark(body: bytes) -> bytes:
    """The body of a report without that mark; as it is where it has none."""
    return body.removeprefix(_MARK)
