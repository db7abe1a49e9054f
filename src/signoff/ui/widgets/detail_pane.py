"""Everything about one item: what is asked, how to check it, what was said."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.strip import Strip

from signoff.domain.answer import Answer, Status, missing
from signoff.domain.change_text import describe_change
from signoff.domain.checklist import Demand, Item
from signoff.domain.history import Change
from signoff.domain.safe_text import safe_text
from signoff.domain.session import Session
from signoff.domain.when import When, when_text
from signoff.ui.bindings import bindings, click_action, keymap_of
from signoff.ui.keyboard.answer_keys import ANSWER_KEYS, EVIDENCE, NOTE, OWNER
from signoff.ui.keyboard.key import Key
from signoff.ui.keyboard.list_keys import SCROLL_KEYS
from signoff.ui.status_look import STATUS_CLASSES, answer_look, status_class
from signoff.ui.widgets.line_view import LineView, Part, cell, painted

_LABEL_WIDTH = 12
_EXPLAINED_WIDTH = 7
_MOST_CHANGES = 6


class DetailPane(LineView, can_focus=True):
    """The selected item. Drawn line by line, so that moving the cursor costs no layout."""

    KEYS = SCROLL_KEYS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(SCROLL_KEYS)]

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "detail--title",
        "detail--label",
        "detail--key",
        "detail--missing",
    } | STATUS_CLASSES

    DEFAULT_CSS = """
    DetailPane {
        background: $background;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .detail--title { text-style: bold; }
        & > .detail--label { color: $muted; }
        & > .detail--key { color: $accent; text-style: bold; }
        & > .detail--missing { color: $status-condition; text-style: bold; }
    }
    """

    session: reactive[Session | None] = reactive(None, repaint=False, init=False)
    """The session whose answer is shown."""
    selected: reactive[str] = reactive("", repaint=False, init=False)
    """The id of the item that is shown; empty for none."""
    compact: reactive[bool] = reactive(False, repaint=False, init=False)
    """Whether there are only a few lines, so that the answer comes before the explanation."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[list[Part]] = []
        self._width = 0

    def painted(self, crop: Region, numbers: Sequence[int]) -> list[Strip]:
        """Some of the lines, made for the width that there is: the first frame is painted before that is told."""
        if self._width != self.size.width:
            self._lines = self._made_lines()
            if len(self._lines) <= self.size.height:
                self.set_reactive(DetailPane.virtual_size, self._filled)
        return super().painted(crop, numbers)

    def on_resize(self, _: events.Resize) -> None:
        """Wrap the lines for the new width."""
        self._lay_out()

    def restyled(self) -> None:
        """Lay the lines out in the colours of another theme."""
        self._lay_out()

    def watch_selected(self) -> None:
        """Show another item from its beginning."""
        self.scroll_to(y=0, animate=False, immediate=True)
        self._lay_out()

    def watch_session(self, old: Session | None, new: Session | None) -> None:
        """Show what changed about the item."""
        if old is None or new is None or old.answers[self.selected] is not new.answers[self.selected]:
            self._lay_out()

    def watch_compact(self) -> None:
        """Put the lines in their other order."""
        self._lay_out()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        position = y + self.scroll_offset.y
        return painted(self._lines[position] if position < len(self._lines) else [], self.size.width, self.line_style)

    def _lay_out(self) -> None:
        """Make the lines anew and paint those that are others now."""
        before, self._lines = self._lines, self._made_lines()
        self.virtual_size = self._filled
        self.refresh_changed(before, self._lines)

    @property
    def _filled(self) -> Size:
        # A pane that is filled whatever it says costs no layout, and with it the whole screen, for another item.
        return Size(0, max(len(self._lines), self.size.height))

    def _made_lines(self) -> list[list[Part]]:
        self._width = self.size.width
        # A margin on both sides; the scrollbar may come with these lines, and stands in the right one.
        width = self._width - 2
        if self.session and self.selected and width > _LABEL_WIDTH:
            return [*self._all_lines(self.session, self.session.checklist.item_by_id[self.selected], width)]
        return []

    def _all_lines(self, session: Session, item: Item, width: int) -> Iterator[list[Part]]:
        answer = session.answers[item.id]
        if not self.compact:
            yield from self._title(item, width)
        yield self._status(answer)
        lacking = missing(item, answer)
        if lacking:
            for line in wrapped(f"Incomplete: needs {' and '.join(lacking)}", width):
                yield [(" ", None), (line, self.styled("detail--missing"))]
        if not self.compact:
            yield []
        # What was said keeps its place from item to item: only its words change, and the eye finds them.
        yield from self._said(session, item, answer, width)
        if not self.compact:
            yield []
        yield from self._labelled("Check", None, item.verify, width, _EXPLAINED_WIDTH)
        yield from self._labelled("Why", None, item.why, width, _EXPLAINED_WIDTH)
        yield from self._history(session.history_of(f"answers.{item.id}"), width)

    def _title(self, item: Item, width: int) -> Iterator[list[Part]]:
        must = "must" if item.must else ""
        lines = wrapped(item.text, width - 6)
        for number, line in enumerate(lines):
            yield [(f" {cell(line, width - 5)}", self.styled("detail--title")), (must if number == 0 else "", None)]
        if len(lines) == 1:
            yield []  # most titles take one line or two: what follows keeps its place

    def _status(self, answer: Answer) -> list[Part]:
        look = self.styled(status_class(answer_look(answer)))
        parts: list[Part] = [(" ", None), (f"{answer.box} {answer.word}", look), (" " * (5 - len(answer.word)), None)]
        for status, key in ANSWER_KEYS.items():
            click = _clicked(key.action)
            parts += [
                (f" {keymap_of(self).shown(key)}", self.styled("detail--key") + click),
                (f" {status.word}", click),
            ]
        return parts

    def _said(self, session: Session, item: Item, answer: Answer, width: int) -> Iterator[list[Part]]:
        asked = session.checklist.role_title(item.role)
        person = session.person(item.role)
        owner = answer.owner or f"- (ask {person or asked})" if item.role else answer.owner
        yield from self._labelled("Owner", OWNER, owner or "-", width)
        yield from self._asked_for(answer, width)
        nothing = "- (required)" if item.evidence is Demand.REQUIRED else "-"
        if not answer.evidence:
            yield from self._labelled("Evidence", EVIDENCE, nothing, width)
        for number, entry in enumerate(answer.evidence):
            about = " ".join(part for part in (entry.title, entry.environment and f"({entry.environment})") if part)
            label, key = ("Evidence", EVIDENCE) if number == 0 else ("", None)
            yield from self._labelled(label, key, f"{about} {shortened(entry.target, width)}".strip(), width)
        for action in answer.actions:
            yield from self._labelled("Action", None, _action_text(action.text, action.owner, action.due), width)
        yield from self._labelled("Note", NOTE, answer.note or "-", width)

    def _asked_for(self, answer: Answer, width: int) -> Iterator[list[Part]]:
        match answer.status:
            case Status.CONDITION:
                yield from self._labelled("Condition", ANSWER_KEYS[Status.CONDITION], answer.what or "-", width)
                yield from self._labelled("Due", None, when_text(answer.due) or "-", width)
            case Status.RISK:
                by = f"{answer.accepted_by or '-'} until {when_text(answer.until) or '-'}"
                yield from self._labelled("Risk", ANSWER_KEYS[Status.RISK], f"accepted by {by}", width)
                yield from self._labelled("Reason", None, answer.reason or "-", width)
            case Status.NA:
                yield from self._labelled("Reason", ANSWER_KEYS[Status.NA], answer.reason or "-", width)
            case _:
                return

    def _labelled(
        self, label: str, key: Key | None, text: str, width: int, label_width: int = _LABEL_WIDTH
    ) -> Iterator[list[Part]]:
        pressed = keymap_of(self).shown(key) if key else ""
        for number, line in enumerate(wrapped(text, width - label_width) if text else ()):
            name = f" {label} " if number == 0 and label else ""
            mark = pressed if number == 0 else ""
            pad = " " * (label_width + 1 - len(name) - len(mark))
            yield [
                (name, self.styled("detail--label")),
                (mark, self.styled("detail--key")),
                (pad, None),
                (line, None),
            ]

    def _history(self, changes: tuple[Change, ...], width: int) -> Iterator[list[Part]]:
        for number, change in enumerate(reversed(changes[-_MOST_CHANGES:])):
            moment = change.at.astimezone().strftime("%H:%M:%S")
            again = f"undo of r{change.undoes}: " if change.undoes else ""
            text = f"{moment} {again}{describe_change(change)} by {change.by}"
            yield from self._labelled("History" if number == 0 else "", None, cell(text, width - _LABEL_WIDTH), width)


@cache
def _clicked(action: str) -> Style:
    return Style.from_meta({"@click": click_action(action)})


@lru_cache(256)
def wrapped(text: str, width: int) -> tuple[str, ...]:
    """A text that somebody typed as safe lines of at most a width."""
    lines: list[str] = []
    for line in safe_text(text, multiline=True).split("\n"):
        if line.isascii():
            lines += textwrap.wrap(line, width) or [""]
        else:
            # Cells and characters are two things outside ASCII; Textual knows the difference.
            lines += [part.plain for part in Content(line).wrap(width)] or [""]
    return tuple(lines)


def shortened(target: str, width: int) -> str:
    """A link or path cut in its middle, where it says least."""
    room = max(width - _LABEL_WIDTH, 12)
    if len(target) <= room:
        return target
    head = room * 2 // 3
    return f"{target[:head]}…{target[-(room - head - 1) :]}"


def _action_text(text: str, owner: str, due: When | None) -> str:
    return " ".join(part for part in (text, owner and f"@{owner}", due and f"due {when_text(due)}") if part)
