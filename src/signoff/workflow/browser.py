"""Showing a link in the browser, from a program that has the terminal for itself.

Python's own way starts a browser for the terminal where there is no other, and lets every browser write its warnings
over the screen. So it runs in a process of its own, which has no terminal and knows of none.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Final

_OPEN: Final = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"
_SECONDS: Final = 5.0
"""After how long a browser that has not come back is taken to show the page."""


def show_in_browser(url: str) -> bool:
    """Show a page; waits for the browser to take it, so not for the screen's thread.

    Args:
        url: What `why_not_opened` has nothing against.

    Returns:
        Whether there is a browser that took it.
    """
    environment = {name: value for name, value in os.environ.items() if name != "TERM"}
    nothing = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            [sys.executable, "-I", "-c", _OPEN, url],
            stdin=nothing,
            stdout=nothing,
            stderr=nothing,
            env=environment,
            start_new_session=True,
        )
        return process.wait(_SECONDS) == 0
    except subprocess.TimeoutExpired:
        return True
    except OSError:
        return False
