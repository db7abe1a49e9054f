"""Importing modules without OpenSSL, which they can do without.

asyncio loads it for connections that no screen makes, and hashlib for what Python has of its own. It takes 4 MB, and
5 ms before the first screen.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_OPENSSL: Final = ("ssl", "_hashlib")


@contextmanager
def without_openssl() -> Iterator[None]:
    """Until the end of the block, have OpenSSL for something that is not installed; both provide for that.

    Where it is loaded already it stays, and whoever imports it afterwards gets it.
    """
    hidden = [name for name in _OPENSSL if name not in sys.modules]
    for name in hidden:
        # The documented way to have an import fail.
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        import hashlib  # noqa: F401 - it looks for OpenSSL once, here

        yield
    finally:
        for name in hidden:
            del sys.modules[name]
