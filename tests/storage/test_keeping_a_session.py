"""No edit is lost while the file of a session cannot be saved: the journal has it, and gives it back."""

import threading
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from meeting import NOW, a_checklist, answered, signed
from signoff.domain.answer import Status
from signoff.domain.merge import OutsideChange
from signoff.domain.release import Release
from signoff.domain.session import Session
from signoff.errors import StorageError
from signoff.storage import session_keeper, session_writer
from signoff.storage.backups import Backups
from signoff.storage.journal import Journal, journals, read_journal
from signoff.storage.journal_record import Note, Unsaved
from signoff.storage.saved import Saved
from signoff.storage.session_file import SessionFile
from signoff.storage.session_keeper import SessionKeeper
from signoff.storage.session_text import SessionText

WAIT = 20.0
"""How many seconds a test waits for what takes milliseconds, before it calls it a failure."""


class Desk:
    """A session's file, and what the screen is told about it."""

    def __init__(self, folder: Path) -> None:
        self.state = folder / "state"
        self.file = SessionFile.create(folder / "sessions", a_checklist(), Release("payments", "1"), NOW)
        self.path = self.file.path
        self.told: list[Saved] = []
        self._news = threading.Condition()
        self._keepers: list[SessionKeeper] = []

    def open(self, *, take_over: bool = False) -> SessionKeeper:
        """Open the session as another run of the program does."""
        file = SessionFile.open(self.path)
        keeper = SessionKeeper(file, self.state, lambda: NOW, self._tell, take_over=take_over)
        self._keepers.append(keeper)
        return keeper

    def _tell(self, saved: Saved) -> None:
        with self._news:
            self.told.append(saved)
            self._news.notify_all()

    def wait_for(self, is_so: Callable[[Saved], bool]) -> Saved:
        """Wait until something is told."""
        with self._news:
            assert self._news.wait_for(lambda: any(map(is_so, self.told)), WAIT), self.told
            return next(saved for saved in reversed(self.told) if is_so(saved))

    def break_disk(self) -> None:
        """Take the folder away, as a stick that is pulled out."""
        self.path.parent.rename(self.path.parent.with_name("away"))

    def mend_disk(self) -> None:
        """Bring it back."""
        self.path.parent.with_name("away").rename(self.path.parent)

    @property
    def in_file(self) -> Session:
        return SessionFile.open(self.path).session

    @property
    def journal(self) -> Journal:
        journal = Journal(self.state, self.path, lambda: NOW)
        journal.read()
        return journal

    def end(self) -> None:
        for keeper in self._keepers:
            keeper.abandon()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.end()


def edited(session: Session, *items: str) -> Session:
    for item in items:
        session = answered(session, item, Status.PASS)
    return session


def test_while_all_is_well_there_is_no_journal(desk: Desk) -> None:
    keeper = desk.open()
    for session in (one := edited(desk.file.session, "vault"), edited(one, "scan")):
        keeper.save(session)
    assert keeper.close(WAIT)
    assert desk.in_file.revision == 2
    assert journals(desk.state) == []
    assert not any(saved.problem for saved in desk.told)


def test_edits_that_the_file_cannot_take_are_in_the_journal_and_it_says_since_when(desk: Desk) -> None:
    keeper = desk.open()
    desk.break_disk()
    session = edited(desk.file.session, "vault")
    keeper.save(session)
    desk.wait_for(lambda saved: saved.kept == 1)
    session = edited(session, "scan", "coverage")
    keeper.save(session)
    saved = desk.wait_for(lambda saved: saved.kept == 3)
    assert (saved.revision, saved.since) == (0, NOW)
    assert saved.problem.startswith("Cannot save: ")
    assert keeper.is_kept
    unsaved = desk.journal.kept.unsaved
    assert unsaved is not None
    desk.mend_disk()
    desk.path.write_text(unsaved.text, encoding="utf-8")
    assert desk.in_file == session


