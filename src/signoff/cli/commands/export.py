"""`signoff export`: the report as a draft, or as one that is still to be signed."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from signoff.cli.console import narrate, say
from signoff.cli.context import Run, data_dir_option, pass_run
from signoff.domain.session import Session
from signoff.signing.identity import load_identity
from signoff.storage.find_session import find_session
from signoff.storage.session_file import SessionFile
from signoff.workflow.export_report import draft_of, draft_path, report_path, signing_role, unsigned_report_of
from signoff.workflow.report_file import write_report


@click.command("export")
@click.argument("session", default="")
@click.option("-o", "--output", default="", help="The file to write, or - for stdout; by default beside you.")
@click.option("--draft", is_flag=True, help="Write an unsigned draft, which says so in its first lines.")
@click.option("--unsigned", is_flag=True, help="Write the report of a decided session, to be signed with signoff sign.")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@data_dir_option
@pass_run
def command(run: Run, session: str, output: str, draft: bool, unsigned: bool, force: bool) -> int:
    """Write the report of a session as a draft, or as a report that is still to be signed.

    Both say so in their first lines. Only the second can be signed later, on this machine or another: a draft may be
    written at any time, the report itself once the session is decided. To sign at once, open the session: f, then S.
    """
    if draft == unsigned:
        raise click.UsageError("Say --draft, or --unsigned for a report that is signed later with `signoff sign`.")
    path = find_session(session, run.locations.data)
    opened = SessionFile.open(path).session
    usual = draft_path if draft else report_path
    target = Path(output) if output not in ("", "-") else usual(opened, Path.cwd(), run.clock())
    data = draft_of(opened, path) if draft else _unsigned(run, opened, path, target)
    if output == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return 0
    if (target.exists() or target.is_symlink()) and not force:
        raise click.UsageError(f"{target} is there already; say --force to replace it.")
    write_report(target, data, replace=force)
    narrate("Wrote an unsigned draft." if draft else _what_next(opened, target))
    say(str(target))
    return 0


def _unsigned(run: Run, session: Session, path: Path, target: Path) -> bytes:
    identity = load_identity(run.locations.config)
    return unsigned_report_of(session, path, target, identity.principal if identity else "")


def _what_next(session: Session, target: Path) -> str:
    words = shlex.join(["signoff", "sign", str(target), "--role", signing_role(session)])
    return f"Wrote a report that nobody has signed yet. Sign it with: {words}"
