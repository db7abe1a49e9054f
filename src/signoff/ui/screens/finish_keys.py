"""The keys of the finish screen."""

from __future__ import annotations

from typing import Final

from signoff.ui.keys import Key

FINISH_KEYS: Final = (
    Key("finish.go", "y", "vote('go')", "The role votes go", "Roll call", "go", 4),
    Key("finish.no_go", "n", "vote('no-go')", "The role votes no-go", "Roll call", "no-go", 4),
    Key("finish.go_if", "c", "vote('go-if')", "The role votes go, if ...", "Roll call", "go if", 4),
    Key("finish.absent", "a", "vote('absent')", "The role is absent", "Roll call", "absent", 4),
    Key("finish.clear", "delete", "vote('')", "Clear the vote", "Roll call"),
    Key("finish.people", "p", "people", "The people of the roles", "Roll call", "people", 1),
    Key("finish.watch", "w", "watch", "Who watches the release, until when", "Meeting", "watch", 1),
    Key("finish.override", "O", "override", "Take the selected rule upon somebody", "Meeting", "override", 1),
    Key("finish.undo", "u,ctrl+z", "undo", "Undo, also after a restart", "Meeting", "undo", 1),
    Key("finish.redo", "U,ctrl+y", "redo", "Redo", "Meeting"),
    Key("finish.decide", "D", "decide", "Decide", "Meeting", "decide", 3),
    Key("finish.sign", "S", "sign", "Sign and export; again, in another role", "Meeting", "sign", 3),
    Key("finish.sign_offs", "s", "sign_offs", "Who has signed, and what changed since", "Meeting", "signed", 1),
    Key("finish.preview", "x", "preview", "Preview of the report", "Meeting", "preview"),
    Key("finish.other_pane", "tab,shift+tab", "other_pane", "Other pane", "Move"),
    Key("finish.theme", "T", "app.toggle_light", "Light or dark", "Screen"),
    Key("finish.leave", "escape,q,f", "leave", "Back to the items", "Screen", "back", 2),
    Key("finish.help", "question_mark,f1", "help", "Help", "Screen", "help", 4),
)
