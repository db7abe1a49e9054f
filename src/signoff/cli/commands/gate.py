"""`signoff gate`: may the deploy pipeline go on? It needs no home, no settings and no terminal."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from signoff.cli.console import say, say_json
from signoff.cli.let_through import let_through_object, say_let_through
from signoff.cli.report_words import report_object, say_fact, say_report
from signoff.errors import BrokenFileError, ReportError, StorageError
from signoff.report.facts import RequiredSigner
from signoff.workflow.gate_report import Demands, GateCode, Refusal, gate_code, refusals
from signoff.workflow.verify_report import VerifiedReport, verify_report

_AGE = re.compile(r"([1-9][0-9]{0,5})([mhdw])")
_CHECKLIST = re.compile(r".+@[0-9a-f]{64}")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def _age(_context: click.Context, _parameter: click.Parameter, text: str) -> timedelta:
    match = _AGE.fullmatch(text.strip())
    if match is None:
        raise click.BadParameter(f'"{text}" is not an age: say 90m, 12h, 7d or 2w.')
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def _roles(_context: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]) -> tuple[RequiredSigner, ...]:
    found = []
    for text in texts:
        role, _, signer = text.partition("=")
        if not role.strip() or ("=" in text and not signer.strip()):
            raise click.BadParameter(f'"{text}" is not a role: say ROLE or ROLE=SIGNER.')
        found.append(RequiredSigner(role.strip(), signer.strip() or None))
    return tuple(found)


def _checklist(_context: click.Context, _parameter: click.Parameter, text: str | None) -> str | None:
    if text is not None and not _CHECKLIST.fullmatch(text):
        raise click.BadParameter(f'"{text}" is not ID@SHA256, which `signoff checklist show ID` prints.')
    return text


@click.command(
    "gate",
    epilog="Exit codes: 0 verified and a fresh GO for this release; 1 altered or never signed; 2 wrong usage or a file "
    "that cannot be read; 3 intact, but a key is unknown or not valid; 4 intact, but a sign-off is missing or an ACK, "
    "or one person signed for several demanded roles; 5 not a fresh GO for this release.",
)
@click.argument("report", type=click.Path(path_type=Path))
@click.option("--service", required=True, help="The service that is about to be deployed.")
@click.option("--version", required=True, help="The version that is about to be deployed.")
@click.option("--commit", help="The commit that is about to be deployed: all of its 40 digits, or 64 with SHA-256.")
@click.option("--environment", help="Where it is about to be deployed.")
@click.option("--checklist", callback=_checklist, metavar="ID@SHA256", help="The checklist that must have been asked.")
@click.option(
    "--require-role",
    "roles",
    multiple=True,
    callback=_roles,
    metavar="ROLE[=SIGNER]",
    help="A role in which somebody, or this signer, must have signed, beside those that the report requires; each such "
    "role another person.",
)
@click.option("--max-age", default="7d", show_default=True, callback=_age, help="How old the decision may be.")
@click.option(
    "--allowed-signers", required=True, type=click.Path(path_type=Path), help="The known keys: OpenSSH's file."
)
@click.option(
    "--allow-conditional",
    is_flag=True,
    help="Let a conditional go pass while its conditions are not due.",
)
@click.option("--allow-overruled", is_flag=True, help="Let a decision pass that is better than the verdict.")
@click.option("--allow-same-signer", is_flag=True, help="Let one person or key stand for several of these roles.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for machines.")
def command(report: Path, allowed_signers: Path, as_json: bool, **demanded: Any) -> int:
    """Let a deploy pipeline go on only with a verified, fresh GO for the very release that it deploys.

    A co-signer's NO-GO, a decision that is better than the verdict, an open condition and an accepted risk that has
    ended hold it up. What passes with an override, a condition or a risk is said, and so is what was not demanded.
    """
    if not os.path.exists(allowed_signers):  # noqa: PTH110 - pathlib raises where a folder is closed
        raise click.UsageError(f"There is no file {allowed_signers}.")
    demands = Demands(**demanded)
    try:
        verified = verify_report(report, allowed_signers)
        found = refusals(verified, demands, datetime.now(UTC))
    except ReportError as error:
        verified, found = None, (Refusal(GateCode.ALTERED, str(error)),)
    except (StorageError, BrokenFileError) as error:
        # 1 says that a report was altered; this one was not even looked at.
        raise click.UsageError(str(error)) from error
    (_say_object if as_json else _say)(verified, found, demands)
    return gate_code(found)


def _say(verified: VerifiedReport | None, found: tuple[Refusal, ...], demands: Demands) -> None:
    say("REFUSED: the deploy is held up." if found else "PASSED: the deploy may go on.")
    for refusal in found:
        say_fact("because", f"{refusal.why} ({int(refusal.code)})")
    if verified is None:
        return
    if not found:
        say_let_through(verified.facts)
    say_report(verified)
    if demands.not_made and not found:
        say_fact("undemanded", ", ".join(demands.not_made))


def _say_object(verified: VerifiedReport | None, found: tuple[Refusal, ...], demands: Demands) -> None:
    say_json(
        "gate",
        {
            "passed": not found,
            "code": int(gate_code(found)),
            "refusals": [{"code": int(refusal.code), "why": refusal.why} for refusal in found],
            "let_through": let_through_object(verified.facts) if verified and not found else None,
            "not_demanded": list(demands.not_made),
            **(report_object(verified) if verified else {}),
        },
    )