def test_the_journal_goes_when_the_file_has_everything_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_writer, "_RETRY_SECONDS", (0.01,))
    keeper = desk.open()
    desk.break_disk()
    keeper.save(edited(desk.file.session, "vault"))
    desk.wait_for(lambda saved: saved.kept == 1)
    desk.mend_disk()
    saved = desk.wait_for(lambda saved: saved.revision == 1)
    assert (saved.problem, saved.since, saved.kept) == ("", None, 0)
    assert keeper.close(WAIT)
    assert journals(desk.state) == []


def test_what_the_last_run_could_not_save_is_back_at_the_next(desk: Desk) -> None:
    keeper = desk.open()
    desk.break_disk()
    session = edited(desk.file.session, "vault", "scan")
    keeper.save(session)
    assert not keeper.close(WAIT)
    assert keeper.is_kept
    desk.mend_disk()
    again = desk.open()
    assert again.left.unsaved == session
    again.save(session)
    assert again.close(WAIT)
    assert desk.in_file == session
    assert journals(desk.state) == []


def test_it_is_back_also_when_the_file_took_some_of_it_after_all(desk: Desk) -> None:
    some = edited(desk.file.session, "vault")
    session = edited(some, "scan")
    desk.journal.keep_unsaved(unsaved_of(session))
    desk.file.save(some, NOW)
    assert desk.open().left.unsaved == session


def unsaved_of(session: Session) -> Unsaved:
    return Unsaved(session.revision, str(SessionText.of(session, NOW)))


def test_what_the_file_has_already_is_not_brought_back(desk: Desk) -> None:
    session = edited(desk.file.session, "vault")
    desk.journal.keep_unsaved(unsaved_of(session))
    desk.file.save(edited(session, "scan"), NOW)
    keeper = desk.open()
    assert (keeper.left.unsaved, keeper.left.aside) == (None, None)
    keeper.save(edited(desk.in_file, "coverage"))
    assert keeper.close(WAIT)
    assert journals(desk.state) == []


def test_it_is_brought_together_with_what_another_machine_wrote_meanwhile(desk: Desk) -> None:
    desk.journal.keep_unsaved(unsaved_of(edited(desk.file.session, "vault")))
    desk.file.save(edited(desk.file.session, "scan"), NOW)
    keeper = desk.open()
    assert keeper.left.unsaved
    assert keeper.left.conflict is None
    assert keeper.close(WAIT)
    assert desk.in_file == keeper.left.unsaved
    assert set(desk.in_file.answers.given) == {"vault", "scan"}
    assert desk.in_file.revision == 2
    assert journals(desk.state) == []


def test_where_both_answered_the_same_item_ours_is_back_and_theirs_is_in_a_file_of_its_own(desk: Desk) -> None:
    desk.journal.keep_unsaved(unsaved_of(edited(desk.file.session, "vault")))
    theirs = desk.file.session.answer("vault", status=Status.FAIL, owner="ana", now=NOW, by="Ana")
    desk.file.save(theirs, NOW)
    keeper = desk.open()
    assert keeper.left.conflict
    assert keeper.close(WAIT)
    assert desk.in_file.answers["vault"].status is Status.PASS
    [kept] = desk.file.path.parent.glob("*.conflict-*")
    assert SessionFile.open(kept).session == theirs


@pytest.mark.parametrize("by_hand", [False, True])
def test_a_signature_is_not_brought_together_with_what_was_not_signed(desk: Desk, *, by_hand: bool) -> None:
    session = edited(desk.file.session, "vault")
    unsaved = unsaved_of(signed(session))
    desk.journal.keep_unsaved(unsaved)
    if by_hand:
        desk.path.write_bytes(bytes(SessionText.of(replace(session, people={"qa": "somebody"}), NOW)))
    else:
        desk.file.save(edited(desk.file.session, "scan"), NOW)
    keeper = desk.open()
    assert keeper.left.unsaved is None
    assert keeper.left.aside is not None
    assert read_journal(keeper.left.aside).unsaved == unsaved


