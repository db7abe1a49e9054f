"""What every command knows: where things live, who runs it, what time it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from signoff.storage.locations import Locations
    from signoff.storage.settings import Settings

_Command = TypeVar("_Command", bound=Callable[..., object])


class Run:
    """One run of the program."""

    def __init__(self, data_dir: Path | None = None) -> None:
        self._data_dir = data_dir

    @cached_property
    def locations(self) -> Locations:
        """Where things live; looked for by the first that asks, since not every command needs a home."""
        from signoff.storage.locations import Locations

        return Locations.of_user(self._data_dir)

    def clock(self) -> datetime:
        """The present."""
        return datetime.now(UTC)

    def settings(self) -> Settings:
        """What is remembered about the user, as far as it can be read."""
        from signoff.storage.settings import settings_in_use

        return settings_in_use(self.locations.settings)

    def user(self) -> str:
        """The name that history and decisions carry; where the settings could not say it, that is said."""
        from signoff.cli.console import narrate

        settings = self.settings()
        if settings.unread:
            narrate(f"The settings are ignored: {settings.unread}")
        return settings.name or _login_name()


def _login_name() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


pass_run = click.make_pass_decorator(Run)
"""Gives a command its run."""


def data_dir_option(command: _Command) -> _Command:
    """The option that every command has, also after its own name."""
    return click.option(
        "--data-dir",
        type=click.Path(file_okay=False, path_type=Path),
        expose_value=False,
        callback=_use_data_dir,
        help="Where sessions are kept instead of the usual place (or set SIGNOFF_DATA_DIR).",
    )(command)


def _use_data_dir(context: click.Context, _: click.Parameter, value: Path | None) -> None:
    if value is not None or context.find_object(Run) is None:
        context.obj = Run(value)
