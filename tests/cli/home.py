"""A home folder of its own, and the program run in it as people run it: as a process, with arguments and exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from meeting import NOW, a_checklist
from signoff.domain.checklist import Checklist
from signoff.domain.release import Release
from signoff.domain.session import Session
from signoff.storage.locations import Locations
from signoff.storage.session_file import SessionFile

SIGNOFF = (sys.executable, "-m", "signoff")
_PATIENCE = 60.0
"""How many seconds a command may take on a busy machine; one that waits for an answer would take for ever."""


@dataclass(frozen=True)
class Ran:
    """What came of a command."""

    code: int
    raw_out: bytes
    raw_err: bytes

    @property
    def out(self) -> str:
        return self.raw_out.decode("utf-8")

    @property
    def err(self) -> str:
        return self.raw_err.decode("utf-8")

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def object(self) -> Any:
        """The one JSON object on stdout."""
        return json.loads(self.out)


_CLOCK: Final = {"LD_PRELOAD", "FAKETIME", "FAKETIME_SHARED", "FAKETIME_DONT_FAKE_MONOTONIC"}
"""What gives the suite another clock (`faketime`), and what it runs too."""


@dataclass(frozen=True)
class Home:
    """Somebody's folders. Nothing of whoever runs the tests is in them, and no keyring can be reached from here."""

    folder: Path

    @property
    def work(self) -> Path:
        """The folder in which commands are run."""
        return self._made("work")

    @property
    def locations(self) -> Locations:
        return Locations(self._made("data/signoff"), self._made("config/signoff"), self._made("state/signoff"))

    @property
    def sessions(self) -> Path:
        return self.locations.data

    @property
    def variables(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self._made("home")),
            "XDG_DATA_HOME": str(self.folder / "data"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_STATE_HOME": str(self.folder / "state"),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "XDG_RUNTIME_DIR": str(self._made("run")),
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.folder / 'no-bus'}",
            "GIT_CEILING_DIRECTORIES": str(self.folder),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "TZ": "UTC",
            "USER": "rm",
            "LOGNAME": "rm",
        } | {name: os.environ[name] for name in os.environ.keys() & _CLOCK}

    def run(
        self,
        *arguments: str | bytes | Path,
        typed: str | bytes | None = None,
        cwd: Path | None = None,
        **variables: str,
    ) -> Ran:
        """Run `signoff` without a terminal, with what is `typed` on its stdin."""
        stdin = typed.encode() if isinstance(typed, str) else typed
        done = subprocess.run(
            [*SIGNOFF, *arguments],
            env=self.variables | variables,
            cwd=cwd or self.work,
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def session(
        self,
        change: Callable[[Session], Session] = lambda session: session,
        *,
        release: Release | None = None,
        checklist: Checklist | None = None,
        now: datetime = NOW,
    ) -> Path:
        """A session in this home, after what `change` did to it."""
        file = SessionFile.create(
            self.sessions, checklist or a_checklist(), release or Release("payments", "4.12.0"), now
        )
        file.save(change(file.session), now)
        return file.path

    def _made(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder


def session_in(path: Path) -> Session:
    """The session in a file, as the disk has it."""
    return SessionFile.open(path).session
