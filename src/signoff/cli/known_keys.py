"""`signoff key list`, `trust` and `retire`: whose keys are known here."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from signoff.cli.console import has_terminal, narrate, say, say_json, say_table
from signoff.cli.context import Run, data_dir_option, pass_run
from signoff.cli.signing_key import place_of
from signoff.errors import SigningError

if TYPE_CHECKING:
    from signoff.signing.allowed_signers import AllowedSigner
    from signoff.signing.rotation import RetiredKey

_signers_option = click.option(
    "--allowed-signers",
    type=click.Path(path_type=Path),
    help="The file of known keys, in OpenSSH's format; by default the one in the config folder.",
)


@click.command("list")
@_signers_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for machines.")
@data_dir_option
@pass_run
def list_keys(run: Run, allowed_signers: Path | None, as_json: bool) -> int:
    """List the known keys: whose they are, and whether they are in use, retired or revoked."""
    from signoff.signing.allowed_signers import known_signers
    from signoff.signing.identity import load_identity

    path, now = allowed_signers or run.locations.allowed_signers, run.clock()
    entries = known_signers(path).entries
    identity = load_identity(run.locations.config)
    own = identity.key if identity else None
    if as_json:
        found = [_object(entry, now, is_own=entry.key == own) for entry in entries]
        say_json("keys", {"file": str(path), "keys": found})
        return 0
    if entries:
        rows = [_row(entry, now, is_own=entry.key == own) for entry in entries]
        say_table(("NAME", "KEY", "TYPE", "STATE"), rows)
    else:
        narrate(f"No key is known in {path}; `signoff key trust` adds one, and `signoff key new` yours.")
    return 0


@click.command("trust")
@click.argument("name")
@click.argument("key")
@click.option("--beside", is_flag=True, help="Also where that name has another key in use: both are then trusted.")
@_signers_option
@data_dir_option
@pass_run
def trust(run: Run, name: str, key: str, beside: bool, allowed_signers: Path | None) -> int:
    """Trust KEY to sign reports as NAME.

    KEY is a public key as one line, a file with one or with the line of `signoff key export`, or a report that NAME has
    signed. In a report a key is only claimed to be theirs: then you are asked whether you have compared it.
    """
    from signoff.signing.trust import OtherKeyKnownError
    from signoff.signing.trust import trust as add_line
    from signoff.workflow.given_key import given_key

    path, given = allowed_signers or run.locations.allowed_signers, given_key(key, name)
    print_ = given.key.fingerprint
    if given.is_only_claimed:
        _ask_whether_compared(name, print_)
    try:
        added = add_line(path, name, given.key, beside_others=beside)
    except OtherKeyKnownError as error:
        raise SigningError(f"ALARM: {error} If both are theirs, say --beside. Nothing was trusted.") from error
    narrate(f"{name} is trusted with {print_}." if added else f"{name} was trusted with {print_} before.")
    say(print_)
    return 0


def _ask_whether_compared(name: str, fingerprint: str) -> None:
    if not has_terminal():
        raise click.UsageError(
            "A key out of a report is trusted only where somebody can say that they compared it: use a terminal, or "
            "give the public key itself."
        )
    narrate(f"The report claims that {fingerprint} is the key of {name}. Ask them for it by another way.")
    click.confirm("Have you compared it, every character", abort=True, err=True)


@click.command("retire")
@click.argument("fingerprint")
@click.option("--since", help="The last moment at which its sign-offs count, such as 2026-11-20; by default now.")
@click.option("--compromised", is_flag=True, help="Nothing that it ever signed counts any more.")
@_signers_option
@data_dir_option
@pass_run
def retire(run: Run, fingerprint: str, since: str | None, compromised: bool, allowed_signers: Path | None) -> int:
    """Give a key its end. What it signed before stays verifiable, unless it is compromised.

    FINGERPRINT is as `signoff key list` shows it; its beginning is enough. Where it is your own key, the next
    `signoff key new` makes another.
    """
    from signoff.signing.allowed_signers import REVOKED
    from signoff.signing.rotation import find_key, let_go

    if since and compromised:
        raise click.UsageError("Say --since or --compromised: a compromised key counts at no time.")
    now, config = run.clock(), run.locations.config
    path = allowed_signers or run.locations.allowed_signers
    key = find_key(config, path, fingerprint)
    end = REVOKED if compromised else _moment(since, now) if since else now
    _say_retired(let_go(config, path, key, end, now), config, compromised=compromised)
    return 0


def _moment(text: str, now: datetime) -> datetime:
    from signoff.domain.when import parse_when

    try:
        when = parse_when(text, now.astimezone())
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    return when if isinstance(when, datetime) else datetime(when.year, when.month, when.day).astimezone()


def _say_retired(retired: RetiredKey, config: Path, *, compromised: bool) -> None:
    counts = "nothing that it ever signed counts" if compromised else "what it signed before stays verifiable"
    narrate(f"{retired.key.fingerprint} has its end: {counts}.")
    if retired.lines and not retired.is_changed:
        narrate("It had an earlier end, which stays.")
    if retired.own is not None:
        old = place_of(retired.own, config)
        narrate(f"It was yours; `signoff key new` makes the next. Its private half is still in {old}: remove it.")
    if retired.lines:
        narrate("Whoever verifies your reports needs this in their allowed_signers, in place of the old line:")
    for line in retired.lines:
        say(line)


def _row(entry: AllowedSigner, now: datetime, *, is_own: bool) -> tuple[str, ...]:
    from signoff.signing.key_state import state_text

    state = f"{state_text(entry, now)}{', yours' if is_own else ''}"
    return entry.principals, entry.key.fingerprint, entry.key.type, state


def _object(entry: AllowedSigner, now: datetime, *, is_own: bool) -> dict[str, Any]:
    from signoff.signing.key_state import state_of

    return {
        "line": entry.line,
        "principals": entry.principals,
        "fingerprint": entry.key.fingerprint,
        "public_key": entry.key.line,
        "state": state_of(entry, now).value,
        "yours": is_own,
        "namespaces": entry.namespaces,
        "valid_after": entry.valid_after.isoformat() if entry.valid_after else None,
        "valid_before": entry.valid_before.isoformat() if entry.valid_before else None,
    }
