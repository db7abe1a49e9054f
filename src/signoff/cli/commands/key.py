"""`signoff key`: the signing key of this machine, and the keys that are known here."""

from __future__ import annotations

from pathlib import Path

import click

from signoff.cli.console import has_terminal, narrate, say
from signoff.cli.context import Run, data_dir_option, pass_run
from signoff.cli.known_keys import list_keys, retire, trust
from signoff.cli.passphrase import new_passphrase
from signoff.cli.signing_key import place_of
from signoff.errors import KeyStoreError, SigningError
from signoff.signing.identity import Identity, KeyPlace, load_identity


@click.group("key")
@data_dir_option
def command() -> None:
    """Make, show and replace the signing key of this machine, and say whose keys are known here."""


@command.command("new")
@click.option("--as", "principal", help="The name that reports carry, such as rm@example.com.")
@click.option("--file", "in_file", is_flag=True, help="Keep it in an encrypted file, not in the system's keyring.")
@click.option("--agent", type=click.Path(path_type=Path), help="Use the key of this public file, by your ssh agent.")
@click.option("--passphrase-stdin", is_flag=True, help="Read the file's passphrase from the first line of stdin.")
@data_dir_option
@pass_run
def new(run: Run, principal: str | None, in_file: bool, agent: Path | None, passphrase_stdin: bool) -> int:
    """Make an Ed25519 key, in the system's keyring or in an encrypted file. Prints its public half.

    With --agent nothing is made: reports are signed with a key of your own that your ssh agent holds.
    """
    from signoff.signing.identity import check_no_identity

    config = run.locations.config
    check_no_identity(config)
    name = principal or _asked_name()
    if agent is not None:
        identity = _of_agent(name, config, agent)
        narrate(f"You sign as {name} from now on, with a key of your ssh agent.")
    else:
        identity = _made(name, config, in_file=in_file or passphrase_stdin, from_stdin=passphrase_stdin)
        narrate(f"Made a key; its private half is in {place_of(identity, config)}.")
    _say_identity(identity)
    return 0


def _made(name: str, config: Path, *, in_file: bool, from_stdin: bool) -> Identity:
    from signoff.signing.signer import create_key

    if in_file:
        return create_key(name, config, new_passphrase(from_stdin=from_stdin))
    try:
        return create_key(name, config)
    except KeyStoreError as error:
        if not has_terminal():
            raise KeyStoreError(f"{error} Or keep it in an encrypted file: --file --passphrase-stdin.") from error
        narrate(f"{error}\nThe key is kept in an encrypted file instead.")
        return create_key(name, config, new_passphrase(from_stdin=False))


def _of_agent(name: str, config: Path, public: Path) -> Identity:
    from signoff.signing.own_key import own_identity
    from signoff.signing.signer import use_agent_key

    own = own_identity(name, public)
    if own.place is not KeyPlace.AGENT:
        raise click.UsageError(f"{public} is a private key: give the public file beside it, such as {public}.pub.")
    return use_agent_key(name, config, own.key)


@command.command("show")
@data_dir_option
@pass_run
def show(run: Run) -> int:
    """Show who signs on this machine, and the line that others add to their allowed_signers."""
    identity = _identity(run)
    narrate(f"You sign as {identity.principal}; the private half is in {place_of(identity, run.locations.config)}.")
    _say_identity(identity)
    return 0


@command.command("export")
@data_dir_option
@pass_run
def export(run: Run) -> int:
    """Print the public half of your key, as the one line that others add to their allowed_signers.

    The private half is never exported.
    """
    from signoff.signing.trust import trust_line

    identity = _identity(run)
    say(trust_line(identity.principal, identity.key))
    return 0


for known in (list_keys, trust, retire):
    command.add_command(known)


def _identity(run: Run) -> Identity:
    identity = load_identity(run.locations.config)
    if identity is None:
        raise SigningError("There is no signing key yet; `signoff key new` makes one.")
    return identity


def _say_identity(identity: Identity) -> None:
    from signoff.signing.trust import trust_line

    say(f"fingerprint      {identity.fingerprint}")
    say(f"allowed_signers  {trust_line(identity.principal, identity.key)}")


def _asked_name() -> str:
    if not has_terminal():
        raise click.UsageError("Say --as NAME; there is no terminal to ask in.")
    name: str = click.prompt("Sign as (such as rm@example.com)", err=True)
    return name
