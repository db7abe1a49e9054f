"""The keys of a screen, made from the same declarations as the bindings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from signoff.domain.answer import CARRIED_BOX, PARKED_BOX, Status
from signoff.ui.keys import Key, bindings
from signoff.ui.status_look import status_style
from signoff.ui.widgets.key_line import KeyLine
from signoff.ui.widgets.row_list import LIST_KEYS
from signoff.ui.widgets.rule_line import RuleLine

HELP_KEYS: Final = (
    Key("help.down", "j,down", "scroll(1)", "Down", "Move", "scroll"),
    Key("help.up", "k,up", "scroll(-1)", "Up", "Move", "scroll"),
    Key("help.close", "escape,q,question_mark,f1", "dismiss(None)", "Close", "Screen", "close"),
)
_MEANINGS: Final = {
    Status.OPEN: "not answered",
    Status.PASS: "it is so",
    Status.FAIL: "it is not so; a must blocks the go",
    Status.CONDITION: "go if ..., with owner and due",
    Status.RISK: "accepted by somebody until a date",
    Status.NA: "does not apply, with a reason",
}


class HelpScreen(ModalScreen[None]):
    """Every key of the screen below, and what the boxes mean."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(HELP_KEYS)]

    CSS = """
    HelpScreen {
        background: $background;
        layout: vertical;
        #title { color: $accent; text-style: bold; padding: 0 1; }
        #keys { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    }
    """

    def __init__(self, place: str, keys: Sequence[Key]) -> None:
        """Make the help.

        Args:
            place: The name of the screen; only words of the program.
            keys: Its keys.
        """
        super().__init__()
        self._place = place
        self._keys = (*keys, *LIST_KEYS)

    def compose(self) -> ComposeResult:
        """The keys in groups, then the boxes."""
        yield Static(f"HELP  {self._place}", id="title", markup=False)
        yield RuleLine()
        with VerticalScroll(id="keys"):
            yield Static(self._groups(), id="groups")
        yield RuleLine()
        yield KeyLine(HELP_KEYS)

    def on_resize(self) -> None:
        """Fit the columns to the width."""
        self.query_one("#groups", Static).update(self._groups())

    def action_scroll(self, lines: int) -> None:
        """Scroll the keys."""
        self.query_one("#keys").scroll_relative(y=lines, animate=False)

    def _groups(self) -> Content:
        width = max(self.size.width - 3, 36)
        columns = max(width // 48, 1)
        groups = dict.fromkeys(key.group for key in self._keys)
        parts = [self._group(group, columns, width // columns) for group in groups]
        return Content("\n\n").join([*parts, _boxes(), Content(_ADVICE)])

    def _group(self, group: str, columns: int, width: int) -> Content:
        entries = [_entry(key, width) for key in _merged([key for key in self._keys if key.group == group])]
        lines = [Content("").join(entries[n : n + columns]) for n in range(0, len(entries), columns)]
        return Content("\n").join([Content.assemble((group.upper(), "$accent bold")), *lines])


def _merged(keys: list[Key]) -> list[Key]:
    """The nine keys of the categories as one."""
    numbered = [key for key in keys if key.keys.isdigit()]
    if not numbered:
        return keys
    one = Key(numbered[0].id, "1-9", numbered[0].action, "Category by its number", numbered[0].group)
    return [key for key in keys if key not in numbered] + [one]


def _entry(key: Key, width: int) -> Content:
    text = Content.assemble((f"{key.shown_all:<14} ", "$accent"), key.label)
    return text.truncate(width - 2, ellipsis=True, pad=False).pad_right(max(width - text.cell_length, 2))


def _boxes() -> Content:
    lines = [Content.assemble(("BOXES", "$accent bold"))]
    for status, meaning in _MEANINGS.items():
        lines.append(Content.assemble((f"{status.box} {status.word:<5}", status_style(status)), f" {meaning}"))
    lines.append(Content(f"{CARRIED_BOX}       carried over, to re-confirm; counts as open"))
    lines.append(Content(f"{PARKED_BOX}       parked: asked, comes back last"))
    lines.append(Content("?         behind a word: incomplete, it still needs what the status asks for"))
    lines.append(Content("*         must: a go is not possible while it is not satisfied"))
    return Content("\n").join(lines)


_ADVICE: Final = (
    "Answers are saved at once: the first line says which revision is on the disk. Esc and q never lose anything.\n"
    "Select text with the mouse while holding Shift (Option in iTerm2)."
)
