"""A session's file is named for the release, whatever the release is called."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meeting import NOW, a_checklist
from signoff.domain.release import Release
from signoff.storage.find_session import find_session
from signoff.storage.session_file import SessionFile
from signoff.storage.session_name import session_name


@pytest.mark.parametrize(
    ("service", "version", "name"),
    [
        ("payments-api", "4.12.0", "payments-api-4.12.0-prod"),
        ("Payments API", "v4", "payments-api-v4-prod"),
        ("../../etc/passwd", "1", "etc-passwd-1-prod"),
        ("..", "..", "prod"),
        ("C:\\Windows", "1", "c-windows-1-prod"),
        ("платежи", "1.0", "1.0-prod"),
        ("Zahlungen für alle", "1", "zahlungen-f-r-alle-1-prod"),
        ("", "", "prod"),
        ("a" * 300, "1", "a" * 64),
        ("\x1b]2;x\x07", "1", "2-x-1-prod"),
    ],
)
def test_the_name_is_what_is_left_of_the_release(service: str, version: str, name: str) -> None:
    assert session_name(Release(service, version)) == name


@pytest.mark.parametrize("device", ["CON", "nul", "Aux", "com1", "LPT9", "con.x"])
def test_no_session_is_named_for_a_device(device: str) -> None:
    assert session_name(Release(device, "", "")) == f"release-{device.lower()}"
    assert session_name(Release("", "", "")) == "release-"


@settings(deadline=None)
@given(st.builds(Release, st.text(), st.text(), st.text()))
def test_every_name_is_safe_on_every_system(release: Release) -> None:
    name = session_name(release)

    assert re.fullmatch(r"[a-z0-9][a-z0-9.-]{0,71}", name)
    assert not name.endswith(".")
    assert ".." not in name
    assert not re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", name)


def test_a_second_session_of_one_release_has_a_name_of_its_own(tmp_path: Path) -> None:
    names = [SessionFile.create(tmp_path, a_checklist(), Release("p", "1"), NOW).path.name for _ in range(3)]

    assert names == ["p-1-prod.toml", "p-1-prod-2.toml", "p-1-prod-3.toml"]
    assert find_session("p-1-prod-2", tmp_path).name == names[1]


def test_a_session_keeps_the_id_of_its_name(tmp_path: Path) -> None:
    path = SessionFile.create(tmp_path / "new" / "folder", a_checklist(), Release("p", "1.2"), NOW).path

    assert SessionFile.open(path).session.id == "p-1.2-prod"
