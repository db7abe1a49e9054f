"""Python looks for garbage between two keys, so that no key waits for it."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Iterator

import pytest

from signoff.ui import terminal_app
from signoff.ui.terminal_app import TerminalApp
from signoff.ui.terminal_look import TerminalLook

PATIENCE = 20.0


class Knot:
    """Something that nobody can reach, and that holds itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def nobody_else_looks() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


async def tidied(knots: int) -> bool:
    """Make garbage in a program that nobody touches; returns whether it is gone after some looks at most."""
    app = TerminalApp(TerminalLook())
    async with app.run_test():
        gc.collect()
        made = [Knot() for _ in range(knots)]
        one = weakref.ref(made[0])
        del made
        until = asyncio.get_running_loop().time() + (PATIENCE if knots > 1 else 0.1)
        while one() and asyncio.get_running_loop().time() < until:
            await asyncio.sleep(0.01)
        return one() is None


async def test_it_is_gone_soon_though_no_key_is_pressed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal_app, "_TIDY_SECONDS", 0.01)

    assert await tidied(1_000)


async def test_what_was_in_use_for_long_is_gone_soon_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal_app, "_TIDY_SECONDS", 0.01)
    app = TerminalApp(TerminalLook())
    async with app.run_test():
        used = Knot()
        one = weakref.ref(used)
        gc.collect()  # it has outlived a look
        del used
        until = asyncio.get_running_loop().time() + PATIENCE
        while one() and asyncio.get_running_loop().time() < until:
            _ = [Knot() for _ in range(1_000)]  # as keys do
            await asyncio.sleep(0.01)
        assert one() is None


async def test_for_a_little_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal_app, "_TIDY_SECONDS", 0.01)
    monkeypatch.setattr(terminal_app, "_WORTH_TIDYING", 10**9)

    assert not await tidied(1)
