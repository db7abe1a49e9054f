"""Leaving a session or the program: what was typed becomes edits, edits reach the disk, and only then it ends."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from signoff.ui.open_session import OpenSession
from signoff.ui.screens.dialog import Dialog
from signoff.ui.screens.question_screen import QuestionScreen

if TYPE_CHECKING:
    from signoff.ui.app import SignoffApp

FLUSH_SECONDS: Final = 2.0
"""How long the end of the program waits for its disk."""
_MOST_DIALOGS: Final = 8
_SETTLE_SECONDS: Final = 1.0


async def leave_dialogs(app: SignoffApp) -> None:
    """Close what is being asked as Escape would, so that what was typed in it is kept."""
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
    """Whether everything is on the disk, or its user gives the rest up."""
    from signoff.ui.screens.confirm import Confirm

    if await asyncio.to_thread(opened.flush, FLUSH_SECONDS):
        return True
    lost = opened.session.revision - opened.saved.revision
    edits = f"The last {lost} edits are" if lost > 1 else "The last edit is"
    text = f"{opened.saved.problem}\n\n{edits} not on the disk. What is not there is lost if you leave now."
    return await app.push_screen_wait(Confirm("Leave without saving?", text))
