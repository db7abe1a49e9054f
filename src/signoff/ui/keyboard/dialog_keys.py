"""The keys of the questions. Enter in a line is not among them: like the letters, it belongs to the line."""

from __future__ import annotations

from typing import Final

from signoff.domain.meeting import Verdict
from signoff.domain.spoken_choice import DECISION_KEYS
from signoff.ui.keyboard.app_keys import HELP
from signoff.ui.keyboard.key import Key

LEAVE: Final = Key("dialog.leave", "escape", "leave", "Close; what is typed is not lost without a word", "Question")
DIALOG_KEYS: Final = (LEAVE, HELP.in_footer(""))

YES: Final = Key("confirm.yes", "y", "yes", "Yes", "Question")
YES_REVISE: Final = Key("confirm.yes_revise", "R", "yes_revise", "Yes, start a revision", "Question")
NO: Final = Key("confirm.no", "n", "leave", "No", "Question")
CONFIRM_KEYS: Final = (YES, YES_REVISE, NO)

PICK_KEYS: Final = (
    Key("pick.down", "j", "move(1)", "Down", "Choice"),
    Key("pick.up", "k", "move(-1)", "Up", "Choice"),
)

FORM_KEYS: Final = (
    Key("form.next", "down,ctrl+n,tab", "app.focus_next", "Next line", "Form"),
    Key("form.previous", "up,ctrl+p,shift+tab", "app.focus_previous", "Line before", "Form"),
)

ENTRIES_UP: Final = Key("entries.up", "up", "to_entries", "The entries above, to edit one", "Entries")
ENTRIES_DOWN: Final = Key("entries.down", "down", "to_fields", "Next entry or line", "Entries")
ENTRIES_REMOVE: Final = Key("entries.remove", "delete", "remove", "Remove the entry under the cursor", "Entries")
ENTRIES_KEYS: Final = (ENTRIES_UP, ENTRIES_DOWN, ENTRIES_REMOVE)

OUTSIDE: Final = Key("note.outside", "f4", "outside", "Go on in $EDITOR", "Note")
NOTE_KEYS: Final = (OUTSIDE,)

UNSAVED_RETRY: Final = Key("unsaved.retry", "r", "leave_by('retry')", "Try again", "Question")
UNSAVED_SAVE_AS: Final = Key("unsaved.save_as", "s", "leave_by('save as')", "Save as: another file", "Question")
UNSAVED_KEEP: Final = Key("unsaved.keep", "k", "leave_by('keep')", "Leave what is not saved, and go", "Question")
UNSAVED_KEYS: Final = (UNSAVED_RETRY, UNSAVED_SAVE_AS, UNSAVED_KEEP)

_LETTERS: Final = {verdict: letter for letter, verdict in DECISION_KEYS.items()}


def _decision(id_: str, verdict: Verdict, label: str) -> Key:
    return Key(id_, _LETTERS[verdict], f"choose('{verdict.name}')", label, "Decision")


DECIDE_GO: Final = _decision("decide.go", Verdict.GO, "Go")
DECIDE_CONDITIONAL: Final = _decision("decide.conditional", Verdict.CONDITIONAL, "Conditional go")
DECIDE_NO_GO: Final = _decision("decide.no_go", Verdict.NO_GO, "No-go")
DECIDE_KEYS: Final = (DECIDE_GO, DECIDE_CONDITIONAL, DECIDE_NO_GO)

FIND_KEYS: Final = (
    Key("find.leave", "escape", "leave(False)", "Show everything again", "Find"),
    Key("find.keep", "down", "leave(True)", "Go to what was found", "Find"),
)
