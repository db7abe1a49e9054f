"""`signoff list`: the sessions there are."""

from __future__ import annotations

from typing import Any

import click

from signoff.cli.console import narrate, say_json, say_table
from signoff.cli.context import Run, data_dir_option, pass_run
from signoff.storage.session_folder import SessionHeader, list_sessions


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for machines.")
@data_dir_option
@pass_run
def command(run: Run, as_json: bool) -> int:
    """List the sessions, the newest first. A broken file is named with its fault, a conflict as what it is."""
    headers = list_sessions(run.locations.data)
    if as_json:
        say_json("sessions", {"folder": str(run.locations.data), "sessions": [_object(header) for header in headers]})
        return 0
    if not headers:
        narrate(f"No sessions in {run.locations.data}; `signoff new` starts one.")
        return 0
    rows = [_row(header) for header in headers if not header.problem and not header.is_conflict]
    if rows:
        say_table(("SESSION", "RELEASE", "ENV", "ANSWERED", "FAIL", "STATE", "VERDICT", "SAVED"), rows)
    for header in headers:
        if header.is_conflict:
            narrate(f"Conflict: {header.path} is what another writer of a session wrote, kept beside it.")
        elif header.problem:
            narrate(f"Broken: {header.problem}")
    return 0 if rows else 1


def _row(header: SessionHeader) -> tuple[str, ...]:
    return (
        header.id,
        header.title,
        header.environment,
        f"{header.answered}/{header.total}",
        str(header.failed or ""),
        header.decided or "open",
        header.decision or header.verdict,
        header.when.astimezone().strftime("%Y-%m-%d %H:%M"),
    )


def _object(header: SessionHeader) -> dict[str, Any]:
    if header.problem:
        return {"path": str(header.path), "broken": header.problem}
    return {
        "path": str(header.path),
        "id": header.id,
        "service": header.service,
        "version": header.version,
        "environment": header.environment,
        "revision": header.revision,
        "saved": header.when.isoformat(),
        "answered": header.answered,
        "total": header.total,
        "failed": header.failed,
        "verdict": header.verdict,
        "decision": header.decision or None,
        "stale": header.stale,
        "signed": header.signed,
        "conflict": header.is_conflict,
    }
