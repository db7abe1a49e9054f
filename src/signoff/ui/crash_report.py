"""What is kept and said when the program itself is at fault: where it happened, and never what anybody typed."""

from __future__ import annotations

import traceback
from datetime import datetime
from pathlib import Path
from typing import Final

from signoff import __version__
from signoff.atomic_file import write_atomically
from signoff.errors import StorageError
from signoff.private_folder import make_private_folder
from signoff.regular_file import read_bytes

_FAULTS: Final = 10
"""How many faults the file keeps; a fault that follows from another hides it no more."""
_PLACES: Final = 40
"""How many places of a fault are kept: its last ones."""
_MOST_BYTES: Final = 256 * 1024
"""How much of the file there is read; no ten faults are as long."""


def report_crash(state: Path, error: BaseException | None, outcome: str, at: datetime) -> str:
    """Add the place of a fault to the last ones in the state folder.

    Args:
        state: The state folder.
        error: What was raised; its message and the values around it may hold notes, so neither is written.
        outcome: What became of the answers, as a clause.
        at: When that was.

    Returns:
        The sentence to show.
    """
    path = state / "crash.log"
    frames = traceback.extract_tb(error.__traceback__)[-_PLACES:] if error else []
    places = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    fault = "\n".join([f"signoff {__version__}, {at.isoformat(timespec='seconds')}", type(error).__name__, *places])
    try:
        make_private_folder(state)
        kept = [*_faults_in(path), fault][-_FAULTS:]
        write_atomically(path, ("\n\n".join(kept) + "\n").encode("utf-8", "backslashreplace"))
    except OSError:
        return f"signoff met a fault of its own and stopped; {outcome}. Start it again to go on."
    return f"signoff met a fault of its own and stopped; {outcome}. Where it happened is in {path}."


def _faults_in(path: Path) -> list[str]:
    """The faults that are kept; none where they cannot be read."""
    try:
        data = read_bytes(path, most=_MOST_BYTES)
    except StorageError:
        return []
    text = data.decode("utf-8", "backslashreplace")
    return [fault.strip() for fault in text.split("\n\n") if fault.startswith("signoff ")]
