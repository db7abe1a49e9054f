"""The form for a release: when a session is made, and when its facts change."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from signoff.domain.release import WINDOW_EXAMPLES, Release, window_as_typed
from signoff.domain.session import Session
from signoff.errors import SessionError
from signoff.storage.time_zone import local_zone_name
from signoff.ui.screens.form import Field, Form
from signoff.ui.widgets.message_line import Said, refusal
from signoff.workflow.new_session import DEFAULT_CHECKLIST, ReleaseWords, commit_warning, read_window, whole_commit

if TYPE_CHECKING:
    from signoff.ui.app import SignoffApp
    from signoff.ui.open_session import OpenSession


def new_session_form(now: datetime, commit: str, checklists: tuple[str, ...]) -> Form:
    """The form for a new session.

    Args:
        now: The aware present.
        commit: The commit that is checked out here; empty for none.
        checklists: The ids of the checklists there are.
    """
    fields = _fields(Release("", "", commit=commit), local_zone_name())
    checklist = Field("checklist", "Checklist", DEFAULT_CHECKLIST, required=True, suggestions=checklists)
    return Form("New session", [*fields, checklist], check=lambda values: _wrong(values, now, checklists))


def release_form(release: Release, now: datetime) -> Form:
    """The form for a release that is known already."""
    zone = release.window.zone if release.window else local_zone_name()
    return Form("Release", _fields(release, zone), check=lambda values: _wrong(values, now, ()))


async def ask_release(app: SignoffApp, opened: OpenSession) -> Said:
    """Ask for the facts of the release, change them, and return what was done."""
    now = opened.clock()
    values = await app.push_screen_wait(release_form(opened.session.release, now))
    if values is None:
        return Said("")
    try:
        words = await words_from(app, values)
        changed = opened.edit(Session.describe, words.release(now))
    except (SessionError, ValueError) as error:
        return refusal(str(error))
    if changed and (warning := commit_warning(words.commit)):
        return refusal(warning)
    return Said("The release is changed" if changed else "")


async def words_from(app: SignoffApp, values: dict[str, Any]) -> ReleaseWords:
    """The release as it was typed, with the whole id of its commit where git knows it."""
    words = ReleaseWords(**{name: values[name] for name in ReleaseWords.__slots__})
    return replace(words, commit=await asyncio.to_thread(whole_commit, words.commit, app.working_folder))


def _fields(release: Release, zone: str) -> list[Field]:
    return [
        Field("service", "Service", release.service, "such as payments-api", required=True),
        Field("version", "Version", release.version, "such as 4.12.0", required=True),
        Field("environment", "Environment", release.environment, "prod", required=True),
        Field("commit", "Commit", release.commit, "may stay empty"),
        Field("window", "Window", window_as_typed(release.window), WINDOW_EXAMPLES),
        Field("zone", "Time zone", zone, "UTC or Europe/Berlin", required=True),
        Field("rollback", "Rollback", release.rollback, "the link to the plan; may stay empty"),
    ]


def _wrong(values: dict[str, Any], now: datetime, checklists: tuple[str, ...]) -> str:
    try:
        read_window(values["window"], values["zone"], now)
    except ValueError as error:
        return str(error)
    if checklists and values["checklist"] not in checklists:
        return f"There is no such checklist; there are {', '.join(checklists)}."
    return ""
