"""R7. Files that somebody damaged, or made to do damage: cut at any byte, changed anywhere, of any size and depth.

Each is opened, or refused with a sentence; none brings the program down or keeps it busy; none that was refused is
written to, and what is opened can be saved and opened again.
"""

from __future__ import annotations

import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from meeting import BY, NOW, a_ready_session, decided
from nightly import COUNTS, NIGHTLY, rounds
from signoff.domain.answer import Status
from signoff.errors import BrokenFileError, SignoffError, StorageError
from signoff.storage.session_file import SessionFile
from signoff.storage.session_folder import list_sessions
from signoff.storage.session_text import SessionText

HANG_SECONDS = 2 if NIGHTLY else 20
"""After how long a file has brought the program to a halt; the normal run shares its machine."""
PIECES = (
    b"[",
    b"]",
    b"[[",
    b"{",
    b"}",
    b'"',
    b'"""',
    b"'''",
    b"=",
    b".",
    b"#",
    b",",
    b"\n",
    b"\r",
    b"\x00",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xae",
    b"\\",
    b"\\u",
    b"\\UFFFFFFFF",
    b"inf",
    b"nan",
    b"-0",
    b"1e999",
    b"true",
    b"0x1",
    b"9" * 5000,
    b"[" * 500,
    b"{a=" * 200,
    b"a." * 500,
    b"2026-02-30",
    b"9999-12-31T23:59:59Z",
    b"0001-01-01",
    b"24:00:00",
    b"<<<<<<< ours\n",
    b"[answers.vault]\n",
    b"[[history]]\n",
    b"[checklist]\n",
    b"schema = 1\n",
    b"revision = 1\n",
    b"status = 'green'\n",
    b"revision = -1\n",
    b"undoes = 1\n",
    b"subject = 'answers.nothing'\n",
    b"subject = 'history'\n",
    b"was = {status = 5}\n",
    b"id = ''\n",
)


@pytest.fixture(scope="module")
def good() -> bytes:
    session = decided(a_ready_session()).answer("scan", status=Status.FAIL, note="so\nthey say", now=NOW, by=BY)
    return bytes(SessionText.of(session, NOW))


@contextmanager
def within_a_moment() -> Iterator[None]:
    """End what takes so long that nobody would wait for it."""

    def hangs(*_: object) -> None:
        raise AssertionError("it hangs")

    before = signal.signal(signal.SIGALRM, hangs)
    signal.alarm(HANG_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def is_opened(path: Path, data: bytes) -> bool:
    """Whether a file can be opened; what is opened is edited, saved, and opened once more."""
    path.write_bytes(data)
    COUNTS["R7: damaged files that were opened"] += 1
    with within_a_moment():
        try:
            file = SessionFile.open(path)
        except BrokenFileError as error:
            said = str(error)
        except StorageError as error:
            said = f"{path} {error}"
        else:
            saved_whole(file)
            return True
        assert said.startswith(str(path))
        assert path.read_bytes() == data
        assert list_sessions(path.parent)[0].problem
        return False


def saved_whole(file: SessionFile) -> None:
    item = file.session.checklist.items[0].id
    session = file.session if file.session.is_signed else file.session.answer(item, note="seen", now=NOW, by=BY)
    try:
        file.save(session, NOW)
    except SignoffError:
        return
    assert SessionFile.open(file.path).session == session


def test_cut_at_any_byte(tmp_path: Path, good: bytes) -> None:
    path = tmp_path / "cut.toml"
    ends = range(0, len(good), rounds(29, 1))
    opened = [end for end in ends if is_opened(path, good[:end])]

    assert len(ends) > 150
    # What is cut behind the last answer is a session with less history, and nobody could tell.
    assert all(end > good.rindex(b"[answers.") for end in opened)


def test_changed_anywhere(tmp_path: Path, good: bytes) -> None:
    path = tmp_path / "changed.toml"
    chance = random.Random(20261126)
    opened = sum(is_opened(path, changed(good, chance)) for _ in range(rounds(250, 5000)))

    assert 0 < opened < rounds(250, 5000) / 2


def changed(data: bytes, chance: random.Random) -> bytes:
    """A file in which one to three things are not as they were."""
    for _ in range(chance.randint(1, 3)):
        at, end = sorted(chance.randrange(len(data)) for _ in range(2))
        piece = chance.choice(PIECES)
        match chance.randrange(7):
            case 0:
                data = data[:at] + piece + data[at:]
            case 1:
                data = data[:at] + piece + data[at + len(piece) :]
            case 2:
                data = data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
            case 3:
                data = data[:at] + data[at + chance.randint(1, 40) :]
            case 4:
                data = data[:end] + data[at:end][:400] + data[end:]
            case 5:
                lines = data.split(b"\n")
                lines.insert(chance.randrange(len(lines)), piece)
                data = b"\n".join(lines)
            case _:
                lines = data.split(b"\n")
                del lines[chance.randrange(len(lines))]
                data = b"\n".join(lines)
    return data


@pytest.mark.parametrize("piece", PIECES, ids=[f"{piece[:20]!r}" for piece in PIECES])
def test_with_this_on_each_line(tmp_path: Path, good: bytes, piece: bytes) -> None:
    lines = good.split(b"\n")
    for number in range(0, len(lines), rounds(23, 3)):
        is_opened(tmp_path / "x.toml", b"\n".join([*lines[:number], piece, *lines[number:]]))


# The tests themselves: with a fault in the product they fail.


def test_an_error_of_the_parser_that_is_not_caught_would_be_found(
    tmp_path: Path, good: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parse(text: str, path: Path) -> object:
        import tomllib

        return tomllib.loads(text)

    monkeypatch.setattr("signoff.storage.toml_file.parse", parse)
    with pytest.raises(ValueError, match=r"\(at "):
        test_cut_at_any_byte(tmp_path, good)


def test_a_file_that_is_mended_unasked_would_be_found(
    tmp_path: Path, good: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_as_it_is = SessionFile.open

    def mending(path: Path) -> SessionFile:
        try:
            return open_as_it_is(path)
        except SignoffError:
            path.write_bytes(good)
            raise

    monkeypatch.setattr(SessionFile, "open", mending)
    with pytest.raises(AssertionError):
        test_cut_at_any_byte(tmp_path, good)
