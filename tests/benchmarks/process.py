"""What a running process uses, as Linux tells it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

_CPUCLOCK_SCHED = 2


@dataclass(frozen=True, slots=True)
class Memory:
    """The memory of a process."""

    resident: int
    """How much it has now, in bytes."""
    most: int
    """How much it ever had, in bytes."""


def memory_of(pid: int) -> Memory:
    """The memory of a process."""
    lines = (line.split() for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    sizes = {words[0]: int(words[1]) * 1024 for words in lines if words and words[0] in ("VmRSS:", "VmHWM:")}
    return Memory(sizes["VmRSS:"], sizes["VmHWM:"])


def cpu_seconds_of(pid: int) -> float:
    """The CPU time of a process with all its threads, also those that have ended."""
    # What clock_getcpuclockid(3) returns for another process; /proc/PID/stat counts in hundredths of a second.
    return time.clock_gettime((~pid << 3) | _CPUCLOCK_SCHED)
