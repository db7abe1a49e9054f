"""What tests of several rooms need: a real Secret Service, a machine without one, and the option of the screens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nightly import COUNTS, NIGHTLY
from secret_service import running_secret_service


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-screens", action="store_true", help="accept the screens as they are now; read the diff")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if NIGHTLY and COUNTS:
        terminalreporter.section("what was tried, without a failure where none is shown")
        for name, count in sorted(COUNTS.items()):
            terminalreporter.write_line(f"{name}: {count:,}")


@pytest.fixture(scope="session")
def _secret_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with running_secret_service(tmp_path_factory.mktemp("secrets")) as variables:
        yield variables


@pytest.fixture
def no_keyring_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No choice of a keyring by whoever runs the tests, and no desktop of theirs."""
    for name in ("PYTHON_KEYRING_BACKEND", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg-config"))


@pytest.fixture
def secret_service(
    _secret_service: dict[str, str], no_keyring_settings: None, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """A running and unlocked Secret Service, which the environment leads to."""
    for name, value in _secret_service.items():
        if name != "XDG_CONFIG_HOME":
            monkeypatch.setenv(name, value)
    return _secret_service


@pytest.fixture
def no_bus(no_keyring_settings: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a session bus."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'nothing'}")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
