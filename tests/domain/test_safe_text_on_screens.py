"""Nothing that was typed may act on the terminal that shows it."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signoff.domain.safe_text import safe_text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("plain text", "plain text"),
        ("naïve – ünïcode 検査 ✓", "naïve – ünïcode 検査 ✓"),
        ("\x1b]52;c;aGk=\x07", "⟨U+001B⟩]52;c;aGk=⟨U+0007⟩"),  # writes the clipboard
        ("\x9b31m\x9d", "⟨U+009B⟩31m⟨U+009D⟩"),  # C1
        ("\x00\x7f\r", "⟨U+0000⟩⟨U+007F⟩⟨U+000D⟩"),
        ("GO\u202eON", "GO⟨U+202E⟩ON"),  # turns the text around
        ("\u2066a\u2069", "⟨U+2066⟩a⟨U+2069⟩"),
        ("a\u200bb\ufeff\u2060", "a⟨U+200B⟩b⟨U+FEFF⟩⟨U+2060⟩"),  # zero width
        ("\U000e0041\U000e007f", "⟨U+E0041⟩⟨U+E007F⟩"),  # tags
        ("\ud83d", "⟨U+D83D⟩"),  # half of a surrogate pair
        ("\ue000", "⟨U+E000⟩"),  # private use
        ("\u0378", "⟨U+0378⟩"),  # unassigned
        ("a\u2028b\u2029", "a⟨U+2028⟩b⟨U+2029⟩"),
        ("👩‍👩‍👧 ❤️", "👩‍👩‍👧 ❤️"),  # joiners and variation selectors stay
        ("می‌خواهم", "می‌خواهم"),
        ("tab\there", "tab here"),
        ("[@click=app.quit]x[/]", "[@click=app.quit]x[/]"),  # markup is the screen's business
    ],
)
def test_what_a_terminal_might_act_on_becomes_visible(typed: str, shown: str) -> None:
    assert safe_text(typed) == shown


def test_line_feeds_stay_where_lines_are_meant() -> None:
    assert safe_text("one\ntwo\r\n", multiline=True) == "one\ntwo⟨U+000D⟩\n"
    assert safe_text("one\ntwo") == "one two"


def test_marks_that_pile_up_on_one_letter_are_cut() -> None:
    shown = safe_text("a" + "\u0301" * 500 + "b")

    assert shown == "a" + "\u0301" * 30 + "b"


@pytest.mark.parametrize("word", ["हिन्दी में लिखा हुआ ", "ภาษาไทยที่นี่ ", "שָׁלוֹם עֲלֵיכֶם ", "Việt "])
def test_a_long_note_in_a_language_that_is_written_with_marks_is_shown_whole(word: str) -> None:
    note = unicodedata.normalize("NFD", word) * 200

    assert safe_text(note) == note


@settings(deadline=None)
@given(st.text(st.characters(codec=None)), st.booleans())
def test_nothing_hostile_is_ever_shown(typed: str, multiline: bool) -> None:
    hostile = {"Cc", "Cs", "Cn", "Co", "Zl", "Zp"}
    shown = safe_text(typed, multiline=multiline)

    left = {character for character in shown if unicodedata.category(character) in hostile}
    assert left <= ({"\n"} if multiline else set())
    assert {character for character in shown if unicodedata.category(character) == "Cf"} <= set("\u200c\u200d")
    assert safe_text(shown, multiline=multiline) == shown
