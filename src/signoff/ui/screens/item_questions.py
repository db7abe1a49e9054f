"""What can be asked about an item. Each question edits the session itself and returns what it did."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from signoff.domain.answer import Status, missing
from signoff.domain.checklist import Item
from signoff.domain.session import Session
from signoff.ui.open_session import OpenSession
from signoff.ui.screens.answer_forms import changes_from, form_for, people_of, release_now
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
    form = form_for(opened.session, item, release_now(opened.session, opened.clock()))
    if form is None:
        return refusal(f"{answer.status.word} asks for nothing more.")
    values = await app.push_screen_wait(form)
    if values is not None:
        opened.edit(Session.answer, item.id, **changes_from(answer, values))
    lacking = missing(item, opened.session.answers[item.id])
    if lacking:
        return refusal(f"Incomplete: {item.text} still needs {' and '.join(lacking)}; d asks again.")
    return Said(f"{item.text}: {answer.status.word} is complete")


async def ask_owner(app: SignoffApp, opened: OpenSession, item: Item) -> Said:
    """Ask who answers for the item."""
    from signoff.ui.screens.form import Field, Form

    answer = opened.session.answers[item.id]
    owner = Field("owner", "Owner", answer.owner, "a name", suggestions=people_of(opened.session))
    values = await app.push_screen_wait(Form(f"Owner of {item.text}", [owner], keeps=True))
    if values is None or not opened.edit(Session.answer, item.id, **values):
        return Said("")
    return Said(f"{item.text}: owner {values['owner'] or 'nobody'}")


async def ask_evidence(app: SignoffApp, opened: OpenSession, item: Item) -> Said:
    """Add, edit or remove evidence."""
    from signoff.ui.screens.evidence_editor import EvidenceEditor
    from signoff.workflow.evidence_files import recorded

    before = opened.session.answers[item.id].evidence
    typed = await app.push_screen_wait(EvidenceEditor(f"Evidence for {item.text}", before))
    if typed is not None and typed != before:
        evidence = await app.in_thread(recorded, typed)
        opened.edit(Session.answer, item.id, evidence=evidence)
    lacking = missing(item, opened.session.answers[item.id])
    if "evidence" in lacking:
        return refusal(f"Incomplete: {item.text} still needs evidence; e adds it.")
    count = len(opened.session.answers[item.id].evidence)
    return Said(f"{item.text}: {count} piece{'' if count == 1 else 's'} of evidence")


async def ask_note(app: SignoffApp, opened: OpenSession, item: Item) -> Said:
    """Type the note."""
    from signoff.ui.screens.note_editor import NoteEditor

    before = opened.session.answers[item.id].note
    editor = NoteEditor(f"Note on {item.text}", before, lambda text: opened.keep_draft(item.id, text))
    note = await app.push_screen_wait(editor)
    changed = note != before and opened.edit(Session.answer, item.id, note=note)
    opened.drop_draft()
    return Said(f"{item.text}: note kept" if changed else "")
