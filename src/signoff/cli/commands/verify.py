"""`signoff verify`: is a report what was signed, and by whom?"""

from __future__ import annotations

from pathlib import Path

import click

from signoff.cli.console import narrate, say
from signoff.cli.context import Run, data_dir_option, pass_run
from signoff.errors import AlteredReportError, BrokenFileError, ReportError, StorageError
from signoff.workflow.verify_report import VerifiedReport, VerifyCode, verify_report

_WORDS = {
    VerifyCode.VERIFIED: "VERIFIED: intact, signed by people whose keys are known, and complete.",
    VerifyCode.UNKNOWN_KEY: "NOT VERIFIED: intact, but not every key is known and valid.",
    VerifyCode.MISSING_SIGN_OFF: "NOT VERIFIED: intact, but a required sign-off is missing.",
}


@click.command(
    "verify",
    epilog="Exit codes: 0 verified, 1 altered or never signed, 2 wrong usage or a file that cannot be read, "
    "3 intact but a key is unknown or not valid, 4 intact but a required sign-off is missing.",
)
@click.argument("report", type=click.Path(path_type=Path))
@click.option(
    "--allowed-signers",
    type=click.Path(path_type=Path),
    help="The known keys in OpenSSH's format; by default those in the config folder.",
)
@data_dir_option
@pass_run
def command(run: Run, report: Path, allowed_signers: Path | None) -> int:
    """Verify a signed report: whether it is what was signed, and whose keys signed it."""
    if allowed_signers is not None and not allowed_signers.is_file():
        raise click.UsageError(f"There is no file {allowed_signers}.")
    try:
        verified = verify_report(report, allowed_signers or run.locations.allowed_signers)
    except AlteredReportError as error:
        say(f"ALTERED: {error}")
        return VerifyCode.ALTERED
    except ReportError as error:
        say(f"NOT VERIFIED: {error}")
        return VerifyCode.ALTERED
    except (StorageError, BrokenFileError) as error:
        # 1 says that a report was altered; this one was not even looked at.
        raise click.UsageError(str(error)) from error
    _say(verified)
    return verified.code


def _say(verified: VerifiedReport) -> None:
    say(_WORDS[verified.code])
    say(f"report     {verified.facts.title}")
    for finding in verified.verification.findings:
        say(f"sign-off   {finding.describe()}")
    for missing in verified.missing:
        say(f"missing    {missing}")
    for note in verified.verification.report.notes:
        narrate(f"Note: {note}")
    if verified.code is VerifyCode.UNKNOWN_KEY:
        narrate("Compare the key with its owner by another way before you trust it; known keys are in allowed_signers.")
