"""A real Secret Service of its own for a test: a private bus, and a keyring daemon unlocked with a test password."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

# No service folders: the bus must not start anything by itself, so that whatever runs is ended here by its own pid.
_BUS = """<busconfig>
  <type>session</type>
  <listen>unix:tmpdir={folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


def need(*programs: str) -> None:
    """Skip the test where a program is missing; in CI a missing program is a failure, so that nothing goes untested."""
    missing = [program for program in programs if shutil.which(program) is None]
    if missing:
        reason = f"not installed: {', '.join(missing)}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


PASSWORD = "test-only"
"""What the keyring is unlocked with."""


@contextmanager
def running_secret_service(folder: Path, password: str = PASSWORD) -> Iterator[dict[str, str]]:
    """Start bus and keyring in `folder`; yields the variables that lead to them.

    Started again in the same folder, it has what was kept there before; with another password that stays locked.
    """
    need("dbus-daemon", "gnome-keyring-daemon")
    variables = _folders(folder)
    environment = {name: value for name, value in os.environ.items() if name != "DISPLAY"} | variables
    config = folder / "bus.xml"
    config.write_text(_BUS.format(folder=folder / "run"), encoding="utf-8")
    bus = subprocess.Popen(
        ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1"],
        env=environment,
        stdout=subprocess.PIPE,
    )
    try:
        assert bus.stdout is not None
        variables["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
        with _running_keyring(environment | variables, password):
            yield variables
    finally:
        _end(bus)


@contextmanager
def _running_keyring(environment: dict[str, str], password: str) -> Iterator[None]:
    daemon = subprocess.Popen(
        ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert daemon.stdin is not None
        daemon.stdin.write(password.encode())
        daemon.stdin.close()
        _wait_for_keyring(environment["DBUS_SESSION_BUS_ADDRESS"], unlocked=password == PASSWORD)
        yield
    finally:
        _end(daemon)


def _folders(folder: Path) -> dict[str, str]:
    names = {"XDG_RUNTIME_DIR": "run", "XDG_DATA_HOME": "data", "XDG_CACHE_HOME": "cache", "XDG_CONFIG_HOME": "config"}
    for name in names.values():
        (folder / name).mkdir(mode=0o700, exist_ok=True)
    return {variable: str(folder / name) for variable, name in names.items()}


def lock(variables: dict[str, str]) -> None:
    """Lock the keyring that these variables lead to, as a desktop does when its user leaves."""
    import secretstorage
    from jeepney.io.blocking import open_dbus_connection

    with closing(open_dbus_connection(variables["DBUS_SESSION_BUS_ADDRESS"])) as connection:
        collection = secretstorage.get_default_collection(connection)
        collection.lock()
        assert collection.is_locked()


def unlock(variables: dict[str, str], password: str = PASSWORD) -> bool:
    """Give a running keyring its password, as somebody types it into the prompt; whether that unlocked it."""
    from jeepney import DBusAddress, MessageType, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    name, path = "org.freedesktop.secrets", "/org/freedesktop/secrets"
    service = DBusAddress(path, name, "org.freedesktop.Secret.Service")
    inside = DBusAddress(path, name, "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface")
    with closing(open_dbus_connection(variables["DBUS_SESSION_BUS_ADDRESS"])) as connection:
        opened = connection.send_and_get_reply(new_method_call(service, "OpenSession", "sv", ("plain", ("s", ""))))
        secret = (opened.body[1], b"", password.encode(), "text/plain")
        arguments = ("/org/freedesktop/secrets/aliases/default", secret)
        reply = connection.send_and_get_reply(
            new_method_call(inside, "UnlockWithMasterPassword", "o(oayays)", arguments)
        )
        return reply.header.message_type is MessageType.method_return


def _wait_for_keyring(address: str, *, unlocked: bool, patience: float = 10) -> None:
    import secretstorage
    from jeepney.io.blocking import open_dbus_connection

    give_up = time.monotonic() + patience
    while True:
        with closing(open_dbus_connection(address)) as connection:
            if secretstorage.check_service_availability(connection):
                collection = secretstorage.get_default_collection(connection)
                # The daemon says yes to every password, so the lock is what counts.
                if collection.is_locked() != unlocked:
                    return
        if time.monotonic() > give_up:
            pytest.fail(f"the keyring daemon did not {'unlock' if unlocked else 'start with a locked'} keyring")
        time.sleep(0.05)


def _end(process: subprocess.Popen[bytes]) -> None:
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
