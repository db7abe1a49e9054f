"""Which of the system's keyrings keeps the key.

`keyring` itself would use whatever is installed: the null backend loses the key without a word, `keyrings.alt` writes
it in clear, and a chainer may do either. So only the keyrings of the systems themselves are ever used, and nothing else
is even imported: not the entry points of installed packages, and not a class that the environment names.
"""

from __future__ import annotations

import configparser
import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from signoff.errors import KeyStoreError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SYSTEM_KEYRINGS = {
    "keyring.backends.SecretService.Keyring": "Secret Service",
    "keyring.backends.libsecret.Keyring": "Secret Service (libsecret)",
    "keyring.backends.kwallet.DBusKeyring": "KWallet",
    "keyring.backends.macOS.Keyring": "macOS Keychain",
    "keyring.backends.Windows.WinVaultKeyring": "Windows Credential Manager",
}
"""The classes that may keep a key, and what people call them."""
CHOICE_VARIABLE = "PYTHON_KEYRING_BACKEND"
_INSTEAD = "make an encrypted key file instead"
_WHY_REFUSED = {
    "keyring.backends.null.": "loses every key",
    "keyring.backends.fail.": "keeps nothing",
    "keyring.backends.chainer.": "may pass the key on to any other backend",
    "keyrings.alt.": "can keep keys in clear",
}


def choose_backend() -> KeyringBackend:
    """The keyring to use: the one the user asks for, else the best one that works here.

    Raises KeyStoreError where the choice is not one of the systems' own keyrings, or where none works.
    """
    chosen = _users_choice()
    if chosen is None:
        return _best_backend()
    source, name = chosen
    if name not in SYSTEM_KEYRINGS:
        why = next((why for start, why in _WHY_REFUSED.items() if name.startswith(start)), "is not a system's keyring")
        raise KeyStoreError(f"{source} asks for the keyring {name}, which {why}: remove that setting, or {_INSTEAD}.")
    usable = _usable(name)
    if usable is None:
        raise KeyStoreError(
            f"{source} asks for {SYSTEM_KEYRINGS[name]}, which does not work here: start it, or {_INSTEAD}."
        )
    return usable[1]


def backend_name(backend: KeyringBackend) -> str:
    """What people call this keyring."""
    kind = type(backend)
    return SYSTEM_KEYRINGS.get(f"{kind.__module__}.{kind.__qualname__}", kind.__qualname__)


def _best_backend() -> KeyringBackend:
    found = [usable for usable in map(_usable, SYSTEM_KEYRINGS) if usable is not None]
    if not found:
        raise KeyStoreError(f"No keyring of this system can be reached: log in to a desktop session, or {_INSTEAD}.")
    return max(found, key=lambda usable: usable[0])[1]


def _usable(name: str) -> tuple[float, KeyringBackend] | None:
    """The backend of this name and its priority; None where it cannot work here."""
    module, _, kind = name.rpartition(".")
    try:
        backend: type[KeyringBackend] = getattr(import_module(module), kind)
        priority = float(backend.priority)
        return (priority, backend()) if priority > 0 else None
    except Exception:  # noqa: BLE001 - raising anything at all is how a backend says that it cannot work here
        return None


def _users_choice() -> tuple[str, str] | None:
    """Where the user names a backend, and its name; the environment goes before the file, as in `keyring`."""
    name = os.environ.get(CHOICE_VARIABLE, "").strip()
    if name:
        return CHOICE_VARIABLE, name
    path = _settings_path()
    settings = configparser.RawConfigParser()
    try:
        settings.read(path, encoding="utf-8")
    except (configparser.Error, OSError, UnicodeDecodeError) as error:
        raise KeyStoreError(f"The keyring's settings in {path} cannot be read: repair or remove that file.") from error
    name = settings.get("backend", "default-keyring", fallback="").strip()
    return (str(path), name) if name else None


def _settings_path() -> Path:
    from keyring.util.platform_ import config_root

    return Path(config_root()) / "keyringrc.cfg"
