"""Going on in another file, where the one that a session came from cannot be written."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from signoff.errors import SignoffError
from signoff.storage.locations import expanded
from signoff.storage.session_keeper import SessionKeeper
from signoff.ui.open_session import OpenSession
from signoff.ui.screens.form import Field, Form
from signoff.ui.screens.waiting import Waiting
from signoff.ui.widgets.message_line import Said

if TYPE_CHECKING:
    from signoff.ui.app import SignoffApp

_TEXT = "The meeting goes on in the new file. The old one stays as it is."


async def ask_save_as(app: SignoffApp, opened: OpenSession) -> Said:
    """Ask for a path, write the session there and go on with it; returns what was done."""
    typed, text = f"~/{opened.path.stem}.toml", _TEXT
    while True:
        field = Field("path", "File", typed, "a path on a disk that works", required=True)
        values = await app.push_screen_wait(Form("Save as", [field], text=text, verb="saves"))
        if values is None:
            return Said("")
        typed = values["path"]
        path = _path_of(typed, app.working_folder)
        outcome = await app.push_screen_wait(Waiting("Writing the file ...", partial(opened.written_to, path)))
        if outcome is None:
            return Said("")
        error: SignoffError | None = outcome.error
        if error is None:
            keeper: SessionKeeper = outcome.value
            opened.go_on_with(keeper, opened.session)
            return Said(f"Saved as {path}; the meeting goes on there.", "$status-pass bold")
        text = str(error)


def _path_of(typed: str, folder: Path) -> Path:
    path = folder / expanded(typed)
    return path if path.suffix == ".toml" else path.with_name(f"{path.name}.toml")
