"""What the program remembers about its user, and where things are."""

from pathlib import Path

import pytest

from signoff.errors import BrokenFileError, SettingsError, StorageError
from signoff.storage.locations import Locations, shipped
from signoff.storage.settings import Settings, load_settings, remember, settings_in_use

CONFIG = """\
# Mine.
name = "Ana"  # with an accent

[keys]
"answer.pass" = "j"
"""


def test_settings_keep_comments_and_what_they_do_not_know(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG, encoding="utf-8")
    remember(path, name="Aña", theme="paper")

    assert path.read_text(encoding="utf-8") == CONFIG.replace('name = "Ana"', 'name = "Aña"').replace(
        "accent\n", 'accent\ntheme = "paper"\n'
    )
    settings = load_settings(path)
    assert (settings.name, settings.theme) == ("Aña", "paper")


def test_settings_that_do_not_change_leave_every_byte(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG, encoding="utf-8")
    remember(path)

    assert path.read_text(encoding="utf-8") == CONFIG


def test_a_first_setting_makes_the_file_and_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.toml"
    remember(path, theme="paper \ud83d")

    assert load_settings(path) == Settings(theme="paper ?")
    assert path.stat().st_mode & 0o777 == 0o600


def test_no_file_says_nothing(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "config.toml") == Settings()


@pytest.mark.parametrize(("text", "line"), [("name = ", 1), ("# x\nname = 5\n", 2), ("[name]\n", 1)])
def test_broken_settings_are_left_alone_and_named_with_their_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(BrokenFileError) as caught:
        remember(path, theme="paper")
    assert caught.value.line == line
    assert path.read_text(encoding="utf-8") == text


def test_what_is_wrong_with_a_line_costs_only_that_line(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('name = 5\ntheme = "paper"\nthemme = "x"\n[kezs]\n"review.pass" = "j"\n', encoding="utf-8")

    settings = load_settings(path)
    assert (settings.name, settings.theme) == ("", "paper")
    assert [str(fault).removeprefix(f"{path}:") for fault in settings.faults] == [
        "1: name must be text in quotes",
        "3: there is no key themme in the file: the nearest is theme",
        "4: there is no key kezs in the file: the nearest is keys",
    ]


def test_settings_that_cannot_be_read_say_nothing_and_why(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("name = ", encoding="utf-8")

    with pytest.raises(BrokenFileError):
        load_settings(path)
    settings = settings_in_use(path)
    assert (settings.name, str(settings.unread)) == ("", f"{path}:1: is not valid TOML: Invalid value")


def test_settings_that_can_be_read_and_not_edited_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    text = f"deep = {'[' * 120}{']' * 120}\n"  # tomlkit reads a hundred, tomllib more
    path.write_text(text, encoding="utf-8")

    assert load_settings(path).theme == ""
    with pytest.raises(SettingsError, match="change theme there by hand"):
        remember(path, theme="paper")
    assert path.read_text(encoding="utf-8") == text


def test_the_data_folder_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGNOFF_DATA_DIR", str(tmp_path / "from the environment"))
    assert Locations.of_user().data == tmp_path / "from the environment"
    assert Locations.of_user(tmp_path / "said").data == tmp_path / "said"


def test_a_user_without_a_home_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_DATA_HOME", "SIGNOFF_DATA_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", lambda _: {}[_])
    with pytest.raises(StorageError, match="set HOME"):
        Locations.of_user()


def test_the_project_has_a_folder_of_its_own_where_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Locations.of_user().project is None

    (tmp_path / ".signoff").mkdir()
    where = Locations.of_user()
    assert where.folders_of("checklists")[0] == tmp_path / ".signoff" / "checklists"
    assert where.folders_of("checklists")[-1] == shipped("checklists")


def test_an_installation_that_lacks_a_folder_says_what_to_do() -> None:
    with pytest.raises(StorageError, match="lacks its spells folder; install signoff again"):
        shipped("spells")
