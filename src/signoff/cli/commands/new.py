"""`signoff new`: start a session for a release."""

from __future__ import annotations

from pathlib import Path

import click

from signoff.cli.console import has_terminal, narrate, narrate_faults, need_terminal, say
from signoff.cli.context import Run, data_dir_option, pass_run
from signoff.domain.safe_text import safe_text
from signoff.storage.time_zone import local_zone_name
from signoff.workflow.new_session import (
    DEFAULT_CHECKLIST,
    ReleaseWords,
    commit_here,
    commit_warning,
    create_session,
    whole_commit,
)


@click.command("new")
@click.option("--service", help="What is released, such as payments-api.")
@click.option("--version", help="Which version of it, such as 4.12.0.")
@click.option("--env", "environment", default="prod", show_default=True, help="Where it goes.")
@click.option(
    "--commit",
    help="The commit it is built from, in full or as git here knows it; by default the one checked out here.",
)
@click.option("--window", default="", help='The release window, such as "thu 14:00-16:00".')
@click.option("--zone", help="The time zone of the window, such as Europe/Berlin; by default this machine's.")
@click.option("--rollback", default="", help="The link to the rollback plan.")
@click.option("--checklist", default=DEFAULT_CHECKLIST, show_default=True, help="A checklist's id or file.")
@click.option("--open/--no-open", "open_it", default=None, help="Open it afterwards; by default in a terminal.")
@data_dir_option
@pass_run
def command(
    run: Run,
    service: str | None,
    version: str | None,
    environment: str,
    commit: str | None,
    window: str,
    zone: str | None,
    rollback: str,
    checklist: str,
    open_it: bool | None,
) -> int:
    """Start a session for a release, and open it.

    Prints the path of the session's file. What is not given is asked, where there is a terminal to ask in.
    """
    if open_it:
        need_terminal("Without one say --no-open.")
    words = ReleaseWords(
        service=_given(service, "Service", "--service"),
        version=_given(version, "Version", "--version"),
        environment=environment,
        commit=commit_here(Path.cwd()) if commit is None else whole_commit(commit, Path.cwd()),
        window=window,
        zone=zone or local_zone_name(),
        rollback=rollback,
    )
    file, found = create_session(run.locations, words, checklist, run.clock())
    narrate_faults(found.failed)
    narrate(f"Made the session {file.session.id}.")
    if warning := commit_warning(file.session.release.commit):
        narrate(f"Note: {safe_text(warning)}")
    if run.locations.is_of_project(found.path):
        narrate(f"Its checklist is the project's own: {found.checklist.title}, {found.path}.")
    say(str(file.path))
    if has_terminal() if open_it is None else open_it:
        from signoff.cli.screen import show

        return show(run, file.path)
    return 0


def _given(value: str | None, name: str, option: str) -> str:
    if value is not None:
        return value
    if not has_terminal():
        raise click.UsageError(f"Say {option}; there is no terminal to ask in.")
    answer: str = click.prompt(name, err=True)
    return answer