@pytest.mark.parametrize("text", ["", "schema = 1", "not TOML ["])
def test_edits_that_do_not_fit_the_file_change_nothing_and_are_set_aside(desk: Desk, text: str) -> None:
    another = replace(desk.file.session, created=NOW - timedelta(days=1))
    unsaved = Unsaved(1, text) if text else unsaved_of(edited(another, "vault"))
    desk.journal.keep_unsaved(unsaved)
    desk.file.save(edited(desk.file.session, "scan"), NOW)  # by another machine, say
    keeper = desk.open()
    assert keeper.left.unsaved is None
    assert keeper.left.aside is not None
    assert read_journal(keeper.left.aside).unsaved == unsaved
    keeper.save(edited(desk.in_file, "coverage"))
    assert keeper.close(WAIT)
    assert journals(desk.state) == [keeper.left.aside]


def test_a_signature_that_the_file_cannot_take_is_kept_too(desk: Desk) -> None:
    session = edited(desk.file.session, "vault")
    desk.file.save(session, NOW)
    keeper = desk.open()
    desk.break_disk()
    keeper.save(signed(session))
    desk.wait_for(lambda saved: saved.kept == 1)
    assert not keeper.close(WAIT)
    desk.mend_disk()
    assert desk.open().left.unsaved == signed(session)


