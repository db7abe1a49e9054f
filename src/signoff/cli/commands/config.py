"""`signoff config`: the user's settings, what is wrong with them, and the names of the keys that they can change."""

from __future__ import annotations

from typing import Any

import click

from signoff.cli.console import narrate, say, say_json, say_table
from signoff.cli.context import Run, data_dir_option, pass_run
from signoff.errors import BrokenFileError
from signoff.storage.settings import load_settings

_as_json = click.option("--json", "as_json", is_flag=True, help="One JSON object, for machines.")


@click.group("config", invoke_without_command=True)
@_as_json
@data_dir_option
@click.pass_context
def command(context: click.Context, as_json: bool) -> int | None:
    """Show where the settings are and what is set there; check them; list the keys that they can change."""
    if context.invoked_subcommand is not None:
        return None
    run = context.find_object(Run)
    assert run is not None
    path, settings, faults = run.locations.settings, load_settings(run.locations.settings), _faults(run)
    keys = {line.id: list(line.keys) for line in settings.keys.lines}
    if as_json:
        values = {"name": settings.name or None, "theme": settings.theme or None, "keys": keys}
        say_json("config", {"path": str(path), "there": path.exists(), **values, "ignored": _objects(faults)})
        return 0
    say(f"{path}{'' if path.exists() else ' (which is not there yet)'}")
    shown = {"name": settings.name, "theme": settings.theme}
    shown |= {f"keys.{name}": " ".join(words) or "(no key)" for name, words in keys.items()}
    for name, value in shown.items():
        if value:
            say(f"{name:<28}{value}")
    for fault in faults:
        narrate(f"Ignored: {fault}")
    return 0


@command.command("check")
@_as_json
@data_dir_option
@pass_run
def check(run: Run, as_json: bool) -> int:
    """Say what is wrong with the settings, with file and line. Exit code 1 where anything is."""
    faults = _faults(run)
    if as_json:
        say_json("config-check", {"path": str(run.locations.settings), "ignored": _objects(faults)})
    for fault in () if as_json else faults:
        say(str(fault))
    if not faults and not as_json:
        narrate(f"Nothing is wrong with {run.locations.settings}.")
    return 1 if faults else 0


@command.command("keys")
@_as_json
@data_dir_option
@pass_run
def keys(run: Run, as_json: bool) -> int:
    """List what keys do, with the names by which `[keys]` in the settings changes them, as they are now."""
    from signoff.ui.keyboard.key_settings import keymap_from
    from signoff.ui.keyboard.places import declared_keys

    keymap, _ = keymap_from(load_settings(run.locations.settings).keys)
    now = [keymap.key(key) for key in declared_keys().values()]
    if as_json:
        say_json("keys", {"keys": [{"name": k.id, "keys": k.shown_all.split(), "does": k.label} for k in now]})
    else:
        say_table(("NAME", "KEYS", "DOES"), [(key.id, key.shown_all, key.label) for key in now])
    return 0


def _faults(run: Run) -> list[BrokenFileError]:
    from signoff.ui.keyboard.key_settings import keymap_from

    settings = load_settings(run.locations.settings)
    return sorted((*settings.faults, *keymap_from(settings.keys)[1]), key=lambda fault: fault.line or 0)


def _objects(faults: list[BrokenFileError]) -> list[dict[str, Any]]:
    return [{"line": fault.line, "reason": fault.reason} for fault in faults]
