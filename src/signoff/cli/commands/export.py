"""`signoff export`: the report as a draft, or the signed one again."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from signoff.cli.console import narrate, say
from signoff.cli.context import Run, data_dir_option, pass_run
from signoff.storage.session_file import SessionFile
from signoff.storage.session_folder import find_session


@click.command("export")
@click.argument("session", default="")
@click.option("-o", "--output", default="", help="The file to write, or - for stdout; by default beside you.")
@click.option("--draft", is_flag=True, help="Write an unsigned draft, which says so in its first lines.")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@data_dir_option
@pass_run
def command(run: Run, session: str, output: str, draft: bool, force: bool) -> int:
    """Write the report of a session as an unsigned draft.

    Signing needs the one who decides: open the session, finish it, and press S.
    """
    if not draft:
        raise click.UsageError("Say --draft for an unsigned draft; signing is done in the program: f, then S.")
    from signoff.workflow.export_report import draft_of, draft_path, write_report

    path = find_session(session, run.locations.data)
    opened = SessionFile.open(path).session
    data = draft_of(opened, path)
    if output == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return 0
    target = Path(output) if output else draft_path(opened, Path.cwd(), run.clock())
    if (target.exists() or target.is_symlink()) and not force:
        raise click.UsageError(f"{target} is there already; say --force to replace it.")
    write_report(target, data)
    narrate("Wrote an unsigned draft.")
    say(str(target))
    return 0
