"""`signoff check`: is a file a session that can be opened?"""

from __future__ import annotations

import re
from enum import IntEnum
from pathlib import Path
from typing import Final

import click

from signoff.cli.console import say
from signoff.cli.context import data_dir_option
from signoff.errors import BrokenFileError, StorageError
from signoff.regular_file import read_bytes
from signoff.storage.session_file import SessionFile
from signoff.storage.toml_file import LARGEST, decode

_SCHEMA: Final = re.compile(r"^[ \t]*\"?schema\"?[ \t]*=", re.MULTILINE)


class CheckCode(IntEnum):
    """What a check came to; the exit code of `signoff check`."""

    GOOD = 0
    """It can be opened."""
    PROBLEMS = 1
    """It is a session and cannot be opened as it is."""
    NO_SESSION = 3
    """It is something else."""


@click.command(
    "check",
    epilog="Exit codes: 0 good, 1 a session with problems, which are named with their lines, "
    "2 wrong usage or a file that cannot be read, 3 not a session.",
)
@click.argument("file", type=click.Path(path_type=Path))
@data_dir_option
def command(file: Path) -> int:
    """Check whether a file is a session that can be opened, and name the line where it is not. Changes nothing."""
    try:
        session = SessionFile.open(file).session
    except BrokenFileError as error:
        if not _looks_like_a_session(file):
            say(f"NOT A SESSION: {file}")
            return CheckCode.NO_SESSION
        for fault in error.each:
            say(f"PROBLEM: {fault}")
        return CheckCode.PROBLEMS
    except StorageError as error:
        # 1 says that a session is broken; this file was not even looked at.
        raise click.UsageError(str(error)) from error
    tally = session.answers.tally
    say(f"GOOD: {session.id} r{session.revision}, {tally.answered()}/{tally.total()} answered")
    return CheckCode.GOOD


def _looks_like_a_session(file: Path) -> bool:
    try:
        beginning = f"\n{decode(read_bytes(file, most=LARGEST), file)}".partition("\n[")[0]
    except BrokenFileError:
        return False
    return _SCHEMA.search(beginning) is not None
