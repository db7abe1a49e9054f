"""`signoff merge`: two copies of one report, signed apart, made one."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from signoff.cli.console import narrate, say
from signoff.cli.context import data_dir_option


@click.command("merge")
@click.argument("first", type=click.Path(path_type=Path))
@click.argument("second", type=click.Path(path_type=Path))
@click.option("-o", "--output", default="", help="The file to write, or - for stdout; by default stdout.")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@data_dir_option
def command(first: Path, second: Path, output: str, force: bool) -> int:
    """Put the sign-offs of two copies of one report under one body, in the order in which they were made.

    Two different reports are refused, with the first line in which they differ.
    """
    from signoff.workflow.merge_reports import merge_reports
    from signoff.workflow.report_file import write_report

    target = Path(output)
    if not output and sys.stdout.isatty():
        raise click.UsageError("Say -o FILE, or send the report elsewhere with > or |.")
    if output not in ("", "-") and (target.exists() or target.is_symlink()) and not force:
        raise click.UsageError(f"{target} is there already; say --force to replace it.")
    merged = merge_reports(first, second)
    narrate(f"Merged: {len(merged.sign_offs)} sign-off{'s' if len(merged.sign_offs) > 1 else ''}.")
    if output in ("", "-"):
        sys.stdout.buffer.write(merged.encode())
        sys.stdout.buffer.flush()
        return 0
    write_report(target, merged.encode(), replace=force)
    say(str(target))
    return 0
