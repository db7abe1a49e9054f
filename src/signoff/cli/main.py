"""The commands by their names, and the one place where errors become a sentence and an exit code."""

from __future__ import annotations

import importlib
import io
import sys
from typing import Any, Final

import click

from signoff import __version__
from signoff.cli.context import Run, data_dir_option
from signoff.cli.screen import ascii_option, show
from signoff.errors import SignoffError

EXIT_ERROR: Final = 1
EXIT_USAGE: Final = 2

_COMMANDS: Final = {
    "new": "Start a session for a release.",
    "open": "Open a session, or the last one.",
    "list": "List the sessions.",
    "show": "Show a session.",
    "answer": "Walk a session line by line, for screen readers and scripts.",
    "set": "Give one answer, from a script or a pipeline.",
    "export": "Write the report as a draft, or to be signed later.",
    "sign": "Sign a report beside others.",
    "merge": "Make one of two copies that were signed apart.",
    "verify": "Verify a signed report.",
    "gate": "Let a deploy pipeline go on, or hold it up.",
    "key": "Make, show and replace keys, and say whose are known.",
    "checklist": "List or show checklists.",
    "config": "Show or check the settings; list the keys.",
    "recover": "List or restore unsaved edits, backups and conflicts.",
    "check": "Check whether a file is a good session.",
    "paths": "Show where things are kept.",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when one is run: the time to start is that of the one command."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which they are needed."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One command; its module is named for it."""
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"signoff.cli.commands.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help of all commands, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done, 1 failed, 2 wrong usage; `verify` and `gate` list their own.",
)
@click.version_option(__version__, prog_name="signoff", message="%(prog)s %(version)s")
@ascii_option
@data_dir_option
@click.pass_context
def signoff(context: click.Context) -> None:
    """Walk a production-readiness checklist in a go/no-go meeting, and leave with a signed report.

    Without a command it shows the sessions.
    """
    if context.invoked_subcommand is None:
        run = context.find_object(Run)
        assert run is not None
        context.exit(show(run, None))


def run(arguments: list[str] | None = None) -> int:
    """Run a command line.

    Args:
        arguments: The words after the program's name; those of the process by default.

    Returns:
        The exit code.
    """
    _speak_utf8()
    try:
        result: Any = signoff.main(arguments, prog_name="signoff", standalone_mode=False)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.Abort:
        click.echo("Stopped.", err=True)
        return 130
    except click.ClickException as error:
        _narrate(_shown(error))
        return EXIT_USAGE if isinstance(error, click.UsageError) else EXIT_ERROR
    except SignoffError as error:
        for fault in error.each:
            _narrate(f"Error: {fault}")
        return EXIT_ERROR
    except OSError as error:
        # Where a reader has left, click has ended the program already: without a word and not with 0, so that a
        # verification that nobody read to its end never counts as one.
        _narrate(f"Error: {error.strerror or error}: {error.filename or 'stdout'}")
        if error.filename is None:
            sys.stdout = None  # what is left for it cannot be written on the way out either
        return EXIT_ERROR
    return result if isinstance(result, int) else 0


def _narrate(text: str) -> None:
    from signoff.cli.console import narrate

    narrate(text)


def _shown(error: click.ClickException) -> str:
    """What click says. It repeats the user's words as they are, so it must not go to the terminal by itself."""
    words = io.StringIO()
    error.show(words)
    return words.getvalue().rstrip("\n")


def _speak_utf8() -> None:
    """Keep output from failing where a pipe or a locale is not UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
