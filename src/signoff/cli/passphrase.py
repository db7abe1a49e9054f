"""Asking for a passphrase: without an echo, or from a pipe where the caller says so."""

from __future__ import annotations

import sys

import click

from signoff.cli.console import has_terminal


def new_passphrase(*, from_stdin: bool) -> str:
    """The passphrase for a new key file, typed twice.

    Raises:
        UsageError: When there is nobody to ask.
    """
    return _from_stdin() if from_stdin else _asked(twice=True)


def passphrase(name: str, *, from_stdin: bool) -> str:
    """The passphrase of a key file that is there.

    Args:
        name: Whose or which key it opens.
        from_stdin: Whether it is the first line of stdin.

    Raises:
        UsageError: When there is nobody to ask.
    """
    return _from_stdin() if from_stdin else _asked(name, twice=False)


def _from_stdin() -> str:
    # By its bytes: the same passphrase must open the key file under every locale.
    return sys.stdin.buffer.readline().decode("utf-8", "surrogateescape").rstrip("\r\n")


def _asked(name: str = "", *, twice: bool) -> str:
    if not has_terminal():
        raise click.UsageError("Say --passphrase-stdin; there is no terminal to ask for the passphrase in.")
    question = f"Passphrase of {name}" if name else "Passphrase"
    again = "Once more" if twice else False
    typed: str = click.prompt(question, hide_input=True, confirmation_prompt=again, err=True)
    return typed
