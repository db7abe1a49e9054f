"""The names by which what another writer wrote is known."""

from datetime import timedelta

import pytest

from meeting import NOW
from signoff.storage.conflict_names import conflict_name, is_conflict, name_without_conflict


@pytest.mark.parametrize(
    "name",
    [
        conflict_name("pay.toml", NOW),
        conflict_name("pay.toml", NOW + timedelta(days=1), 2),
        "pay.sync-conflict-20261126-140000-ABCDEFG.toml",
        "pay (Ana's conflicted copy 2026-11-26).toml",
        "pay (conflicted copy).toml",
    ],
)
def test_a_conflict_is_known_by_its_name_and_tells_which_session_it_is_about(name: str) -> None:
    assert is_conflict(name)
    assert name_without_conflict(name) == "pay.toml"


@pytest.mark.parametrize("name", ["pay.toml", "conflict-service-1-prod.toml", "no conflicted copy.toml"])
def test_a_session_is_no_conflict(name: str) -> None:
    assert not is_conflict(name)
