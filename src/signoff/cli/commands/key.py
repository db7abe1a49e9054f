"""`signoff key`: the signing key of this machine."""

from __future__ import annotations

import sys

import click

from signoff.cli.console import has_terminal, narrate, say
from signoff.cli.context import Run, data_dir_option, pass_run
from signoff.errors import KeyStoreError, SigningError
from signoff.signing.identity import Identity, load_identity


@click.group("key")
@data_dir_option
def command() -> None:
    """Make or show the signing key of this machine."""


@command.command("new")
@click.option("--as", "principal", help="The name that reports carry, such as rm@example.com.")
@click.option("--file", "in_file", is_flag=True, help="Keep it in an encrypted file, not in the system's keyring.")
@click.option("--passphrase-stdin", is_flag=True, help="Read the file's passphrase from the first line of stdin.")
@data_dir_option
@pass_run
def new(run: Run, principal: str | None, in_file: bool, passphrase_stdin: bool) -> int:
    """Make an Ed25519 key, in the system's keyring or in an encrypted file. Prints its public half."""
    from signoff.signing.signer import create_key

    name = principal or _asked_name()
    config = run.locations.config
    if in_file or passphrase_stdin:
        identity = create_key(name, config, _passphrase(passphrase_stdin))
    else:
        try:
            identity = create_key(name, config)
        except KeyStoreError as error:
            if not has_terminal():
                raise KeyStoreError(f"{error} Or keep it in an encrypted file: --file --passphrase-stdin.") from error
            narrate(f"{error}\nThe key is kept in an encrypted file instead.")
            identity = create_key(name, config, _passphrase(from_stdin=False))
    narrate(f"Made a key; its private half is in {_place(run, identity)}.")
    _say_identity(identity)
    return 0


@command.command("show")
@data_dir_option
@pass_run
def show(run: Run) -> int:
    """Show who signs on this machine, and the line that others add to their allowed_signers."""
    identity = load_identity(run.locations.config)
    if identity is None:
        raise SigningError("There is no signing key yet; `signoff key new` makes one.")
    narrate(f"You sign as {identity.principal}; the private half is in {_place(run, identity)}.")
    _say_identity(identity)
    return 0


def _say_identity(identity: Identity) -> None:
    say(f"fingerprint      {identity.fingerprint}")
    say(f"allowed_signers  {allowed_line(identity)}")


def allowed_line(identity: Identity) -> str:
    """The line that makes an identity known to OpenSSH and to signoff."""
    from signoff.signing.trust import trust_line

    return trust_line(identity.principal, identity.key)


def _place(run: Run, identity: Identity) -> str:
    return str(run.locations.config / identity.location) if identity.place == "file" else identity.location


def _asked_name() -> str:
    if not has_terminal():
        raise click.UsageError("Say --as NAME; there is no terminal to ask in.")
    name: str = click.prompt("Sign as (such as rm@example.com)", err=True)
    return name


def _passphrase(from_stdin: bool) -> str:
    if from_stdin:
        # By its bytes: the same passphrase must open the key file under every locale.
        return sys.stdin.buffer.readline().decode("utf-8", "surrogateescape").rstrip("\r\n")
    if not has_terminal():
        raise click.UsageError("Say --passphrase-stdin; there is no terminal to ask for the passphrase in.")
    passphrase: str = click.prompt("Passphrase", hide_input=True, confirmation_prompt="Once more", err=True)
    return passphrase
