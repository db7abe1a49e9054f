"""Leaving a session or the program: what was typed becomes edits, edits reach the disk, and only then it ends."""

from __future__ import annotations

import asyncio
import contextlib
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from textual.screen import Screen
from textual.widget import Widget

from signoff.domain.change_text import describe_changes
from signoff.ui.dead_terminal import has_unread_keys
from signoff.ui.open_session import OpenSession
from signoff.ui.screens.question_screen import QuestionScreen

if TYPE_CHECKING:
    from signoff.ui.app import SignoffApp

FLUSH_SECONDS: Final = 2.0
"""How long the end of the program waits for its disk."""
_AGAIN_SECONDS: Final = 0.5
"""How long it is tried once more where saving failed already."""
_MOST_DIALOGS: Final = 8
_SETTLE_SECONDS: Final = 0.6
"""How long what was begun may take: a key that was pressed, a question on its way."""
_LOOK_SECONDS: Final = 0.01


async def leave_dialogs(app: SignoffApp) -> None:
    """Close what is being asked as Escape would, so that what was typed in it is kept.

    A question that is on its way is waited for: there is nothing in it that could be left before it is mounted, and
    Textual itself never comes to an end while something is being mounted.
    """
    from signoff.ui.screens.dialog import Dialog

    loop = asyncio.get_running_loop()
    until = loop.time() + _SETTLE_SECONDS
    left = 0
    while loop.time() < until and (screens := screens_of(app)):
        screen = screens[-1]
        if not _is_mounted(screen):
            pass
        elif isinstance(screen, Dialog):
            if left == _MOST_DIALOGS:
                break
            left += 1
            screen.action_leave()  # some point out once what would be lost; the next round means it
        elif not (isinstance(screen, QuestionScreen) and screen.is_asking):
            break
        await asyncio.sleep(_LOOK_SECONDS)


async def be_heard(app: SignoffApp) -> None:
    """Wait until the app has begun, and has heard what was pressed so far."""
    loop = asyncio.get_running_loop()
    until = loop.time() + _SETTLE_SECONDS
    while not app.is_headless and has_unread_keys() and loop.time() < until:
        await asyncio.sleep(_LOOK_SECONDS)
    await asyncio.sleep(_LOOK_SECONDS)  # what was read last is handed over
    heard = asyncio.Event()
    if app.call_later(heard.set):
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(heard.wait(), _SETTLE_SECONDS)


async def be_mounted(app: SignoffApp) -> None:
    """Wait until nothing is being mounted any more."""
    loop = asyncio.get_running_loop()
    until = loop.time() + _SETTLE_SECONDS
    while loop.time() < until and not all(map(_is_mounted, screens_of(app))):
        await asyncio.sleep(_LOOK_SECONDS)


def screens_of(app: SignoffApp) -> list[Screen[Any]]:
    """The screens, the one that is seen last; none before the app has begun and after it has ended."""
    try:
        return app.get_screen_stack()
    except KeyError:
        return []


def _is_mounted(screen: Screen[Any]) -> bool:
    return screen.is_mounted and all(node.is_mounted for node in screen.walk_children(Widget))


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
