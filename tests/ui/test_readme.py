"""What the README says of the keys is what the program does."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType

from signoff.storage.settings import load_settings
from signoff.ui.keyboard.key_settings import keymap_from
from signoff.ui.keyboard.places import declared_keys

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def the_command() -> ModuleType:
    """`docs/keys.py`, which writes the table."""
    specification = importlib.util.spec_from_file_location("keys", ROOT / "docs" / "keys.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_the_table_of_the_keys_is_fresh() -> None:
    assert the_command().with_fresh_table(README) == README, "README.md is out of date: run docs/keys.py and commit it"


def test_every_name_is_in_it() -> None:
    table = the_command().key_table()
    for name in declared_keys():
        assert f"`{name}`" in table or name.startswith("review.category_")


def test_the_settings_that_it_shows_are_good_ones(tmp_path: Path) -> None:
    [shown] = re.findall(r"```toml\n(\[keys\].*?)```", README, re.DOTALL)
    (tmp_path / "config.toml").write_text(shown)
    assert tomllib.loads(shown)["keys"]["preset"] == "digits"
    keymap, faults = keymap_from(load_settings(tmp_path / "config.toml").keys)
    assert faults == ()
    assert keymap.changed["review.park"] == "f8"
