"""A checklist: categories of items, critical rules, and the roles that must sign off.

It is a value: a session carries its own copy, so that a meeting can be reopened when the checklist has moved on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from functools import cached_property


class Demand(StrEnum):
    """Whether something must, may or cannot be given."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    NONE = "none"


class Agreement(StrEnum):
    """How many of the roles whose vote is required have to vote go; a go-if is a go."""

    UNANIMOUS = "unanimous"
    """All of them: one no-go is enough to stop the release."""
    MAJORITY = "majority"
    """More than half of them, once all were called. Who was outvoted stands in the report."""


class RuleKind(StrEnum):
    """How a critical rule is phrased: a thing that is always done, or one that is never done."""

    ALWAYS = "always"
    NEVER = "never"


class CheckKind(StrEnum):
    """The ways in which a rule can be evaluated; a checklist file names one for each of its rules."""

    CHECKLIST_COMPLETE = "checklist-complete"
    """Met when no item is open, to re-confirm or incomplete."""
    REQUIRED_ROLES_VOTED = "required-roles-voted"
    """Met when the roles whose vote is required agree on go or go-if, as the checklist's roll call asks."""
    ITEM_PASSES = "item-passes"
    """Met when one named item passes; with its evidence, where the rule says so."""
    WATCHER_NAMED = "watcher-named"
    """Met when somebody watches the release and it is known until when."""
    NOTHING_SKIPPED = "nothing-skipped"
    """Met when no item is open and every N/A has its reason."""
    EVIDENCE_NOT_ONLY_FROM = "evidence-not-only-from"
    """Met when no passed item of a category rests on evidence from one environment alone."""
    WINDOW_OUTSIDE = "window-outside"
    """Met when the release window does not touch a part of one weekday."""


@dataclass(frozen=True, slots=True, repr=False)
class Role:
    """A role of the meeting."""

    id: str
    """A short name, unique in the checklist."""
    title: str
    """What people call it."""
    vote: Demand = Demand.REQUIRED
    """Whether the roll call needs its vote."""
    signature: Demand = Demand.OPTIONAL
    """Whether the report needs its signature."""


@dataclass(frozen=True, slots=True, repr=False)
class Item:
    """One check."""

    id: str
    """A short name, unique in the checklist."""
    text: str
    """The check in one line."""
    must: bool = False
    """Whether it blocks a go while it is not satisfied."""
    evidence: Demand = Demand.OPTIONAL
    """Whether a pass needs evidence."""
    role: str = ""
    """The id of the role that is asked; empty for nobody in particular."""
    why: str = ""
    """What goes wrong without it; empty when the checklist does not say."""
    verify: str = ""
    """How to check it; empty when the checklist does not say."""


@dataclass(frozen=True, slots=True, repr=False)
class Category:
    """A group of items that is asked together."""

    id: str
    """A short name, unique in the checklist."""
    title: str
    """The heading."""
    items: tuple[Item, ...]
    """The items in the order in which they are asked."""
    role: str = ""
    """The id of the role that is asked; empty for nobody in particular."""


@dataclass(frozen=True, slots=True, repr=False)
class Rule:
    """One critical rule, with how it is evaluated. The last six fields are the parameters of some check kinds."""

    id: str
    """A short name, unique in the checklist."""
    kind: RuleKind
    """Always or never; "never" reads as a thing that must not happen, and met still means all is well."""
    text: str
    """The rule in one line, without its "always" or "never"."""
    check: CheckKind
    """How it is evaluated."""
    item: str = ""
    """`item-passes`: the id of the item."""
    evidence: bool = False
    """`item-passes`: whether the item must have evidence, even where the item itself does not ask for it."""
    category: str = ""
    """`evidence-not-only-from`: the id of the category; empty for all."""
    environment: str = ""
    """`evidence-not-only-from`: the environment that is not enough alone."""
    weekday: int | None = None
    """`window-outside`: 0 for Monday to 6 for Sunday."""
    start: time = time.min
    """`window-outside`: when on that day it begins."""
    end: time | None = None
    """`window-outside`: when on that day it ends; None for midnight."""


@dataclass(frozen=True)
class Checklist:
    """Everything a session asks."""

    id: str
    """A short name; the file's name without its ending."""
    version: str
    """The author's version."""
    title: str
    """The heading."""
    categories: tuple[Category, ...]
    """The categories in the order in which they are asked."""
    rules: tuple[Rule, ...] = ()
    """The critical rules in the order in which they are shown."""
    roles: tuple[Role, ...] = ()
    """The roles in the order of the roll call."""
    description: str = ""
    """One sentence on what it is for."""
    minutes: int = 30
    """The planned length of the meeting in minutes."""
    roll_call: Agreement = Agreement.UNANIMOUS
    """How many of the roles whose vote is required have to vote go."""
    sha256: str = ""
    """The hex digest of the file's bytes; empty for a checklist that never was a file."""

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items in the order in which they are asked."""
        return tuple(item for category in self.categories for item in category.items)

    @cached_property
    def item_by_id(self) -> dict[str, Item]:
        """The items by their ids."""
        return {item.id: item for item in self.items}

    @cached_property
    def position_by_id(self) -> dict[str, int]:
        """The positions of the items in the order in which they are asked, by their ids."""
        return {item.id: position for position, item in enumerate(self.items)}

    @cached_property
    def category_index(self) -> dict[str, int]:
        """For each item's id the position of its category."""
        return {item.id: index for index, category in enumerate(self.categories) for item in category.items}

    @cached_property
    def role_by_id(self) -> dict[str, Role]:
        """The roles by their ids."""
        return {role.id: role for role in self.roles}

    @property
    def voting_roles(self) -> tuple[Role, ...]:
        """The roles that are called in the roll call."""
        return tuple(role for role in self.roles if role.vote is not Demand.NONE)

    @property
    def signing_roles(self) -> tuple[Role, ...]:
        """The roles that may or must sign the report."""
        return tuple(role for role in self.roles if role.signature is not Demand.NONE)

    def role_title(self, role_id: str) -> str:
        """The title of a role, or its id where the checklist does not declare it."""
        role = self.role_by_id.get(role_id)
        return role.title if role else role_id
