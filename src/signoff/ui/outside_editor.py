"""The user's own editor, on the terminal in place of the program."""

from __future__ import annotations

import asyncio
import shlex
import shutil
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from signoff.errors import SettingsError


def editor_command(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The command of the user's editor. Looks for its program: not for the screen's thread.

    Args:
        environment: The variables of the process; VISUAL comes before EDITOR.

    Raises:
        SettingsError: When there is none that can be run.
    """
    name = next((name for name in ("VISUAL", "EDITOR") if environment.get(name, "").strip()), "")
    if not name:
        raise SettingsError("No editor is set: set EDITOR to its command, such as `export EDITOR=nano`.")
    try:
        command = tuple(shlex.split(environment[name]))
    except ValueError as error:
        raise SettingsError(f"{name} cannot be read as a command: {str(error).lower()}.") from error
    if not shutil.which(command[0], path=environment.get("PATH")):
        raise SettingsError(f"{name} names {command[0]}, which is not to be found; set it to another editor.")
    return command


async def run_outside(app: App[Any], command: Sequence[str]) -> str:
    """Give the terminal to a program until it ends. What has to be saved meanwhile is saved.

    Args:
        app: The app that steps aside.
        command: The program and its arguments.

    Returns:
        Why what the program did may be no good; empty when it ended as it should.
    """
    try:
        # Textual's writer stops, and what is painted now would fill its queue until the program hangs: paint nothing.
        with app.batch_update(), app.suspend(), _deaf_to_the_keyboard():
            return await _run(command)
    except SuspendNotSupported:
        return "This terminal cannot be given to another program."


async def _run(command: Sequence[str]) -> str:
    """Nothing may be raised here but the end of the program: Textual comes back only where nothing is."""
    try:
        process = await asyncio.create_subprocess_exec(*command)
    except OSError as error:
        return f"{command[0]} cannot be started: {error.strerror or error}."
    try:
        code = await process.wait()
    finally:
        if process.returncode is None:  # the program is asked to end; the editor would be left without its terminal
            process.terminate()
    name = Path(command[0]).name
    if code < 0:
        return f"{name} was ended by the signal {-code}."
    return f"{name} ended with the exit code {code}." if code else ""


@contextmanager
def _deaf_to_the_keyboard() -> Iterator[None]:
    """Leave Ctrl+C and Ctrl+\\ to the other program. They are not ignored, since it would inherit that."""
    numbers = [number for number in (signal.SIGINT, getattr(signal, "SIGQUIT", None)) if number is not None]
    before = {number: signal.signal(number, lambda *_: None) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
