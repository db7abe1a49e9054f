"""How long the tests of faults go on: a minute in the normal run, or as long as the figures in the documents need."""

from __future__ import annotations

import os

NIGHTLY = bool(os.environ.get("SIGNOFF_NIGHTLY"))


def rounds(normal: int, nightly: int) -> int:
    """How many rounds a test makes."""
    return nightly if NIGHTLY else normal
