"""What can be asked about an item. Each question edits the session itself and returns what it did."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from signoff.domain.answer import Status, missing
from signoff.domain.checklist import Item
from signoff.domain.evidence import Evidence
from signoff.domain.find import Show, shown_items
from signoff.domain.session import Session
from signoff.ui.keyboard.answer_keys import ACTIONS, DETAILS, EVIDENCE
from signoff.ui.keyboard.session_keys import UNDO
from signoff.ui.open_session import OpenSession
from signoff.ui.widgets.message_line import Said, refusal

if TYPE_CHECKING:
    from signoff.ui.app import SignoffApp

Question = Callable[["SignoffApp", OpenSession, Item], Awaitable[Said]]
"""Asks something about an item. Raises SessionError when the edit does not fit the session."""


async def ask_missing(app: SignoffApp, opened: OpenSession, item: Item) -> Said:
    """Ask for what the status must also have and the answer has not; nothing when it has it all."""
    answer = opened.session.answers[item.id]
    return await ask_details(app, opened, item) if missing(item, answer) else Said("")


async def ask_details(app: SignoffApp, opened: OpenSession, item: Item) -> Said:
    """Ask for what the status asks for, whether it is there already or not."""
    answer = opened.session.answers[item.id]
    if answer.status is Status.PASS:
        return await ask_evidence(app, opened, item)
    if answer.status is Status.FAIL:
        return await ask_actions(app, opened, item)
    from signoff.ui.screens.answer_forms import form_for, release_now

    form = form_for(opened.session, item, release_now(opened.session, opened.clock()), opened.people)
    if form is None:
        return refusal(f"{answer.status.word} asks for nothing more.")
    values = await app.push_screen_wait(form)
    if values is not None:
        opened.edit(Session.answer, item.id, **values)
    lacking = missing(item, opened.session.answers[item.id])
    if lacking:
        return refusal(f"Incomplete, needs {' and '.join(lacking)} ({app.key(DETAILS)} asks again): {item.text}")
    return Said(f"{item.text}: {answer.status.word} is complete")


async def ask_owner(app: SignoffApp, opened: OpenSession, item: Item) -> Said:
    """Ask who answers for the item."""
    from signoff.ui.screens.form import Field, Form

    answer = opened.session.answers[item.id]
    owner = Field("owner", "Owner", answer.owner, "a name", suggestions=opened.people)
    values = await app.push_screen_wait(Form(f"Owner of {item.text}", [owner], keeps=True))
    if values is None or not opened.edit(Session.answer, item.id, **values):
        return Said("")
    return Said(f"{item.text}: owner {values['owner'] or 'nobody'}")


async def ask_evidence(app: SignoffApp, opened: OpenSession, item: Item) -> Said:
    """Add, edit or remove evidence."""
    from signoff.ui.screens.evidence_editor import EvidenceEditor

    before = opened.session.answers[item.id].evidence
    typed = await app.push_screen_wait(EvidenceEditor(f"Evidence for {item.text}", before))
    if typed is not None and typed != before:
        opened.edit(Session.answer, item.id, evidence=await _recorded(app, typed))
    evidence = opened.session.answers[item.id].evidence
    hollow = [entry.target for entry in evidence if not entry.is_backing]
    if hollow:
        return refusal(f"{hollow[0]} is neither an address nor a file that is here: it is kept and backs nothing.")
    if "evidence" in missing(item, opened.session.answers[item.id]):
        return refusal(f"Incomplete, needs evidence ({app.key(EVIDENCE)} adds it): {item.text}")
    return Said(f"{item.text}: {_count(len(opened.session.answers[item.id].evidence), 'piece')} of evidence")


async def ask_note(app: SignoffApp, opened: OpenSession, item: Item, *, outside: bool = False) -> Said:
    """Type the note.

    Args:
        app: The app that asks.
        opened: The session that is open.
        item: The item that it is about.
        outside: Whether it is typed in the user's own editor.
    """
    from signoff.ui.outside_editor import editor_command
    from signoff.ui.screens.note_editor import NoteEditor

    if outside:
        await asyncio.to_thread(editor_command, os.environ)  # says what is lacking before anything is shown
    before = opened.session.answers[item.id].note
    keep = partial(opened.keep_note, item.id)
    editor = NoteEditor(f"Note on {item.text}", before, keep, outside=outside)
    note = await app.push_screen_wait(editor)
    changed = note != before and opened.edit(Session.answer, item.id, note=note)
    opened.end_note()
    return Said(f"{item.text}: note kept" if changed else "")


async def ask_actions(app: SignoffApp, opened: OpenSession, item: Item) -> Said:
    """Add, edit or remove actions."""
    from signoff.ui.screens.action_editor import ActionEditor
    from signoff.ui.screens.answer_forms import release_now

    session, now = opened.session, release_now(opened.session, opened.clock())
    before = session.answers[item.id].actions
    editor = ActionEditor(f"Actions for {item.text}", before, opened.people, now)
    actions = await app.push_screen_wait(editor)
    if actions is not None:
        opened.edit(Session.answer, item.id, actions=actions)
    lacking = missing(item, opened.session.answers[item.id])
    if "an action" in lacking:
        return refusal(f"Incomplete, needs an action ({app.key(ACTIONS)} adds it): {item.text}")
    if actions in (None, before):
        return Said("")
    return Said(f"{item.text}: {_count(len(actions), 'action')}")


async def ask_link(app: SignoffApp, opened: OpenSession, item: Item) -> Said:
    """Open one of the links of the evidence."""
    from signoff.ui.screens.open_link import open_evidence

    return Said(await open_evidence(app, opened.session.answers[item.id].evidence))


async def ask_pasted(app: SignoffApp, opened: OpenSession, item: Item, text: str) -> Said:
    """Take what was pasted on the list: links or a local file as evidence, other text as a note if that is meant."""
    from signoff.ui.screens.confirm import Confirm
    from signoff.workflow.evidence_files import evidence_in

    answer = opened.session.answers[item.id]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    found = await asyncio.to_thread(evidence_in, lines)
    if found:
        added = answer.lacks_of(found)
        if not added:
            return refusal(f"{item.text} has that as evidence already.")
        opened.edit(Session.answer, item.id, evidence=(*answer.evidence, *await _recorded(app, added)))
        return Said(f"{item.text}: {_count(len(added), 'piece')} of evidence added | {app.key(UNDO)} undo")
    wanted = bool(lines) and await app.push_screen_wait(Confirm(f"Add this to the note on {item.text}?", lines))
    if not wanted:
        return Said("")
    opened.edit(Session.answer, item.id, note=f"{answer.note}\n{lines}".strip())
    return Said(f"{item.text}: note kept | {app.key(UNDO)} undo")


async def ask_show(app: SignoffApp, session: Session, show_only: Callable[[Show, str], None]) -> None:
    """Ask which items to show.

    Args:
        app: The app that asks.
        session: The session.
        show_only: Shows those that were chosen: of a standing, or of an owner.
    """
    from signoff.ui.screens.pick import Pick

    owners = sorted({answer.owner for answer in session.answers.given.values() if answer.owner})
    counts = [len(shown_items(session, show)) for show in Show]
    words = [f"{show.value:<14} {count:>5}" for show, count in zip(Show, counts, strict=True)]
    chosen = await app.push_screen_wait(Pick("Show which items?", [*words, *(f"owner {name}" for name in owners)]))
    if chosen is not None and chosen < len(words):
        show_only(list(Show)[chosen], "")
    elif chosen is not None:
        show_only(Show.ALL, owners[chosen - len(words)])


async def _recorded(app: SignoffApp, evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """The evidence with the hashes of its files, which may take long; left, it stays without."""
    from signoff.ui.screens.waiting import Waiting
    from signoff.workflow.evidence_files import needs_recording, recorded

    if not any(needs_recording(entry) for entry in evidence):
        return evidence
    outcome = await app.push_screen_wait(Waiting("Reading the file ...", partial(recorded, evidence)))
    done: tuple[Evidence, ...] = outcome.value if outcome and outcome.value else evidence
    return done


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
