"""Copying: through the terminal, which answers nothing, and through a program of this machine, where there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import Final

_SECONDS: Final = 2.0
"""How long such a program may take."""


def copy_here(text: str) -> str:
    """Give a text to this machine's own clipboard. Waits for another program: not for the screen's thread.

    Args:
        text: What to copy.

    Returns:
        The program that took it; empty where there is none, or none did.
    """
    for command in _commands(os.environ, sys.platform):
        if shutil.which(command[0]):
            try:
                subprocess.run(
                    command,
                    input=text.encode("utf-8", "replace"),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    timeout=_SECONDS,
                    check=True,
                    start_new_session=True,  # it stays, to hand the text out, and no signal of the terminal is for it
                )
            except (OSError, subprocess.SubprocessError):
                continue
            return command[0]
    return ""


def _commands(environment: Mapping[str, str], platform: str) -> Iterator[tuple[str, ...]]:
    """The programs that may be there. A machine that is reached over ssh has another clipboard than its user."""
    if platform == "darwin" and "SSH_CONNECTION" not in environment:
        yield ("pbcopy",)
    if environment.get("WAYLAND_DISPLAY"):
        yield ("wl-copy",)
    if environment.get("DISPLAY"):
        yield ("xclip", "-selection", "clipboard")
        yield ("xsel", "--clipboard", "--input")
