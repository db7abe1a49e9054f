"""What can be done, as a list: the key, what it does, and its name in the settings or why it cannot be done now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from signoff.domain.answer import CARRIED_BOX, PARKED_BOX, Status
from signoff.ui.command import Command, matching
from signoff.ui.keyboard.key import Key
from signoff.ui.status_look import status_class
from signoff.ui.widgets.line_view import Part, cell, word
from signoff.ui.widgets.row_list import RowList

_KEY_WIDTH: Final = 15
_LABEL_WIDTH: Final = 42
_MEANINGS: Final = {
    Status.OPEN: "not answered",
    Status.PASS: "it is so",
    Status.FAIL: "it is not so; a must blocks the go",
    Status.CONDITION: "go if ..., with owner and due",
    Status.RISK: "accepted by somebody until a date",
    Status.NA: "does not apply, with a reason",
}


@dataclass(frozen=True, slots=True, repr=False)
class Meaning:
    """What something on a screen stands for."""

    sign: str
    """What stands there."""
    text: str
    """What it means; only words of the program."""
    look: str = ""
    """The component class of its style; empty for none."""


Row = str | Command | Meaning
"""A heading, something to do, or something that is explained."""


def meanings_of_marks() -> tuple[Meaning, ...]:
    """The boxes and marks of the items."""
    boxes = (Meaning(f"{one.box} {one.word}", text, status_class(one)) for one, text in _MEANINGS.items())
    return (
        *boxes,
        Meaning(CARRIED_BOX, "carried over, to re-confirm; counts as open"),
        Meaning(PARKED_BOX, "parked: asked, comes back last"),
        Meaning("?", "behind a word: incomplete, it still needs what the status asks for"),
        Meaning("+", "behind a box: marked, to be answered with others"),
        Meaning("*", "must: a go is not possible while it is not satisfied"),
    )


class CommandList(RowList, can_focus=False):
    """The commands in their groups. The line above it has the focus: letters look for something."""

    KEYS: ClassVar[tuple[Key, ...]] = ()

    def __init__(self, commands: tuple[Command, ...], meanings: tuple[Meaning, ...]) -> None:
        """Make the list.

        Args:
            commands: What can be done.
            meanings: What else is explained below it.
        """
        super().__init__()
        self._commands = commands
        self._meanings = meanings
        self._rows: list[Row] = []
        self._found = len(commands)
        self.look_for("")

    @property
    def selected(self) -> Row | None:
        """What the cursor stands on; None where nothing was found."""
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    @property
    def found_text(self) -> str:
        """How many of the commands are in the list."""
        return f"{self._found} of {len(self._commands)}"

    def look_for(self, query: str) -> None:
        """Show what matches; stand on the command whose key was typed, or else on the first."""
        commands = matching(self._commands, query)
        self._found = len(commands)
        self._rows = []
        for group in dict.fromkeys(command.key.group for command in commands):
            self._rows += [group.upper(), *(command for command in commands if command.key.group == group)]
        words = query.casefold().split()
        meanings = [one for one in self._meanings if all(word in f"{one.sign} {one.text}".casefold() for word in words)]
        if meanings:
            self._rows += ["WHAT IS SHOWN", *meanings]
        typed = (row for row, found in enumerate(self._rows) if _is_done_by(found, query.strip()))
        cursor = next(typed, 0)
        if self.is_mounted:
            self.scroll_to(y=0, animate=False, immediate=True)
            self.rows_changed(cursor)
            self.post_message(self.Highlighted(self, self.cursor))

    def row_count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def is_selectable(self, row: int) -> bool:
        """Whether the cursor may stand on a row."""
        return super().is_selectable(row) and not isinstance(self._rows[row], str)

    def row_parts(self, row: int, width: int) -> list[Part]:
        """A heading, a command or a meaning."""
        found = self._rows[row]
        if isinstance(found, str):
            return [(cell(found, width), self.styled("row-list--heading"))]
        if isinstance(found, Meaning):
            look = self.styled(found.look) if found.look else None
            return [*word(found.sign, _KEY_WIDTH, look), (cell(found.text, width - _KEY_WIDTH), None)]
        return self._command_parts(found, width)

    def _command_parts(self, command: Command, width: int) -> list[Part]:
        muted = self.styled("row-list--muted")
        pressed = (cell(command.key.shown_all, _KEY_WIDTH - 1) + " ", self.styled("row-list--heading"))
        look = muted if command.why_not else None
        room = width - _KEY_WIDTH - _LABEL_WIDTH - 1
        if room < len(command.key.id):
            label = f"({command.label})" if command.why_not else command.label
            return [pressed, (cell(label, width - _KEY_WIDTH), look)]
        beside = command.why_not or command.key.id
        return [pressed, (cell(command.label, _LABEL_WIDTH) + " ", look), (cell(beside, room), muted)]

    @property
    def shows_cursor(self) -> bool:
        """Always: the line above it moves the cursor."""
        return True


def _is_done_by(row: Row, typed: str) -> bool:
    return isinstance(row, Command) and typed in row.key.shown_all.split(" ")
