"""S1 and S4. Every hostile text on the command line: as data, as an argument, as the name of a file."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from cli.home import Home, session_in
from cli.hostile import a_hostile_checklist, a_hostile_release, a_hostile_session, assert_harmless
from hostile_texts import TEXTS, name_of
from meeting import NOW
from nightly import NIGHTLY
from signoff.cli.main import run
from signoff.storage.backups import Backups
from signoff.storage.journal import Journal
from signoff.storage.journal_record import Note, Unsaved
from signoff.storage.session_name import session_name
from signoff.storage.session_text import SessionText

MARK = "Q7Q"
SAMPLE = TEXTS if NIGHTLY else TEXTS[::4]
"""What takes longer is tried with some of them in the normal run."""


@pytest.fixture
def here(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home in which this process runs the commands: all texts in the time of a few processes."""
    for name, value in home.variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("SIGNOFF_DATA_DIR", raising=False)
    monkeypatch.chdir(home.work)
    return home


def one_line(text: str) -> str:
    return text.replace("\n", " ")


def as_argument(text: str) -> str:
    """A text as far as it can be an argument: bytes that are no UTF-8 can, NUL and half a surrogate pair cannot."""
    return text.replace("\x00", "").replace("\ud800", "\udc80").replace("\udfff", "\udcff")


def as_name(text: str) -> str:
    """A text as far as a file can be named for it."""
    name = as_argument(text.replace("/", "_")).encode("utf-8", "surrogateescape")[:80]
    return f"{MARK}{name.decode('utf-8', 'ignore')}.toml"


@pytest.mark.parametrize("text", TEXTS, ids=name_of)
def test_a_text_that_is_shown_acts_on_nothing(here: Home, text: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    marked = MARK + one_line(text)
    path = here.session(
        lambda session: a_hostile_session(session, MARK + text),
        release=a_hostile_release(marked),
        checklist=a_hostile_checklist(marked),
    )
    journal = Journal(here.locations.state, path, lambda: NOW)
    journal.keep_note(Note("vault", MARK + text))
    broken = here.sessions / as_name(text)
    broken.write_text("schema = 1\nx")
    checklists = here.locations.config / "checklists"
    checklists.mkdir()
    (checklists / as_name(text)).write_text("schema = 1\nid")
    for arguments in (
        ("list",),
        ("list", "--json"),
        ("show",),
        ("show", "--json"),
        ("recover",),
        ("recover", "--json"),
        ("check", str(broken)),
        ("checklist", "list"),
        ("export", "--draft", "-o", "-"),
    ):
        code = run(list(arguments))
        out, err = capfdbinary.readouterr()
        assert code in (0, 1), arguments
        assert MARK.encode() in out + err, arguments
        assert b"Traceback" not in err
        assert_harmless(out, err)
        if "--json" in arguments:
            json.loads(out)


@pytest.mark.parametrize("text", SAMPLE, ids=name_of)
def test_a_text_that_is_typed_acts_on_nothing(here: Home, text: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    word = as_argument(text)
    for arguments in (
        ("show", word),
        ("open", word),
        ("check", word),
        ("verify", word),
        ("recover", word),
        ("recover", "--show", word),
        ("checklist", "show", word),
        ("export", "--draft", word),
        (word,),
        (f"--{word}",),
        ("list", f"--{word}"),
        ("new", "--service", word, "--version", word, "--window", word, "--no-open"),
        ("new", "--service", "s", "--version", "1", "--checklist", word, "--no-open"),
        ("new", "--service", "s", "--version", "1", "--zone", word, "--no-open"),
    ):
        code = run(list(arguments))
        out, err = capfdbinary.readouterr()
        assert code in (0, 1, 2), arguments
        assert b"Traceback" not in err
        assert_harmless(out, err)


@pytest.mark.parametrize("text", SAMPLE, ids=name_of)
def test_no_text_names_a_file_outside_its_folder(here: Home, text: str) -> None:
    """S4: whatever is released, its files are in the folders where they belong, and have plain names."""
    path = here.session(release=a_hostile_release(one_line(text) or "x"))
    assert path.parent == here.sessions
    assert path.name.isascii()
    assert not set(path.name) - set("abcdefghijklmnopqrstuvwxyz0123456789.-")
    assert not path.name.startswith((".", "-"))
    assert session_name(a_hostile_release(text)) == Path(session_name(a_hostile_release(text))).name
    assert run(["export", "--draft", path.stem]) == 0
    [report] = here.work.iterdir()
    assert report.name.isprintable()
    assert not set(report.name) & set('/\\:*?"<>|')
    assert not report.name.startswith((".", "-"))
    assert {path for path in here.folder.rglob("*") if path.is_file()} == {path, report}


def test_what_is_kept_of_a_hostile_session_is_named_for_nothing_in_it(here: Home) -> None:
    path = here.session(a_hostile_session, release=a_hostile_release())
    Backups(here.locations.state, path).keep(path.read_bytes(), 1, NOW)
    journal = Journal(here.locations.state, path, lambda: NOW)
    journal.keep_unsaved(Unsaved(1, str(SessionText.of(session_in(path), NOW))))
    names = [entry.name for entry in here.locations.state.rglob("*")]
    assert all(name.isascii() and name.isprintable() for name in names)


def test_everything_but_a_report_is_private_with_an_umask_of_000(home: Home) -> None:
    before = os.umask(0)
    try:
        made = home.run("new", "--service", "payments", "--version", "1", "--no-open")
        assert made.code == 0
        assert home.run("key", "new", "--as", "rm@example.com", "--passphrase-stdin", typed="a passphrase\n").code == 0
        assert home.run("export", "--draft").code == 0
        found = home.run("recover")
        assert found.code == 0
    finally:
        os.umask(before)
    files = {path: path.stat().st_mode & 0o777 for path in home.folder.rglob("*") if path.is_file()}
    reports = {path for path in files if path.parent == home.work}
    assert {files[path] for path in reports} == {0o666}  # a document, as the umask has it
    public = {path for path in files if path.suffix == ".pub" or "identity" in path.name}
    assert {files[path] for path in set(files) - reports - public} == {0o600}
