"""The categories, with how far each is."""

from __future__ import annotations

from typing import Final

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive

from signoff.domain.answer import Status
from signoff.domain.safe_text import safe_text
from signoff.domain.session import Session
from signoff.ui.bindings import clickable, keymap_of
from signoff.ui.keyboard.review_keys import CATEGORY_KEYS
from signoff.ui.widgets.line import Line, spread
from signoff.ui.widgets.progress_line import verdict_content

_FITS: Final = ((99, " ", False), (99, "", False), (99, "", True), *((n, "", True) for n in range(12, 2, -1)))
"""From the roomiest tabs to the tightest: letters of a name, padding, and whether a count that says nothing goes."""


class CategoryTabs(Line):
    """One line of tabs. They are words in a line, so that switching costs no layout and no animation."""

    DEFAULT_CSS = """
    CategoryTabs {
        link-color: $muted;
        link-style: none;
    }
    """

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
            outcome = progress + verdict_content(self.session, width) + Content(" ")
            return spread(self._tabs(width - outcome.cell_length - 1), outcome, width)
        return self._tabs(width)

    def _tabs(self, width: int) -> Content:
        for name_length, pad, brief in _FITS:
            # Texts first: their styles are dear, and most of them do not fit.
            texts = [self._text(index, name_length, pad, brief=brief) for index in range(self._count)]
            if sum(map(cell_len, texts)) + max(self._count - 1, 0) < width:
                return Content("" if pad else " ") + Content().join(map(self._tab, range(self._count), texts))
        return self._only_one()

    @property
    def _count(self) -> int:
        return len(self.session.checklist.categories) if self.session else 0

    def _text(self, index: int, name_length: int, pad: str, *, brief: bool) -> str:
        name = self._title_of(index)[:name_length].strip()
        return f"{pad}{self._key_of(index)}{name} {self._progress(index, brief=brief)}{pad}"

    def _tab(self, index: int, text: str) -> Content:
        bar = "│" if index else ""
        if index == self.category:
            return Content(bar) + Content.styled(text, "$block-cursor-foreground on $block-cursor-background bold")
        return clickable(bar + text, f"show_category({index})")

    def _only_one(self) -> Content:
        index = self.category
        before = f"<{self._key_of(index - 1) or ' '}" if index else "  "
        after = f" {self._key_of(index + 1).rstrip()}>" if index + 1 < self._count else ""
        text = f"{self._key_of(index)}{self._title_of(index)} {self._progress(index)}"
        return Content.assemble(
            clickable(before, "previous_category"), (text, "bold"), clickable(after, "next_category")
        )

    def _key_of(self, index: int) -> str:
        """What shows the category, with a blank behind it; nothing where no key does, or the digits answer."""
        key = keymap_of(self).key(CATEGORY_KEYS[index]) if index < len(CATEGORY_KEYS) else None
        return "" if key is None or not key.keys else f"{key.shown} "

    def _title_of(self, index: int) -> str:
        assert self.session is not None
        return safe_text(self.session.checklist.categories[index].title)

    def _progress(self, index: int, *, brief: bool = False) -> str:
        assert self.session is not None
        tally = self.session.answers.tally
        answered, total = tally.answered(index), tally.total(index)
        failed = tally.with_status(Status.FAIL, index)
        if failed:
            return f"{answered}/{total} x{failed}"
        done = answered == total and not tally.incomplete(index)
        if done:
            return "ok" if brief else f"{answered}/{total} ok"
        return f"{answered}/{total}"
