"""`signoff verify`: is a report what was signed, and by whom?"""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import click

from signoff.cli.console import narrate, say, say_json
from signoff.cli.context import Run, data_dir_option, pass_run
from signoff.cli.report_words import report_object, say_fact, say_report
from signoff.errors import AlteredReportError, BrokenFileError, ReportError, StorageError
from signoff.signing.verify import Standing
from signoff.workflow.gate_report import overruled_words
from signoff.workflow.verify_report import VerifiedReport, VerifyCode, verify_report

_WORDS = {
    VerifyCode.VERIFIED: "VERIFIED: intact, signed by people whose keys are known, and complete.",
    VerifyCode.UNKNOWN_KEY: "NOT VERIFIED: intact, but not every key is known and valid.",
    VerifyCode.MISSING_SIGN_OFF: "NOT VERIFIED: intact, but a required sign-off is missing.",
}


@click.command(
    "verify",
    epilog="Exit codes: 0 verified, 1 altered or never signed, 2 wrong usage or a file that cannot be read, "
    "3 intact but a key is unknown or not valid, 4 intact but a required sign-off is missing or an ACK.",
)
@click.argument("report", type=click.Path(path_type=Path))
@click.option(
    "--allowed-signers",
    type=click.Path(path_type=Path),
    help="The known keys in OpenSSH's format; by default those in the config folder.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for machines.")
@data_dir_option
@pass_run
def command(run: Run, report: Path, allowed_signers: Path | None, as_json: bool) -> int:
    """Verify a signed report: whether it is what was signed, and whose keys signed it."""
    if allowed_signers is not None and not os.path.exists(allowed_signers):  # noqa: PTH110 - pathlib raises where a folder is closed
        raise click.UsageError(f"There is no file {allowed_signers}.")
    try:
        verified = verify_report(report, allowed_signers or run.locations.allowed_signers)
    except ReportError as error:
        return _say_not_verified(error, as_json=as_json)
    except (StorageError, BrokenFileError) as error:
        # 1 says that a report was altered; this one was not even looked at.
        raise click.UsageError(str(error)) from error
    if as_json:
        say_json("verification", {"code": int(verified.code), **report_object(verified)})
    else:
        say(_WORDS[verified.code])
        say_report(verified)
        if verified.facts.overruled:
            say_fact("overruled", overruled_words(verified.facts))
        _say_what_next(report, verified)
    return verified.code


def _say_not_verified(error: ReportError, *, as_json: bool) -> int:
    if as_json:
        is_altered = isinstance(error, AlteredReportError)
        say_json("verification", {"code": int(VerifyCode.ALTERED), "altered": is_altered, "why": str(error)})
    else:
        say(f"{'ALTERED' if isinstance(error, AlteredReportError) else 'NOT VERIFIED'}: {error}")
    return VerifyCode.ALTERED


def _say_what_next(report: Path, verified: VerifiedReport) -> None:
    for finding in verified.verification.findings:
        if finding.is_alarm:
            narrate("ALARM: somebody may be posing as somebody else. Ask the one who is named, by another way.")
        elif finding.standing is Standing.UNKNOWN_KEY:
            words = shlex.join(["signoff", "key", "trust", finding.sign_off.header.signer, str(report)])
            narrate(f"Compare the key with its owner by another way before you trust it; then: {words}")
