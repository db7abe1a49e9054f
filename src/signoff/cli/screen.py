"""From the command line to the screens."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import click

from signoff.cli.console import need_terminal
from signoff.cli.context import Run
from signoff.cli.without_openssl import without_openssl

_Command = TypeVar("_Command", bound=Callable[..., object])
_ASCII: Final = "signoff.ascii"
"""What was said about ASCII, before the name of the command or after it."""
_GARBAGE: Final = 10_000
"""How many things may be made before Python looks for garbage at once: a key makes some hundred."""


def ascii_option(command: _Command) -> _Command:
    """The option of the commands that show screens."""
    return click.option(
        "--ascii/--no-ascii",
        default=None,
        expose_value=False,
        callback=_use_ascii,
        help="Show screens in the characters of ASCII, or not; by default as the locale has it.",
    )(command)


def _use_ascii(context: click.Context, _: click.Parameter, value: bool | None) -> None:
    if value is not None:
        context.meta[_ASCII] = value


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
    # Textual lets a second frame wait for up to two periods, and a save is acknowledged in the second. A timer takes a
    # millisecond at least, so frames come no faster than that. It is read when Textual is imported.
    os.environ.setdefault("TEXTUAL_FPS", "4000")
    if not os.environ.get("NO_COLOR"):
        os.environ.pop("NO_COLOR", None)  # an empty one says nothing; Textual would take it for a wish
    with without_openssl():
        from signoff.ui.app import SignoffApp
    from signoff.ui.terminal_look import look_of_terminal

    said = click.get_current_context().meta.get(_ASCII)
    look = look_of_terminal(os.environ, settings.ascii if said is None else said)
    app = SignoffApp(run.locations, clock=run.clock, user=user, settings=settings, session=file, look=look)
    # The collector was switched off at the start; what was made until now stays, and need not be looked at again. From
    # now on it has its turn between two keys, and before that only where very much is made at once.
    gc.freeze()
    gc.set_threshold(_GARBAGE)
    gc.enable()
    app.run()
    return app.return_code or 0
