"""Answering many items at once: always asked first, since an audience sees one line and not thirty."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from signoff.domain.answer import Status
from signoff.domain.session import Session
from signoff.ui.keyboard.session_keys import UNDO
from signoff.ui.open_session import OpenSession
from signoff.ui.screens.confirm import Confirm
from signoff.ui.widgets.message_line import Said, refusal

if TYPE_CHECKING:
    from signoff.ui.app import SignoffApp


async def ask_bulk_status(app: SignoffApp, opened: OpenSession, marked: Collection[str], status: Status) -> Said:
    """Give all marked items one status, as one step."""
    count = len(marked)
    text = f"They are set in one step; {app.key(UNDO)} takes them all back."
    if not await app.push_screen_wait(Confirm(f"Set {count} items to {status.word}?", text)):
        return Said("")
    opened.edit(Session.answer_all, _in_order(opened.session, marked), status=status)
    lacking = opened.session.answers.tally.incomplete()
    more = f"; {lacking} are incomplete now" if lacking else ""
    return Said(f"{count} items set to {status.word}{more} | {app.key(UNDO)} undo")


async def ask_bulk_confirm(app: SignoffApp, opened: OpenSession, marked: Collection[str]) -> Said:
    """Confirm all marked items that were carried over, as one step."""
    carried = [item for item in _in_order(opened.session, marked) if opened.session.answers[item].carried]
    if not carried:
        return refusal("Nothing to confirm: none of the marked answers was carried over.")
    question = Confirm(f"Confirm {len(carried)} answers as they are?", f"{app.key(UNDO)} takes it back in one step.")
    if not await app.push_screen_wait(question):
        return Said("")
    opened.edit(Session.answer_all, carried, carried=False)
    return Said(f"{len(carried)} answers confirmed | {app.key(UNDO)} undo")


def _in_order(session: Session, marked: Collection[str]) -> list[str]:
    return [item.id for item in session.checklist.items if item.id in marked]
