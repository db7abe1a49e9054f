"""What others write into the file of an open session is seen, brought together with ours, and never overwritten."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from meeting import NOW, a_checklist, answered
from reliability.window import PATIENCE, Window, a_window
from signoff.domain.answer import Status
from signoff.domain.merge import OutsideChange
from signoff.domain.release import Release
from signoff.domain.session import Session
from signoff.domain.undo import undone
from signoff.storage import session_writer
from signoff.storage.known_file import KnownFile
from signoff.storage.session_file import SessionFile
from signoff.storage.session_writer import SessionWriter

MARKERS = b"<<<<<<< ours\nstatus = 'pass'\n=======\nstatus = 'fail'\n>>>>>>> theirs\n"


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_writer, "_LOOK_SECONDS", 0.01)
    monkeypatch.setattr(session_writer, "_RETRY_SECONDS", (0.01,))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return SessionFile.create(tmp_path / "s", a_checklist(), Release("payments", "1"), NOW).path


@pytest.fixture
def window(path: Path) -> Iterator[Window]:
    with a_window(path) as window:
        yield window


def writes(path: Path, change: Callable[[Session], Session]) -> Session:
    """Somebody else saves an edit; returns their session."""
    theirs = SessionFile.open(path)
    theirs.save(change(theirs.session), NOW)
    return theirs.session


def no_space(*_: object) -> None:
    raise OSError(28, "No space left on device")


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for something that another thread does, without asking it to."""
    event = threading.Event()
    for _ in range(2000):
        if is_so():
            return
        event.wait(0.01)
    raise AssertionError("it did not happen")


def at_once(path: Path, data: bytes) -> None:
    """Somebody replaces the file, so that nobody sees half of it."""
    other = path.with_name("other.swp")
    other.write_bytes(data)
    other.replace(path)


def saved(path: Path) -> Session:
    return SessionFile.open(path).session


def test_what_somebody_else_writes_is_seen_without_asking(path: Path, window: Window) -> None:
    theirs = writes(path, lambda s: answered(s, "vault", Status.FAIL))
    wait_until(lambda: window.session == theirs)

    assert window.flush()
    assert path.read_bytes().count(b"[[history]]") == 1


def test_taking_over_what_others_wrote_writes_nothing(path: Path, window: Window) -> None:
    writes(path, lambda s: answered(s, "vault", Status.FAIL))
    before = path.stat().st_ctime_ns
    assert window.flush()

    assert window.session.answers["vault"].status is Status.FAIL
    assert path.stat().st_ctime_ns == before


def test_an_edit_is_made_to_what_others_left_with_their_remarks_and_keys(path: Path, window: Window) -> None:
    path.write_bytes(path.read_bytes().replace(b"[release]", b"ticket = 'OPS-1'\n\n# Ana has seen it.\n[release]", 1))
    window.edit(lambda s: answered(s, "vault", Status.FAIL))
    assert window.flush()

    text = path.read_text(encoding="utf-8")
    assert "ticket = 'OPS-1'\n\n# Ana has seen it.\n[release]" in text
    assert saved(path) == window.session
    assert window.kept == []


def test_edits_of_both_sides_are_in_the_file(path: Path, window: Window) -> None:
    writes(path, lambda s: answered(s, "vault", Status.FAIL))
    window.edit(lambda s: answered(s, "scan", Status.FAIL))
    assert window.flush()

    answers = saved(path).answers
    assert (answers["vault"].status, answers["scan"].status) == (Status.FAIL, Status.FAIL)
    assert saved(path) == window.session
    assert list(path.parent.iterdir()) == [path]


def test_where_both_changed_one_item_theirs_is_kept_beside_the_session(path: Path, window: Window) -> None:
    with window.busy():
        theirs = writes(path, lambda s: answered(s, "vault", Status.FAIL, owner="ana"))
        window.edit(lambda s: answered(s, "vault", Status.PASS, owner="bob"))
    assert window.flush()

    assert saved(path).answers["vault"].owner == "bob"
    [kept] = window.kept
    assert kept.name.startswith("payments-1-prod.conflict-20261126T140000Z-")
    assert saved(kept) == theirs


def test_each_conflict_has_a_file_of_its_own(path: Path, window: Window) -> None:
    for owner in ("ana", "chen"):
        with window.busy():
            writes(path, lambda s, owner=owner: answered(s, "vault", Status.FAIL, owner=owner))  # type: ignore[misc]
            window.edit(lambda s: answered(s, "vault", Status.PASS, owner="bob", note=f"{len(s.history)}"))
        assert window.flush()

    assert [saved(kept).answers["vault"].owner for kept in window.kept] == ["ana", "chen"]


def test_a_file_with_another_checklist_does_not_go_together_with_ours(path: Path, window: Window) -> None:
    theirs = path.read_bytes().replace(b'text = "Secrets in a vault"', b'text = "Secrets in two vaults"')
    path.write_bytes(theirs)
    wait_until(lambda: bool(window.kept))
    assert window.flush()

    assert saved(path) == window.session
    assert window.session.checklist == a_checklist()
    assert window.kept[0].read_bytes() == theirs


