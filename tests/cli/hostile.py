"""Texts that would act on a terminal or on a screen, each with a mark by which it is found again."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from meeting import NOW, a_checklist, a_window
from signoff.domain.action import Action
from signoff.domain.answer import Status
from signoff.domain.checklist import Checklist, Item
from signoff.domain.deciding import decide
from signoff.domain.evidence import Evidence
from signoff.domain.meeting import Choice, Decision, Override, Verdict, Vote, Watch
from signoff.domain.release import Release
from signoff.domain.session import Session

MARK = "EVIL"
HOSTILE = (
    f"\x1b]52;c;{MARK}1==\x07"  # writes the clipboard
    f"\x1b]2;{MARK}2\x1b\\"  # sets the window's title
    f"\x1b[31m{MARK}3\x9b2J"  # a colour, and a cleared screen in one byte
    f"\x1bk{MARK}4\x1b\\"  # renames a window of tmux
    f"\x9d0;{MARK}5\x9c\x90{MARK}6\x9c"  # an operating system command and a device control string in one byte each
    f"\u202e{MARK}7\u202c\u2066{MARK}8\u2069\u200f"  # turns what is read around
    f"\x07\x08\x0c\x7f\x00{MARK}9"
    f"[@click=app.quit]{MARK}x[/] [/{MARK}] [b]{MARK}y[/b] $x"  # the markup of screens
)
_ACTS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]")


def assert_harmless(*outputs: bytes) -> None:
    """Nothing in this output acts on a terminal; line feeds are all that moves."""
    for output in outputs:
        text = output.decode("utf-8")
        found = _ACTS.search(text)
        assert found is None, f"{found[0]!r} in {text[max(found.start() - 40, 0) : found.end() + 40]!r}"


def a_hostile_session(session: Session, text: str = HOSTILE) -> Session:
    """A meeting in which every text that anybody could type, paste or send in a file is hostile."""
    lines = f"{text}\n{text}"
    link = Evidence(f"https://evil.example/{text}", text, text)
    given: dict[str, dict[str, Any]] = {
        "vault": {"status": Status.CONDITION, "what": text, "due": NOW.date()},
        "scan": {"status": Status.PASS, "evidence": (link, replace(link, environment="staging"))},
        "coverage": {"status": Status.FAIL, "actions": (Action(text, text, NOW.date()),)},
        "rollback-tested": {"status": Status.RISK, "accepted_by": text, "until": NOW.date(), "reason": text},
        "rollback-plan": {"status": Status.NA, "reason": text},
    }
    session = session.name_people(dict.fromkeys(session.checklist.role_by_id, text), now=NOW, by=text)
    for item, fields in given.items():
        session = session.answer(item, now=NOW, by=text, owner=text, note=lines, **fields)
    session = session.vote("qa", Vote(Choice.GO_IF, text, text), now=NOW, by=text)
    session = session.vote("product", Vote(Choice.NO_GO, text, text), now=NOW, by=text)
    session = session.override("plan", Override(text, text), now=NOW, by=text)
    session = session.set_watch(Watch(text, NOW + timedelta(days=2)), now=NOW, by=text)
    return decide(session, Decision(Verdict.NO_GO, text, NOW, text, Verdict.NO_GO), now=NOW, by=text)


def a_hostile_checklist(text: str = HOSTILE) -> Checklist:
    """The small checklist, by somebody who means harm."""
    checklist = a_checklist()

    def renamed(item: Item) -> Item:
        return replace(item, text=f"{item.id} {text}", why=text, verify=f"{text}\n{text}")

    return replace(
        checklist,
        title=text,
        version=text,
        categories=tuple(
            replace(category, title=f"{category.id} {text}", items=tuple(renamed(item) for item in category.items))
            for category in checklist.categories
        ),
        rules=tuple(replace(rule, text=text) for rule in checklist.rules),
        roles=tuple(replace(role, title=f"{role.id} {text}") for role in checklist.roles),
    )


def a_hostile_release(text: str = HOSTILE) -> Release:
    """The release of somebody who means harm."""
    return Release(text, text, text, text, a_window(), text)


A_HOSTILE_RELEASE = a_hostile_release()
