"""Which file somebody means who names a session."""

from __future__ import annotations

import os
from pathlib import Path

from signoff.errors import SessionError
from signoff.storage.locations import expanded


def find_session(name: str, folder: Path) -> Path:
    """The file of a session.

    Args:
        name: A session's id, the path of a file, or nothing for the session that was saved last.
        folder: Where sessions are.

    Raises:
        SessionError: When there is none.
        StorageError: When the folder cannot be read.
    """
    if not name:
        return _last_session(folder)
    direct = expanded(name)
    # os.path.isfile is False where the system refuses the name itself, for its length say; Path.is_file raises.
    if direct.suffix == ".toml" and os.path.isfile(direct):  # noqa: PTH113
        return direct
    path = folder / f"{Path(name).name.removesuffix('.toml')}.toml"
    if Path(name).name != name or not os.path.isfile(path):  # noqa: PTH113
        raise SessionError(f'There is no session "{name}"; `signoff list` shows those there are.')
    return path


def _last_session(folder: Path) -> Path:
    from signoff.storage.session_folder import list_sessions

    headers = list_sessions(folder)
    good = next((header for header in headers if not header.problem and not header.is_conflict), None)
    if good:
        return good.path
    if headers:
        more = f", and {len(headers) - 1} more" if len(headers) > 1 else ""
        raise SessionError(f"No session can be opened; mend this first: {headers[0].problem}{more}")
    raise SessionError("There are no sessions yet; `signoff new` starts one.")
