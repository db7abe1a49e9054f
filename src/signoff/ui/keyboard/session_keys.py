"""The keys that do the same on every screen of a session."""

from __future__ import annotations

from typing import Final

from signoff.ui.keyboard.key import Key

UNDO: Final = Key("session.undo", "u,ctrl+z", "undo", "Undo, also after a restart", "Session", "undo", 1, changes=True)
REDO: Final = Key("session.redo", "U,ctrl+y", "redo", "Redo", "Session", changes=True)
COPY: Final = Key("session.copy", "Y", "copy", "Copy the selected line", "Session")
LOCK: Final = Key("session.lock", "L", "lock", "Lock the answers, or unlock them", "Session")
PREVIEW: Final = Key("session.preview", "x", "preview", "Preview of the report", "Meeting")
