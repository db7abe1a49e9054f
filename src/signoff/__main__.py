"""The way in: `signoff` and `python -m signoff`."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line."""
    # Nothing that is made while the program starts is garbage; it is turned on again before the first screen.
    gc.disable()
    from signoff.cli.main import run

    code = run()
    # Python would look for garbage once more on its way out, which takes longer than a short command does.
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    main()
