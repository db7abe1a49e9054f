"""R6. Edits, editors, other windows, deaths, bad disks, clocks that jump, and copies that come back, in any order.

Everything that anybody writes is a word of its own, so that it can be looked for. Whenever things have come to rest the
windows and the file agree, each item says what it should, and no word is lost: it is in the session, in its history, or
in a file that was kept beside it.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from meeting import BY, NOW, a_checklist, answered
from nightly import COUNTS, rounds
from reliability.faulty_disk import DEAD_PROCESS, Fault, Killed, a_disk
from reliability.window import Window
from signoff.domain.merge import Merge, OutsideChange
from signoff.domain.release import Release
from signoff.domain.undo import undoable, undone
from signoff.errors import SignoffError
from signoff.storage import session_writer
from signoff.storage.known_file import KnownFile
from signoff.storage.session_file import SessionFile

ITEMS = st.sampled_from([item.id for item in a_checklist().items][:3])
TROUBLES = st.sampled_from([Fault.NO_SPACE, Fault.DISK_ERROR, Fault.NOT_ALLOWED])
RUBBISH = st.sampled_from(
    [b"", b"\x00" * 400, b"<<<<<<< ours\nx = 1\n=======\n", b"schema = 1\nrevision = ", b"\xff\xfe"]
)


class Events(RuleBasedStateMachine):
    """One session and everything that happens to it."""

    @initialize()
    def begin(self) -> None:
        self.stack = ExitStack()
        self.folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory())).resolve()
        self.path = SessionFile.create(self.folder / "s", a_checklist(), Release("payments", "1"), NOW).path
        self.now = NOW
        self.stack.enter_context(mock.patch.multiple(session_writer, _RETRY_SECONDS=(0.01,), _LOOK_SECONDS=0.01))
        self.stack.enter_context(mock.patch.object(threading, "excepthook", _let_the_dead_rest))
        self.disk = self.stack.enter_context(a_disk(self.folder, process=DEAD_PROCESS))
        self.trouble: Fault | None = None
        self.disk.fault_of = lambda call: self.trouble if call.name in ("write", "fsync", "replace") else None
        self.windows = [self.a_window()]
        self.count = 0
        self.expected = dict.fromkeys((item.id for item in a_checklist().items), "")
        self.words: set[str] = set()
        self.unsaved: set[str] = set()
        self.by_hand: dict[str, str] = {}
        self.in_conflict: set[str] = set()
        self.broken = b""
        self.good = b""
        self.copies: list[bytes] = []
        self.revision = 0

    def a_window(self) -> Window:
        return Window(self.path, lambda: self.now)

    def word(self) -> str:
        self.count += 1
        return f"word-{self.count:04}-"

    @property
    def is_well(self) -> bool:
        return self.trouble is None and not self.broken

    # What happens.

    @rule(item=ITEMS, second=st.booleans())
    def somebody_answers(self, item: str, second: bool) -> None:
        word = self.word()
        self.windows[-1 if second and self.is_well else 0].edit(lambda s: answered(s, item, note=word))
        self.expected[item] = word
        self.words.add(word)
        self.unsaved.add(item)
        self.by_hand.pop(item, None)  # history has it now
        self.settle()

    @rule()
    @precondition(lambda self: self.is_well)
    def somebody_takes_it_back(self) -> None:
        first = self.windows[0]
        if undoable(first.session) is not None:
            first.edit(lambda s: undone(s, now=NOW, by=BY))
            self.settle()
            self.expected |= {item: answer.note for item, answer in first.session.answers.items()}

    @rule(item=ITEMS, in_place=st.booleans())
    @precondition(lambda self: not self.broken)
    def an_editor_changes_the_file(self, item: str, in_place: bool) -> None:
        word = self.word()
        self.write(self.with_note(self.path.read_bytes(), item, word), in_place=in_place)
        self.written_by_hand(item, word)
        self.settle()

    @rule(trouble=TROUBLES, item=ITEMS, other=st.none() | ITEMS, in_place=st.booleans())
    @precondition(lambda self: self.is_well and len(self.windows) == 1)
    def both_write_before_they_know_of_each_other(
        self, trouble: Fault, item: str, other: str | None, in_place: bool
    ) -> None:
        self.trouble = trouble
        self.somebody_answers(item, second=False)
        self.an_editor_changes_the_file(other or item, in_place=in_place)
        self.trouble = None
        self.settle()

    @rule(rubbish=RUBBISH)
    @precondition(lambda self: not self.broken)
    def the_file_is_left_in_pieces(self, rubbish: bytes) -> None:
        self.good, self.broken = self.path.read_bytes(), rubbish or b"\n"
        self.write(self.broken, in_place=True)

    @rule(item=ITEMS)
    @precondition(lambda self: bool(self.broken))
    def and_is_mended(self, item: str) -> None:
        word = self.word()
        self.broken = b""
        self.write(self.with_note(self.good, item, word), in_place=False)
        self.written_by_hand(item, word)
        self.settle()

    @rule()
    @precondition(lambda self: self.is_well)
    def a_copy_is_made(self) -> None:
        self.copies.append(self.path.read_bytes())

    @rule()
    @precondition(lambda self: self.copies and not self.broken)
    def and_comes_back(self) -> None:
        self.write(self.copies[-1], in_place=False)
        self.settle()

    @rule()
    @precondition(lambda self: not self.broken)
    def the_file_is_removed(self) -> None:
        if self.trouble:
            self.windows[0].flush(0.5)  # what is gone before anybody could read it nobody can keep
        self.path.unlink()
        if self.trouble:
            self.good = b""
            self.trouble = None
        self.settle()

    @rule()
    def the_folder_is_away_for_a_moment(self) -> None:
        away = self.path.parent.rename(self.folder / "away")
        self.windows[0].flush(0.02)
        away.rename(self.path.parent)
        self.settle()

    @rule(trouble=TROUBLES)
    @precondition(lambda self: len(self.windows) == 1)
    def the_disk_begins_to_fail(self, trouble: Fault) -> None:
        self.trouble = trouble

    @rule()
    def the_disk_is_well_again(self) -> None:
        self.trouble = None
        self.settle()

    @rule(step=st.timedeltas(timedelta(days=-3), timedelta(days=3)))
    def the_clock_jumps(self, step: timedelta) -> None:
        self.now += step

    @rule()
    @precondition(lambda self: self.is_well and len(self.windows) == 1)
    def a_second_window_is_opened(self) -> None:
        self.windows.append(self.a_window())

    @rule()
    @precondition(lambda self: self.is_well and len(self.windows) == 2)
    def and_closed(self) -> None:
        assert self.windows.pop().writer.close(20)

    @rule(item=ITEMS, after=st.integers(0, 20), fault=st.sampled_from([Fault.KILLED_BEFORE, Fault.KILLED_AFTER]))
    @precondition(lambda self: self.is_well and len(self.windows) == 1)
    def the_program_is_killed_while_it_saves(self, item: str, after: int, fault: Fault) -> None:
        dying, word = self.windows[0], self.word()
        self.disk.faults = {len(self.disk.calls) + after: fault}
        dying.edit(lambda s: answered(s, item, note=word))
        dying.flush(0.05)
        self.disk.die()
        dying.writer.close(20)
        said = dying.saved[-1]
        self.disk.faults, self.disk.is_dead = {}, False
        self.windows = [self.a_window()]
        found = self.windows[0].session
        assert found.revision >= said
        if found.answers[item].note == word or said == dying.session.revision:
            self.expected[item] = word
            self.words.add(word)
        self.settle()

    # What holds.

    def written_by_hand(self, item: str, word: str) -> None:
        """Take note of what no history tells of: the next hand takes it away, and an older copy would, too."""
        self.words.discard(self.by_hand.pop(item, ""))
        self.words.add(word)
        self.by_hand[item] = word
        if item in self.unsaved:
            self.in_conflict.add(word)
        else:
            self.expected[item] = word
        self.copies.clear()

    def settle(self) -> None:
        """Let everything come to rest, as far as it can."""
        COUNTS["R6: events after which everything was looked at"] += 1
        if not self.is_well:
            self.windows[0].flush(0.03)
            return
        for _ in range(3 * len(self.windows)):
            for one in self.windows:
                assert one.flush()
        self.unsaved.clear()

    @invariant()
    def nothing_is_lost(self) -> None:
        if self.broken:
            assert self.path.read_bytes() == self.broken, "what could not be read was overwritten"
        if not self.is_well:
            return
        self.settle()
        session = SessionFile.open(self.path).session
        for one in self.windows:
            assert one.session == session
        assert {item: answer.note for item, answer in session.answers.items()} == self.expected
        assert session.revision >= self.revision
        self.revision = session.revision
        numbers = [change.revision for change in session.history]
        assert numbers == sorted(numbers)
        kept = b"".join(path.read_bytes() for path in self.path.parent.glob("*.conflict-*"))
        assert not {word for word in self.in_conflict if word.encode() not in kept}
        everything = kept + self.path.read_bytes()
        assert not {word for word in self.words if word.encode() not in everything}

    def write(self, data: bytes, *, in_place: bool) -> None:
        if in_place:
            self.path.write_bytes(data)
        else:
            other = self.path.with_name("other.swp")
            other.write_bytes(data)
            other.rename(self.path)

    def with_note(self, data: bytes, item: str, word: str) -> bytes:
        """The file as somebody leaves it who changes a note, with a remark, and no history."""
        copy = self.folder / "copy.toml"
        copy.write_bytes(data)
        file = SessionFile.open(copy)
        session = answered(file.session, item, note=word)
        by_hand = replace(file.session, answers=session.answers)  # an editor counts no revisions
        text = file._text.with_session(file.session, by_hand, self.now)
        self.words.add(f"remark-{word}")
        return bytes(text) + f"# remark-{word}\n".encode()

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.trouble = None
            for one in self.windows:
                one.writer.close(20)
            self.stack.close()
            shutil.rmtree(self.folder, ignore_errors=True)


def _let_the_dead_rest(event: threading.ExceptHookArgs) -> None:
    if not isinstance(event.exc_value, Killed):
        threading.__excepthook__(event)


RUN = settings(
    max_examples=rounds(25, 150),
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
Events.TestCase.settings = RUN
TestAnySequenceOfEvents = Events.TestCase


# The test itself: with a fault in the product it fails.


@contextmanager
def always_unchanged() -> Iterator[None]:
    with (
        mock.patch.object(KnownFile, "is_unchanged", return_value=True),
        mock.patch.object(KnownFile, "_expected", lambda self, folder: folder.status(self._real.name)),
        mock.patch.object(KnownFile, "_compare", lambda self, folder, previous, now: folder.remove(previous)),
    ):
        yield


def without(kind: Any, name: str, instead: Callable[..., Any]) -> Callable[[], Any]:
    return lambda: mock.patch.object(kind, name, instead)


@pytest.mark.parametrize(
    "fault",
    [
        always_unchanged,
        without(KnownFile, "keep_copy", lambda self, now: self.path),
        without(SessionFile, "adopt", SessionFile.disregard),
        without(OutsideChange, "merged_with", lambda change, mine: Merge(mine)),
    ],
    ids=["never looks", "keeps no copy", "goes on from the old text", "drops the other side"],
)
def test_a_fault_in_saving_would_be_found(fault: Callable[[], Any]) -> None:
    quick = settings(RUN, max_examples=150, phases=[Phase.generate], database=None, derandomize=True)
    with fault(), pytest.raises((AssertionError, SignoffError, BaseExceptionGroup)):
        run_state_machine_as_test(Events, settings=quick)
