"""One item, as large as there is room for.

The text of the item is whole at every size. What stands around it gives way first: the letters become smaller, the
blank lines go, then the reason why it is asked; and where even that is not enough, the stage scrolls.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip

from signoff.domain.answer import Answer
from signoff.domain.checklist import Item
from signoff.domain.item_words import Words, asked_words, flag_words, said_words
from signoff.domain.session import Session
from signoff.ui.bindings import bindings, click_action, keymap_of
from signoff.ui.keyboard.answer_keys import ANSWER_KEYS
from signoff.ui.keyboard.list_keys import SCROLL_KEYS
from signoff.ui.status_look import STATUS_CLASSES, answer_look, status_class
from signoff.ui.widgets.block_letters import Dot, block_lines
from signoff.ui.widgets.detail_pane import wrapped
from signoff.ui.widgets.large_text import Lettering, large_lines
from signoff.ui.widgets.line_view import LineView, Part, cell, painted, word

_LABEL_WIDTH: Final = 11
_WIDEST_LINE: Final = 100
"""Cells of a line of small text: a longer one is hard to read on."""
_WIDTH_FOR_BOX: Final = 60
_DRAWN_WIDTH: Final = 22
"""Cells of the widest word of a status in blocks."""


@dataclass(frozen=True, slots=True, repr=False)
class _Fit:
    """One way to lay an item out."""

    lettering: Lettering
    """How the text is written."""
    airy: bool = True
    """Whether there are blank lines, and lines around the status."""
    why: bool = True
    """Whether the reason why the item is asked is shown."""


_FITS: Final = (
    *(
        _Fit(lettering, why=why)
        for lettering in (Lettering.LARGE_BLOCKS, Lettering.BLOCKS, Lettering.SPACED)
        for why in (True, False)
    ),
    _Fit(Lettering.CAPITALS),
    _Fit(Lettering.CAPITALS, why=False),
    _Fit(Lettering.CAPITALS, airy=False, why=False),
)
"""From the roomiest to the tightest."""


class PresenterStage(LineView, can_focus=True, inherit_bindings=False):
    """The item that is presented. Drawn line by line, so that going to the next costs no layout.

    It leaves out the keys of a scroll view: PageDown is the next item.
    """

    KEYS = SCROLL_KEYS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(SCROLL_KEYS)]

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "stage--text",
        "stage--must",
        "stage--muted",
        "stage--key",
        "stage--flag",
    } | STATUS_CLASSES

    DEFAULT_CSS = """
    PresenterStage {
        background: $background;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .stage--text { text-style: bold; }
        & > .stage--must { color: $accent; text-style: bold; }
        & > .stage--muted { color: $muted; }
        & > .stage--key { color: $accent; text-style: bold; }
        & > .stage--flag { color: $status-condition; text-style: bold; }
    }
    """

    session: reactive[Session | None] = reactive(None, repaint=False, init=False)
    """The session whose answer is shown."""
    selected: reactive[str] = reactive("", repaint=False, init=False)
    """The id of the item that is presented."""

    def __init__(self, *, ascii_only: bool) -> None:
        """Make the stage.

        Args:
            ascii_only: Whether letters are drawn for a terminal that has no halves of cells.
        """
        super().__init__()
        self._small_dot = Dot.WHOLE if ascii_only else Dot.HALF

    def on_mount(self) -> None:
        """Lay the lines out."""
        self._lay_out()

    def on_resize(self, _: events.Resize) -> None:
        """Fit the lines to the new size."""
        self._lay_out()

    def restyled(self) -> None:
        """Lay the lines out in the colours of another theme."""
        self._lay_out()

    def watch_selected(self) -> None:
        """Show another item from its beginning."""
        self.scroll_to(y=0, animate=False, immediate=True)
        self._lay_out()

    def watch_session(self, old: Session | None, new: Session | None) -> None:
        """Show what changed about the item or the people."""
        if not old or not new or old.people != new.people or old.answers[self.selected] != new.answers[self.selected]:
            self._lay_out()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width, style = self.scrollable_content_region.width, self.line_style
        position = y + self.scroll_offset.y
        if position >= len(self._lines):
            return Strip.blank(width, style)
        return painted([(" " * margin(self.size.width), None), *self._lines[position]], width, style)

    # Laying out.

    def _lay_out(self) -> None:
        self._lines: list[list[Part]] = []
        # The scrollbar may come with these lines: they always leave room for it.
        width = self.size.width - 2 * margin(self.size.width) - 1
        if self.session and self.selected and width > 2 * _LABEL_WIDTH:
            self._lines = self._fitted(self.session, self.session.checklist.item_by_id[self.selected], width)
        self.virtual_size = Size(0, len(self._lines))
        self.refresh()

    def _fitted(self, session: Session, item: Item, width: int) -> list[list[Part]]:
        for fit in _FITS:
            text = large_lines(item.text, width, fit.lettering, self._small_dot)
            if text is not None:
                lines = list(self._all_lines(session, item, width, fit, text))
                if len(lines) <= self.size.height:
                    return lines
        # It has to scroll: then nothing needs to be left out either.
        text = large_lines(item.text, width, Lettering.CAPITALS, self._small_dot) or []
        return list(self._all_lines(session, item, width, _Fit(Lettering.CAPITALS, airy=False), text))

    def _all_lines(self, session: Session, item: Item, width: int, fit: _Fit, text: list[str]) -> Iterator[list[Part]]:
        answer = session.answers[item.id]
        gap: list[list[Part]] = [[]] if fit.airy else []
        yield from gap * max(self.size.height // 14, 1)
        yield from self._caption(item, width, fit)
        yield from gap
        yield from self._in_style(text, "stage--text")
        yield from gap
        yield from self._status(session, item, answer, width, fit)
        if flag := flag_words(item, answer):
            yield from self._in_style(wrapped(flag, width), "stage--flag")
        yield from gap
        width = min(width, _WIDEST_LINE)
        said = list(said_words(item, answer, width - _LABEL_WIDTH))
        yield from self._labelled(said, width)
        if any(words for _, words in said) and fit.lettering.is_blocks:
            yield from gap
        yield from self._labelled([("Check", item.verify), *([("Why", item.why)] if fit.why else [])], width)

    def _caption(self, item: Item, width: int, fit: _Fit) -> Iterator[list[Part]]:
        """Whether it is a must; and the text as it is, where its letters are only drawn."""
        must = "MUST-HAVE   " if item.must else ""
        lines = wrapped(item.text, width - len(must)) if fit.lettering.is_blocks else [""] if must or fit.airy else []
        for number, line in enumerate(lines):
            start = must if number == 0 else " " * len(must)
            yield [(start, self.styled("stage--must")), (line, self.styled("stage--muted"))]

    def _status(self, session: Session, item: Item, answer: Answer, width: int, fit: _Fit) -> Iterator[list[Part]]:
        look = self.styled(status_class(answer_look(answer)))
        asked, owner = asked_words(session, item), answer.owner
        if not fit.airy or width < _WIDTH_FOR_BOX:
            who = "   ".join(part for part in (owner and f"owner {owner}", asked and f"ask {asked}") if part)
            yield [*word(f"{answer.box} {answer.word}", 11, look), (cell(who, width - 11).rstrip(), None)]
            return
        drawn = fit.lettering.is_blocks and self._small_dot is Dot.HALF
        box = _boxed(answer, drawn=drawn)
        room = width - cell_len(box[0]) - 3 - _LABEL_WIDTH
        beside: list[list[Part]] = [
            [("Ask".ljust(_LABEL_WIDTH), self.styled("stage--muted")), (cell(asked or "-", room).rstrip(), None)],
            [("Owner".ljust(_LABEL_WIDTH), self.styled("stage--muted")), (cell(owner or "-", room).rstrip(), None)],
            list(self._answers()),
        ]
        if drawn:
            beside = [[], *beside, []]
        yield from ([(side, look), ("   ", None), *parts] for side, parts in zip(box, beside, strict=True))

    def _answers(self) -> Iterator[Part]:
        yield "Answer".ljust(_LABEL_WIDTH), self.styled("stage--muted")
        for status, key in ANSWER_KEYS.items():
            click = Style.from_meta({"@click": click_action(key.action)})
            yield keymap_of(self).shown(key), self.styled("stage--key") + click
            yield f" {status.word}", click
            yield "   ", None

    def _labelled(self, entries: Iterable[Words], width: int) -> Iterator[list[Part]]:
        for label, words in entries:
            for number, line in enumerate(wrapped(words, width - _LABEL_WIDTH) if words else ()):
                name = label if number == 0 else ""
                yield [(name.ljust(_LABEL_WIDTH), self.styled("stage--muted")), (line, None)]

    def _in_style(self, lines: Iterable[str], name: str) -> Iterator[list[Part]]:
        return ([(line, self.styled(name))] for line in lines)


def _boxed(answer: Answer, *, drawn: bool) -> list[str]:
    """The status in a box, its word written or drawn."""
    glyph = answer.box[1]
    lines = [f"{glyph}  {answer.word:<4}"]
    if drawn:
        word = block_lines(answer.word, _DRAWN_WIDTH, Dot.HALF) or []
        lines = [f"{mark}   {line:<{_DRAWN_WIDTH}}" for mark, line in zip((" ", glyph, " "), word, strict=True)]
    width = cell_len(lines[0]) + 6
    return ["┌" + "─" * width + "┐", *(f"│   {line}   │" for line in lines), "└" + "─" * width + "┘"]


def margin(width: int) -> int:
    """How many cells a slide of a width leaves free at either side."""
    return 1 if width < 70 else 2 if width < 100 else width // 25
