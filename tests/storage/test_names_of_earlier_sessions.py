"""The names of earlier sessions of a service, which are offered while somebody is named."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from meeting import BY, NOW, a_checklist, answered, the_built_in_checklist
from signoff.domain.release import Release
from signoff.domain.session import Session
from signoff.storage import earlier_names as module
from signoff.storage.earlier_names import MOST_FILES, earlier_names
from signoff.storage.session_file import SessionFile


def saved(folder: Path, age: int, edit: Callable[[Session], Session], service: str = "payments") -> Path:
    """A session that was saved some seconds ago."""
    file = SessionFile.create(folder, the_built_in_checklist(), Release(service, str(age)), NOW)
    file.save(edit(file.session), NOW)
    os.utime(file.path, (1_000_000 - age, 1_000_000 - age))
    return file.path


def with_people(*names: str) -> Callable[[Session], Session]:
    roles = the_built_in_checklist().roles
    people = {role.id: name for role, name in zip(roles, names, strict=False)}
    return lambda session: session.name_people(people, now=NOW, by=BY)


def owned_by(name: str) -> Callable[[Session], Session]:
    return lambda session: answered(session, "secrets-in-vault", owner=name)


def test_the_newest_session_s_names_come_first_and_nobody_comes_twice(tmp_path: Path) -> None:
    saved(tmp_path, 3, with_people("ana", "old"))
    saved(tmp_path, 2, owned_by("dee"))
    saved(tmp_path, 1, lambda s: owned_by("chen")(with_people("ana", "bob")(s)))
    saved(tmp_path, 0, with_people("somebody else"), "ledger")
    here = saved(tmp_path, 4, with_people("known already"))

    assert earlier_names(tmp_path, "payments", here) == ("ana", "bob", "chen", "dee", "old")


def test_only_the_newest_files_are_read_and_no_more_of_them_than_the_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for age in range(MOST_FILES + 3):
        saved(tmp_path, age, with_people(f"name {age}"))
    read: list[int] = []
    load = module.tomllib.loads
    monkeypatch.setattr(module.tomllib, "loads", lambda text: (read.append(len(text)), load(text))[1])

    assert earlier_names(tmp_path, "payments", tmp_path / "none.toml") == tuple(f"name {n}" for n in range(MOST_FILES))
    assert len(read) == MOST_FILES
    assert max(read) < 1000 < (tmp_path / "payments-0-prod.toml").stat().st_size


def test_of_a_long_session_the_names_are_offered_that_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def spoken(session: Session) -> Session:
        for number, item in enumerate(session.checklist.items):
            session = answered(session, item.id, owner=f"owner {number}")
        return with_people("ana")(session)

    size = saved(tmp_path, 1, spoken).read_bytes().index(b"owner 9") + 3
    monkeypatch.setattr(module, "_MOST_BYTES", size)

    assert earlier_names(tmp_path, "payments", tmp_path / "x.toml") == ("ana", *(f"owner {n}" for n in range(9)))


def test_whatever_cannot_be_read_offers_no_names(tmp_path: Path) -> None:
    saved(tmp_path, 9, with_people("ana"))
    release = '[release]\nservice = "payments"\n'
    for name, text in {
        "broken": "x =",
        "no-release": 'people = {qa = "x"}',
        "a-list": f"people = [1]\n{release}",
        "a-number": f"{release}[people]\nqa = 7\n[answers]\nvault = 3\n",
        "an-answer": f"{release}[answers.vault]\nowner = 4\n",
        "release-is-text": 'release = "payments"',
        "deep": f"x = {'[' * 3000}",
        ".hidden": f'{release}[people]\nqa = "hidden"\n',
    }.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    (tmp_path / "latin.toml").write_bytes(b'x = "\xff"')
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "nowhere.toml").symlink_to(tmp_path / "gone")

    assert earlier_names(tmp_path, "payments", tmp_path / "none.toml") == ("ana",)
    assert earlier_names(tmp_path / "none", "payments", tmp_path / "none.toml") == ()


def test_a_session_of_a_checklist_without_end_is_not_read_to_its_end(tmp_path: Path) -> None:
    file = SessionFile.create(tmp_path, a_checklist(), Release("payments", "1"), NOW)
    file.save(answered(with_people("x")(file.session), "vault", note="n" * 300_000, owner="y"), NOW)

    assert earlier_names(tmp_path, "payments", tmp_path / "none.toml") == ("x",)
