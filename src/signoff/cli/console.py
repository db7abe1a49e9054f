"""What a command prints: data to stdout, words about it to stderr, and nothing a terminal would act on."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from signoff.domain.safe_text import safe_text
from signoff.errors import SignoffError


def say(text: str) -> None:
    """A line of data."""
    click.echo(safe_text(text, multiline=True))


def narrate(text: str) -> None:
    """A line about what happens."""
    click.echo(safe_text(text, multiline=True), err=True)


def narrate_kept(kept: Iterable[Path]) -> None:
    """Say where that is which somebody else wrote and which is not in the session."""
    for path in kept:
        narrate(f"Somebody else wrote the session meanwhile, and the two do not go together: theirs is in {path}.")


def narrate_faults(failed: Iterable[SignoffError]) -> None:
    """Say what is wrong with files of a folder that are not used."""
    for error in failed:
        for fault in error.each:
            narrate(f"Broken: {fault}")


def say_json(kind: str, content: dict[str, Any]) -> None:
    """One object for machines.

    Args:
        kind: What it is; with the version it names the layout.
        content: Everything else in it.
    """
    import json

    click.echo(json.dumps({"format": f"signoff-{kind}/1", **content}, ensure_ascii=True, indent=2, default=str))


def say_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table, with as much room for each column as it needs."""
    from rich.cells import cell_len

    shown = [[safe_text(value) for value in row] for row in rows]
    widths = [max(cell_len(row[n]) for row in [list(headings), *shown]) for n in range(len(headings))]
    for row in [list(headings), *shown]:
        cells = (value + " " * (width - cell_len(value)) for value, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


def has_terminal() -> bool:
    """Whether somebody can be asked. Questions and screens are painted to stderr, so that too must reach them."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def need_terminal(instead: str) -> None:
    """See that somebody can be asked.

    Args:
        instead: What can be done without a terminal.

    Raises:
        UsageError: When nobody can.
    """
    if not has_terminal():
        raise click.UsageError(f"This needs a terminal. {instead}")
