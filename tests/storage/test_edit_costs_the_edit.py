"""An edit parses the tables it changes and nothing else, however many items there are."""

from dataclasses import replace
from pathlib import Path

import pytest
import tomlkit

from meeting import NOW, a_checklist, answered
from signoff.domain.answer import Status
from signoff.domain.checklist import Category, Checklist, Item
from signoff.domain.release import Release
from signoff.storage.session_file import SessionFile


def a_long_checklist(items: int) -> Checklist:
    extra = Category("more", "More", tuple(Item(f"item-{n}", f"Item {n}", why="Because. " * 5) for n in range(items)))
    return replace(a_checklist(), categories=(*a_checklist().categories, extra))


@pytest.fixture
def handed_to_tomlkit(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many characters each call of tomlkit.parse got."""
    sizes: list[int] = []
    parse = tomlkit.parse
    monkeypatch.setattr(tomlkit, "parse", lambda text: (sizes.append(len(text)), parse(text))[1])
    return sizes


@pytest.mark.parametrize("opened_again", [False, True])
def test_an_edit_among_two_thousand_items_parses_less_than_two_kilobytes(
    tmp_path: Path, handed_to_tomlkit: list[int], opened_again: bool
) -> None:
    file = SessionFile.create(tmp_path, a_long_checklist(2000), Release("payments", "1"), NOW)
    for item in ("item-7", "item-1990"):
        file.save(answered(file.session, item, Status.PASS), NOW)
    if opened_again:
        file = SessionFile.open(file.path)
    handed_to_tomlkit.clear()
    file.save(answered(file.session, "item-7", Status.FAIL, note="seen"), NOW)

    assert file.path.stat().st_size > 200_000
    assert 0 < sum(handed_to_tomlkit) < 2000


def test_an_answer_to_another_effect_is_not_parsed_by_tomlkit_at_all(
    tmp_path: Path, handed_to_tomlkit: list[int]
) -> None:
    file = SessionFile.create(tmp_path, a_checklist(), Release("payments", "1"), NOW)
    for status in (Status.PASS, Status.FAIL):
        file.save(answered(file.session, "vault", status), NOW)

    assert handed_to_tomlkit == []
    assert SessionFile.open(file.path).session.answers["vault"].status is Status.FAIL


def test_opening_parses_nothing_with_tomlkit(tmp_path: Path, handed_to_tomlkit: list[int]) -> None:
    file = SessionFile.create(tmp_path, a_checklist(), Release("payments", "1"), NOW)
    SessionFile.open(file.path)

    assert handed_to_tomlkit == []
