"""Everything that can be done on a screen, to search and to run.

The help and the list of all commands are this one screen: the help also explains the boxes. Textual's own palette is
not used: it reads markup in what it lists, waits for providers, knows no key beside a command, and says of a command
that cannot be run now nothing at all.
"""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Input, Static

from signoff.domain.safe_text import safe_text
from signoff.ui.bindings import bindings
from signoff.ui.command import Command, commands_of
from signoff.ui.keyboard.help_keys import HELP_KEYS
from signoff.ui.screens.dialog import Dialog
from signoff.ui.screens.too_small import TooSmall
from signoff.ui.widgets.command_list import CommandList, Meaning, meanings_of_marks
from signoff.ui.widgets.key_line import KeyLine
from signoff.ui.widgets.line_field import LineField
from signoff.ui.widgets.message_line import MessageLine, Said, refusal
from signoff.ui.widgets.row_list import RowList
from signoff.ui.widgets.rule_line import RuleLine


class HelpScreen(Dialog[Command | None]):
    """The commands of the screen below. Its answer is the one to run."""

    KEYS = HELP_KEYS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(HELP_KEYS)]

    CSS = """
    HelpScreen {
        align: left top;
        background: $background;
        layout: vertical;
        #head { height: 1; padding: 0 1; }
        #title { width: auto; color: $accent; text-style: bold; }
        #search { width: auto; color: $muted; padding: 0 1 0 3; }
        #count { width: auto; color: $muted; padding-left: 1; }
        LineField { width: 1fr; background: $surface; }
        CommandList { height: 1fr; }
        #nothing { display: none; height: 1fr; padding: 1 2; }
        &.-nothing CommandList { display: none; }
        &.-nothing #nothing { display: block; }
    }
    """

    message: reactive[Said] = reactive(Said(""), repaint=False, init=False)
    """Why the selected command cannot be run, or what its line has no room for."""

    def __init__(self, place: str, commands: tuple[Command, ...], *, explains: bool) -> None:
        """Make the help.

        Args:
            place: The name of the screen below; only words of the program.
            commands: What can be done there.
            explains: Whether the boxes and marks are explained too.
        """
        super().__init__(f"{'HELP' if explains else 'COMMANDS'}  {place}")
        self._commands = commands
        self._explains = explains
        self._chooses = False

    def compose(self) -> ComposeResult:
        """The line to search in, above what there is."""
        with Horizontal(id="head"):
            yield Static(self._dialog_title, id="title", markup=False)
            yield Static("search", id="search", markup=False)
            yield LineField(placeholder="type a word or a key")
            yield Static("", id="count", markup=False)
        yield RuleLine()
        yield CommandList(self._commands, self._meanings())
        yield Static("", id="nothing", markup=False)
        yield RuleLine()
        yield MessageLine().data_bind(HelpScreen.message)
        yield KeyLine(HELP_KEYS)
        yield TooSmall()

    def on_mount(self) -> None:
        """Start to type."""
        self.query_one(LineField).focus()
        self._show_found("")

    def _meanings(self) -> tuple[Meaning, ...]:
        if not self._explains:
            return ()
        return (
            *meanings_of_marks(),
            Meaning("saved r17", "answers are saved at once: this revision is on the disk"),
            Meaning("the names", "change the keys in config.toml; `signoff config` says where it is"),
            Meaning("the mouse", "selects text while Shift is held (Option in iTerm2)"),
        )

    @on(Input.Changed)
    def _look(self, event: Input.Changed) -> None:
        event.stop()
        self._chooses = bool(event.value.strip())
        self.query_one(CommandList).look_for(event.value)
        self._show_found(event.value)

    def _show_found(self, query: str) -> None:
        found = self.query_one(CommandList)
        self.query_one("#count", Static).update(Content(found.found_text))
        nothing = f'Nothing that can be done here has to do with "{safe_text(query)}".\n\nCtrl+U empties the line.'
        self.query_one("#nothing", Static).update(Content(nothing))
        self.set_class(not found.row_count(), "-nothing")

    @on(RowList.Highlighted)
    def _say_more(self, event: RowList.Highlighted) -> None:
        event.stop()
        selected = self.query_one(CommandList).selected
        if isinstance(selected, Command):
            self.message = refusal(selected.why_not) if selected.why_not else Said("")
        elif isinstance(selected, Meaning):
            self.message = Said(selected.text)

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self._chooses = True
        self.action_run()

    def line_done(self, line: LineField) -> None:
        """Run the selected command."""
        self.action_run()

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self._chooses = True
        self.query_one(CommandList).action_move(step)

    def action_move_page(self, pages: int) -> None:
        """Move the cursor by a page."""
        self._chooses = True
        self.query_one(CommandList).action_move_page(pages)

    def action_run(self) -> None:
        """Close and do what was chosen; what cannot be done now says why."""
        selected = self.query_one(CommandList).selected
        if not self._chooses:
            # The first command answers an item: Enter alone is not meant to.
            self.message = refusal("Type what you look for, or choose with Up and Down.")
        elif isinstance(selected, Meaning):
            self.message = refusal("This only explains; there is nothing to run.")
        elif isinstance(selected, Command) and selected.why_not:
            self.message = refusal(selected.why_not)
        elif isinstance(selected, Command):
            self.dismiss(selected)


def show_commands(screen: Screen[Any], place: str, *, explains: bool) -> None:
    """Show what can be done on a screen, and do what is chosen.

    Args:
        screen: The screen.
        place: Its name; only words of the program.
        explains: Whether the boxes and marks are explained too.
    """

    async def run(command: Command | None) -> None:
        if command is not None:
            await screen.app.run_action(command.key.action, command.owner)

    if screen.is_current:  # a key that comes twice finds the help there already
        screen.app.push_screen(HelpScreen(place, commands_of(screen), explains=explains), run)
