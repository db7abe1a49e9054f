"""What is kept and said when the program itself is at fault: where it happened, and never what anybody typed."""

from __future__ import annotations

import traceback
from pathlib import Path

from signoff import __version__
from signoff.atomic_file import write_atomically


def report_crash(state: Path, error: BaseException | None, outcome: str) -> str:
    """Write the place of a fault to the state folder.

    Args:
        state: The state folder.
        error: What was raised; its message and the values around it may hold notes, so neither is written.
        outcome: What became of the answers, as a clause.

    Returns:
        The sentence to show.
    """
    path = state / "crash.log"
    frames = traceback.extract_tb(error.__traceback__) if error else []
    places = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    text = "\n".join([f"signoff {__version__}", type(error).__name__, *places, ""])
    try:
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(path, text.encode("utf-8", "backslashreplace"))
    except OSError:
        return f"signoff met a fault of its own and stopped; {outcome}. Start it again to go on."
    return f"signoff met a fault of its own and stopped; {outcome}. Where it happened is in {path}."
