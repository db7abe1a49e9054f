"""What the product is held to, and whether it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

Medians = Mapping[str, float]
"""The median of each figure over all rounds; named `program: figure`."""


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal."""

    name: str
    """What is promised."""
    part: str
    """The part of the measurements that it needs."""
    of: str
    """The figure that is held to it."""
    against: str
    """The figure that it is compared with; empty for a limit that stands by itself."""
    limit: float
    """The most that the ratio may be; without `against`, that the figure may be in its own unit."""
    extra: float = 0.0
    """What is allowed on top of the ratio, in the figure's unit."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a goal came out."""

    goal: str
    """Its name."""
    value: float
    """The figure, in the unit of its name."""
    against: float | None
    """What it was compared with; None for a limit that stands by itself."""
    ratio: float
    """The figure as a multiple of that, less what is allowed on top; or the figure itself."""
    limit: float
    """The most that the ratio may be."""
    met: bool
    """Whether it is met."""

    @property
    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return asdict(self)


GOALS = (
    Goal("first paint of the review", "start", "small: start ms", "bare: start ms", 1.25),
    Goal("memory of the review, 37 items", "start", "small: memory MB", "bare: memory MB", 1.15),
    Goal("most memory of the review, 37 items", "start", "small: most memory MB", "bare: most memory MB", 1.15),
    Goal("memory of the review, 10,000 items", "start", "large: memory MB", "bare: memory MB", 1.5),
    Goal("most memory of the review, 10,000 items", "start", "large: most memory MB", "bare: most memory MB", 1.5),
    Goal("cursor move p95, 37 items", "moves", "small: move p95 ms", "bare: move p95 ms", 1.25),
    Goal("cursor move p95, 10,000 items", "moves", "large: move p95 ms", "small: move p95 ms", 1.25),
    Goal("bytes of a cursor move, 37 items", "moves", "small: move bytes", "", 1024),
    Goal("bytes of a cursor move, 10,000 items", "moves", "large: move bytes", "", 1024),
    Goal("answer with its save, 10,000 items", "answers", "large: answer ms", "small: move ms", 2.5),
    Goal("save acknowledged p95, 37 items", "answers", "small: answer p95 ms", "", 50),
    Goal("bytes of an answer, 37 items", "answers", "small: answer bytes", "", 3072),
    Goal("bytes of an answer, 10,000 items", "answers", "large: answer bytes", "", 3072),
    Goal("signoff --version", "commands", "commands: version ms", "commands: python ms", 5),
    Goal("signoff gate", "commands", "commands: gate ms", "commands: python ms", 8),
    Goal("signoff list of 1,000 sessions", "commands", "commands: list ms", "commands: version ms", 2, extra=300),
)


def outcomes(medians: Medians) -> list[Outcome]:
    """How the goals came out whose figures were measured."""
    return [_outcome(goal, medians) for goal in GOALS if goal.of in medians and goal.against in {"", *medians}]


def _outcome(goal: Goal, medians: Medians) -> Outcome:
    value = medians[goal.of]
    against = medians[goal.against] if goal.against else None
    ratio = value if against is None else (value - goal.extra) / against
    return Outcome(goal.name, value, against, ratio, goal.limit, met=ratio <= goal.limit)


def table(found: list[Outcome], medians: Medians, say: Callable[[str], object]) -> None:
    """The goals and the other figures, for people."""
    for outcome in found:
        against = "" if outcome.against is None else f"/ {outcome.against:.1f} "
        mark = "met    " if outcome.met else "NOT MET"
        figures = f"{outcome.value:10.1f} {against}"
        say(f"{mark}  {outcome.goal:40} {figures:24} = {outcome.ratio:8.2f}  <= {outcome.limit:g}")
    for name, value in medians.items():
        say(f"         {name:40} {value:10.1f}")
