"""Checklists that people write: what is wrong with one is said with file and line, and stops no other."""

import os
from pathlib import Path

import pytest

from signoff.domain.checklist import Demand
from signoff.errors import BrokenFileError, ChecklistError, StorageError
from signoff.storage.checklist_file import find_checklist, load_checklist, load_checklists
from signoff.storage.locations import Locations, shipped

GOOD = """\
schema = 1
id = "own"
version = "1"
title = "Own"

[[roles]]
id = "qa"
title = "QA"

[[categories]]
id = "one"
title = "One"
role = "qa"

[[categories.items]]
id = "first"
text = "First"

[[categories.items]]
id = "second"
text = "Second"
role = "qa"

[[rules]]
id = "tested"
kind = "always"
text = "Test it"
check = "item-passes"
item = "first"
"""


def locations(home: Path) -> Locations:
    return Locations(home / "data", home / "config", home / "state", home / "project")


def written(folder: Path, text: str | bytes, name: str = "own.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) >= 1
    return GOOD.replace(old, new, 1)


def test_an_item_is_asked_of_its_category_s_role_and_has_modest_demands(tmp_path: Path) -> None:
    first, second = load_checklist(written(tmp_path, GOOD)).items

    assert (first.role, second.role) == ("qa", "qa")
    assert (first.must, first.evidence, first.why) == (False, Demand.OPTIONAL, "")


@pytest.mark.parametrize(("line", "agreement"), [("", "unanimous"), ('roll_call = "majority"', "majority")])
def test_a_roll_call_is_unanimous_unless_the_checklist_says_otherwise(
    tmp_path: Path, line: str, agreement: str
) -> None:
    checklist = load_checklist(written(tmp_path, changed("schema = 1", f"schema = 1\n{line}")))

    assert checklist.roll_call == agreement


RULE = '\n[[rules]]\nid = "when"\nkind = "never"\ntext = "W"\n'
WINDOW = RULE + 'check = "window-outside"\n'
STAGING = RULE + 'check = "evidence-not-only-from"\n'
NO_ITEMS = GOOD.split("[[categories.items]]")[0]
MUST_BE = "categories.1.items.1"

FAULTS: list[tuple[str, str | None, str]] = [
    # what is in the file, the line that is named, and what is said of it
    ("schema = 1\nid = \n", "id = ", "is not valid TOML: Invalid value"),
    ('schema = 1\nid = "own', 'id = "own', "is not valid TOML: Unterminated string"),
    (
        GOOD + f"deep = {'[' * 2000}\n",
        f"deep = {'[' * 2000}",
        "is not valid TOML: too many brackets stand within each other",
    ),
    (GOOD + f"huge = {'9' * 5000}\n", f"huge = {'9' * 5000}", "is not valid TOML: a number has too many digits"),
    (changed("schema = 1", "schema = 2"), "schema = 2", "this version of signoff reads checklists with schema = 1"),
    (changed("schema = 1\n", ""), None, "this version of signoff reads checklists with schema = 1"),
    (changed('id = "own"\n', ""), None, "the file has no id"),
    (changed('id = "second"\n', ""), "[[categories.items]]", "categories.1.items.2 has no id"),
    (changed('id = "second"', 'id = "first" # 2'), 'id = "first" # 2', 'the item id "first" is there twice'),
    (GOOD + '\n[[roles]]\nid = "qa" # 2\ntitle = "Q"\n', 'id = "qa" # 2', 'the role id "qa" is there twice'),
    (changed('id = "first"', 'id = "First Item"'), 'id = "First Item"', f"{MUST_BE}.id must be a short name of a-z"),
    (changed('role = "qa"', 'role = "ops"'), 'role = "ops"', 'there is no role "ops"'),
    (changed('"Second"\nrole = "qa"', '"Second"\nrole = "ops"'), 'role = "ops"', 'there is no role "ops"'),
    (changed('text = "First"', "text = 5"), "text = 5", f"{MUST_BE}.text must be text in quotes"),
    (changed('text = "First"', 'text = "a\\nb"'), 'text = "a\\nb"', f"{MUST_BE}.text must be one line of text"),
    (changed('text = "First"', 'text = "F"\nmust = "yes"'), 'must = "yes"', f"{MUST_BE}.must must be true or false"),
    (changed("schema = 1", "schema = 1\nminutes = -1"), "minutes = -1", "minutes must be a whole number from 0"),
    (changed("schema = 1", "schema = 1\nminutes = 1.5"), "minutes = 1.5", "minutes must be a whole number from 0"),
    (changed("schema = 1", f"schema = 1\nminutes = {10**30}"), f"minutes = {10**30}", "minutes must be a whole number"),
    (
        changed("schema = 1", 'schema = 1\nroll_call = "most"'),
        'roll_call = "most"',
        'roll_call must be one of "unanimous", "majority"',
    ),
    (changed("[[roles]]", "[roles]"), "[roles]", "roles must be a list"),
    (
        changed('title = "QA"', 'title = "QA"\nvote = "maybe"'),
        'vote = "maybe"',
        'roles.1.vote must be one of "required"',
    ),
    (NO_ITEMS, "[[categories]]", "categories.1 has no items"),
    (NO_ITEMS + "items = []", "[[categories]]", "the checklist has no items"),
    (
        changed('"item-passes"', '"item-glows"'),
        'check = "item-glows"',
        'rules.1.check must be one of "checklist-complete"',
    ),
    (
        changed('item = "first"', 'item = "third"'),
        'item = "third"',
        'the rule "tested" needs the id of an item, and there',
    ),
    (
        changed('item = "first"\n', ""),
        "[[rules]]",
        'the rule "tested" needs the id of an item, and there is no item ""',
    ),
    (GOOD + WINDOW, "[[rules]]", 'the rule "when" needs a weekday'),
    (GOOD + WINDOW + 'weekday = "freitag"', 'weekday = "freitag"', "rules.2.weekday must be one of monday"),
    (GOOD + WINDOW + 'weekday = "friday"\nfrom = "25:00"', 'from = "25:00"', "rules.2.from must be a time such as"),
    (GOOD + WINDOW + 'weekday = "friday"\nuntil = "0:00"', 'until = "0:00"', "rules.2.until must be a time such as"),
    (
        GOOD + WINDOW + 'weekday = "friday"\nfrom = "22:00"\nuntil = "06:00"',
        'until = "06:00"',
        'the rule "when" ends before it begins, so nothing could break it',
    ),
    (GOOD + STAGING, "[[rules]]", 'the rule "when" needs an environment'),
    (GOOD + STAGING + 'environment = "x"\ncategory = "two"', 'category = "two"', 'there is no category "two"'),
]


@pytest.mark.parametrize(("text", "at", "reason"), FAULTS, ids=[reason for _, _, reason in FAULTS])
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, at: str | None, reason: str) -> None:
    path = written(tmp_path, text)

    with pytest.raises(BrokenFileError) as caught:
        load_checklist(path)
    line = caught.value.line
    assert caught.value.reason.startswith(reason)
    assert (text.split("\n")[line - 1] if line else None) == at
    assert str(caught.value) == f"{path}{f':{line}' if line else ''}: {caught.value.reason}"


