"""`signoff paths`: where things are kept."""

from __future__ import annotations

import click

from signoff.cli.console import say
from signoff.cli.context import Run, data_dir_option, pass_run
from signoff.storage.locations import shipped
from signoff.storage.trash import FOLDER


@click.command("paths")
@data_dir_option
@pass_run
def command(run: Run) -> int:
    """Show where sessions, settings, keys, checklists and themes are kept."""
    where = run.locations
    for name, path in (
        ("sessions", where.data),
        ("trash", where.data / FOLDER),
        ("config", where.settings),
        ("allowed_signers", where.allowed_signers),
        ("checklists", where.config / "checklists"),
        ("themes", where.config / "themes"),
        ("project", where.project or "no .signoff folder here"),
        ("journals", where.state / "journal"),
        ("backups", where.state / "backups"),
        ("locks", where.state / "locks"),
        ("shipped checklists", shipped("checklists")),
        ("shipped themes", shipped("themes")),
    ):
        say(f"{name:<20}{path}")
    return 0
