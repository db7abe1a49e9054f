"""How long the tests of faults go on: a minute in the normal run, or as long as the figures in the documents need."""

from __future__ import annotations

import os
from collections import Counter

NIGHTLY = bool(os.environ.get("SIGNOFF_NIGHTLY"))
COUNTS: Counter[str] = Counter()
"""How often what was tried, by its name in `docs/reliability.md`; shown at the end of a long run."""


def rounds(normal: int, nightly: int) -> int:
    """How many rounds a test makes."""
    return nightly if NIGHTLY else normal
