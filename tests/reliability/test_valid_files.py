"""R8. Session files in any of the ways in which TOML lets a person write them, with remarks and keys of their own.

Opened and saved without an edit not a byte changes; with an edit every remark is still there, and every key.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from any_layout import layouts, ours
from any_session import Edit, edits, sessions
from meeting import NOW, a_session, answered
from nightly import COUNTS, rounds
from signoff.domain.answer import Status
from signoff.domain.session import Session
from signoff.storage.session_file import SessionFile
from signoff.storage.session_layout import comments
from signoff.storage.session_text import SessionText

MARK = b"\xef\xbb\xbf"
ANY = settings(
    max_examples=rounds(60, 1000),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
REMARKS = st.lists(st.tuples(st.integers(0, 10_000), st.sampled_from(["# as Ana said", "#", "# [answers.x] = 1"])))


def remarked(text: str, remarks: list[tuple[int, str]]) -> str:
    """A text with remarks on lines of their own, where they can stand."""
    lines = text.split("\n")
    for place, remark in remarks:
        number = place % len(lines)
        if lines[number].startswith("["):
            lines.insert(number, remark + ("\r" if lines[number].endswith("\r") else ""))
    return "\n".join(lines)


def holds_for(text: str, edit: Edit, mark: bytes) -> None:
    """Open a file, save it without an edit and with one, and look at it each time."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.toml"
        COUNTS["R8: valid files that were opened and saved"] += 1
        before = mark + text.encode("utf-8")
        path.write_bytes(before)
        file = SessionFile.open(path)
        file.save(file.session, NOW.replace(year=2027))
        assert path.read_bytes() == before

        session = edit(file.session)
        file.save(session, NOW)
        after = path.read_bytes()
        assert SessionFile.open(path).session == session
        assert after.startswith(mark)
        old, new = (data.decode("utf-8-sig") for data in (before, after))
        assert not comments(old) - comments(new)
        assert ours(new) == ours(old)


@ANY
@given(layouts(sessions), REMARKS, edits, st.sampled_from([b"", MARK]))
def test_an_edit_changes_what_it_has_to_and_nothing_changes_without_one(
    text: str, remarks: list[tuple[int, str]], edit: Edit, mark: bytes
) -> None:
    holds_for(remarked(text, remarks), edit, mark)


# The test itself: with a fault in the product it fails.

SIMPLE = str(SessionText.of(answered(a_session(), "vault", Status.PASS), NOW)) + "# as Ana said\n"


def an_edit(session: Session) -> Session:
    return answered(session, "vault", Status.FAIL)


def test_a_save_that_lays_the_file_out_anew_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    holds_for(SIMPLE, an_edit, b"")
    monkeypatch.setattr(SessionText, "with_session", lambda self, old, new, saved: SessionText.of(new, saved))
    with pytest.raises(AssertionError):
        holds_for(SIMPLE, an_edit, b"")


def test_a_save_that_drops_a_mark_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    holds_for(SIMPLE, an_edit, MARK)
    monkeypatch.setattr(SessionText, "__bytes__", lambda self: b"".join(self._blocks))
    with pytest.raises(AssertionError):
        holds_for(SIMPLE, an_edit, MARK)


def test_a_save_without_an_edit_that_writes_all_the_same_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SessionFile, "_holds", lambda *_: False)
    monkeypatch.setattr(SessionFile, "__init__", _with_another_revision)
    with pytest.raises(AssertionError):
        holds_for(SIMPLE, an_edit, b"")


_init = SessionFile.__init__


def _with_another_revision(self: SessionFile, path: Path, session: Session, text: SessionText, *known: Any) -> None:
    _init(self, path, session, text.with_session(session, session, NOW.replace(year=2030)), *known)
