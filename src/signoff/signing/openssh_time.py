"""The times of OpenSSH's option values: `YYYYMMDD[HHMM[SS]]`, local unless `Z` or `UTC` follows."""

from __future__ import annotations

from datetime import UTC, datetime


def parse_openssh_time(text: str) -> datetime:
    """The moment, in UTC. Raises ValueError where there is none."""
    digits = text
    if text[-1:] in ("Z", "z"):
        digits = text[:-1]
    elif text[-3:].upper() == "UTC":
        digits = text[:-3]
    if len(digits) not in (8, 12, 14) or not (digits.isascii() and digits.isdigit()):
        raise ValueError(f"{text!r} is not a time like 20261124030000Z")
    pairs = [int(digits[at : at + 2]) for at in range(4, len(digits), 2)]
    try:
        moment = datetime(int(digits[:4]), *pairs)  # type: ignore[arg-type]
        return moment.replace(tzinfo=UTC) if digits != text else moment.astimezone(UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise ValueError(f"{text!r} is not a time that exists") from error


def format_openssh_time(moment: datetime) -> str:
    """`moment` with its seconds, in UTC."""
    return moment.astimezone(UTC).strftime("%Y%m%d%H%M%SZ").rjust(15, "0")
