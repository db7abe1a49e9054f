"""Each key of each footer arrives from a real terminal and acts; in a text field every key that acts only types.

The keys come from the declarations, so that a key that is new, or another, is looked for here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from cli.home import Home, session_in
from meeting import answered
from signoff.domain.answer import Status
from signoff.domain.session import Session
from signoff.ui.keyboard.finish_keys import FINISH_KEYS
from signoff.ui.keyboard.help_keys import HELP_KEYS
from signoff.ui.keyboard.home_keys import HOME_KEYS
from signoff.ui.keyboard.key import Key
from signoff.ui.keyboard.key_names import is_character, key_name
from signoff.ui.keyboard.places import declared_keys
from signoff.ui.keyboard.presenter_keys import PRESENTER_KEYS
from signoff.ui.keyboard.preview_keys import PREVIEW_KEYS
from signoff.ui.keyboard.review_keys import REVIEW_KEYS
from terminal.pty_program import Expected, Program, signoff_in_a_terminal

ITEM = "Coverage meets its threshold"
HOME, REVIEW = "go/no-go meetings", re.compile(rf"^>\[ \] {ITEM}", re.MULTILINE)
PRESENTED, FINISH = re.compile("TESTING +1 of 3"), re.compile(r">\[ \] QA")
PRODUCT = re.compile(r">\[ \] Product")
NEXT_PRESENTED = re.compile("TESTING +2 of 3")
HELP = re.compile(r"HELP  Review.*^>y ", re.DOTALL | re.MULTILINE)

_PRESSED = {"Del": "Delete", "Bksp": "Backspace", "PgUp": "PageUp", "PgDn": "PageDown"}


def press(program: Program, *keys: str) -> None:
    """Press keys as the help shows them."""
    for key in keys:
        program.press(_PRESSED.get(key, key))


@dataclass(frozen=True)
class Effect:
    """What is seen of a key."""

    shows: Expected
    """What stands on the screen afterwards, and does not before."""
    back: str = ""
    """The keys that lead back to what stood there, separated by blanks; empty where it still does."""
    first: str = ""
    """What is typed before it."""
    then: Expected = ""
    """What stands on the screen when that was typed."""


_OF_A_STATUS = {
    "review.fail": Effect(f"Actions for {ITEM}", "Esc u"),
    "review.condition": Effect(f"COND: {ITEM}", "Esc u"),
    "review.risk": Effect(f"RISK: {ITEM}", "Esc u"),
    "review.na": Effect(f"N/A: {ITEM}", "Esc u"),
}
OF_THE_LIST = {
    "list.choose": Effect("0/5 answered", "q"),
    "home.new": Effect("New session", "Esc"),
    "home.continue": Effect("0/5 answered", "q"),
    "home.themes": Effect("Projector", "Esc"),
    "home.trash": Effect("to the trash?", "Esc"),
    "app.commands": Effect("COMMANDS  Sessions", "Esc"),
    "app.help": Effect("HELP  Sessions", "Esc"),
}
OF_THE_REVIEW = {
    "review.pass": Effect(f">[✓] {ITEM}", "u"),
    **_OF_A_STATUS,
    "review.next_open": Effect(">[ ] Rollback tested", "Bksp"),
    "session.undo": Effect("Undone: ", first="y", then=f">[✓] {ITEM}"),
    "review.find": Effect("FIND", "Esc"),
    "review.owner": Effect(f"Owner of {ITEM}", "Esc"),
    "review.evidence": Effect(f"Evidence for {ITEM}", "Esc"),
    "review.note": Effect(f"Note on {ITEM}", "Esc"),
    "review.actions": Effect(f"Actions for {ITEM}", "Esc"),
    "review.presenter": Effect(PRESENTED, "Esc"),
    "review.finish": Effect(FINISH, "Esc"),
    "review.leave": Effect(HOME, "c 2"),
    "app.commands": Effect("COMMANDS  Review", "Esc"),
    "app.help": Effect("HELP  Review", "Esc"),
}
OF_THE_PRESENTER = {
    "presenter.next": Effect(NEXT_PRESENTED, "PgUp"),
    "presenter.back": Effect(re.compile("SECURITY +2 of 2"), "Space"),
    "presenter.next_open": Effect(NEXT_PRESENTED, "PgUp"),
    "review.pass": Effect("set to PASS", "u"),
    **_OF_A_STATUS,
    "session.undo": Effect("Undone: ", first="y", then="set to PASS"),
    "review.finish": Effect(FINISH, "Esc"),
    "presenter.blank": Effect(re.compile(r"\A\s*\Z"), "b"),
    "presenter.leave": Effect(REVIEW, "v"),
    "app.help": Effect("HELP  Presenter", "Esc"),
}
OF_THE_FINISH = {
    "finish.go": Effect("QA votes GO", "Esc u"),
    "finish.no_go": Effect("QA votes NO-GO", "Esc"),
    "finish.go_if": Effect("QA votes GO IF", "Esc"),
    "finish.absent": Effect(re.compile(r"\[-\] QA +\S+ +ABSENT"), "u Up"),
    "finish.people": Effect("Who is in the meeting", "Esc"),
    "finish.watch": Effect("Who watches the release", "Esc"),
    "finish.override": Effect("Override a rule", "Esc Tab", first="\t", then=">[ ] Always"),
    "session.undo": Effect(re.compile(r">\[ \] Product.*Undone: vote of QA", re.DOTALL), "Up", "a", PRODUCT),
    "finish.decide": Effect("The rules say: ", "Esc"),
    "finish.sign": Effect("Nothing is decided yet. D decides."),
    "finish.sign_offs": Effect("Nobody has signed a report of this session yet"),
    "session.preview": Effect("UNSIGNED DRAFT", "Esc"),
    "finish.leave": Effect(REVIEW, "f"),
    "app.commands": Effect("COMMANDS  Finish", "Esc"),
    "app.help": Effect("HELP  Finish", "Esc"),
}
OF_THE_PREVIEW = {"preview.close": Effect(REVIEW, "x")}
OF_THE_HELP = {
    "help.down": Effect(re.compile("^>n ", re.MULTILINE), "Up"),
    "help.up": Effect(
        re.compile("^>r ", re.MULTILINE), "Up Up Up", first="\x1b[B" * 4, then=re.compile("^>a ", re.MULTILINE)
    ),
    "help.run": Effect("FIND", "Esc ?", first="review.find", then=re.compile("^>/ ", re.MULTILINE)),
    "help.close": Effect(REVIEW, "?"),
}

Way = Sequence[tuple[str, Expected]]
"""Keys, and what stands on the screen after each."""
TO_THE_REVIEW: Way = (("c", "0/5 answered"), ("2", REVIEW))
SCREENS: dict[str, tuple[Way, Expected, Sequence[Key], dict[str, Effect]]] = {
    "list of sessions": ((), HOME, HOME_KEYS, OF_THE_LIST),
    "review": (TO_THE_REVIEW, REVIEW, REVIEW_KEYS, OF_THE_REVIEW),
    "presenter": ((*TO_THE_REVIEW, ("v", PRESENTED)), PRESENTED, PRESENTER_KEYS, OF_THE_PRESENTER),
    "finish": ((*TO_THE_REVIEW, ("f", FINISH)), FINISH, FINISH_KEYS, OF_THE_FINISH),
    "preview": ((*TO_THE_REVIEW, ("x", "UNSIGNED DRAFT")), "UNSIGNED DRAFT", PREVIEW_KEYS, OF_THE_PREVIEW),
    "help": ((*TO_THE_REVIEW, ("?", HELP)), HELP, HELP_KEYS, OF_THE_HELP),
}
"""The screens: the way there, what stands there, the keys, and what is seen of each."""
ELSEWHERE = {"app.theme", "home.quit"}
"""The keys that are looked at in a test of their own: the colours change, the program ends."""


@pytest.mark.parametrize("screen", SCREENS)
def test_each_key_of_the_footer_arrives_and_acts(home: Home, screen: str) -> None:
    way, stands, keys, effects = SCREENS[screen]
    shown = {key.id: key for key in keys if key.footer and key.id not in ELSEWHERE}
    assert effects.keys() == shown.keys()
    home.session()
    with signoff_in_a_terminal(home) as program:
        program.wait_for(HOME, "1 session")
        for pressed, seen in way:
            press(program, pressed)
            program.wait_for(seen)
        for name, effect in effects.items():
            program.press("F9")  # between letters that come too fast for a person: it does nothing
            program.type(effect.first)
            program.wait_for(effect.then or stands)
            press(program, shown[name].shown)
            program.wait_for(effect.shows)
            for key in effect.back.split():
                press(program, key)
                program.wait_until_gone(effect.shows)  # an Esc with another key behind it would be an Alt
            program.wait_for(stands)


def test_the_keys_of_the_program_arrive_and_act(home: Home) -> None:
    def background(program: Program) -> str:
        return program._screen.buffer[len(program.lines) - 1][0].bg

    with signoff_in_a_terminal(home) as program:
        program.wait_for(HOME, "T light/dark", "q quit")
        dark = background(program)
        program.press("T")
        program.wait_until(lambda _: background(program) != dark, "another background")
        program.press("q")
        assert program.wait_for_end() == 0


# Text fields.

CHARACTERS = "".join(
    " " if name == "space" else key_name(name)
    for name in dict.fromkeys(name for key in declared_keys().values() for name in key.names)
    if is_character(name)
)
"""Everything that is a key somewhere and a character anywhere."""
CHUNKS = [f"{CHARACTERS[n : n + 12]}." for n in range(0, len(CHARACTERS), 12)]
"""Short enough to be seen whole in every line; a point at the end, since a line does not show a blank there."""

FIELDS: dict[str, tuple[str, str, int]] = {
    "owner": ("p", "Owner of", 1),
    "evidence": ("e", "Evidence for", 3),
    "note": ("i", "Note on", 1),
    "action": ("t", "Actions for", 1),
    "condition": ("1 g d", "COND: ", 3),
    "risk": ("1 g j d", "RISK: ", 3),
    "not applicable": ("2 g j d", "N/A: ", 1),
    "find": ("/", "FIND", 1),
    "release": ("w", "Time zone", 7),
    "help": ("?", "HELP  Review", 1),
    "commands": (":", "COMMANDS  Review", 1),
    "people": ("f p", "Who is in the meeting", 3),
    "watch": ("f w", "Who watches the release", 2),
    "vote": ("f c", "QA votes GO IF", 1),
    "override": ("f Tab O", "Override a rule", 2),
    "decision": ("f D n", "Decided by", 2),
    "new session": ("q n", "New session", 8),
}
"""The text fields: the keys that lead there from the review, what stands there, and how many lines there are."""


def half_said(session: Session) -> Session:
    """An item for each of the statuses that ask for more."""
    session = answered(session, "vault", Status.CONDITION)
    session = answered(session, "scan", Status.RISK)
    return answered(session, "rollback-tested", Status.NA)


@pytest.mark.parametrize("field", FIELDS)
def test_in_a_text_field_every_key_types_its_letter(home: Home, field: str) -> None:
    way, title, lines = FIELDS[field]
    path = home.session(half_said)
    before = path.read_bytes()
    with signoff_in_a_terminal(home, "open") as program:
        program.wait_for("saved r3", f">[ ] {ITEM}")
        for key in way.split(" ")[:-1]:
            press(program, key)
            program.wait_for(_AFTER.get((way.split(" ")[0], key), ""))
        press(program, way.rpartition(" ")[2])
        program.wait_for(title)
        for _ in range(lines):
            for chunk in CHUNKS:
                program.press("Ctrl+U")
                program.type(chunk)
                program.wait_for(chunk)
            program.press("Ctrl+U")
            program.wait_until_gone(CHUNKS[-1])
            program.press("Down")
        assert title in program.screen()
        program.press("Esc")
        program.wait_until(lambda screen: title not in screen or "Esc again" in screen, "an end of it")
        if title in program.screen():
            program.press("Esc")
            program.wait_until_gone(title)
        program.press("Ctrl+Q")
        assert program.wait_for_end() == 0
    assert [(c.subject, c.now) for c in session_in(path).history[3:]] == []
    assert path.read_bytes() == before


_AFTER: dict[tuple[str, str], Expected] = {
    ("1", "1"): re.compile(r">\[~\] Secrets|\[~\] Secrets"),
    ("1", "g"): ">[~] Secrets",
    ("1", "j"): ">[!] Dependencies",
    ("2", "g"): f">[ ] {ITEM}",
    ("2", "j"): ">[-] Rollback tested",
    ("f", "f"): FINISH,
    ("f", "Tab"): re.compile(r">\[.\] (Always|Never)"),
    ("f", "D"): "The rules say: ",
    ("q", "q"): "1 session",
}
"""What stands on the screen after a key on the way to a field."""
