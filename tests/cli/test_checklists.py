"""`signoff checklist`."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.home import Home, session_in
from cli.hostile import HOSTILE, assert_harmless
from meeting import the_built_in_checklist

OWN = (
    'schema = 1\nid = "own"\nversion = "3"\ntitle = "Our own"\n\n'
    '[[roles]]\nid = "ops"\ntitle = "Ops"\n\n[[categories]]\nid = "c"\n'
    'title = "First things"\nrole = "ops"\n\n[[categories.items]]\nid = "i"\ntext = "Backups restored"\n'
    'must = true\nevidence = "required"\nwhy = "once it did not"\nverify = "restore one"\n\n'
    '[[rules]]\nid = "r"\nkind = "always"\ntext = "Restore"\ncheck = "item-passes"\nitem = "i"\n'
)


def own(home: Home, text: str = OWN, name: str = "own.toml") -> str:
    folder = home.locations.config / "checklists"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text)
    return str(folder / name)


def test_what_comes_with_signoff_is_listed(home: Home) -> None:
    ran = home.run("checklist", "list")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[0].split() == ["CHECKLIST", "VERSION", "ITEMS", "RULES", "TITLE", "FILE"]
    assert any(line.split()[:4] == ["production-readiness", "1", "37", "8"] for line in ran.lines)


def test_ones_own_are_listed_with_their_files(home: Home) -> None:
    path = own(home)
    assert any(
        line.split() == ["own", "3", "1", "1", "Our", "own", path] for line in home.run("checklist", "list").lines
    )


def test_those_of_the_project_come_first(home: Home) -> None:
    own(home)
    folder = home.work / ".signoff" / "checklists"
    folder.mkdir(parents=True)
    (folder / "own.toml").write_text(OWN.replace("Our own", "The project's"))
    lines = home.run("checklist", "list").lines
    assert [line for line in lines if line.startswith("own ")] == [line for line in lines if "The project's" in line]
    assert home.run("checklist", "show", "own").lines[0].startswith("The project's")


def test_a_broken_one_is_named_and_stops_nobody(home: Home) -> None:
    path = own(home, OWN.replace('item = "i"', 'item = "nothing"'), "bad.toml")
    own(home)
    ran = home.run("checklist", "list")
    assert ran.code == 0
    assert any(line.startswith("own ") for line in ran.lines)
    assert ran.err == f'Broken: {path}:28: the rule "r" needs the id of an item, and there is no item "nothing"\n'


def test_a_broken_one_that_is_asked_for_by_name_is_an_error_with_its_line(home: Home) -> None:
    path = own(home, "schema = 1\nid\n", "bad.toml")
    for arguments in (("checklist", "show", "bad"), ("new", "--service", "a", "--version", "1", "--checklist", "bad")):
        ran = home.run(*arguments)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith(f"Error: {path}:2: is not valid TOML: ")


def test_show_says_what_is_asked_how_it_is_checked_and_the_rules(home: Home) -> None:
    own(home)
    ran = home.run("checklist", "show", "own")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[0].startswith("Our own   own 3   sha256 ")
    assert ran.lines[2:] == [
        "First things   asked: Ops",
        " * Backups restored  (evidence required)",
        "     why   once it did not",
        "     check restore one",
        "",
        "Rules",
        "   Always: Restore   (item-passes)",
        "",
        "Roles, roll call unanimous",
        "   Ops: vote required, signature optional",
    ]


def test_show_means_the_built_in_one_where_none_is_named(home: Home) -> None:
    ran = home.run("checklist", "show")
    assert ran.code == 0
    assert "Security   asked: Security" in ran.lines
    assert sum(line.startswith((" * ", "   ")) and "     " not in line for line in ran.lines) >= 37


def test_show_reads_a_file_that_is_not_in_the_folder_yet(home: Home) -> None:
    (home.work / "draft.toml").write_text(OWN)
    assert home.run("checklist", "show", "draft.toml").lines[0].startswith("Our own")
    assert home.run("checklist", "show", "./draft.toml").code == 0


def test_one_that_is_not_there_is_an_error_that_says_where_to_look(home: Home) -> None:
    ran = home.run("checklist", "show", "nope")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == 'Error: There is no checklist "nope"; `signoff checklist list` shows those there are.\n'


NEW = ("new", "--service", "a", "--version", "1", "--no-open")


def of_project(home: Home, text: str, name: str = "own.toml") -> str:
    folder = home.work / ".signoff" / "checklists"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    return str(folder / name)


def test_a_project_cannot_put_its_own_in_place_of_the_built_in_one(home: Home) -> None:
    path = of_project(home, OWN.replace('"own"', '"production-readiness"'), "production-readiness.toml")
    said = (
        f"production-readiness is the id of a checklist that comes with signoff, so {path} is not used: "
        "give it another.\n"
    )
    listed = home.run("checklist", "list")
    assert (listed.code, listed.err) == (0, f"Broken: {said}")
    assert any(line.split()[:4] == ["production-readiness", "1", "37", "8"] for line in listed.lines)
    shown = home.run("checklist", "show")
    assert (shown.lines[0].split()[:2], shown.err) == (["Production", "Readiness"], f"Broken: {said}")
    made = home.run(*NEW)
    assert (made.code, made.err) == (0, f"Broken: {said}Made the session a-1-prod.\n")
    session = session_in(Path(made.out.strip()))
    assert (session.checklist.sha256, len(session.checklist.items)) == (the_built_in_checklist().sha256, 37)
    for arguments in (("checklist", "show", path), (*NEW, "--checklist", path)):
        ran = home.run(*arguments)
        assert (ran.code, ran.out) == (1, "")
        assert "is not used: give it another" in ran.err


@pytest.mark.parametrize("name", ["own", ".signoff/checklists/own.toml"])
def test_new_says_where_a_checklist_of_the_project_comes_from(home: Home, name: str) -> None:
    path = of_project(home, OWN)
    ran = home.run(*NEW, "--checklist", name)
    shown = path if name == "own" else name
    assert (ran.code, ran.err) == (
        0,
        f"Made the session a-1-prod.\nIts checklist is the project's own: Our own, {shown}.\n",
    )


def test_new_says_nothing_of_ones_own(home: Home) -> None:
    own(home)
    assert home.run(*NEW, "--checklist", "own").err == "Made the session a-1-prod.\n"


def test_every_unknown_key_is_said_at_once(home: Home) -> None:
    path = own(home, OWN.replace("must = true", "musst = true").replace('title = "Ops"', 'titel = "O"\ntitle = "Ops"'))
    said = [
        f"{path}:8: there is no key titel in roles.1: the nearest is title",
        f"{path}:19: there is no key musst in categories.1.items.1: the nearest is must",
    ]
    listed = home.run("checklist", "list")
    assert (listed.code, listed.err.splitlines()) == (0, [f"Broken: {line}" for line in said])
    for arguments in (("checklist", "show", "own"), ("checklist", "show", path), (*NEW, "--checklist", "own")):
        ran = home.run(*arguments)
        assert (ran.code, ran.out, ran.err.splitlines()) == (1, "", [f"Error: {line}" for line in said])


def test_a_session_may_have_keys_of_ones_own_but_not_in_its_checklist(home: Home) -> None:
    session = home.session()
    text = session.read_text()
    session.write_text(text.replace("[release]", '[release]\nticket = "OPS-1"', 1))
    assert home.run("check", session).code == 0
    slip = text.replace("must = true", "musst = true")
    session.write_text(slip)
    ran = home.run("check", session)
    assert ran.code == 1
    lines = [number for number, line in enumerate(slip.split("\n"), 1) if line == "musst = true"]
    assert len(lines) == 4
    assert [line.partition(": there is no key musst in checklist.categories.")[0] for line in ran.lines] == [
        f"PROBLEM: {session}:{line}" for line in lines
    ]


def test_a_session_of_a_newer_signoff_may_know_more_of_its_checklist(home: Home) -> None:
    session = home.session()
    text = session.read_text().replace("schema = 1", "schema = 2")
    session.write_text(text.replace("[checklist]", "[checklist]\nx = 1"))
    assert home.run("check", session).code == 0


def test_a_hostile_one_reaches_no_terminal(home: Home) -> None:
    escaped = "".join(c if c.isascii() and c.isprintable() else f"\\U{ord(c):08x}" for c in HOSTILE)
    own(
        home, OWN.replace("Our own", escaped).replace("Backups", escaped).replace("once", escaped).replace("3", escaped)
    )
    own(home, f'schema = 1\nid = "x"\nversion = "{escaped}"\ntitle = "\n', "b\x1b]2;EVIL\x07.toml")
    for arguments in (("list",), ("show", "own"), ("show", "a\x1b]2;EVIL\x07.toml"), ("show", "b\x1b]2;EVIL\x07")):
        ran = home.run("checklist", *arguments)
        assert "EVIL" in ran.out + ran.err
        assert_harmless(ran.raw_out, ran.raw_err)
