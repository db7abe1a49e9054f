"""The keys that do the same on every screen of a session."""

from __future__ import annotations

from typing import Final

from signoff.ui.keyboard.key import Key

UNDO: Final = Key("session.undo", "u,ctrl+z", "undo", "Undo, also after a restart", "Session", "undo", 1, changes=True)
REDO: Final = Key("session.redo", "U,ctrl+y", "redo", "Redo", "Session", changes=True)
COPY: Final = Key("session.copy", "Y", "copy", "Copy the selected line", "Session")
LOCK: Final = Key("session.lock", "L", "lock", "Lock the answers, or unlock them", "Session")
SAVE_AS: Final = Key("session.save_as", "ctrl+s", "save_as", "Save as: go on in another file", "Session")
TAKE_OVER: Final = Key("session.take_over", "K", "take_over", "Take over from another window", "Session")
SESSION_KEYS: Final = (SAVE_AS, TAKE_OVER)
"""The keys of every screen of a session: for the day on which its disk fails, or another window has it open."""
PREVIEW: Final = Key("session.preview", "x", "preview", "Preview of the report", "Meeting")
