"""The screens of the program, each with the keys that lead to it."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from textual import events
from walking import NOW, Walk, a_session_file

from signoff.domain.action import Action
from signoff.domain.answer import Status
from signoff.domain.evidence import Evidence
from signoff.domain.meeting import Choice, Vote, Watch
from signoff.storage.session_file import SessionFile
from signoff.ui.screens.waiting import Waiting


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


def several(folder: Path) -> None:
    """A folder of sessions, one of them broken."""
    for number, (service, version) in enumerate((("ledger", "6.9.9"), ("web-shop", "2026.11.3")), 1):
        file = a_session_file(folder, service=service, version=version)
        session = file.session
        for item in session.checklist.items[:12]:
            session = session.answer(item.id, status=Status.PASS, now=NOW, by="x")
        if number == 2:
            session = session.answer("pii", status=Status.FAIL, now=NOW, by="x")
        file.save(session, NOW + timedelta(minutes=number))
    broken = folder / "data" / "broken.toml"
    broken.write_text("garbage [", encoding="utf-8")
    os.utime(broken, (0, 0))  # the oldest, on whatever day this runs


def nothing(folder: Path) -> None:
    """Nothing was ever done here."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A screen, and how one comes to it."""

    keys: tuple[str, ...] = ()
    """The keys that lead to it."""
    typed: str = ""
    """What is typed there."""
    then: Callable[[Walk], Awaitable[None]] | None = None
    """What else is done."""
    start: Callable[[Path], SessionFile | None] = in_the_middle
    """What there is in the folder; returns the session that is open, or None for the list."""

    async def play(self, walk: Walk) -> None:
        """Go there."""
        await walk.press(*self.keys)
        await walk.type(self.typed)
        if self.then:
            await self.then(walk)
        await walk.settle()


async def paste(walk: Walk) -> None:
    walk.app.post_message(events.Paste("the pager was tested\rat noon"))


class StillWaiting(Waiting):
    """Nothing comes of it."""

    def _wait(self) -> None:
        pass


async def wait(walk: Walk) -> None:
    walk.app.push_screen(StillWaiting("Waiting for the keyring ...", list))
    await walk.see("Waiting for the keyring")


async def report(walk: Walk) -> None:
    await walk.see("UNSIGNED DRAFT")


async def form(walk: Walk) -> None:
    await walk.see("New session")
    await walk.fill("payments-api", "4.12.0", "", "", "sometime", "", "", "")


SCENES = {
    "home": Scene(start=several),
    "home-empty": Scene(start=nothing),
    "new": Scene(("n",), then=lambda walk: walk.see("New session"), start=nothing),
    "new-refused": Scene(("n",), then=form, start=nothing),
    "themes": Scene(("t",), start=several),
    "trash": Scene(("delete",), start=several),
    "review": Scene(("2", "g", "j", "j")),
    "marked": Scene(("2", "g", "m", "m")),
    "detail": Scene(("2", "g", "j", "j", "enter")),
    "find": Scene(("slash",), "rollback"),
    "show": Scene(("F",)),
    "note": Scene(("2", "g", "j", "j", "i")),
    "actions": Scene(("2", "g", "j", "j", "j", "t")),
    "condition": Scene(("2", "c")),
    "evidence": Scene(("1", "e")),
    "paste": Scene(("2",), then=paste),
    "finish": Scene(("f",)),
    "rules": Scene(("f", "tab", *"jjjjjj")),
    "people": Scene(("f", "p")),
    "decision": Scene(("f", "D")),
    "waiting": Scene(("f",), then=wait),
    "presenter-fail": Scene(("2", "g", "j", "j", "v")),
    "preview": Scene(("x",), then=report),
    "help": Scene(("question_mark",)),
    "help-end": Scene(("question_mark", *["pagedown"] * 8)),
    "commands": Scene(("L", "colon"), "undo"),
    "nothing": Scene(("colon",), "zzz"),
}
"""All of them; the presenter has more of its own in `test_presenter.py`."""
