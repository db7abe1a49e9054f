"""Every screen at three sizes, as it was looked at and accepted (`pytest --update-screens` accepts anew)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from walking import NARROW, NORMAL, NOW, WIDE, a_session_file, a_walk

from signoff.domain.action import Action
from signoff.domain.answer import Status
from signoff.domain.evidence import Evidence
from signoff.domain.meeting import Choice, Vote, Watch
from signoff.storage.session_file import SessionFile

SIZES = pytest.mark.parametrize("size", [WIDE, NORMAL, NARROW], ids=["120x36", "80x24", "60x18"])
Compare = Callable[[str, str], None]


def in_the_middle(folder: Path) -> SessionFile:
    """A session in which everything that can stand on a screen has been said."""
    file = a_session_file(folder)
    said = {"now": NOW, "by": "R. Manager"}
    session = file.session.name_people({"security": "ana", "operations": "chen", "qa": "dee"}, **said)
    run = Evidence("https://ci.example/run/8812", "pipeline", "staging")
    for item in session.checklist.categories[0].items:
        session = session.answer(item.id, status=Status.PASS, owner="ana", evidence=(run,), **said)
    session = session.answer("structured-logging", status=Status.PASS, owner="ana", **said)
    session = session.answer(
        "metrics-exposed", status=Status.FAIL, owner="chen", note="2 of 6 pods return 404.\nFix is merged.", **said
    )
    session = session.answer(
        "distributed-tracing", status=Status.FAIL, actions=(Action("rebuild image", "chen", NOW.date()),), **said
    )
    session = session.answer("alerts-configured", status=Status.CONDITION, what="pager tested", owner="dee", **said)
    session = session.answer("dashboards", parked=True, **said)
    session = session.answer(
        "load-tested", status=Status.RISK, accepted_by="CTO", until=NOW.date(), reason="small ramp", **said
    )
    session = session.answer("caching-strategy", status=Status.NA, reason="no cache", **said)
    session = session.answer("backups", status=Status.PASS, **said)
    session = session.answer("pii", status=Status.PASS, carried=True, **said)
    session = session.vote("security", Vote(Choice.GO, "ana"), **said)
    session = session.vote("qa", Vote(Choice.GO_IF, "dee", "the load test ends green"), **said)
    session = session.set_watch(Watch("bob", NOW), **said)
    file.save(session, NOW)
    return SessionFile.open(file.path)


SCREENS = {
    "review": ("2", "g", "j", "j"),
    "detail": ("2", "g", "j", "j", "enter"),
    "finish": ("f",),
    "decision": ("f", "D"),
    "condition": ("2", "c"),
    "evidence": ("1", "e"),
    "help": ("question_mark",),
    "help-end": ("question_mark", *["pagedown"] * 8),
    "commands": ("L", "colon", *"undo"),
    "nothing": ("colon", *"zzz"),
    "note": ("2", "g", "j", "j", "i"),
}
"""The screens of a session by the keys that lead to them."""


@SIZES
@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen_of_a_session(
    tmp_path: Path, size: tuple[int, int], name: str, looks_as_accepted: Compare
) -> None:
    async with a_walk(tmp_path, size, session=in_the_middle(tmp_path)) as walk:
        await walk.press(*SCREENS[name])
        looks_as_accepted(f"{name}-{size[0]}", walk.screen)


@SIZES
async def test_preview(tmp_path: Path, size: tuple[int, int], looks_as_accepted: Compare) -> None:
    async with a_walk(tmp_path, size, session=in_the_middle(tmp_path)) as walk:
        await walk.press("x")
        await walk.see("UNSIGNED DRAFT")
        await walk.settle()
        looks_as_accepted(f"preview-{size[0]}", walk.screen)


@SIZES
async def test_new_session(tmp_path: Path, size: tuple[int, int], looks_as_accepted: Compare) -> None:
    async with a_walk(tmp_path, size) as walk:
        await walk.press("n")
        await walk.see("Checklist")
        screen = walk.screen.replace(str(tmp_path), "DATA")
        looks_as_accepted(f"new-{size[0]}", "\n".join(screen.split("\n")[1:]))


async def test_a_session_says_at_once_when_the_terminal_is_too_small(tmp_path: Path) -> None:
    async with a_walk(tmp_path, (39, 11), session=in_the_middle(tmp_path)) as walk:
        assert walk.screen.strip() == "Make the terminal at least 40x12."
