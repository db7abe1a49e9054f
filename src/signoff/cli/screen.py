"""From the command line to the screens."""

from __future__ import annotations

import gc
import os
from pathlib import Path

from signoff.cli.console import need_terminal
from signoff.cli.context import Run


def show(run: Run, session: Path | None) -> int:
    """Show the screens until the user leaves.

    Args:
        run: This run of the program.
        session: The session to open; None for the list.

    Returns:
        The exit code.

    Raises:
        SignoffError: When the session cannot be opened.
    """
    need_terminal("`signoff list`, `show`, `export` and `verify` work without one.")
    from signoff.storage.session_file import SessionFile

    file = SessionFile.open(session) if session else None
    settings, user = run.settings(), run.user()
    # Textual lets a second frame wait for up to two periods, and a save is acknowledged in the second. It reads this
    # when it is imported.
    os.environ.setdefault("TEXTUAL_FPS", "1000")
    from signoff.ui.app import SignoffApp

    app = SignoffApp(run.locations, clock=run.clock, user=user, settings=settings, session=file)
    # The collector was switched off at the start; what was made until now stays, and need not be looked at again.
    gc.freeze()
    gc.enable()
    app.run()
    return app.return_code or 0