@pytest.mark.parametrize(
    ("data", "line"), [(GOOD.encode("utf-16"), 1), (GOOD.encode().replace(b"Second", b"Zw\xf6lf"), 21)]
)
def test_a_file_in_another_encoding_is_named_with_the_line_that_shows_it(
    tmp_path: Path, data: bytes, line: int
) -> None:
    with pytest.raises(BrokenFileError, match="is not UTF-8 text") as caught:
        load_checklist(written(tmp_path, data))
    assert caught.value.line == line


def test_a_line_is_a_line_of_an_editor_whatever_a_text_above_it_holds(tmp_path: Path) -> None:
    text = changed('title = "Own"', 'title = "a\u2028b\x85c"\nminutes = "x"')

    with pytest.raises(BrokenFileError, match="minutes") as caught:
        load_checklist(written(tmp_path, text))
    assert caught.value.line == 5


def test_a_checklist_has_at_most_twenty_thousand_items(tmp_path: Path) -> None:
    items = "".join(f'[[categories.items]]\nid = "i{n}"\ntext = "T"\n' for n in range(20_001))

    with pytest.raises(BrokenFileError, match="more than 20000 items"):
        load_checklist(written(tmp_path, GOOD.split("[[categories.items]]")[0] + items))


def test_one_bad_file_is_named_and_stops_no_other(tmp_path: Path) -> None:
    where = locations(tmp_path)
    folder = where.config / "checklists"
    written(folder, GOOD)
    bad = written(folder, "id =", "bad.toml")

    found = load_checklists(where)
    assert set(found.loaded) == {"own", "production-readiness"}
    assert [str(error) for error in found.failed] == [f"{bad}:1: is not valid TOML: Invalid value"]


