"""`signoff recover`: everything that was kept is listed, shown and restored, and nothing is touched by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.home import Home, Ran, session_in
from cli.hostile import HOSTILE, a_hostile_session, assert_harmless
from meeting import NOW, a_session, answered
from signoff.domain.answer import Status
from signoff.domain.session import Session
from signoff.storage.backups import Backups
from signoff.storage.journal import Journal
from signoff.storage.journal_record import Note, Unsaved
from signoff.storage.session_text import SessionText


def a_failed(session: Session) -> Session:
    return answered(session, "vault", Status.FAIL)


def kept_for(home: Home, path: Path, session: Session | None = None, note: str = "half a sen") -> None:
    """A session with something of everything that can be brought back."""
    session = session or answered(session_in(path), "scan", Status.FAIL)
    journal = Journal(home.locations.state, path, lambda: NOW)
    journal.keep_note(Note("vault", note))
    journal.keep_unsaved(Unsaved(session.revision, str(SessionText.of(session, NOW))))
    Backups(home.locations.state, path).keep(path.read_bytes(), session_in(path).revision, NOW)
    path.with_name(f"{path.stem}.conflict-20261126T140211Z-laptop.toml").write_bytes(path.read_bytes())
    (path.parent / "trash").mkdir(exist_ok=True)
    (path.parent / "trash" / f"{path.stem}-20261126T140211Z.toml").write_bytes(path.read_bytes())


def files(home: Home) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in home.folder.rglob("*") if path.is_file()}


def by_kind(ran: Ran) -> dict[str, dict[str, str]]:
    return {entry["kind"]: entry for entry in ran.object["found"]}


def test_there_is_nothing_to_recover(home: Home) -> None:
    ran = home.run("recover")
    assert (ran.code, ran.out, ran.err) == (0, "", "There is nothing to recover.\n")


def test_everything_is_listed(home: Home) -> None:
    path = home.session(a_failed)
    kept_for(home, path)
    before = files(home)
    ran = home.run("recover")
    assert ran.code == 0
    assert ran.lines[0].split() == ["ID", "WHAT", "SESSION", "KEPT", "HOLDS"]
    said = "\n".join(ran.lines)
    assert "unsaved edits  payments-4.12.0-prod  2026-11-26 14:00:00  r2  2/5  NO-GO" in said
    assert "note           payments-4.12.0-prod  2026-11-26 14:00:00  on vault: half a sen" in said
    assert "backup         payments-4.12.0-prod" in said
    assert "conflict       payments-4.12.0-prod" in said
    assert "trash          payments-4.12.0-prod" in said
    assert files(home) == before


def test_machines_get_one_object_with_a_version(home: Home) -> None:
    path = home.session(a_failed)
    kept_for(home, path)
    ran = home.run("recover", "--json")
    assert ran.object["format"] == "signoff-recoverable/1"
    found = by_kind(ran)
    assert set(found) == {"unsaved edits", "note", "backup", "conflict", "trash"}
    assert found["unsaved edits"] == {
        "id": found["unsaved edits"]["id"],
        "kind": "unsaved edits",
        "session": "payments-4.12.0-prod",
        "kept": "2026-11-26T14:00:00+00:00",
        "holds": "r2  2/5  NO-GO",
        "path": found["unsaved edits"]["path"],
        "origin": str(path),
    }


@pytest.mark.parametrize("gone", [False, True], ids=["there", "gone"])
@pytest.mark.parametrize("by", ["name", "path"])
def test_only_what_belongs_to_one_session_also_when_its_file_is_gone(home: Home, by: str, gone: bool) -> None:
    path = home.session(a_failed)
    kept_for(home, path)
    other = home.sessions / "other.toml"
    other.write_bytes(path.read_bytes().replace(b'id = "payments-4.12.0-prod"', b'id = "other"', 1))
    kept_for(home, other)
    if gone:
        path.unlink()
    found = home.run("recover", path.stem if by == "name" else str(path), "--json").object["found"]
    assert len(found) == 5
    assert {entry["session"] for entry in found} == {path.stem}
    assert home.run("recover", "nothing", "--json").object["found"] == []


def test_one_is_shown_byte_by_byte(home: Home) -> None:
    path = home.session(a_failed)
    kept_for(home, path, note="two\nlines ✓")
    found = by_kind(home.run("recover", "--json"))
    assert home.run("recover", "--show", found["backup"]["id"]).raw_out == path.read_bytes()
    assert home.run("recover", "--show", found["note"]["id"]).out == "two\nlines ✓"


@pytest.mark.parametrize(("kind", "revision"), [("unsaved edits", 2), ("backup", 1), ("conflict", 1), ("trash", 1)])
def test_one_is_restored_under_a_new_name_and_nothing_else_changes(home: Home, kind: str, revision: int) -> None:
    path = home.session(a_failed)
    path.write_text("# mine\n" + path.read_text())
    kept_for(home, path)
    before = files(home)
    found = by_kind(home.run("recover", "--json"))[kind]["id"]
    for name in ("payments-4.12.0-prod-recovered", "payments-4.12.0-prod-recovered-2"):
        ran = home.run("recover", "--restore", found)
        assert (ran.code, ran.out) == (0, f"{home.sessions / name}.toml\n")
        restored = session_in(home.sessions / f"{name}.toml")
        assert (restored.id, restored.revision) == (name, revision)
        assert (home.sessions / f"{name}.toml").stat().st_mode & 0o777 == 0o600
        assert home.run("check", ran.out.strip()).code == 0
    assert {path: data for path, data in files(home).items() if path in before} == before
    if kind != "unsaved edits":
        assert (home.sessions / f"{name}.toml").read_text().startswith("# mine\n")


def test_a_session_in_the_trash_may_say_anything_of_its_own_name(home: Home) -> None:
    path = home.session(a_failed)
    trash = home.sessions / "trash"
    trash.mkdir()
    text = path.read_text().replace('id = "payments-4.12.0-prod"', 'id = "a/../b"', 1)
    (trash / "payments-4.12.0-prod-20261126T140211Z-2.toml").write_text(text)
    (found,) = home.run("recover", path.stem, "--json").object["found"]
    assert found["kind"] == "trash"


def test_it_is_restored_where_one_says_and_replaces_nothing(home: Home) -> None:
    kept_for(home, home.session(a_failed))
    found = by_kind(home.run("recover", "--json"))["backup"]["id"]
    there = home.work / "there.toml"
    assert home.run("recover", "--restore", found, "-o", there).code == 0
    before = there.read_bytes()
    ran = home.run("recover", "--restore", found, "-o", there)
    assert (ran.code, ran.err) == (1, f"Error: {there} is there already; choose another name.\n")
    assert there.read_bytes() == before


def test_what_is_broken_is_listed_and_shown_and_not_restored(home: Home) -> None:
    path = home.session(a_failed)
    kept_for(home, path)
    conflict = next(home.sessions.glob("*.conflict-*"))
    conflict.write_text("schema = 1\n<<<<<<< HEAD\n")
    found = by_kind(home.run("recover", "--json"))["conflict"]
    assert found["holds"].startswith("broken: ")
    assert home.run("recover", "--show", found["id"]).out == conflict.read_text()
    ran = home.run("recover", "--restore", found["id"])
    assert ran.code == 1
    assert f"{conflict}:2: is not valid TOML" in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--show", "nope"), 'There is nothing to recover by the id "nope"; `signoff recover` lists what there is.'),
        (("--show", "a", "--restore", "b"), "Say --show or --restore, not both."),
        (("-o", "x"), "-o says where --restore writes."),
    ],
)
def test_what_cannot_be_done_is_said(home: Home, arguments: tuple[str, ...], said: str) -> None:
    ran = home.run("recover", *arguments)
    assert ran.code in (1, 2)
    assert said in ran.err


def test_a_note_is_shown_and_not_restored(home: Home) -> None:
    kept_for(home, home.session(a_failed))
    ran = home.run("recover", "--restore", by_kind(home.run("recover", "--json"))["note"]["id"])
    assert ran.code == 2
    assert "comes back when its session is opened" in ran.err


def test_hostile_texts_act_on_no_terminal(home: Home) -> None:
    path = home.session(a_hostile_session)
    kept_for(home, path, session_in(path), note=HOSTILE)
    bad = home.sessions / "a\x1b]2;EVIL\x07\u202e.conflict-1.toml"
    bad.write_text("schema = 1\n\x1b]2;EVIL\x07")
    for arguments in ((), ("--json",), ("--show", "\x1b]2;EVIL\x07")):
        ran = home.run("recover", *arguments)
        assert_harmless(ran.raw_out, ran.raw_err)
    assert "⟨U+001B⟩" in home.run("recover").out


def test_any_file_in_the_state_folder_is_survived(home: Home) -> None:
    kept_for(home, home.session(a_failed))
    state = home.locations.state
    for name in ("journal/x.jsonl", "journal/y", "backups/z", "locks/l"):
        (state / name).parent.mkdir(exist_ok=True)
        (state / name).write_bytes(b"\xff\x00garbage\n12 00000000 {}\n")
    (state / "journal" / "folder.jsonl").mkdir()
    (state / "journal" / "loop.jsonl").symlink_to("loop.jsonl")
    ran = home.run("recover")
    assert ran.code == 0
    assert len(ran.lines) == 6


def test_what_nobody_edited_is_nothing_to_recover(home: Home) -> None:
    home.session()
    assert home.run("recover").out == ""
    assert a_session().revision == 0
