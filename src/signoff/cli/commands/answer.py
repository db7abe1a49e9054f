"""`signoff answer`: the whole walk line by line."""

from __future__ import annotations

import contextlib
import sys
from itertools import groupby
from operator import attrgetter
from typing import Final

import click

from signoff.cli.console import narrate, narrate_kept, say
from signoff.cli.context import Run, data_dir_option, pass_run
from signoff.cli.dialogue.dialogue import closing_lines, walk_through
from signoff.cli.dialogue.lines import Leave, Lines
from signoff.cli.dialogue.talk import Talk
from signoff.domain.change_text import describe_changes
from signoff.domain.deciding import is_decided
from signoff.errors import LeftBrokenError, StorageError, UnconfirmedError
from signoff.storage.find_session import find_session
from signoff.workflow.saved_session import SavedSession

EXIT_UNDECIDED: Final = 3


@click.command(
    "answer",
    epilog="Exit codes: 0 a decision is taken, 1 failed, 2 wrong usage, 3 everything is saved and nothing is decided "
    "yet, 130 stopped by Ctrl+C, with everything saved.",
)
@click.argument("session", default="")
@data_dir_option
@pass_run
def command(run: Run, session: str) -> int:
    """Walk a session line by line: every item, the roll call, the watcher, the decision.

    For screen readers and for scripts. Each item is read out in plain lines, and the answer is the key or the word of
    the screen; ? says all that can be said. Answers come from stdin, one a line, and the end of the input ends the
    walk. Without SESSION it is the session that was saved last.
    """
    opened = SavedSession.open(find_session(session, run.locations.data), run.clock, run.user())
    try:
        with contextlib.suppress(Leave):
            walk_through(Talk(Lines(sys.stdin.buffer), opened))
    except KeyboardInterrupt:
        _save_the_rest(opened)
        narrate(f"Everything is saved, r{opened.session.revision}.")
        raise
    _save_the_rest(opened)
    narrate_kept(opened.kept)
    for line in closing_lines(opened.session, session or opened.session.id):
        say(line)
    say(f"Saved r{opened.session.revision} in {opened.path}")
    return 0 if is_decided(opened.session) else EXIT_UNDECIDED


def _save_the_rest(opened: SavedSession) -> None:
    """Save what could not be saved so far; nothing waits for a better time when this program ends.

    Raises:
        StorageError: When it cannot be saved now either, with what is gone.
    """
    try:
        opened.save()
    except UnconfirmedError:
        raise
    except StorageError as error:
        why = f"{error.why}." if isinstance(error, LeftBrokenError) else str(error)
        by_revision = groupby(opened.unsaved, attrgetter("revision"))
        gone = "; ".join(describe_changes(opened.session, list(changes)) for _, changes in by_revision)
        raise StorageError(f"{why} Not saved, and gone with this program: {gone}.") from error
