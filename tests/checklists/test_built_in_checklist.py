"""The checklist that is shipped says what its source says, to the letter and in order."""

import re
from pathlib import Path

from meeting import the_built_in_checklist
from signoff.domain.checklist import Agreement, Demand, RuleKind

SEED = (Path(__file__).parent.parent / "data" / "production-readiness.md").read_text(encoding="utf-8")


def tables_of_the_seed() -> dict[str, list[list[str]]]:
    """The rows of each of its tables, by heading, without the table's own two head lines."""
    tables: dict[str, list[list[str]]] = {}
    for section in SEED.split("\n## ")[1:]:
        heading, _, body = section.partition("\n")
        rows = [line.strip("|").split(" | ") for line in body.splitlines() if line.startswith("|")]
        tables[heading] = [[cell.strip() for cell in row] for row in rows[2:]]
    return tables


def test_it_has_the_categories_and_items_of_its_source_to_the_letter() -> None:
    tables = tables_of_the_seed()
    tables.pop("Critical Rules")
    checklist = the_built_in_checklist()

    assert {category.title: [item.text for item in category.items] for category in checklist.categories} == {
        heading: [row[0] for row in rows] for heading, rows in tables.items()
    }
    assert [category.title for category in checklist.categories] == list(tables)
    assert (len(checklist.categories), len(checklist.items)) == (7, 37)


def test_it_has_the_rules_of_its_source_to_the_letter() -> None:
    rows = tables_of_the_seed()["Critical Rules"]
    rules = the_built_in_checklist().rules

    assert [rule.text for rule in rules if rule.kind is RuleKind.ALWAYS] == [always for always, _ in rows]
    assert [rule.text for rule in rules if rule.kind is RuleKind.NEVER] == [never for _, never in rows]
    assert len(rules) == 8


def test_it_has_the_title_and_the_sentence_of_its_source() -> None:
    checklist = the_built_in_checklist()

    assert SEED.startswith(f"# {checklist.title}\n\n{checklist.description}\n")


def test_every_item_says_why_and_how_and_whom_to_ask() -> None:
    checklist = the_built_in_checklist()

    for item in checklist.items:
        assert len(item.why) > 40, item.id
        assert len(item.verify) > 40, item.id
        assert item.role in checklist.role_by_id, item.id


def test_it_says_of_every_item_whether_it_is_a_must_and_asks_for_evidence() -> None:
    checklist = the_built_in_checklist()
    text = (Path(__file__).parents[2] / "checklists" / "production-readiness.toml").read_text(encoding="utf-8")
    items = text.split("[[categories.items]]")[1:]

    assert len(items) == 37
    assert all(re.search(r"^must = (true|false)", item, re.MULTILINE) for item in items)
    assert all(re.search(r'^evidence = "(required|optional)"', item, re.MULTILINE) for item in items)
    assert 0 < sum(item.must for item in checklist.items) < 37
    assert 0 < sum(item.evidence is Demand.REQUIRED for item in checklist.items) < 37


def test_everybody_votes_and_the_release_manager_signs() -> None:
    checklist = the_built_in_checklist()

    assert [role.id for role in checklist.roles if role.vote is Demand.REQUIRED] == [
        "security",
        "operations",
        "qa",
        "engineering",
        "product",
    ]
    assert checklist.roll_call is Agreement.UNANIMOUS
    assert [role.id for role in checklist.roles if role.signature is Demand.REQUIRED] == ["release-manager"]
    assert len(checklist.signing_roles) == 6
    assert "release-manager" not in [role.id for role in checklist.voting_roles]


def test_every_kind_of_check_is_used_by_a_rule() -> None:
    checks = [rule.check.value for rule in the_built_in_checklist().rules]

    assert checks == [
        "checklist-complete",
        "required-roles-voted",
        "item-passes",
        "watcher-named",
        "nothing-skipped",
        "item-passes",
        "evidence-not-only-from",
        "window-outside",
    ]


def test_it_bears_the_digest_of_its_file() -> None:
    assert re.fullmatch("[0-9a-f]{64}", the_built_in_checklist().sha256)
