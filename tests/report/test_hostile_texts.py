from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report.hostile import HOSTILE, harmless, harmless_texts
from report.reading import READERS, seen_by, squeezed
from report.sessions import PLACES, Texts, body, draft, session_of
from signoff.report.data_block import read_data
from signoff.report.escape import code, inline, quoted
from signoff.report.layout import table
from signoff.report.visible_text import visible

_IDS = [f"{number}-{re.sub('[^a-z]+', '-', ascii(text[:20]))}" for number, text in enumerate(HOSTILE)]
_WORDS = sorted({token for text in HOSTILE for token in re.findall(r"\w+|\s|[^\w\s]+?", text)})
_MARKS = [*"*_`~|<>[](){}#!&@$\\-=+.:/^\n\r\t ", "www.", "http://", "https://a.b", "a.com", "x@y.zz", "<!--", "-->"]
_MORE = ["```", "~~~", "1.", "\u0338", "\u0301", "\u00a0", "\u3000", "\ud800", "\u202e"]
TEXTS = st.one_of(
    st.lists(st.sampled_from([*_WORDS, *_MARKS, *_MORE]), max_size=30).map("".join),
    st.text(st.characters(exclude_categories=()), max_size=40),
    st.text(max_size=20),
)


def everywhere(text: str) -> Texts:
    return Texts(dict.fromkeys(PLACES, text))


def lines_of_texts(text: str) -> set[str]:
    return {squeezed(line) for line in visible(text).split("\n")}


def assert_canonical(report: str) -> None:
    assert "\r" not in report
    assert not report.startswith("\ufeff")
    assert report.endswith("\n")
    assert not report.endswith("\n\n")
    assert not re.search(r"[ \t]$", report, re.MULTILINE)
    assert unicodedata.is_normalized("NFC", report)
    hidden = {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"}
    assert not [c for c in report if unicodedata.category(c) in hidden and c not in "\n\u200c\u200d"]


def assert_one_report(report: str) -> None:
    lines = report.split("\n")
    assert "```signoff" not in lines
    assert sum("json signoff-report/1" in line and line.startswith("```") for line in lines) == 1
    assert not [line for line in lines if line.startswith(("-----BEGIN", "-----END", "/", "===", "---"))]
    assert read_data(report.encode())["format"] == "signoff-report/1"


def test_there_are_at_least_forty_hostile_texts() -> None:
    assert len(HOSTILE) >= 40


@pytest.mark.parametrize("text", HOSTILE, ids=_IDS)
@pytest.mark.parametrize("reader", READERS)
def test_a_hostile_text_in_every_place_changes_no_element_and_is_shown_literally(reader: str, text: str) -> None:
    texts = everywhere(text)
    seen = seen_by(reader, body(session_of(texts)))
    plain = seen_by(reader, body(session_of(harmless_texts(texts))))
    assert seen.elements == plain.elements
    assert seen.links == plain.links
    for line in lines_of_texts(text):
        assert line in seen.text


@pytest.mark.parametrize("text", HOSTILE, ids=_IDS)
def test_a_body_with_a_hostile_text_is_canonical_and_is_one_report(text: str) -> None:
    report = body(session_of(everywhere(text)))
    assert_canonical(report)
    assert_one_report(report)


@pytest.mark.parametrize("text", HOSTILE, ids=_IDS)
def test_a_hostile_text_cannot_make_a_report_of_a_draft(text: str) -> None:
    report = draft(session_of(everywhere(text)))
    assert_canonical(report)
    assert report.startswith("# UNSIGNED DRAFT, not a decision record: ")
    assert not [line for line in report.split("\n") if line.startswith(("```", "~~~", "-----"))]
    seen = seen_by("cmark-gfm", report)
    assert seen.elements == seen_by("cmark-gfm", draft(session_of(harmless_texts(everywhere(text))))).elements


@pytest.mark.parametrize("place", PLACES)
def test_each_place_alone_is_only_text_whatever_is_typed_there(place: str) -> None:
    for text in HOSTILE[PLACES.index(place) % 3 :: 3]:
        seen = seen_by("cmark-gfm", body(session_of(Texts({place: text}))))
        plain = seen_by("cmark-gfm", body(session_of(Texts({place: harmless(place, text)}))))
        assert seen.elements == plain.elements


@pytest.mark.parametrize("text", HOSTILE, ids=_IDS)
def test_nothing_a_user_typed_starts_a_line(text: str) -> None:
    marked = "\n".join(f"ZQZQ{line}" for line in text.split("\n"))
    report = body(session_of(everywhere(marked)))
    assert not [line for line in report.splitlines() if line.startswith("ZQ")]
    assert [line for line in report.splitlines() if "ZQZQ" in line]


def test_every_text_in_every_place_is_in_the_report() -> None:
    session = session_of(Texts({place: f"the text of {place.replace('.', ' ')}" for place in PLACES}))
    report = body(session)
    assert not [place for place in PLACES if f"the text of {place.replace('.', ' ')}" not in report]


def test_a_note_of_100_kb_is_kept_whole() -> None:
    note = "".join(f"line {number} of *a* long | note\n" for number in range(3500))
    report = body(session_of(Texts(note=note)))
    assert len(note) > 100_000
    assert_canonical(report)
    seen = seen_by("cmark-gfm", report)
    assert "line 3499 of *a* long | note" in seen.text


def test_a_line_of_100_kb_of_marks_takes_no_long_time() -> None:
    report = body(session_of(Texts(note="a" + "\u0301\u0323" * 50_000)))
    assert_canonical(report)


@pytest.mark.parametrize("text", ["$\u0338 and $", "@\u0338x", "a@\u0338b@\u0338"])
def test_a_mark_behind_a_sign_does_not_join_what_the_sign_becomes(text: str) -> None:
    assert_canonical(body(session_of(Texts(note=text, **{"release.version": text}))))


@settings(max_examples=60, deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(PLACES, TEXTS)))
def test_rendering_is_deterministic_and_canonical_whatever_is_typed(typed: dict[str, str]) -> None:
    report = body(session_of(Texts(typed)))
    assert body(session_of(Texts(typed))) == report
    assert_canonical(report)
    assert_one_report(report)


@settings(max_examples=40, deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(PLACES, TEXTS)))
def test_no_reader_sees_other_elements_whatever_is_typed(typed: dict[str, str]) -> None:
    report = body(session_of(Texts(typed)))
    plain = body(session_of(harmless_texts(typed)))
    for reader in READERS:
        assert seen_by(reader, report).elements == seen_by(reader, plain).elements


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_a_small_text_is_shown_literally_by_every_reader(text: str) -> None:
    for reader in READERS:
        seen, plain = seen_by(reader, small_page(text)), seen_by(reader, small_page(harmless("note", text)))
        assert seen.elements == plain.elements
        assert not [line for line in lines_of_texts(text) if line not in seen.text]


def small_page(text: str) -> str:
    bare = inline(text) or "-"
    lines = [f"# Title: {bare}: GO", "", f"- Owner: {bare}", f"  - Inner: {bare}", "  - Note:"]
    lines += [f"    {line}" for line in quoted(text)]
    lines += [f"- Name: {code(text) or '`-`'}, next", "", *table(("A", "B"), [(bare, bare), (bare, "b")])]
    return "\n".join([*lines, "", "The end.", ""])
