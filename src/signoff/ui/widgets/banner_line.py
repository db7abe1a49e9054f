"""What everybody has to know while it is so: that answers are not in their file, or that none can be given here.

It is a line and no question: the meeting goes on.
"""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive

from signoff.domain.safe_text import safe_text
from signoff.domain.session import Session
from signoff.storage.saved import Saved
from signoff.ui.bindings import clickable, keymap_of
from signoff.ui.keyboard.key import Key
from signoff.ui.widgets.line import Line, spread


class BannerLine(Line):
    """The line above the message. Its screen shows it only while there is something to say."""

    DEFAULT_CSS = """
    BannerLine { color: $status-fail; text-style: bold reverse; }
    """

    session: reactive[Session | None] = reactive(None)
    """The session."""
    saved: reactive[Saved | None] = reactive(None)
    """What is on the disk."""

    def __init__(self, save_as: Key, take_over: Key, place: str) -> None:
        """Make the line.

        Args:
            save_as: The key that saves to another file.
            take_over: The key that takes the session over.
            place: Where the journal is, as its owner would name it.
        """
        super().__init__()
        self._save_as, self._take_over, self._place = save_as, take_over, place

    def line(self, width: int) -> Content:
        """What is so, since when, and the key that does something about it."""
        saved, session = self.saved, self.session
        if saved is None or session is None:
            return Content()
        if saved.problem:
            return self._with_key(self._unsaved(saved, session), self._save_as, "save as", width)
        return self._with_key(f"Open in {saved.holder}, shown only here", self._take_over, "take over", width)

    def _unsaved(self, saved: Saved, session: Session) -> str:
        since = f"Not saved since {saved.since.astimezone():%H:%M}" if saved.since else "Not saved"
        if saved.unkept:
            edits = _counted(session.revision - saved.revision)
            return f"{since}, NOT KEPT: {edits} only in this window"
        if not saved.kept:
            return since
        return f"{since}: {_counted(saved.kept - saved.revision)} kept in {self._place}"

    def _with_key(self, text: str, key: Key, verb: str, width: int) -> Content:
        right = Content.assemble("| ", clickable(keymap_of(self).shown(key), key.action), f" {verb} ")
        return spread(Content(f" {safe_text(text)}"), right, width)


def _counted(edits: int) -> str:
    return f"{edits} edits" if edits > 1 else "1 edit"  # a signature is none of its own
