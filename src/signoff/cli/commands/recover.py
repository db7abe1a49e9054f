"""`signoff recover`: what can be brought back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from signoff.cli.console import narrate, say, say_json, say_table
from signoff.cli.context import Run, data_dir_option, pass_run
from signoff.storage.recoverable import (
    Kind,
    Recoverable,
    find_recoverable,
    one_recoverable,
    recovered_bytes,
    restore,
)


@click.command("recover")
@click.argument("session", default="")
@click.option("--show", "shown", metavar="ID", help="Print one of them.")
@click.option("--restore", "restored", metavar="ID", help="Make a session of one of them, under a new name.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to restore to; by default a free name.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for machines.")
@data_dir_option
@pass_run
def command(run: Run, session: str, shown: str | None, restored: str | None, output: Path | None, as_json: bool) -> int:
    """List what can be brought back: unsaved edits, notes being typed, backups, what others wrote, the trash.

    Nothing that is there is changed or removed. Unsaved edits and notes come back by themselves when their session is
    opened.
    """
    if shown and restored:
        raise click.UsageError("Say --show or --restore, not both.")
    if output and not restored:
        raise click.UsageError("-o says where --restore writes.")
    if shown:
        _show(recovered_bytes(one_recoverable(run.locations, shown)))
        return 0
    if restored:
        return _restore(run, one_recoverable(run.locations, restored), output)
    found = find_recoverable(run.locations, session)
    if as_json:
        say_json("recoverable", {"found": [_object(entry) for entry in found]})
    elif found:
        say_table(("ID", "WHAT", "SESSION", "KEPT", "HOLDS"), [_row(entry) for entry in found])
        narrate("signoff recover --show ID prints one, --restore ID makes a session of it.")
    else:
        narrate("There is nothing to recover.")
    return 0


def _show(data: bytes) -> None:
    """Print something: for a program byte by byte, and for a terminal so that it cannot act on it."""
    if sys.stdout.isatty():
        say(data.decode("utf-8", "replace"))
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def _restore(run: Run, entry: Recoverable, output: Path | None) -> int:
    if entry.kind is Kind.NOTE:
        raise click.UsageError("A note comes back when its session is opened; --show prints it.")
    path = restore(entry, output, run.locations.data, run.clock())
    narrate(f"Restored {entry.kind.value} of {entry.session} under a new name.")
    say(str(path))
    return 0


def _row(entry: Recoverable) -> tuple[str, ...]:
    kept = entry.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    return entry.id, entry.kind.value, entry.session, kept, entry.holds


def _object(entry: Recoverable) -> dict[str, Any]:
    return {
        "id": entry.id,
        "kind": entry.kind.value,
        "session": entry.session,
        "kept": entry.at.isoformat(),
        "holds": entry.holds,
        "path": str(entry.path),
        "origin": str(entry.origin) if entry.origin else None,
    }
