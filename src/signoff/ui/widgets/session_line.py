"""Which release this is about, and what of it is on the disk."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive

from signoff.domain.safe_text import safe_text
from signoff.domain.session import Session
from signoff.ui.open_session import Saved
from signoff.ui.widgets.line import Line, spread


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

    def __init__(self, place: str = "", *, id: str | None = None) -> None:
        """Make the line.

        Args:
            place: The name of the screen, in capitals; empty for the review.
            id: The widget's id.
        """
        super().__init__(id=id)
        self._place = place

    def line(self, width: int) -> Content:
        """The release and its window as there is room; what is saved always."""
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
        return spread(Content(" ") + Content("  ").join(parts), self._saved_content(self.session) + Content(" "), width)

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
