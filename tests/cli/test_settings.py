"""`signoff config`: where the settings are, what they say, and what is wrong with them."""

from __future__ import annotations

from cli.home import Home
from signoff.ui.keyboard.places import declared_keys

SETTINGS = """name = "ana"

[keys]
preset = "digits"
"review.park" = []
review.pass = "n"
"session.undo" = ["z", "Ctrl+Z"]
"""


def configure(home: Home, text: str) -> str:
    path = home.locations.settings
    path.write_text(text)
    return str(path)


def test_nothing_set_is_said_with_the_place_where_it_would_be(home: Home) -> None:
    ran = home.run("config")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines == [f"{home.locations.settings} (which is not there yet)"]
    checked = home.run("config", "check")
    assert (checked.code, checked.out) == (0, "")
    assert checked.err == f"Nothing is wrong with {home.locations.settings}.\n"


def test_what_is_set_goes_to_stdout_and_what_is_ignored_to_stderr(home: Home) -> None:
    path = configure(home, SETTINGS)
    ran = home.run("config")
    assert ran.code == 0
    assert [line.split(None, 1) for line in ran.lines] == [
        [path],
        ["name", "ana"],
        ["keys.preset", "digits"],
        ["keys.review.park", "(no key)"],
        ["keys.review.pass", "n"],
        ["keys.session.undo", "z Ctrl+Z"],
    ]
    assert ran.err == f"Ignored: {path}:6: review.pass cannot have n: review.fail has it in the review\n"


def test_check_names_each_line_and_fails(home: Home) -> None:
    path = configure(home, SETTINGS + '"review.nope" = "F8"\n')
    ran = home.run("config", "check")
    assert (ran.code, ran.err) == (1, "")
    assert ran.lines == [
        f"{path}:6: review.pass cannot have n: review.fail has it in the review",
        f"{path}:8: nothing is called review.nope; `signoff config keys` lists the names",
    ]


def test_a_file_that_is_no_toml_is_named_with_its_line(home: Home) -> None:
    path = configure(home, '[keys]\n"review.pass" = \n')
    for command in (("config",), ("config", "check"), ("config", "keys")):
        ran = home.run(*command)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith(f"Error: {path}:2: is not valid TOML")


def test_all_of_it_is_one_object_for_machines(home: Home) -> None:
    path = configure(home, SETTINGS)
    ignored = [{"line": 6, "reason": "review.pass cannot have n: review.fail has it in the review"}]
    assert home.run("config", "--json").object == {
        "format": "signoff-config/1",
        "path": path,
        "there": True,
        "name": "ana",
        "theme": None,
        "keys": {
            "preset": ["digits"],
            "review.park": [],
            "review.pass": ["n"],
            "session.undo": ["z", "Ctrl+Z"],
        },
        "ignored": ignored,
    }
    checked = home.run("config", "check", "--json")
    assert checked.code == 1
    assert checked.object == {"format": "signoff-config-check/1", "path": path, "ignored": ignored}
    names = {entry["name"]: entry for entry in home.run("config", "keys", "--json").object["keys"]}
    assert names.keys() == declared_keys().keys()
    assert names["review.pass"] == {"name": "review.pass", "keys": ["1", "y"], "does": "PASS: it is so"}
    assert names["review.park"]["keys"] == []


def test_the_names_are_listed_with_the_keys_as_they_are_now(home: Home) -> None:
    configure(home, SETTINGS)
    ran = home.run("config", "keys")
    assert ran.code == 0
    assert ran.lines[0].split() == ["NAME", "KEYS", "DOES"]
    undo = next(line for line in ran.lines if line.startswith("session.undo "))
    assert undo.split(None, 3) == ["session.undo", "z", "Ctrl+Z", "Undo, also after a restart"]


def test_what_stands_there_is_shown_harmlessly(home: Home) -> None:
    configure(home, '[keys]\n"a\\u001b]0;x\\u0007" = "\\u001b[31m"\n')
    for command in (("config",), ("config", "check")):
        ran = home.run(*command)
        assert "\x1b" not in ran.out + ran.err
        assert "⟨U+001B⟩" in ran.out + ran.err


def test_an_unknown_key_is_named_with_its_line_and_the_nearest_and_the_others_count(home: Home) -> None:
    path = configure(home, 'name = "ana"\nthemme = "projector"\nascii = "no"\n')
    faults = [
        f"{path}:2: there is no key themme in the file: the nearest is theme",
        f"{path}:3: ascii must be true or false",
    ]
    checked = home.run("config", "check")
    assert (checked.code, checked.lines) == (1, faults)
    ran = home.run("config")
    assert ran.code == 0
    assert ran.err.splitlines() == [f"Ignored: {fault}" for fault in faults]
    assert any(line.split() == ["name", "ana"] for line in ran.lines)


def test_settings_that_are_no_toml_stop_no_command_and_are_said(home: Home) -> None:
    path = configure(home, 'name = "ana"\n[keys\n')
    home.session()
    ran = home.run("set", "payments-4.12.0-prod", "vault", "pass")
    assert ran.code == 0
    assert ran.err.startswith(f"The settings are ignored: {path}:2: is not valid TOML")
