"""The way in: `signoff` and `python -m signoff`."""

from __future__ import annotations

import contextlib
import gc
import sys


def main() -> None:
    """Run the command line."""
    # Nothing that is made while the program starts is garbage; it is turned on again before the first screen.
    gc.disable()
    _dump_nothing()
    from signoff.cli.main import run

    code = run()
    # Python would look for garbage once more on its way out, which takes longer than a short command does.
    gc.freeze()
    sys.exit(code)


def _dump_nothing() -> None:
    """Have the system keep no copy of the memory where the interpreter itself crashes: notes and keys are in it."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
