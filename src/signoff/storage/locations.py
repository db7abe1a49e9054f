"""Where things live.

The user's own folders come from platformdirs. What is shipped comes from the wheel, where it stands inside the
package, or from the checkout, where it stands at the top: an editable install sees only the latter.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from signoff.errors import StorageError
from signoff.private_folder import make_private_folder


@dataclass(frozen=True, slots=True, repr=False)
class Locations:
    """The folders of one run of the program. None of them needs to exist."""

    data: Path
    """Sessions, one file each."""
    config: Path
    """Settings, the public half of the key, trusted signers, own checklists and themes."""
    state: Path
    """What is kept beside the sessions: journals, backups, locks, the place of a crash."""
    project: Path | None = None
    """The `.signoff` folder of the project one stands in; None where there is none."""

    @classmethod
    def of_user(cls, data_dir: Path | None = None) -> Locations:
        """The folders of the user who runs the program.

        Args:
            data_dir: Where sessions are instead; None for SIGNOFF_DATA_DIR or the usual place.

        Raises:
            StorageError: When the user has no home.
        """
        from platformdirs import PlatformDirs

        folders = PlatformDirs("signoff", appauthor=False)
        project = Path.cwd() / ".signoff"
        try:
            chosen = data_dir or os.environ.get("SIGNOFF_DATA_DIR") or folders.user_data_dir
            data = Path(chosen).expanduser()
            config, state = Path(folders.user_config_dir), Path(folders.user_state_dir)
        except RuntimeError as error:
            raise StorageError("Nobody knows where your home folder is: set HOME to it.") from error
        return cls(data, config, state, project if project.is_dir() else None)

    @property
    def settings(self) -> Path:
        """The user's settings."""
        return self.config / "config.toml"

    @property
    def allowed_signers(self) -> Path:
        """The signers that are trusted, in OpenSSH's format."""
        return self.config / "allowed_signers"

    def folders_of(self, kind: str) -> tuple[Path, ...]:
        """The folders of `checklists` or `themes`: the project's, the user's, the shipped one, the nearest first."""
        own = (self.config / kind, shipped(kind))
        return (self.project / kind, *own) if self.project else own

    def is_of_project(self, path: Path) -> bool:
        """Whether a file belongs to the project one stands in: whoever can change the project can change it."""
        return self.project is not None and path.resolve().is_relative_to(self.project.resolve())


def shipped(kind: str) -> Path:
    """The folder of the checklists or themes that come with the program.

    Raises:
        StorageError: When the installation lacks it.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / kind, package.parent.parent / kind):
        if folder.is_dir():
            return folder
    raise StorageError(f"This installation lacks its {kind} folder; install signoff again.")


def expanded(name: str) -> Path:
    """A path as it was typed, with `~` for a home; unchanged where there is no such user."""
    try:
        return Path(name).expanduser()
    except RuntimeError:
        return Path(name)


def make_folder(folder: Path) -> None:
    """Make a private folder, and those above it that are not there: they are private as well.

    Raises:
        StorageError: When that is not possible.
    """
    try:
        make_private_folder(folder)
    except OSError as error:
        raise StorageError(f"Cannot make the folder {folder}: {error.strerror or error}.") from error
