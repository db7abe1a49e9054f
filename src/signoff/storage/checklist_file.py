"""Checklists as TOML files: reading one, and the folders they come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from signoff.domain.checklist import Agreement, Category, CheckKind, Checklist, Demand, Item, Role, Rule, RuleKind
from signoff.errors import BrokenFileError, ChecklistError, SignoffError
from signoff.regular_file import read_bytes
from signoff.storage import readers
from signoff.storage.locations import Locations, expanded, shipped
from signoff.storage.readers import Fault, Place
from signoff.storage.toml_file import LARGEST, decode, understand
from signoff.storage.unknown_keys import check_keys

SCHEMA: Final = 1
MOST_ITEMS: Final = 20_000
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

ROLE_FIELDS: Final = {
    "id": readers.slug,
    "title": readers.one_line,
    "vote": readers.choice(Demand),
    "signature": readers.choice(Demand),
}
ITEM_FIELDS: Final = {
    "id": readers.slug,
    "text": readers.one_line,
    "must": readers.flag,
    "evidence": readers.choice(Demand),
    "role": readers.repeated,
    "why": readers.text,
    "verify": readers.text,
}
CATEGORY_FIELDS: Final = {
    "id": readers.slug,
    "title": readers.one_line,
    "items": readers.list_of(readers.record(Item, ITEM_FIELDS)),
    "role": readers.text,
}
RULE_FIELDS: Final = {
    "id": readers.slug,
    "kind": readers.choice(RuleKind),
    "text": readers.one_line,
    "check": readers.choice(CheckKind),
    "item": readers.text,
    "evidence": readers.flag,
    "category": readers.text,
    "environment": readers.text,
    "weekday": readers.position(WEEKDAYS),
    "from": readers.clock,
    "until": readers.clock_end,
}
RULE_NAMES: Final = {"from": "start", "until": "end"}
CHECKLIST_FIELDS: Final = {
    "id": readers.slug,
    "version": readers.one_line,
    "title": readers.one_line,
    "description": readers.text,
    "minutes": readers.number,
    "roll_call": readers.choice(Agreement),
    "sha256": readers.sha256,
    "roles": readers.list_of(readers.record(Role, ROLE_FIELDS)),
    "categories": readers.list_of(readers.record(Category, CATEGORY_FIELDS)),
    "rules": readers.list_of(readers.record(Rule, RULE_FIELDS, RULE_NAMES)),
}
_read_checklist_record = readers.record(Checklist, CHECKLIST_FIELDS)


def read_checklist(data: Mapping[str, Any], place: Place = (), *, of_newer: bool = False) -> Checklist:
    """A checklist from parsed TOML; an item without a role is asked of its category's role.

    Args:
        data: The table.
        place: Its place.
        of_newer: Whether a newer signoff wrote it, which knows more keys. Of others none may be left unread: with a
            slip in `must` nothing would be blocked.

    Raises:
        Fault: When it is not a checklist.
    """
    if not of_newer:
        check_keys(_read_checklist_record, data, place, () if place else ("schema",))
    checklist: Checklist = _read_checklist_record(data, place)
    _check_ids(checklist, place)
    _check_references(checklist, place)
    categories = tuple(
        replace(category, items=tuple(i if i.role else replace(i, role=category.role) for i in category.items))
        for category in checklist.categories
    )
    return replace(checklist, categories=categories)


def _check_ids(checklist: Checklist, place: Place) -> None:
    if not checklist.items:
        raise Fault((*place, "categories"), "the checklist has no items")
    if len(checklist.items) > MOST_ITEMS:
        raise Fault((*place, "categories"), f"the checklist has more than {MOST_ITEMS} items")
    _check_unique("role", ((role.id, (*place, "roles", n)) for n, role in enumerate(checklist.roles)))
    _check_unique("category", ((c.id, (*place, "categories", n)) for n, c in enumerate(checklist.categories)))
    _check_unique("rule", ((rule.id, (*place, "rules", n)) for n, rule in enumerate(checklist.rules)))
    _check_unique(
        "item",
        (
            (item.id, (*place, "categories", n, "items", m))
            for n, category in enumerate(checklist.categories)
            for m, item in enumerate(category.items)
        ),
    )


def _check_unique(what: str, found: Iterable[tuple[str, Place]]) -> None:
    pairs = list(found)
    counts = Counter(identifier for identifier, _ in pairs)
    for identifier, place in reversed(pairs):
        if counts[identifier] > 1:
            raise Fault((*place, "id"), f'the {what} id "{identifier}" is there twice')


def _check_references(checklist: Checklist, place: Place) -> None:
    roles = set(checklist.role_by_id)
    for n, category in enumerate(checklist.categories):
        if category.role and category.role not in roles:
            raise Fault((*place, "categories", n, "role"), f'there is no role "{category.role}"')
        for m, item in enumerate(category.items):
            if item.role and item.role not in roles:
                raise Fault((*place, "categories", n, "items", m, "role"), f'there is no role "{item.role}"')
    for n, rule in enumerate(checklist.rules):
        _check_rule(checklist, rule, (*place, "rules", n))


def _check_rule(checklist: Checklist, rule: Rule, place: Place) -> None:
    if rule.check is CheckKind.ITEM_PASSES and rule.item not in checklist.item_by_id:
        raise Fault(
            (*place, "item"), f'the rule "{rule.id}" needs the id of an item, and there is no item "{rule.item}"'
        )
    if rule.check is CheckKind.EVIDENCE_NOT_ONLY_FROM:
        if not rule.environment:
            raise Fault(place, f'the rule "{rule.id}" needs an environment')
        if rule.category and all(category.id != rule.category for category in checklist.categories):
            raise Fault((*place, "category"), f'there is no category "{rule.category}"')
    if rule.check is CheckKind.WINDOW_OUTSIDE:
        if rule.weekday is None:
            raise Fault(place, f'the rule "{rule.id}" needs a weekday')
        if rule.end is not None and rule.end <= rule.start:
            raise Fault((*place, "until"), f'the rule "{rule.id}" ends before it begins, so nothing could break it')


def load_checklist(path: Path) -> Checklist:
    """Read a checklist file.

    Raises:
        StorageError: When it cannot be read.
        BrokenFileError: When it is not a checklist, with the line.
    """
    data = read_bytes(path, most=LARGEST)

    def read(table: dict[str, Any]) -> Checklist:
        if table.get("schema") != SCHEMA:
            raise Fault(("schema",), f"this version of signoff reads checklists with schema = {SCHEMA}")
        import hashlib

        return replace(read_checklist(table), sha256=hashlib.sha256(data).hexdigest())

    return understand(decode(data, path), path, read)


@dataclass(frozen=True, slots=True, repr=False)
class ChecklistFolder:
    """All checklists that can be chosen."""

    loaded: Mapping[str, tuple[Path, Checklist]]
    """The checklists and their files by id; the nearest folder wins."""
    failed: tuple[SignoffError, ...]
    """What is wrong with the others."""


def load_checklists(locations: Locations) -> ChecklistFolder:
    """Read all checklist folders. A bad file is named and stops nobody.

    So is one that has the id of its neighbour, or of a checklist that comes with signoff: whoever asks for that one by
    its id gets no other.
    """
    loaded: dict[str, tuple[Path, Checklist]] = {}
    failed: list[SignoffError] = []
    *own, _ = locations.folders_of("checklists")
    shipped_ones = _shipped_checklists()
    for path in (path for folder in own for path in sorted(folder.glob("*.toml"))):
        try:
            checklist = load_checklist(path)
            if checklist.id in shipped_ones:
                raise _taken(path, checklist)
        except SignoffError as error:
            failed.append(error)
        else:
            there, _ = loaded.setdefault(checklist.id, (path, checklist))
            if there != path and there.parent == path.parent:
                failed.append(ChecklistError(f'{path} has the id "{checklist.id}", as {there.name}: give it another.'))
    return ChecklistFolder({**loaded, **shipped_ones}, tuple(failed))


def _shipped_checklists() -> dict[str, tuple[Path, Checklist]]:
    found = ((path, load_checklist(path)) for path in sorted(shipped("checklists").glob("*.toml")))
    return {checklist.id: (path, checklist) for path, checklist in found}


def _taken(path: Path, checklist: Checklist) -> ChecklistError:
    return ChecklistError(
        f"{checklist.id} is the id of a checklist that comes with signoff, so {path} is not used: give it another."
    )


@dataclass(frozen=True, slots=True, repr=False)
class FoundChecklist:
    """A checklist that was asked for."""

    checklist: Checklist
    """The checklist."""
    path: Path
    """Its file."""
    failed: tuple[SignoffError, ...] = ()
    """What is wrong with others that were looked at."""


def find_checklist(name: str, locations: Locations) -> FoundChecklist:
    """A checklist by its id or by the path of its file.

    Raises:
        ChecklistError: When there is none, or the file has the id of one that comes with signoff.
        BrokenFileError: When its file is broken.
    """
    if name.endswith(".toml") or "/" in name:
        path = expanded(name)
        checklist = load_checklist(path)
        _, built_in = _shipped_checklists().get(checklist.id, (path, checklist))
        if built_in.sha256 != checklist.sha256:
            raise _taken(path, checklist)
        return FoundChecklist(checklist, path)
    folder = load_checklists(locations)
    if name in folder.loaded:
        path, checklist = folder.loaded[name]
        return FoundChecklist(checklist, path, folder.failed)
    for error in folder.failed:
        if isinstance(error, BrokenFileError) and Path(error.path).stem == name:
            raise error
    raise ChecklistError(f'There is no checklist "{name}"; `signoff checklist list` shows those there are.')
