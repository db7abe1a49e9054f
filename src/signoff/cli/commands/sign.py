"""`signoff sign`: add a sign-off to a report that is there already."""

from __future__ import annotations

from pathlib import Path

import click

from signoff.cli.console import has_terminal, narrate, say
from signoff.cli.context import Run, data_dir_option, pass_run
from signoff.cli.passphrase import passphrase
from signoff.cli.signing_key import place_of, signing_identity
from signoff.domain.safe_text import safe_text
from signoff.errors import AlteredReportError, SigningError
from signoff.signing.header import SignedVerdict
from signoff.signing.identity import Identity, KeyPlace
from signoff.signing.key_file import WrongPassphraseError
from signoff.signing.signer import open_signer
from signoff.workflow.co_sign import ReportToSign, check_may_sign, co_sign, open_to_sign, write_co_signed
from signoff.workflow.sign_off_roll import sign_off_roll

_TRIES = 3
_VERDICTS = [verdict.value for verdict in SignedVerdict]


@click.command("sign")
@click.argument("report", type=click.Path(path_type=Path))
@click.option("--role", required=True, help='The role in which you sign, such as "Release manager".')
@click.option("--verdict", type=click.Choice(_VERDICTS, case_sensitive=False), help="Your word; ACK: seen, no opinion.")
@click.option("--as", "principal", help="The name to sign under, with --key; by default yours of this machine.")
@click.option(
    "--key", type=click.Path(path_type=Path), help="Your own encrypted key file, or the .pub of an agent's key."
)
@click.option("--passphrase-stdin", is_flag=True, help="Read the key file's passphrase from the first line of stdin.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the signed report there instead.")
@data_dir_option
@pass_run
def command(
    run: Run,
    report: Path,
    role: str,
    verdict: str | None,
    principal: str | None,
    key: Path | None,
    passphrase_stdin: bool,
    output: Path | None,
) -> int:
    """Sign a report beside those who have signed it, or as the first.

    It is verified and shown, and your sign-off is added at its end; nothing else in it changes.
    """
    if output is not None and (output.exists() or output.is_symlink()):
        raise click.UsageError(f"{output} is there already; choose another name.")
    identity = signing_identity(run, principal, key)
    to_sign = _opened(run, report)
    role = to_sign.verified.facts.role_named(role)
    check_may_sign(to_sign, identity, role, run.clock())
    _check_nothing_is_left_to_ask(identity, verdict, passphrase_stdin)
    _show(to_sign)
    given = SignedVerdict(verdict) if verdict else None
    _say_who_signs(run, to_sign, identity, role, given)
    word = given or _asked_verdict(to_sign, role)
    signed = _signed(run, to_sign, identity, role, word, from_stdin=passphrase_stdin)
    write_co_signed(to_sign, signed, output or report)
    narrate(f"Signed: {word.value} by {identity.principal}, {role}.")
    say(str(output or report))
    return 0


def _opened(run: Run, report: Path) -> ReportToSign:
    try:
        return open_to_sign(report, run.locations.allowed_signers)
    except AlteredReportError as error:
        raise SigningError(f"{report} is not what was signed, so nothing was signed: {error}.") from error


def _check_nothing_is_left_to_ask(identity: Identity, verdict: str | None, from_stdin: bool) -> None:
    if has_terminal():
        return
    if verdict is None:
        raise click.UsageError(f"Say --verdict {', '.join(_VERDICTS)}; there is no terminal to ask in.")
    if identity.place is KeyPlace.FILE and not from_stdin:
        raise click.UsageError("Say --passphrase-stdin; there is no terminal to ask for the passphrase in.")


def _show(to_sign: ReportToSign) -> None:
    facts = to_sign.verified.facts
    narrate(to_sign.text.rstrip("\n"))
    narrate("")
    for note in to_sign.verified.verification.report.notes:
        narrate(f"Note: {note} It is written in its canonical form.")
    decided = f", decided by {facts.decided_by}" if facts.decided_by else ""
    commit = f" (commit {facts.commit})" if facts.commit else ""
    narrate(safe_text(f"For machines it says: {facts.title}{commit}{decided}."))
    narrate("Sign-offs so far:")
    for entry in sign_off_roll(to_sign.verified):
        narrate(f"  {safe_text(entry.describe())}")
    narrate("")


def _say_who_signs(
    run: Run, to_sign: ReportToSign, identity: Identity, role: str, verdict: SignedVerdict | None
) -> None:
    place = place_of(identity, run.locations.config)
    narrate(safe_text(f"You sign as {identity.principal}, {role}, with key {identity.fingerprint} in {place}."))
    for doubt in to_sign.doubts_about(identity, role, run.clock(), verdict):
        narrate(safe_text(f"Note: {doubt}"))


def _asked_verdict(to_sign: ReportToSign, role: str) -> SignedVerdict:
    required = ", which leaves this role unsigned" if to_sign.is_required(role) else ""
    question = f"Your verdict, ACK for seen without an opinion{required}"
    return SignedVerdict(click.prompt(question, type=click.Choice(_VERDICTS, case_sensitive=False), err=True))


def _signed(
    run: Run, to_sign: ReportToSign, identity: Identity, role: str, verdict: SignedVerdict, *, from_stdin: bool
) -> bytes:
    """The signed report; where a terminal is there, a passphrase that does not fit is asked again."""
    tries = _TRIES if identity.place is KeyPlace.FILE and not from_stdin else 1
    while True:
        typed = passphrase(identity.principal, from_stdin=from_stdin) if identity.place is KeyPlace.FILE else None
        signer = open_signer(identity, run.locations.config, typed)
        try:
            return co_sign(to_sign, signer, role, verdict, run.clock())
        except WrongPassphraseError as error:
            tries -= 1
            if not tries:
                raise
            narrate(str(error))
