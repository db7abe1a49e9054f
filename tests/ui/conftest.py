"""Pictures of screens as text, which a person reads before they are accepted."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _one_time_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Screens show the clocks of the machine; here those are UTC."""
    with monkeypatch.context() as zone:
        zone.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture
def looks_as_accepted(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a screen with the one that was looked at and accepted, in `tests/ui/screens/NAME`."""

    def compare(name: str, screen: str) -> None:
        accepted = Path(__file__).parent / "screens" / name
        if request.config.getoption("--update-screens"):
            accepted.parent.mkdir(exist_ok=True)
            accepted.write_text(screen + "\n", encoding="utf-8")
        assert screen + "\n" == accepted.read_text(encoding="utf-8")

    return compare
