"""Sets of changed keys that go by one name in the settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_DIGITS: Final = {
    "review.pass": "1,y",
    "review.fail": "2,n",
    "review.condition": "3,c",
    "review.risk": "4,r",
    "review.na": "5,a",
    "finish.go": "1,y",
    "finish.no_go": "2,n",
    "finish.go_if": "3,c",
    "finish.absent": "5,a",
    "decide.go": "1,y",
    "decide.no_go": "2,n",
    "decide.conditional": "3,c",
    # None of the digits may show a category then: 5 would answer, and 6 would leave the item.
    **{f"review.category_{number}": "" for number in range(1, 10)},
}

PRESETS: Final[Mapping[str, Mapping[str, str]]] = {"digits": _DIGITS}
"""The keys of each preset, by the name of what they do."""
