from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.sessions import Texts, body, contested_session, draft, session_of
from signoff.errors import AlteredReportError, ReportError
from signoff.report.data_block import data_lines, read_data

DATA = {"format": "signoff-report/1", "verdict": "GO"}


def page(*blocks: str) -> bytes:
    return "\n".join(["# Title", "", *blocks, "", "## How to verify", ""]).encode()


def block(text: str, opening: str = "```json signoff-report/1", heading: str = "## Data\n") -> str:
    return "\n".join([heading, opening, text, "```"])


def test_what_is_written_is_what_is_read() -> None:
    assert read_data(page(*data_lines(DATA))) == DATA


@given(st.dictionaries(st.text(), st.one_of(st.text(), st.integers(), st.booleans(), st.none())))
def test_any_text_survives(values: dict[str, Any]) -> None:
    values["format"] = "signoff-report/1"
    lines = data_lines(values)
    assert all(line.isascii() and line.isprintable() and line == line.rstrip() for line in lines)
    assert read_data(page(*lines)) == values


def test_the_block_has_its_keys_in_order_and_one_a_line() -> None:
    lines = data_lines({"b": 1, "a": {"d": [], "c": "é\x7f"}})
    assert lines[:3] == ["## Data", "", "```json signoff-report/1"]
    assert lines[3:-1] == ["{", '  "a": {', '    "c": "\\u00e9\\u007f",', '    "d": []', "  },", '  "b": 1', "}"]
    assert lines[-1] == "```"


def test_a_report_without_a_block_is_named_as_one() -> None:
    with pytest.raises(ReportError, match="draft"):
        read_data(page())


def test_a_draft_has_no_data() -> None:
    with pytest.raises(ReportError, match="draft"):
        read_data(draft(contested_session()).encode())


def test_a_newer_format_is_not_called_altered() -> None:
    with pytest.raises(ReportError, match="newer version") as error:
        read_data(page(block("{}", "```json signoff-report/2")))
    assert not isinstance(error.value, AlteredReportError)


@pytest.mark.parametrize("number", ["1", "2", "10"])
@pytest.mark.parametrize("fence", ["```json", "~~~json", " ````  JSON", "```json\t"])
def test_a_second_block_is_refused_however_it_is_written(fence: str, number: str) -> None:
    with pytest.raises(AlteredReportError, match="second data block"):
        read_data(page(*data_lines(DATA), block("{}", f"{fence} signoff-report/{number}")))


@pytest.mark.parametrize(
    "opening",
    ["~~~json signoff-report/1", " ```json signoff-report/1", "```json signoff-report/x", "````json signoff-report/1"],
)
def test_a_block_that_starts_otherwise_is_refused(opening: str) -> None:
    with pytest.raises(AlteredReportError, match="does not start as it should"):
        read_data(page(block(json.dumps(DATA), opening)))


def test_a_block_under_another_heading_is_refused() -> None:
    with pytest.raises(AlteredReportError, match="does not start as it should"):
        read_data(page(block(json.dumps(DATA), heading="## Example\n")))


def test_a_block_that_does_not_end_is_refused() -> None:
    with pytest.raises(AlteredReportError, match="does not end"):
        read_data(b"## Data\n\n```json signoff-report/1\n{}\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '"format"',
        '{"format": "signoff-report/2"}',
        '{"format": "signoff-report/1", "verdict": "GO", "verdict": "NO-GO"}',
        '{"format": "signoff-report/1", "a": {"b": 1, "b": 2}}',
        '{"format": "signoff-report/1", "a": NaN}',
        '{"format": "signoff-report/1", "a": -Infinity}',
        '{"format": "signoff-report/1"} {}',
        '{"format": "signoff-report/1", "a": "é"}',
        '{"format": "signoff-report/1",}',
        '{"format": "signoff-report/1", "a": ' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"format": "signoff-report/1", "a": ' + "9" * 10_000 + "}",
    ],
    ids=lambda text: text[:40],
)
def test_data_that_is_not_one_plain_object_of_the_format_is_refused(text: str) -> None:
    with pytest.raises(AlteredReportError):
        read_data(page(block(text)))


def test_a_fault_is_named_with_its_line() -> None:
    with pytest.raises(AlteredReportError, match="line 7: ") as error:
        read_data(page(block('{\n  "format": nothing\n}')))
    assert error.value.line == 7


def test_bytes_that_are_not_utf8_are_refused() -> None:
    with pytest.raises(AlteredReportError, match="line 2: the text is not UTF-8"):
        read_data(b"# Title\n\xff\n")


def test_machines_get_texts_as_they_were_typed() -> None:
    data = read_data(body(session_of(Texts(note="", people="Zoë", what="e\u0301 *x*\u202e \ud800"))).encode())
    assert data["conditions"][0]["what"] == "e\u0301 *x*\u202e \ufffd"
