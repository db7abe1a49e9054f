"""A home folder of its own, with the sessions that are measured; all made by signoff's own code."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from seeded import RM, SEC, SIGNED_AT, allowed_signers
from signoff.domain.checklist import Category, Checklist, Demand, Item
from signoff.domain.release import Release
from signoff.storage.checklist_file import load_checklist
from signoff.storage.locations import shipped
from signoff.storage.session_file import SessionFile
from vectors import FOLDER

SMALL, LARGE = 37, 10_000
LISTED = 1_000
_NOW = datetime(2026, 11, 26, 14, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Home:
    """A home folder."""

    folder: Path
    """The folder; it is made when something is put into it."""

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a program that lives there, in the terminal that most people have."""
        places = {f"XDG_{kind}_HOME": str(self.folder / kind.lower()) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
        inherited = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG") if name in os.environ}
        return {
            **inherited,
            **places,
            "HOME": str(self.folder),
            "SIGNOFF_DATA_DIR": str(self.folder / "sessions"),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "PYTHONUTF8": "1",
        }

    def session(self, items: int) -> Path:
        """A session with so many items of which none is answered yet. It is made once; each call copies it."""
        blank = self.folder / "blank" / f"service-{items}-4.12.0-prod.toml"
        if not blank.exists():
            release = Release(f"service-{items}", "4.12.0")
            SessionFile.create(blank.parent, checklist_of(items), release, _NOW)
        return Path(shutil.copy2(blank, self.folder))

    def report(self) -> tuple[Path, Path]:
        """A whole report that was decided long ago and is signed twice, and the keys of its signers."""
        report, signers = self.folder / "report.signoff.md", self.folder / "allowed_signers"
        if not report.exists():
            body = (FOLDER / "body.md").read_bytes().replace(b"2026-", b"2025-")
            long_ago = SIGNED_AT.replace(year=2025)
            report.write_bytes(SEC.signs(RM.signs(body, at=long_ago), "Security", at=long_ago))
            signers.write_text(allowed_signers(), encoding="utf-8")
        return report, signers

    def fill(self) -> None:
        """Put the sessions there that are listed."""
        checklist = built_in()
        for number in range(LISTED):
            release = Release(f"service-{number}", "4.12.0")
            SessionFile.create(self.folder / "sessions", checklist, release, _NOW + timedelta(minutes=number))


def built_in() -> Checklist:
    """The checklist that comes with the program."""
    return load_checklist(shipped("checklists") / "production-readiness.toml")


def checklist_of(count: int) -> Checklist:
    """The built-in checklist, brought to so many items: same categories, rules and roles."""
    checklist = _answerable(built_in())
    shares = len(checklist.categories)
    missing = count - len(checklist.items)
    categories = [
        _with_more(category, missing // shares + (index < missing % shares))
        for index, category in enumerate(checklist.categories)
    ]
    return replace(checklist, categories=tuple(categories))


def _answerable(checklist: Checklist) -> Checklist:
    """The checklist with items that can be passed or failed with one key, so that no question comes up."""
    categories = (replace(c, items=tuple(_plain(item) for item in c.items)) for c in checklist.categories)
    return replace(checklist, categories=tuple(categories))


def _plain(item: Item) -> Item:
    return replace(item, must=True, evidence=Demand.OPTIONAL)


def _with_more(category: Category, count: int) -> Category:
    known = category.items
    more = (
        replace(known[n % len(known)], id=f"{known[n % len(known)].id}-{n}", text=f"{known[n % len(known)].text} ({n})")
        for n in range(count)
    )
    return replace(category, items=(*known, *more))


def python() -> str:
    """The interpreter of the environment in which signoff is installed."""
    return sys.executable


def signoff() -> str:
    """The installed program."""
    return str(Path(sys.executable).parent / "signoff")
