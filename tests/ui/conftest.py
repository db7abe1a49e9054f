"""Pictures of screens as text, which a person reads before they are accepted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-screens", action="store_true", help="accept the screens as they are now; read the diff")


@pytest.fixture
def looks_as_accepted(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a screen with the one that was looked at and accepted, in `tests/ui/screens/NAME.txt`."""

    def compare(name: str, screen: str) -> None:
        accepted = Path(__file__).parent / "screens" / f"{name}.txt"
        if request.config.getoption("--update-screens"):
            accepted.parent.mkdir(exist_ok=True)
            accepted.write_text(screen + "\n", encoding="utf-8")
        assert screen + "\n" == accepted.read_text(encoding="utf-8")

    return compare
