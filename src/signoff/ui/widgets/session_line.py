"""Which release this is about, and what of it is on the disk."""

from __future__ import annotations

from typing import Final

from textual.content import Content
from textual.reactive import reactive

from signoff.domain.clock import MeetingTime
from signoff.domain.safe_text import safe_text
from signoff.domain.session import Session
from signoff.storage.saved import Saved
from signoff.ui.widgets.line import Line, spread

LOCKED: Final = Content.styled("LOCKED", "$status-condition bold")
"""What says that no answer can be changed now."""


class SessionLine(Line):
    """The first line of every screen of a session."""

    DEFAULT_CSS = """
    SessionLine {
        background: $surface;
    }
    """

    session: reactive[Session | None] = reactive(None)
    """The session."""
    saved: reactive[Saved | None] = reactive(None)
    """What is on the disk."""
    notice: reactive[str] = reactive("")
    """What everybody has to know about the file, in one word; empty for nothing."""
    locked: reactive[bool] = reactive(False)
    """Whether the answers are locked."""
    meeting: reactive[MeetingTime | None] = reactive(None)
    """What the meeting's clock shows; None while no meeting is held."""

    def __init__(self, place: str = "", *, id: str | None = None) -> None:
        """Make the line.

        Args:
            place: The name of the screen, in capitals; empty for the review.
            id: The widget's id.
        """
        super().__init__(id=id)
        self._place = place

    def line(self, width: int) -> Content:
        """The release, its window and the clock as there is room; what is saved always."""
        if self.session is None:
            return Content()
        release = self.session.release
        name = self._place or ("signoff" if width >= 80 else "")
        parts = [Content.assemble((name, "$accent bold"))] if name else []
        parts.append(Content.assemble((safe_text(release.title), "bold")))
        if release.window and width >= 110:
            parts.append(Content(f" window {release.window.text}"))
        if self.session.is_signed:
            parts.append(Content.assemble((" SIGNED, read-only", "$status-pass bold")))
        if self.locked:
            parts.append(LOCKED)
        left = Content(" ") + Content("  ").join(parts)
        right = self._saved_content(self.session) + Content(" ")
        if self.notice:
            right = Content.assemble((self.notice, "$status-fail bold reverse"), "  ") + right
        clock = self._clock_content(width)
        if left.cell_length + clock.cell_length + right.cell_length < width:
            right = clock + right
        return spread(left, right, width)

    def _clock_content(self, width: int) -> Content:
        if self.meeting is None:
            return Content()
        style = "$status-condition bold" if self.meeting.over else "$muted"
        return Content.assemble((f"{'meeting ' if width >= 80 else ''}{self.meeting.minutes_text}  ", style))

    def _saved_content(self, session: Session) -> Content:
        saved = self.saved
        if saved is None:
            return Content()
        if saved.problem:
            return Content.assemble((f"NOT SAVED since r{saved.revision}", "$status-fail bold reverse"))
        if saved.revision < session.revision:
            return Content.assemble((f"saving r{session.revision}", "$muted"))
        time = f" {saved.at.astimezone():%H:%M:%S}" if saved.at else ""
        return Content.assemble((f"saved r{saved.revision}{time}", "$muted"))
