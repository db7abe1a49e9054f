"""What machines decide about: read from the data of a report, or refused."""

from __future__ import annotations

import copy
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.sessions import body, contested_session, go_session, new_session
from signoff.errors import AlteredReportError, ReportError
from signoff.report.data_block import without_data
from signoff.report.facts import Overridden, Promise, RequiredSigner, read_facts
from vectors import BODY, DATA, small_body


def test_the_facts_are_those_of_the_session() -> None:
    facts = read_facts(body(contested_session()).encode())
    assert facts.title == "payments-api 4.12.0 -> prod: CONDITIONAL"
    assert facts.commit == "9f8e7d6c5b4a39281706f5e4d3c2b1a098765432"
    assert (facts.session, facts.revision) == ("payments-api-4.12.0", 18)
    assert (facts.verdict, facts.decision, facts.decided_by) == ("NO-GO", "CONDITIONAL", "R. Manager")
    assert facts.decided_at == datetime(2026, 11, 24, 14, 17, tzinfo=UTC)
    assert facts.required == (RequiredSigner("Release manager", "rm@example.com"),)
    assert facts.roles == ("Release manager", "Security", "Operations", "QA", "Product")
    assert facts.conditions == (
        Promise(
            "load-tested",
            "Load tested at expected scale: Repeat the load test with 2x card traffic",
            "Bob",
            datetime(2026, 11, 26, 12, tzinfo=UTC),
        ),
    )
    assert len(facts.open_points) == 2
    risk = Promise("distributed-tracing", "Distributed tracing configured", "V. P. Engineering", date(2026, 12, 31))
    assert facts.risks == (risk,)
    assert facts.checklist == f"production-readiness@{'a1b2c3d4' * 8}"
    assert facts.window_start == datetime(2026, 11, 27, 12, tzinfo=UTC)
    why = "Contract ends on Saturday; agreed with support."
    assert facts.overridden == (Overridden("Never: Deploy on Friday afternoon", "V. P. Engineering", why),)
    assert facts.overruled[0].startswith("must item failed: ")
    assert not set(facts.overruled) & {point.text for point in facts.open_points}


def test_a_clean_go_has_nothing_open() -> None:
    facts = read_facts(body(go_session()).encode())
    assert (facts.decision, facts.verdict, facts.open_points, facts.conditions, facts.risks) == ("GO", "GO", (), (), ())


def test_a_report_in_which_nothing_was_decided_says_so() -> None:
    facts = read_facts(body(new_session()).encode())
    assert facts.title == "payments-api 4.12.0 -> prod: undecided"
    assert (facts.decision, facts.decided_by, facts.decided_at) == ("", "", None)


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Release manager", "Release manager"),
        ("release-manager", "Release manager"),
        (" RELEASE_MANAGER ", "Release manager"),
        ("Releasemanager", "Releasemanager"),
        ("QA", "QA"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_a_role_is_known_by_its_letters(words: str, role: str) -> None:
    assert read_facts(body(contested_session()).encode()).role_named(words) == role


@pytest.mark.parametrize(
    "changed",
    [
        {"release": None},
        {"release": []},
        {"release": {"service": "a"}},
        {"release": DATA["release"] | {"commit": None}},
        {"session": DATA["session"] | {"revision": "17"}},
        {"session": DATA["session"] | {"revision": 17.5}},
        {"verdict": "MAYBE"},
        {"verdict": None},
        {"decision": {}},
        {"decision": 1},
        {"decision": DATA["decision"] | {"choice": "go"}},
        {"decision": DATA["decision"] | {"at": "yesterday"}},
        {"decision": DATA["decision"] | {"at": "2026-11-24T14:00:00"}},
        {"decision": DATA["decision"] | {"at": "0001-01-01T00:00:00+05:00"}},
        {"decision": DATA["decision"] | {"at": "9999-12-31T23:59:59-05:00"}},
        {"decision": DATA["decision"] | {"at": None}},
        {"required_sign_offs": None},
        {"required_sign_offs": [1]},
        {"required_sign_offs": [{"role": "x"}]},
        {"required_sign_offs": [{"role": "x", "signer": 1}]},
        {"votes": [{}]},
        {"reasons": [{"verdict": "GO"}]},
        {"reasons": [{"verdict": "MAYBE", "text": "x", "item": None}]},
        {"conditions": [{"item": "i", "text": "x", "what": "y", "owner": "z", "due": "soon"}]},
        {"conditions": [{"item": "i", "text": "x", "what": "y", "owner": "z", "due": "2026-11-26T12:00:00"}]},
        {"conditions": [{"item": "i", "text": "x", "what": "y", "due": None}]},
        {"risks": [{"item": "i", "text": "x", "accepted_by": "z", "until": "2026-13-01"}]},
        {"release": DATA["release"] | {"window": {}}},
        {"release": DATA["release"] | {"window": {"start": "2026-11-26T12:00:00"}}},
        {"rules": [{}]},
        {"checklist": {"id": "x"}},
        {"checklist": {"id": 1, "sha256": "x"}},
        {"rules": [{"kind": "always", "text": "x", "override": {}}]},
        {"risks": {}},
        {"risks": "none"},
    ],
    ids=str,
)
def test_data_that_signoff_does_not_write_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(AlteredReportError):
        read_facts(small_body(DATA | changed))


@pytest.mark.parametrize("key", [key for key in DATA if key != "format"])
def test_data_without_one_of_its_parts_is_refused(key: str) -> None:
    with pytest.raises(AlteredReportError, match="no data that signoff writes"):
        read_facts(small_body({name: value for name, value in DATA.items() if name != key}))


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, each in inner for place in places(each, (*path, key)))][not path :]


ODD = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=30)
)


@given(
    place=st.sampled_from(places(DATA)),
    value=st.recursive(
        ODD, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2)
    ),
)
def test_any_value_in_any_place_is_read_or_refused(place: tuple[Any, ...], value: Any) -> None:
    data = copy.deepcopy(DATA)
    inner: Any = data
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    try:
        assert isinstance(read_facts(small_body(data)).title, str)
    except ReportError:
        return


def test_for_people_one_line_stands_for_the_data() -> None:
    text = without_data(BODY)
    assert '"format"' not in text
    assert text.startswith("# Small: payments-api")
    assert text.endswith("## Sign-offs\n")
    [line] = [line for line in text.split("\n") if line.endswith(" lines for machines)")]
    data_lines = BODY.decode().count("\n") - text.count("\n") + 1 - 2
    assert line == f"({data_lines} lines for machines)"