class Stall:
    """A disk that does not answer until it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reached, self.answer = threading.Event(), threading.Event()
        save = SessionFile.save

        def slow(file: SessionFile, *args: object) -> None:
            self.reached.set()
            assert self.answer.wait(WAIT)
            save(file, *args)  # type: ignore[arg-type]

        monkeypatch.setattr(SessionFile, "save", slow)
        monkeypatch.setattr(session_keeper, "_STALLED_SECONDS", 0.0)


def test_a_disk_that_does_not_answer_is_said_and_the_journal_takes_the_edits(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    stall = Stall(monkeypatch)
    keeper = desk.open()
    keeper.look_after(may_lose=True)
    session = edited(desk.file.session, "vault")
    keeper.save(session)
    assert stall.reached.wait(WAIT)
    keeper.look_after(may_lose=True)
    saved = desk.wait_for(lambda saved: saved.kept == 1)
    assert saved.problem == f"The disk does not answer: {desk.path}."
    session = edited(session, "scan")
    keeper.save(session)
    desk.wait_for(lambda saved: saved.kept == 2)
    stall.answer.set()
    desk.wait_for(lambda saved: saved.revision == 2 and not saved.problem)
    assert keeper.close(WAIT)
    assert desk.in_file == session
    assert journals(desk.state) == []


def test_the_end_waits_for_no_disk_that_does_not_answer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    stall = Stall(monkeypatch)
    keeper = desk.open()
    session = edited(desk.file.session, "vault")
    keeper.save(session)
    assert not keeper.close(0.5)
    assert keeper.is_kept
    assert desk.journal.kept.unsaved
    stall.answer.set()


def test_where_the_journal_fails_as_well_it_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = desk.open()
    desk.break_disk()
    (desk.state / "journal").write_text("a file", encoding="utf-8")
    keeper.save(edited(desk.file.session, "vault"))
    saved = desk.wait_for(lambda saved: bool(saved.unkept))
    assert saved.unkept.startswith("Cannot make the folder")
    assert not keeper.is_kept
    (desk.state / "journal").unlink()
    keeper.save(edited(desk.file.session, "vault", "scan"))
    assert desk.wait_for(lambda saved: saved.kept == 2).unkept == ""


def test_a_fault_in_the_safety_net_is_said_and_does_not_end_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    keep = Journal.keep_note

    def faulty(journal: Journal, note: Note | None) -> None:
        raise ZeroDivisionError("with a note in it")

    monkeypatch.setattr(Journal, "keep_note", faulty)
    keeper = desk.open()
    keeper.keep_note("vault", "typed")
    saved = desk.wait_for(lambda saved: bool(saved.unkept))
    assert saved.unkept == "Cannot keep it: a fault of signoff itself (ZeroDivisionError)."
    monkeypatch.setattr(Journal, "keep_note", keep)
    keeper.keep_note("vault", "typed on")
    desk.wait_for(lambda saved: saved == Saved(0))
    assert desk.journal.kept.note == Note("vault", "typed on")


def test_the_note_being_typed_stays_until_the_edit_that_it_became_is_on_the_disk(desk: Desk) -> None:
    keeper = desk.open()
    keeper.keep_note("vault", "half a sen")
    desk.break_disk()
    keeper.save(answered(desk.file.session, "vault", note="half a sentence"))
    keeper.end_note()
    desk.wait_for(lambda saved: saved.kept == 1)
    assert desk.journal.kept.note == Note("vault", "half a sen")
    desk.mend_disk()
    assert keeper.close(WAIT)
    assert journals(desk.state) == []


def test_a_note_that_became_no_edit_is_dropped(desk: Desk) -> None:
    keeper = desk.open()
    keeper.keep_note("vault", "typed and taken back")
    keeper.end_note()
    assert keeper.close(WAIT)
    assert journals(desk.state) == []


def test_a_note_that_nobody_ended_is_there_at_the_next_run(desk: Desk) -> None:
    keeper = desk.open()
    for text in ("h", "ha", "half"):
        keeper.keep_note("vault", text)
    assert keeper.close(WAIT)
    assert desk.open().left.note == Note("vault", "half")


# Two windows.


def test_a_second_window_only_shows_the_session_and_touches_nothing(desk: Desk) -> None:
    desk.open().keep_note("vault", "being typed")
    guest = desk.open()
    assert guest.saved.holder is not None
    assert (guest.left.note, guest.left.unsaved) == (None, None)
    guest.look_after(may_lose=True)
    assert guest.close(WAIT)
    assert not (desk.state / "backups").exists()


def test_whoever_is_taken_over_hears_of_it_when_it_may(desk: Desk) -> None:
    first = desk.open()
    desk.open(take_over=True)
    first.look_after(may_lose=False)
    first.flush(WAIT)
    first.look_after(may_lose=True)
    desk.wait_for(lambda saved: saved.holder is not None)
    first.not_yet()
    assert first.saved.holder is None
    desk.told.clear()
    first.look_after(may_lose=True)
    desk.wait_for(lambda saved: saved.holder is not None)


def test_the_lock_is_free_when_a_window_is_closed(desk: Desk) -> None:
    assert desk.open().close(WAIT)
    assert desk.open().saved.holder is None


# Backups.


def backups(desk: Desk) -> list[int]:
    return [tomllib.loads(path.read_text())["revision"] for path in Backups(desk.state, desk.path).paths()]


def test_the_file_is_backed_up_as_it_was_when_it_was_opened(desk: Desk) -> None:
    keeper = desk.open()
    keeper.save(edited(desk.file.session, "vault"))
    assert keeper.close(WAIT)
    assert backups(desk) == [0]


def test_without_an_edit_it_is_backed_up_too(desk: Desk) -> None:
    keeper = desk.open()
    keeper.look_after(may_lose=True)
    assert keeper.close(WAIT)
    assert backups(desk) == [0]
    again = desk.open()
    again.look_after(may_lose=True)
    assert again.close(WAIT)
    assert backups(desk) == [0]


def test_then_at_most_every_five_minutes_and_only_with_changes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(session_keeper, "monotonic", lambda: now[0])
    keeper, session = desk.open(), desk.file.session
    for minute in range(0, 22, 2):
        now[0] = minute * 60.0
        session = answered(session, "vault", note=str(minute))
        keeper.save(session)
        assert keeper.flush(WAIT)
        keeper.look_after(may_lose=True)
    assert keeper.close(WAIT)
    assert backups(desk) == [0, 4, 7, 10]


def test_backups_that_cannot_be_kept_trouble_nobody(desk: Desk) -> None:
    desk.state.mkdir()
    (desk.state / "backups").write_text("a file", encoding="utf-8")
    keeper = desk.open()
    keeper.save(edited(desk.file.session, "vault"))
    assert keeper.close(WAIT)
    assert not any(saved.problem or saved.unkept for saved in desk.told)


# Another file.


def test_a_session_is_written_to_another_file_with_its_comments(desk: Desk, tmp_path: Path) -> None:
    desk.path.write_text("# mine\n" + desk.path.read_text())
    keeper = desk.open()
    desk.break_disk()
    session = edited(desk.file.session, "vault")
    keeper.save(session)
    desk.wait_for(lambda saved: saved.kept == 1)
    copy = keeper.copy_to(tmp_path / "copy.toml")
    assert SessionFile.open(copy.path).session == session
    assert copy.path.read_text().startswith("# mine\n")
    keeper.abandon()
    assert keeper.close(WAIT) is False
    assert journals(desk.state) == []


@pytest.mark.parametrize("name", ["there.toml", "link.toml", "no/such/folder.toml"])
def test_a_copy_replaces_nothing(desk: Desk, tmp_path: Path, name: str) -> None:
    (tmp_path / "there.toml").write_text("mine")
    (tmp_path / "link.toml").symlink_to(tmp_path / "nowhere")
    with pytest.raises(StorageError):
        desk.open().copy_to(tmp_path / name)
    assert (tmp_path / "there.toml").read_text() == "mine"
    assert not (tmp_path / "nowhere").exists()


# What others do to the file while it is open.


def test_what_others_wrote_does_not_look_like_a_disk_that_does_not_answer(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_keeper, "_STALLED_SECONDS", 0.0)

    def bring_together(change: OutsideChange) -> None:
        keeper.bring_together(change.merged_with(keeper.session))

    keeper = SessionKeeper(SessionFile.open(desk.path), desk.state, lambda: NOW, desk.told.append, bring_together)
    desk.file.save(edited(desk.file.session, "scan"), NOW)
    assert keeper.flush(WAIT)
    assert "scan" in keeper.session.answers.given
    keeper.look_after(may_lose=True)
    assert not any(saved.problem for saved in desk.told)
    assert keeper.close(WAIT)


def test_what_was_there_before_it_was_brought_together_is_backed_up(desk: Desk) -> None:
    keeper = desk.open()
    keeper.save(edited(desk.file.session, "vault"))
    assert keeper.flush(WAIT)
    theirs = SessionFile.open(desk.path)
    theirs.save(edited(theirs.session, "scan"), NOW)
    merged = OutsideChange.of(keeper.session, theirs.session).merged_with(keeper.session)
    keeper.bring_together(merged)
    assert keeper.close(WAIT)
    revisions = [path.name.split("-")[1] for path in Backups(desk.state, desk.path).paths()]
    assert revisions == ["r0", "r1"]


def test_a_session_whose_file_is_in_pieces_is_in_the_journal_also_without_an_edit(desk: Desk) -> None:
    keeper = desk.open()
    keeper.save(edited(desk.file.session, "vault"))
    assert keeper.flush(WAIT)
    desk.path.write_bytes(b"<<<<<<< ours")
    assert not keeper.flush(0.1)
    desk.wait_for(lambda saved: saved.kept == 1)
    assert not keeper.close(WAIT)
    assert desk.path.read_bytes() == b"<<<<<<< ours"
    unsaved = desk.journal.kept.unsaved
    assert unsaved is not None
    assert unsaved.revision == 1


@pytest.mark.parametrize("what", ["gone", "older"])
def test_a_window_that_only_shows_the_session_never_writes_its_file(desk: Desk, what: str) -> None:
    older = desk.path.read_bytes()
    owner = desk.open()
    owner.save(edited(desk.file.session, "vault"))
    assert owner.flush(WAIT)
    follower = desk.open()
    assert follower.saved.holder
    assert owner.close(WAIT)
    if what == "gone":
        desk.path.unlink()
    else:
        desk.path.write_bytes(older)
    for _ in range(3):
        follower.flush(0.2)
    assert follower.close(WAIT)
    assert not desk.path.exists() if what == "gone" else desk.path.read_bytes() == older
    assert not list(desk.path.parent.glob("*.conflict-*"))
    assert any(saved.holder for saved in desk.told) is (what == "older")  # and it calls nothing saved that is gone