def test_of_two_with_one_id_in_one_folder_the_second_is_named(tmp_path: Path) -> None:
    where = locations(tmp_path)
    written(where.config / "checklists", changed('title = "Own"', 'title = "First"'), "a.toml")
    second = written(where.config / "checklists", GOOD, "b.toml")

    found = load_checklists(where)
    assert found.loaded["own"][1].title == "First"
    assert [str(error) for error in found.failed] == [f'{second} has the id "own", as a.toml: give it another.']


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_is_no_file_is_named_and_never_waited_for(tmp_path: Path) -> None:
    where = locations(tmp_path)
    folder = where.config / "checklists"
    written(folder, GOOD)
    (folder / "folder.toml").mkdir()
    (folder / "nowhere.toml").symlink_to(tmp_path / "gone")
    (folder / "zeros.toml").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.toml")
    with (folder / "large.toml").open("wb") as large:
        large.truncate(16 * 1024 * 1024 + 1)

    found = load_checklists(where)
    assert "own" in found.loaded
    assert all(isinstance(error, StorageError) for error in found.failed)
    assert [str(error).replace(f"{folder}/", "") for error in found.failed] == [
        "folder.toml is not a regular file.",
        "large.toml is larger than 16 MB, so signoff does not read it.",
        "There is no file nowhere.toml.",
        "pipe.toml is not a regular file.",
        "zeros.toml is not a regular file.",
    ]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="counts open files in /proc")
