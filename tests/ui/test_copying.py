"""Y copies the selected line, wherever one is, and says only what is known about it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from walking import NOW, a_session_file, a_walk

from signoff.domain.answer import Status
from signoff.domain.evidence import Evidence
from signoff.domain.meeting import Choice, Vote
from signoff.storage.session_file import SessionFile

ITEM = "Secrets stored in vault/env, not code"
SENT = "Sent to the terminal's clipboard: "


def answered(folder: Path, note: str = "rotated\ntoday") -> SessionFile:
    file = a_session_file(folder)
    links = (Evidence("https://ci.example/run/1"), Evidence("https://ci.example/run/2"))
    said = {"now": NOW, "by": "R. Manager"}
    first = file.session.checklist.items[0].id
    session = file.session.answer(first, status=Status.FAIL, owner="chen", note=note, evidence=links, **said)
    session = session.vote("security", Vote(Choice.GO_IF, "ana", "the scan ends"), **said)
    file.save(session, NOW)
    return SessionFile.open(file.path)


@pytest.fixture(autouse=True)
def _no_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


def a_program(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, script: str) -> Path:
    """A clipboard program that keeps what it is given."""
    folder.mkdir(exist_ok=True)
    program, kept = folder / name, folder / "kept"
    program.write_text(f"#!/bin/sh\n{script.format(kept=kept)}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-test")
    return kept


@pytest.mark.parametrize("screen", ["", "v"], ids=["review", "presenter"])
async def test_an_item_is_copied_with_all_that_is_said_about_it(tmp_path: Path, screen: str) -> None:
    async with a_walk(tmp_path, session=answered(tmp_path)) as walk:
        await walk.press("g", *screen, "Y")
        text = walk.app.clipboard
        assert text.split("\n")[1:] == ["rotated", "today", "https://ci.example/run/1", "https://ci.example/run/2"]
        assert text.split("\n")[0] == f"{walk.session.checklist.items[0].text}: FAIL, owner chen"
        assert f"{SENT}{text.split(chr(10))[0]}" in walk.screen
        assert walk.session.revision == 2


async def test_the_finish_copies_votes_items_and_rules(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=answered(tmp_path)) as walk:
        await walk.press("f", "Y")
        assert walk.app.clipboard == "Security: GO IF, ana, the scan ends"
        await walk.press("down", "Y")
        assert walk.app.clipboard == "Operations: has not voted"
        await walk.press("tab", "g", "Y")
        assert walk.app.clipboard.startswith(f"{walk.session.checklist.items[0].text}: FAIL, owner chen\nrotated")
        while ">[✓] Never: " not in walk.screen:
            await walk.press("down")
        await walk.press("Y")
        assert walk.app.clipboard.startswith("Never: ")
        assert ": met, " in walk.app.clipboard


async def test_nothing_that_a_terminal_acts_on_leaves(tmp_path: Path) -> None:
    async with a_walk(tmp_path, session=answered(tmp_path, "a\x1b]0;b\x07c\x9bd\u202ee")) as walk:
        await walk.press("g", "Y")
        assert "a⟨U+001B⟩]0;b⟨U+0007⟩c⟨U+009B⟩d⟨U+202E⟩e" in walk.app.clipboard


async def test_a_program_of_the_machine_gets_it_too_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = a_program(tmp_path / "bin", monkeypatch, "wl-copy", "cat > {kept}")
    async with a_walk(tmp_path, session=answered(tmp_path)) as walk:
        await walk.press("g", "Y")
        await walk.see("Copied by wl-copy, and sent to the terminal's clipboard: ")
        assert kept.read_text() == walk.app.clipboard


@pytest.mark.parametrize("script", ["exit 1", "kill -9 $$"])
async def test_a_program_that_fails_is_not_said_to_have_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    a_program(tmp_path / "bin", monkeypatch, "wl-copy", script)
    async with a_walk(tmp_path, session=answered(tmp_path)) as walk:
        await walk.press("g", "Y")
        await walk.settle()
        assert SENT in walk.screen
        assert "Copied by" not in walk.screen


async def test_what_another_key_said_meanwhile_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = tmp_path / "gate"
    kept = a_program(
        tmp_path / "bin", monkeypatch, "wl-copy", f"while [ ! -e {gate} ]; do sleep 0.02; done; cat > {{kept}}"
    )
    async with a_walk(tmp_path, session=answered(tmp_path)) as walk:
        await walk.press("g")
        walk._send("Y", "Y")
        await walk.see(SENT)
        walk._send("u", "u")
        await walk.see("Undone")
        gate.touch()
        await walk.settle()
        assert kept.read_text().endswith("run/2")
        assert "Undone" in walk.screen
