"""The categories, with how far each is."""

from __future__ import annotations

from typing import Final

from textual.content import Content
from textual.reactive import reactive

from signoff.domain.answer import Status
from signoff.domain.safe_text import safe_text
from signoff.domain.session import Session
from signoff.ui.widgets.line import Line, spread
from signoff.ui.widgets.progress_line import verdict_content

_WHOLE: Final = 1000


class CategoryTabs(Line):
    """One line of tabs. They are words in a line, so that switching costs no layout and no animation."""

    session: reactive[Session | None] = reactive(None)
    """The session whose counts are shown."""
    category: reactive[int] = reactive(0)
    """The position of the category that is shown."""

    with_verdict: reactive[bool] = reactive(False)
    """Whether the verdict stands here too, since there is no line for it."""

    def line(self, width: int) -> Content:
        """The tabs, as much of their names as there is room for."""
        if self.session is None:
            return Content()
        if self.with_verdict:
            tally = self.session.answers.tally
            progress = Content(f"{tally.answered()}/{tally.total()}  ")
            outcome = progress + verdict_content(self.session, long=False) + Content(" ")
            return spread(self._tabs(width - outcome.cell_length - 1), outcome, width)
        return self._tabs(width)

    def _tabs(self, width: int) -> Content:
        for name_length, pad in ((_WHOLE, " "), (_WHOLE, ""), *((length, "") for length in (12, 9, 7, 5, 4, 3))):
            tabs = Content("│").join(self._tab(index, name_length, pad) for index in range(self._count))
            if tabs.cell_length < width:
                return Content(" " if not pad else "") + tabs
        return self._only_one()

    @property
    def _count(self) -> int:
        return len(self.session.checklist.categories) if self.session else 0

    def _tab(self, index: int, name_length: int, pad: str) -> Content:
        text = f"{pad}{index + 1} {self._title_of(index)[:name_length].strip()} {self._progress(index)}{pad}"
        style = "$foreground on $panel bold" if index == self.category else "$muted"
        return Content.from_markup(f"[{style} @click=screen.show_category({index})]$text[/]", text=text)

    def _only_one(self) -> Content:
        before = f"<{self.category} " if self.category else "  "
        after = f" {self.category + 2}>" if self.category + 1 < self._count else ""
        text = f"{self.category + 1} {self._title_of(self.category)} {self._progress(self.category)}"
        return Content.from_markup(
            "[$muted @click=screen.previous_category]$before[/][bold]$text[/]"
            "[$muted @click=screen.next_category]$after[/]",
            before=before,
            text=text,
            after=after,
        )

    def _title_of(self, index: int) -> str:
        assert self.session is not None
        return safe_text(self.session.checklist.categories[index].title)

    def _progress(self, index: int) -> str:
        assert self.session is not None
        tally = self.session.answers.tally
        answered, total = tally.answered(index), tally.total(index)
        failed = tally.with_status(Status.FAIL, index)
        if failed:
            return f"{answered}/{total} x{failed}"
        done = answered == total and not tally.incomplete(index)
        return f"{answered}/{total} ok" if done else f"{answered}/{total}"