@pytest.mark.parametrize(
    "rubbish", [MARKERS, b"", b"schema = 1\nrevision", b"\xff"], ids=["markers", "empty", "half", "bytes"]
)
def test_what_cannot_be_read_is_said_and_never_overwritten(path: Path, window: Window, rubbish: bytes) -> None:
    good = path.read_bytes()
    path.write_bytes(rubbish)
    window.edit(lambda s: answered(s, "vault", Status.PASS))
    wait_until(lambda: bool(window.failures))
    assert path.read_bytes() == rubbish
    assert not window.flush(0.05)
    assert window.failures[0].startswith(path.name)
    assert window.failures[0].endswith("it is left alone, and your edits wait until it can be read.")

    path.write_bytes(good)
    assert window.flush()
    assert saved(path) == window.session


def test_a_file_in_pieces_is_read_to_its_end_once(path: Path, window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    open_it = SessionFile.open
    monkeypatch.setattr(SessionFile, "open", lambda path: (opened.append(path), open_it(path))[1])
    good = path.read_bytes()
    at_once(path, MARKERS)
    wait_until(lambda: len(window.failures) > 5)
    assert opened == [path]

    at_once(path, good + b"# mended\n")
    assert window.flush()
    assert opened == [path, path]


def test_it_is_said_also_when_there_is_nothing_to_save(path: Path, window: Window) -> None:
    good = path.read_bytes()
    path.write_bytes(MARKERS)
    wait_until(lambda: bool(window.failures))
    assert path.read_bytes() == MARKERS

    path.write_bytes(good)
    wait_until(lambda: len(window.saved) > 1)
    assert window.flush()
    assert path.read_bytes() == good


def test_a_file_that_is_half_written_for_a_moment_is_no_reason_to_say_anything(
    path: Path, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_writer, "_LOOK_SECONDS", 60.0)
    assert window.flush()
    good = path.read_bytes()
    path.write_bytes(good[:300])
    window.writer.look()
    wait_until(lambda: window.writer._file._was_odd and not window.writer._working)
    path.write_bytes(good + b"# theirs\n")
    assert window.flush()

    assert window.failures == []


def test_a_file_that_is_gone_is_there_again(path: Path, window: Window) -> None:
    before = path.read_bytes()
    path.unlink()
    wait_until(path.exists)

    assert window.flush()
    assert path.read_bytes() == before


def test_a_folder_that_is_gone_is_no_reason_to_forget_anything(path: Path, window: Window) -> None:
    away = path.parent.rename(path.parent.with_name("away"))
    window.edit(lambda s: answered(s, "vault", Status.PASS))
    wait_until(lambda: bool(window.failures))
    assert not path.parent.exists()

    away.rename(path.parent)
    assert window.flush()
    assert saved(path) == window.session


def test_an_older_copy_that_comes_back_takes_nothing_away(path: Path, window: Window) -> None:
    older = path.read_bytes()
    window.edit(lambda s: answered(s, "vault", Status.FAIL))
    assert window.flush()
    path.write_bytes(older)
    assert window.flush()

    assert saved(path) == window.session
    assert window.session.answers["vault"].status is Status.FAIL


def test_a_link_in_place_of_the_file_is_followed(path: Path, window: Window, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.toml"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    window.edit(lambda s: answered(s, "vault", Status.FAIL))
    assert window.flush()

    assert path.is_symlink()
    assert saved(elsewhere) == window.session


def test_two_windows_come_to_rest(path: Path, window: Window) -> None:
    with a_window(path) as other:
        for number in range(5):
            window.edit(lambda s, n=number: answered(s, "vault", Status.PASS, note=f"a{n}"))  # type: ignore[misc]
            other.edit(lambda s, n=number: answered(s, "scan", Status.PASS, note=f"b{n}"))  # type: ignore[misc]
        for each in (window, other) * 3:
            assert each.flush()
        before = path.stat().st_ctime_ns
        for each in (window, other) * 3:
            assert each.flush()
        assert path.stat().st_ctime_ns == before
        assert window.session == other.session == saved(path)
    assert [change.now["note"] for change in saved(path).history_of("answers.vault")][-1] == "a4"
    assert [change.now["note"] for change in saved(path).history_of("answers.scan")][-1] == "b4"


def test_a_session_of_a_newer_signoff_is_followed_and_not_written(path: Path) -> None:
    newer = path.read_bytes().replace(b"schema = 1", b"schema = 2")
    path.write_bytes(newer)
    with a_window(path) as window:
        path.write_bytes(newer + b'\n[answers.vault]\nstatus = "fail"\n')
        wait_until(lambda: window.session.answers["vault"].status is Status.FAIL)
        assert window.flush()
    assert window.failures == []


# At the end.


class Deaf(Window):
    """A window whose screen does nothing any more."""

    def _on_outside(self, change: OutsideChange) -> None:
        self.asked = True

    asked = False


def test_at_the_end_both_sides_are_brought_together_without_the_screen(path: Path) -> None:
    deaf = Deaf(path)
    theirs = writes(path, lambda s: answered(answered(s, "vault", Status.FAIL), "scan", owner="ana"))
    wait_until(lambda: deaf.asked)
    deaf.edit(lambda s: answered(s, "scan", owner="bob"))
    assert not deaf.flush(0.05)
    assert saved(path) == theirs

    assert deaf.writer.close(PATIENCE)
    answers = saved(path).answers
    assert (answers["vault"].status, answers["scan"].owner) == (Status.FAIL, "bob")
    assert [saved(kept) for kept in deaf.kept] == [theirs]


def test_while_both_are_brought_together_nothing_is_written(path: Path) -> None:
    deaf = Deaf(path)
    theirs = writes(path, lambda s: answered(s, "vault", Status.FAIL))
    wait_until(lambda: deaf.asked)
    for number in range(20):
        deaf.edit(lambda s, n=number: answered(s, "scan", note=f"{n}"))  # type: ignore[misc]
        assert saved(path) == theirs
    assert deaf.writer.close(PATIENCE)
    assert saved(path).answers["scan"].note == "19"


def in_conflict_on_a_full_disk(path: Path, window: Window, monkeypatch: pytest.MonkeyPatch) -> Session:
    """Both answer the same, and there is no room to keep what somebody else said: that is what is returned."""
    monkeypatch.setattr(KnownFile, "keep_copy", no_space)
    with window.busy():
        theirs = writes(path, lambda s: answered(s, "vault", Status.FAIL, owner="ana"))
        window.edit(lambda s: answered(s, "vault", Status.PASS, owner="bob"))
    wait_until(lambda: bool(window.failures))
    return theirs


def test_a_conflict_that_cannot_be_kept_holds_up_the_save(
    path: Path, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = in_conflict_on_a_full_disk(path, window, monkeypatch)
    assert "Cannot keep what somebody else wrote: No space left on device" in window.failures[0]
    assert saved(path) == theirs

    monkeypatch.undo()
    assert window.flush()
    assert saved(path).answers["vault"].owner == "bob"
    assert len(window.kept) == 1


def test_what_they_write_again_while_theirs_cannot_be_kept_is_not_lost_when_they_remove_the_file(
    path: Path, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_conflict_on_a_full_disk(path, window, monkeypatch)
    writes(path, lambda s: answered(answered(s, "vault", owner="chen"), "scan", owner="dee"))
    wait_until(lambda: window.session.answers["scan"].owner == "dee")
    path.unlink()

    monkeypatch.undo()
    assert window.flush()
    assert (saved(path).answers["vault"].owner, saved(path).answers["scan"].owner) == ("bob", "dee")
    [kept] = window.kept
    assert saved(kept).answers["vault"].owner == "chen"


def test_a_conflict_is_kept_also_where_they_write_something_else_before_it_can_be(
    path: Path, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_conflict_on_a_full_disk(path, window, monkeypatch)
    writes(path, lambda s: answered(s, "scan", owner="dee"))
    wait_until(lambda: window.session.answers["scan"].owner == "dee")

    monkeypatch.undo()
    assert window.flush()
    [kept] = window.kept
    assert saved(kept).answers["vault"].owner == "ana"


def test_without_anybody_to_ask_both_are_brought_together_at_once(path: Path) -> None:
    file = SessionFile.open(path)
    writer = SessionWriter(file, lambda: NOW, lambda *_: None, lambda _: None)
    writes(path, lambda s: answered(s, "vault", Status.FAIL))
    writer.save(replace(answered(file.session, "scan", Status.FAIL)))

    assert writer.flush(PATIENCE)
    assert writer.close(PATIENCE)
    answers = saved(path).answers
    assert (answers["vault"].status, answers["scan"].status) == (Status.FAIL, Status.FAIL)


@pytest.mark.parametrize("lines_left", [0, 1, 2])
def test_a_file_that_was_cut_between_two_lines_of_history_is_not_taken_for_an_older_one(
    path: Path, window: Window, lines_left: int
) -> None:
    window.edit(lambda s: answered(s, "coverage", Status.PASS))
    window.edit(lambda s: s.answer_all(("vault", "scan"), status=Status.FAIL, now=NOW, by="ana"))
    assert window.flush()
    good = path.read_bytes()
    cut = b"[[history]]".join(good.split(b"[[history]]")[: lines_left + 1])
    at_once(path, cut)
    wait_until(lambda: bool(window.failures))
    window.edit(lambda s: undone(s, now=NOW, by="ana"))
    assert not window.flush(0.2)
    assert path.read_bytes() == cut
    assert "the history" in window.failures[-1]
    assert "your edits wait until it can be read" in window.failures[-1]

    at_once(path, good)
    assert window.flush()
    assert saved(path) == window.session
    assert [change.revision for change in saved(path).history] == [1, 2, 2, 3, 3]
    assert [saved(path).answers[item].status for item in ("vault", "coverage")] == [Status.OPEN, Status.PASS]
