"""`signoff checklist`."""

from __future__ import annotations

from cli.home import Home
from cli.hostile import HOSTILE, assert_harmless

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
