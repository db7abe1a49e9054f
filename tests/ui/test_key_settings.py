"""Keys are declared once, can be changed line by line, and a line that cannot be costs only itself."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.keys import _character_to_key
from textual.widgets import Input, TextArea

from signoff.storage.key_lines import KeyLine, KeyLines
from signoff.storage.settings import load_settings
from signoff.ui.keyboard.key_names import is_character, key_name, read_key
from signoff.ui.keyboard.key_settings import keymap_from
from signoff.ui.keyboard.places import LINE_KEYS, PLACES, TEXT_KEYS, Place, declared_keys
from signoff.ui.keyboard.presets import PRESETS

DECLARED = declared_keys()
EVERY_PLACE = pytest.mark.parametrize("place", PLACES, ids=lambda place: place.title)


def changed_and_faults(tmp_path: Path, text: str) -> tuple[dict[str, str], list[str]]:
    """The changed keys of a config.toml, and what is wrong with it."""
    path = tmp_path / "config.toml"
    path.write_text(text)
    keymap, faults = keymap_from(load_settings(path).keys)
    return dict(keymap.changed), [str(fault).removeprefix(f"{tmp_path}/") for fault in faults]


# How they are declared.


@EVERY_PLACE
def test_what_has_one_name_is_one_thing(place: Place) -> None:
    for key in place.keys:
        assert key.keys == DECLARED[key.id].keys


@EVERY_PLACE
@pytest.mark.parametrize("preset", ["", *PRESETS])
def test_no_two_things_have_one_key_in_one_place(place: Place, preset: str) -> None:
    keymap, faults = keymap_from(KeyLines((KeyLine("preset", (preset,)),) if preset else ()))
    assert not faults
    done_by: dict[str, str] = {}
    for key in keymap.of(place.keys):
        for name in key.names:
            assert done_by.setdefault(name, key.id) == key.id


@EVERY_PLACE
def test_no_key_is_one_of_the_text_that_is_typed_there(place: Place) -> None:
    if place.types:
        assert not [name for key in place.keys for name in key.names if is_character(name)]


def test_the_keys_of_text_fields_are_those_that_textual_has() -> None:
    def bound(widget: type[Input] | type[TextArea]) -> set[str]:
        return {name for binding in widget.BINDINGS for name in binding.key.split(",")}  # type: ignore[union-attr]

    assert bound(Input) == LINE_KEYS
    assert bound(Input) | bound(TextArea) == TEXT_KEYS


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_names_only_what_there_is(preset: str) -> None:
    assert PRESETS[preset].keys() <= DECLARED.keys()


# How they are written.


@pytest.mark.parametrize("character", [*string.ascii_letters, *string.digits, *string.punctuation, *"öÉß§°€ж。"])
def test_a_character_is_called_as_textual_calls_it(character: str) -> None:
    assert read_key(character) == _character_to_key(character)
    assert key_name(read_key(character)) == character
    assert is_character(read_key(character))


@pytest.mark.parametrize("name", sorted({name for key in DECLARED.values() for name in key.names}))
def test_every_key_can_be_written_as_the_help_shows_it_and_as_textual_has_it(name: str) -> None:
    assert read_key(key_name(name)) == name
    assert read_key(name) == name


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Space", "space"),
        (" ", "space"),
        ("ESC", "escape"),
        ("Ctrl+P", "ctrl+p"),
        ("Shift+Tab", "shift+tab"),
        ("ctrl+shift+left", "ctrl+shift+left"),
        ("ctrl++", "ctrl+plus"),
        ("+", "plus"),
        ("F12", "f12"),
        ("alt+x", "alt+x"),
    ],
)
def test_a_key_is_read_in_any_of_its_spellings(word: str, name: str) -> None:
    assert read_key(word) == name


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("hyper+x", 'there is no key "hyper+x"'),
        ("Entre", 'there is no key "Entre"'),
        ("1,y", 'there is no key "1,y"; several keys are a list, such as ["1", "y"]'),
        ("", 'there is no key ""'),
        ("shift+a", 'no terminal sends "shift+a"; write the character that it types'),
        ("ctrl+i", "a terminal sends the same for Ctrl+I as for Tab"),
        ("Ctrl+M", "a terminal sends the same for Ctrl+M as for Enter"),
        ("\x1b", 'there is no key "\x1b"'),
        ("ctrl+ß", 'no terminal sends "ctrl+ß"; write the character that it types'),
    ],
)
def test_what_nobody_can_press_is_refused_with_the_reason(word: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}$"):
        read_key(word)


@given(st.text(max_size=12))
def test_whatever_is_written_is_a_key_that_reads_back_or_is_refused(word: str) -> None:
    try:
        key = read_key(word)
    except ValueError:
        return
    assert "," not in key
    assert read_key(key) == key
    assert read_key(key_name(key)) == key


# What the settings say.


@pytest.mark.parametrize(
    "text",
    [
        '[keys]\n"review.pass" = "ctrl+k"\n',
        '[keys]\nreview.pass = "ctrl+k"\n',
        "[keys]\n'review.pass' = ['Ctrl+K']\n",
        '[keys.review]\npass = "ctrl+k"\n',
        'keys.review.pass = "ctrl+k"\n',
    ],
)
def test_a_key_is_changed_however_toml_lets_it_be_written(tmp_path: Path, text: str) -> None:
    assert changed_and_faults(tmp_path, text) == ({"review.pass": "ctrl+k"}, [])


def test_a_list_gives_several_keys_and_an_empty_one_none(tmp_path: Path) -> None:
    text = '[keys]\n"review.pass" = ["Ctrl+K", "F9"]\n"review.fail" = []\n"review.risk" = ""\n'
    assert changed_and_faults(tmp_path, text) == (
        {"review.pass": "ctrl+k,f9", "review.fail": "", "review.risk": ""},
        [],
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('"review.pas" = "1"', "nothing is called review.pas; `signoff config keys` lists the names"),
        ('"review.pass" = "Entre"', 'there is no key "Entre"'),
        ('"review.pass" = 7', "review.pass must be a key in quotes, or a list of keys"),
        ('"review.pass" = ["1", 2]', "review.pass must be a key in quotes, or a list of keys"),
        ('"review.pass" = "n"', "review.pass cannot have n: review.fail has it in the review"),
        ('"review.pass" = "b"', "review.pass cannot have b: presenter.blank has it in the presenter"),
        ('"finish.go" = "G"', "finish.go cannot have G: list.last has it in the finish"),
        ('"form.next" = "x"', "x is a key of the text that is typed in a form"),
        ('"entries.up" = "Ctrl+K"', "Ctrl+K is a key of the text that is typed in the lines of an entry"),
        ('"help.close" = "q"', "q is a key of the text that is typed in the help"),
        ('"dialog.leave" = "Enter"', "Enter is a key of the text that is typed in a form"),
        ('"app.quit" = "Ctrl+C"', "Ctrl+C copies what is selected, and quits when it is pressed twice"),
        ('"session.undo" = "ctrl+q"', "session.undo cannot have Ctrl+Q: app.quit has it in the review"),
        ('preset = "numbers"', 'there is no preset "numbers"; there is digits'),
    ],
)
def test_a_line_that_cannot_be_is_named_with_its_place_and_costs_only_itself(
    tmp_path: Path, line: str, reason: str
) -> None:
    text = f'name = "ana"\n\n[keys]  # mine\n{line}\n"review.clear" = "Ctrl+D"\n'
    assert changed_and_faults(tmp_path, text) == ({"review.clear": "ctrl+d"}, [f"config.toml:4: {reason}"])


def test_keys_that_are_no_table_are_named_too(tmp_path: Path) -> None:
    assert changed_and_faults(tmp_path, 'keys = "digits"\n') == ({}, ["config.toml:1: keys must be a table"])


def test_a_name_that_is_spelled_in_two_ways_has_its_first_keys(tmp_path: Path) -> None:
    changed, faults = changed_and_faults(tmp_path, '[keys]\n"review.pass" = "F8"\nreview.pass = "F9"\n')
    assert changed == {"review.pass": "f8"}
    assert faults == ["config.toml:2: review.pass stands there twice; what it has first counts"]


def test_two_keys_can_change_places(tmp_path: Path) -> None:
    text = '[keys]\n"review.pass" = "n"\n"review.fail" = "y"\n'
    assert changed_and_faults(tmp_path, text) == ({"review.pass": "n", "review.fail": "y"}, [])


def test_of_two_lines_with_one_key_the_last_is_ignored(tmp_path: Path) -> None:
    text = '[keys]\n"review.pass" = "F8"\n"review.fail" = "F8"\n'
    changed, faults = changed_and_faults(tmp_path, text)
    assert changed == {"review.pass": "f8"}
    assert faults == ["config.toml:3: review.fail cannot have F8: review.pass has it in the review"]


def test_a_line_that_counted_on_one_that_is_ignored_is_ignored_too(tmp_path: Path) -> None:
    """`pass` may have n only as long as `fail` gives it up."""
    text = '[keys]\n"review.pass" = "n"\n"review.fail" = "c"\n'
    changed, faults = changed_and_faults(tmp_path, text)
    assert changed == {}
    assert faults == [
        "config.toml:2: review.pass cannot have n: review.fail has it in the review",
        "config.toml:3: review.fail cannot have c: review.condition has it in the review",
    ]


def test_a_preset_can_be_changed_further(tmp_path: Path) -> None:
    text = '[keys]\npreset = "digits"\n"review.pass" = "0"\n"review.category_1" = "F6"\n'
    changed, faults = changed_and_faults(tmp_path, text)
    assert faults == ["config.toml:3: review.pass cannot have 0: presenter.clock has it in the presenter"]
    assert (changed["review.pass"], changed["review.fail"]) == ("1,y", "2,n")
    assert (changed["review.category_1"], changed["review.category_2"]) == ("f6", "")


@given(
    st.dictionaries(
        st.sampled_from(sorted(DECLARED)),
        st.lists(st.sampled_from([*"ynx1", "F4", "ctrl+k", "Enter"]), max_size=2).map(tuple),
        max_size=6,
    )
)
def test_whatever_the_settings_say_no_two_things_have_one_key_in_one_place(wanted: dict[str, tuple[str, ...]]) -> None:
    lines = tuple(KeyLine(name, keys, number) for number, (name, keys) in enumerate(wanted.items(), 1))
    keymap, faults = keymap_from(KeyLines(lines, path="config.toml"))
    assert len(faults) + len(keymap.changed) == len(lines)
    for place in PLACES:
        done_by: dict[str, str] = {}
        for key in keymap.of(place.keys):
            for name in key.names:
                assert done_by.setdefault(name, key.id) == key.id
