"""What the README tells people to type exists, with those options."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from signoff.cli.main import signoff
from signoff.workflow.gate_report import GateCode

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
_FENCED = re.compile(r"```[a-z]*\n(.*?)```", re.DOTALL)
_SPAN = re.compile(r"`(signoff [^`\n]+)`")


def told() -> list[str]:
    """Every command line of the README; one that goes on over several lines is one."""
    found = _SPAN.findall(README)
    for block in _FENCED.findall(README):
        joined = re.sub(r"\n\s+(?=--)", " ", block)
        found += [line.strip() for line in re.findall(r"^\s*(?:- )?(signoff .*)$", joined, re.MULTILINE)]
    return found


def words_of(line: str) -> list[str]:
    """The words of a line up to its comment; in the list of commands also those of its description."""
    return shlex.split(line.partition("#")[0].replace("'", ""), posix=True)


def commands_of(words: list[str]) -> list[click.Command]:
    """The commands that a line is about: `key list|trust` is about two."""
    context = click.Context(signoff)
    first = signoff.get_command(context, words[1])
    assert first is not None, words
    if not isinstance(first, click.Group):
        return [first]
    names = words[2] if len(words) > 2 else ""
    if first.invoke_without_command and (not names or names.startswith("[")):
        inner, itself = names.strip("[]"), [first]
    else:
        inner, itself = names, []
    commands = [first.get_command(context, name) for name in inner.split("|") if name]
    assert all(commands), words
    return [*itself, *(command for command in commands if command)]


@pytest.mark.parametrize("line", told())
def test_every_command_of_the_readme_exists_with_its_options(line: str) -> None:
    words = words_of(line)
    if words[1:2] in ([], ["the"]):  # the program by itself
        return
    for command in commands_of(words):
        options = {name for parameter in command.params for name in parameter.opts}
        assert {word.rstrip(";:,") for word in words if word.startswith("-") and word != "-"} <= options


def test_the_readme_tells_of_every_command() -> None:
    said = " ".join(told())
    for name in signoff.list_commands(click.Context(signoff)):
        assert f"signoff {name} " in f"{said} "


def test_the_table_of_exit_codes_has_those_of_the_program() -> None:
    table = README.partition("`verify` and `gate`, each")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| (\d) \| ", table, re.MULTILINE)
    assert [int(code) for code in rows] == sorted({*GateCode, 2})
