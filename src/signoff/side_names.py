"""The names of what is written beside a file while it is being replaced.

Each bears the number of its process, so that what a program which was killed left there is known for what it is.
"""

from __future__ import annotations

import os
import re
from typing import Final

_AFTER_THE_STEM: Final = r"([1-9]\d*)\.[0-9a-f]{8}(?:\.[0-9a-f-]+\.prev|\.tmp)"
_LONGEST_STEM: Final = 100
"""How many bytes of the file's own name stand in it: there has to be room for the rest."""


def side_name(name: str) -> str:
    """A name, without its ending, for what is written beside a file: hidden, of this process, and used by no other."""
    return f".{_stem(name)}.{os.getpid()}.{os.urandom(4).hex()}"


def writer_of(found: str, name: str) -> int:
    """The process that gave a name to something beside a file; 0 for any other name."""
    beginning = f".{_stem(name)}."
    rest = re.fullmatch(_AFTER_THE_STEM, found.removeprefix(beginning)) if found.startswith(beginning) else None
    return int(rest[1]) if rest else 0


def _stem(name: str) -> str:
    return name.encode("utf-8", "surrogateescape")[:_LONGEST_STEM].decode("utf-8", "ignore")


def is_running(process: int) -> bool:
    """Whether a process lives, or another one that has its number by now."""
    if os.name != "posix":  # there a file that is being written cannot be removed
        return process == os.getpid()
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
