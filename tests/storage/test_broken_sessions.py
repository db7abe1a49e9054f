"""A session file that cannot be understood is named with its line, and never written to."""

from pathlib import Path

import pytest

from meeting import NOW, a_checklist, answered
from signoff.domain.answer import Status
from signoff.domain.release import Release
from signoff.errors import BrokenFileError, StorageError
from signoff.storage.session_file import SessionFile
from signoff.storage.session_folder import list_sessions


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = SessionFile.create(tmp_path, a_checklist(), Release("payments", "1"), NOW)
    file.save(answered(file.session, "vault", Status.PASS), NOW)
    return file.path


FAULTS = [
    # what is replaced, by what, the line that is then named, and what is said of it
    (
        'schema = 1\nid = "payments-1-prod"',
        "schema = 2\nid = 5",
        "schema = 2",
        "is made by a newer signoff (schema 2), and this one cannot read it",
    ),
    ("schema = 1", 'schema = "1"', 'schema = "1"', "is not a session of signoff"),
    ("schema = 1\n", "", None, "is not a session of signoff"),
    ("revision = 1", "revision = -1", "revision = -1", "revision must be a whole number"),
    ("revision = 1", f"revision = {10**40}", f"revision = {10**40}", "revision must be a whole number"),
    ('id = "payments-1-prod"', "id = 5", "id = 5", "id must be text in quotes"),
    (
        "created = 2026-11-26T14:00:00Z",
        "created = 2026-11-26",
        "created = 2026-11-26",
        "created must be a date and time",
    ),
    (
        "created = 2026-11-26T14:00:00Z",
        "created = 9999-12-31T23:59:59Z",
        "created = 9999-12-31T23:59:59Z",
        "created is in the year 9999",
    ),
    (
        'status = "pass"',
        'status = "green"',
        'status = "green"',
        'answers.vault.status must be one of "open", "pass", "fail"',
    ),
    ('status = "pass"', "status = ['pass']", "status = ['pass']", "answers.vault.status must be one of"),
    (
        'status = "pass"',
        'status = "pass"\ndue = 2026-11-26T14:00:00',
        "due = 2026-11-26T14:00:00",
        "answers.vault.due must",
    ),
    ('status = "pass"', 'status = "pass"\ndue = 0001-01-01', "due = 0001-01-01", "answers.vault.due is in the year 1"),
    (
        'status = "pass"',
        'status = "pass"\nevidence = [{}]',
        "evidence = [{}]",
        "answers.vault.evidence.1 has no target",
    ),
    ("[answers.vault]", "[answers.valut]", "[answers.valut]", 'the checklist has no item "valut"'),
    ("[answers.vault]", "[answers.'no slug']", None, "answers.no slug must be a short name"),
    ('service = "payments"', "", "[release]", "release has no service"),
    (
        'service = "payments"',
        'service = "p"\nwindow = {start = 2026-11-26T14:00:00Z, end = 2026-11-26T13:00:00Z, zone = "UTC"}',
        "[release]",
        "the window ends before it starts",
    ),
    (
        'service = "payments"',
        'service = "p"\nwindow = {start = 2026-11-26T14:00:00Z, end = 2026-11-26T15:00:00Z, zone = "Mars/Base"}',
        "[release]",
        'There is no time zone "Mars/Base"',
    ),
    ('text = "Secrets in a vault"', "", "[[checklist.categories.items]]", "checklist.categories.1.items.1 has no text"),
    ('subject = "answers.vault"', "", "[[history]]", "history.1.subject must be text in quotes"),
    ('status = "pass"', "status = pass", "status = pass", "is not valid TOML: Invalid value"),
    ('status = "pass"', "<<<<<<< ours", "<<<<<<< ours", "is not valid TOML: Invalid statement"),
    ('status = "pass"', 'status = "pass', 'status = "pass', "is not valid TOML: Illegal character"),
    ('status = "pass"', f"x = {'[' * 3000}", f"x = {'[' * 3000}", "is not valid TOML: too many brackets"),
]


@pytest.mark.parametrize(("old", "new", "at", "reason"), FAULTS, ids=[f"{new[:40]!r}" for _, new, _, _ in FAULTS])
def test_what_is_wrong_is_said_with_its_line(good: Path, old: str, new: str, at: str | None, reason: str) -> None:
    text = good.read_text(encoding="utf-8")
    assert old in text
    good.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(BrokenFileError) as caught:
        SessionFile.open(good)
    line = caught.value.line
    assert caught.value.reason.startswith(reason)
    assert (good.read_text(encoding="utf-8").split("\n")[line - 1] if line else None) == at


def test_a_broken_file_is_listed_as_broken_and_left_as_it_is(good: Path) -> None:
    broken = good.read_bytes().replace(b'status = "pass"', b'status = "green"')
    good.write_bytes(broken)

    [header] = list_sessions(good.parent)
    assert header.problem.startswith(f"{good}:")
    assert 'answers.vault.status must be one of "open"' in header.problem
    assert header.title == "payments-1-prod.toml"
    assert good.read_bytes() == broken


@pytest.mark.parametrize(
    "data", [b"", b"\x00" * 4096, b"\xff\xfe\x00", b"not toml", b"x = 1\n", b"x = " + b"[" * 3000, b"\n[release]" * 900]
)
def test_no_rubbish_stops_a_listing(tmp_path: Path, good: Path, data: bytes) -> None:
    (tmp_path / "rubbish.toml").write_bytes(data)

    headers = {header.path.name: header for header in list_sessions(tmp_path)}
    assert headers["rubbish.toml"].problem.startswith(str(tmp_path / "rubbish.toml"))
    assert headers["payments-1-prod.toml"].problem == ""


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "large.toml").open("wb") as large:
        large.truncate(16 * 1024 * 1024 + 1)

    with pytest.raises(StorageError, match="larger than 16 MB"):
        SessionFile.open(tmp_path / "large.toml")


def test_a_session_of_too_many_items_is_not_opened(good: Path) -> None:
    item = '[[checklist.categories.items]]\nid = "n{}"\ntext = "x"\n'
    before, header, after = good.read_text(encoding="utf-8").rpartition("[[checklist.categories.items]]")
    good.write_text(before + "".join(item.format(n) for n in range(20_000)) + header + after, encoding="utf-8")

    with pytest.raises(BrokenFileError, match="the checklist has more than 20000 items"):
        SessionFile.open(good)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="There is no file"):
        SessionFile.open(tmp_path / "none.toml")


def test_a_newer_signoff_s_key_is_no_fault(good: Path) -> None:
    text = good.read_text(encoding="utf-8")
    good.write_text(
        text.replace('subject = "answers.vault"', 'subject = "weather"').replace("[release]", "mood = 1\n[release]")
    )

    assert SessionFile.open(good).session.history[0].subject == "weather"
