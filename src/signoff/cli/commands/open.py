"""`signoff open`: open a session."""

from __future__ import annotations

import click

from signoff.cli.context import Run, data_dir_option, pass_run
from signoff.cli.screen import ascii_option, show
from signoff.storage.find_session import find_session


@click.command("open")
@click.argument("session", default="")
@ascii_option
@data_dir_option
@pass_run
def command(run: Run, session: str) -> int:
    """Open a session by its name or file; without one, the session that was saved last."""
    return show(run, find_session(session, run.locations.data))
