"""Leaving a session or the program: what was typed becomes edits, edits reach the disk, and only then it ends."""

from __future__ import annotations

import asyncio
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from signoff.domain.change_text import describe_changes
from signoff.ui.open_session import OpenSession
from signoff.ui.screens.question_screen import QuestionScreen

if TYPE_CHECKING:
    from signoff.ui.app import SignoffApp

FLUSH_SECONDS: Final = 2.0
"""How long the end of the program waits for its disk."""
_AGAIN_SECONDS: Final = 0.5
"""How long it is tried once more where saving failed already."""
_MOST_DIALOGS: Final = 8
_SETTLE_SECONDS: Final = 1.0


async def leave_dialogs(app: SignoffApp) -> None:
    """Close what is being asked as Escape would, so that what was typed in it is kept."""
    from signoff.ui.screens.dialog import Dialog

    for _ in range(_MOST_DIALOGS):
        if not isinstance(app.screen, Dialog):
            break
        app.screen.action_leave()  # some point out once what would be lost; the next round means it
        await asyncio.sleep(0.02)
    loop = asyncio.get_running_loop()
    until = loop.time() + _SETTLE_SECONDS
    while isinstance(app.screen, QuestionScreen) and app.screen.is_asking and loop.time() < until:
        await asyncio.sleep(0.01)


async def may_close(app: SignoffApp, opened: OpenSession) -> bool:
    """Whether everything is on the disk, or its user leaves the rest to the journal."""
    while not await asyncio.to_thread(opened.flush, _AGAIN_SECONDS if opened.saved.problem else FLUSH_SECONDS):
        from signoff.ui.screens.save_as import ask_save_as
        from signoff.ui.screens.unsaved import Leave, Unsaved

        problem = opened.saved.problem or "The disk does not answer."
        question = Unsaved(problem, _unsaved(opened), place=app.journal_place, unkept=opened.saved.unkept)
        answer = await app.push_screen_wait(question)
        if answer is None:
            return False
        if answer is Leave.KEEP:
            break
        if answer is Leave.SAVE_AS:
            await ask_save_as(app, opened)
        else:
            opened.retry()
    return True


def _unsaved(opened: OpenSession) -> list[str]:
    """What the file does not have, edit by edit, in words."""
    session = opened.session
    changes = [change for change in session.history if change.revision > opened.saved.revision]
    edits = [describe_changes(session, list(same)) for _, same in groupby(changes, attrgetter("revision"))]
    return edits or ["the signature" if session.is_signed else "the session as you see it"]