def test_a_folder_in_place_of_a_file_leaves_nothing_open(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()

    def failures() -> int:
        with pytest.raises(StorageError):
            load_checklist(tmp_path / "folder.toml")
        return len(list(Path("/proc/self/fd").iterdir()))

    assert failures() == failures()


SLIPS = """\
schema = 1
id = "own"
version = "1"
titel = "Own"
title = "Own"

[[items]]
id = "lost"

[[roles]]
id = "qa"
title = "QA"
colour = "red"

[[categories]]
id = "one"
title = "One"
role = "qa"
must = true

[[categories.items]]
id = "first"
text = "First"
musst = true

[[categories.items.items]]
id = "nested"

[[categories.items]]
id = "second"
text = "Second"
musst = true

[extra.table]
x = 1
"""


def test_every_unknown_key_is_named_with_its_line_and_the_nearest_that_there_is(tmp_path: Path) -> None:
    with pytest.raises(BrokenFileError) as caught:
        load_checklist(written(tmp_path, SLIPS))
    assert [str(fault).removeprefix(f"{tmp_path}/own.toml:") for fault in caught.value.each] == [
        "4: there is no key titel in the file: the nearest is title",
        "7: items does not belong in the file: it belongs in categories",
        "13: there is no key colour in roles.1: there is id, title, vote, signature",
        "19: must does not belong in categories.1: it belongs in categories.items",
        "24: there is no key musst in categories.1.items.1: the nearest is must",
        "26: items does not belong in categories.1.items.1: it belongs in categories",
        "32: there is no key musst in categories.1.items.2: the nearest is must",
        "34: there is no key extra in the file: there is id, version, title, description, minutes, roll_call, sha256, "
        "roles, categories, rules",
    ]
    assert str(caught.value) == str(caught.value.each[0]) + " (and 7 more)"


def test_an_unknown_key_in_an_item_of_one_line_is_named_with_that_line(tmp_path: Path) -> None:
    items = 'items = [\n  {id = "a", text = "A"},\n  {id = "b", text = "B", musst = true},\n]\n'

    with pytest.raises(BrokenFileError) as caught:
        load_checklist(written(tmp_path, NO_ITEMS + items))
    assert (NO_ITEMS + items).split("\n")[(caught.value.line or 0) - 1] == '  {id = "b", text = "B", musst = true},'
    assert caught.value.reason == "there is no key musst in categories.1.items.2: the nearest is must"


def test_of_very_many_unknown_keys_a_hundred_are_named(tmp_path: Path) -> None:
    with pytest.raises(BrokenFileError) as caught:
        load_checklist(written(tmp_path, "".join(f"x{n} = 1\n" for n in range(5_000)) + GOOD))
    assert len(caught.value.each) == 100


@pytest.mark.parametrize("folder", ["config", "project"])
def test_the_id_of_a_checklist_that_comes_with_signoff_cannot_be_taken(tmp_path: Path, folder: str) -> None:
    where = locations(tmp_path)
    path = written(tmp_path / folder / "checklists", changed('"own"', '"production-readiness"'), "mine.toml")
    built_in = load_checklist(shipped("checklists") / "production-readiness.toml")

    found = load_checklists(where)
    assert found.loaded["production-readiness"][1] == built_in
    why = (
        f"production-readiness is the id of a checklist that comes with signoff, so {path} is not used: "
        "give it another."
    )
    assert [str(error) for error in found.failed] == [why]
    asked = find_checklist("production-readiness", where)
    assert (asked.checklist, [str(error) for error in asked.failed]) == (built_in, [why])
    with pytest.raises(ChecklistError, match="is not used: give it another"):
        find_checklist(str(path), where)


def test_a_copy_of_the_built_in_checklist_to_the_letter_is_that_checklist(tmp_path: Path) -> None:
    built_in = shipped("checklists") / "production-readiness.toml"
    path = written(tmp_path, built_in.read_bytes(), "copy.toml")

    assert find_checklist(str(path), locations(tmp_path)).checklist == load_checklist(built_in)


def test_the_nearest_folder_wins(tmp_path: Path) -> None:
    where = locations(tmp_path)
    assert where.project
    written(where.config / "checklists", changed('title = "Own"', 'title = "The user\'s"'))
    written(where.project / "checklists", changed('title = "Own"', 'title = "The project\'s"'))

    path, checklist = load_checklists(where).loaded["own"]
    assert checklist.title == "The project's"
    assert path == where.project / "checklists" / "own.toml"


def test_a_checklist_is_found_by_its_id_or_its_path(tmp_path: Path) -> None:
    where = locations(tmp_path)
    path = written(where.config / "checklists", GOOD)

    assert find_checklist("own", where) == find_checklist(str(path), where)
    assert find_checklist("own", where).path == path


def test_one_that_is_not_there_says_where_to_look(tmp_path: Path) -> None:
    with pytest.raises(ChecklistError, match='no checklist "other"; `signoff checklist list` shows'):
        find_checklist("other", locations(tmp_path))


def test_one_that_is_broken_is_not_called_missing(tmp_path: Path) -> None:
    where = locations(tmp_path)
    written(where.config / "checklists", "id =", "other.toml")

    with pytest.raises(BrokenFileError, match=r"other\.toml:1: is not valid TOML"):
        find_checklist("other", where)


def test_a_home_that_nobody_has_is_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="There is no file ~nobody-at-all/x"):
        find_checklist("~nobody-at-all/x.toml", locations(tmp_path))


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = written(tmp_path, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())

    assert load_checklist(path).items[1].text == "Second"
