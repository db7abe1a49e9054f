"""`signoff checklist`: the checklists that a session can be made from."""

from __future__ import annotations

import click

from signoff.cli.console import narrate_faults, say, say_table
from signoff.cli.context import Run, data_dir_option, pass_run
from signoff.domain.checklist import Demand
from signoff.storage.checklist_file import find_checklist, load_checklists
from signoff.workflow.new_session import DEFAULT_CHECKLIST


@click.group("checklist")
@data_dir_option
def command() -> None:
    """List or show checklists."""


@command.command("list")
@data_dir_option
@pass_run
def list_checklists(run: Run) -> int:
    """List the checklists: the project's, yours, and those that come with signoff."""
    folder = load_checklists(run.locations)
    say_table(
        ("CHECKLIST", "VERSION", "ITEMS", "RULES", "TITLE", "FILE"),
        [
            (c.id, c.version, str(len(c.items)), str(len(c.rules)), c.title, str(path))
            for path, c in folder.loaded.values()
        ],
    )
    narrate_faults(folder.failed)
    return 1 if folder.failed and not folder.loaded else 0


@command.command("show")
@click.argument("name", default=DEFAULT_CHECKLIST)
@data_dir_option
@pass_run
def show(run: Run, name: str) -> int:
    """Show a checklist by its id or file: what is asked, how it is checked, and the rules."""
    found = find_checklist(name, run.locations)
    checklist = found.checklist
    narrate_faults(found.failed)
    say(f"{checklist.title}   {checklist.id} {checklist.version}   sha256 {checklist.sha256}")
    for category in checklist.categories:
        say(f"\n{category.title}   asked: {checklist.role_title(category.role)}")
        for item in category.items:
            must = "*" if item.must else " "
            evidence = "  (evidence required)" if item.evidence is Demand.REQUIRED else ""
            say(f" {must} {item.text}{evidence}")
            for label, text in (("why", item.why), ("check", item.verify)):
                if text:
                    say(f"     {label:<6}{text}")
    say("\nRules")
    for rule in checklist.rules:
        say(f"   {rule.kind.value.capitalize()}: {rule.text}   ({rule.check.value})")
    say(f"\nRoles, roll call {checklist.roll_call.value}")
    for role in checklist.roles:
        say(f"   {role.title}: vote {role.vote.value}, signature {role.signature.value}")
    return 0
