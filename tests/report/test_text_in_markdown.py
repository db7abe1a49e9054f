from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.hostile import HOSTILE
from report.reading import READERS, seen_by
from signoff.report.escape import code, inline, quoted
from signoff.report.link import link, web_link
from signoff.report.visible_text import visible


def test_ordinary_text_stays_as_it_is() -> None:
    text = 'payments-api 4.12.0 -> prod: 2 of 6 pods (33%) say "404"; see runbook_v2, page 3/4 - done!'
    assert inline(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a*b", r"a\*b"),
        ("snake_case _em_", r"snake_case \_em\_"),
        ("- item", r"\- item"),
        ("12. item", r"12\. item"),
        ("1.5 s", "1.5 s"),
        ("example.com", r"example\.com"),
        ("https://x", r"https\:\//x"),
        ("R&D & Q", r"R\&D & Q"),
        ("hi @bob @ 5", r"hi \@<!-- -->bob \@ 5"),
        ("one\ntwo", "one two"),
        ("$5", r"\$5"),
        ("$5 or $6", "<span>$</span>5 or <span>$</span>6"),
        (" \n ", ""),
    ],
)
def test_prose_is_escaped_where_it_could_be_markup(text: str, shown: str) -> None:
    assert inline(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u202eOG", r"\u{202e}OG"),
        ("\x1b[2J", r"\u{1b}[2J"),
        ("a\tb", "a b"),
        ("one\r\ntwo", "one\ntwo"),
        ("one\rtwo", r"one\u{d}two"),
        ("\u2028", r"\u{2028}"),
        ("\ud800", r"\u{d800}"),
        ("e\u0301", "é"),
        ("\u0301e", r"\u{301}e"),
        ("@\u0338", r"@\u{338}"),
        ("a\u200db", r"a\u{200d}b"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("\u3164", r"\u{3164}"),
        ("\U000e0041", r"\u{e0041}"),
        ("a" + "\u0316" * 11, "a" + "\u0316" * 10 + r"\u{316}"),
    ],
)
def test_what_cannot_be_seen_is_spelt_out(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_no_character_breaks_the_normal_form_of_the_text_around_it() -> None:
    for number in range(0x3000):
        character = chr(number)
        report = f"> {inline(character)} | {inline('a@' + character)} | {code('`' + character)} |"
        assert unicodedata.is_normalized("NFC", report)


def test_a_note_keeps_its_lines_and_its_indentation() -> None:
    assert quoted("\none\n    two\n\n- three\n") == ["> one\\", "> \u00a0\u00a0\u00a0\u00a0two", ">", r"> \- three"]


@pytest.mark.parametrize("reader", READERS)
def test_a_note_is_shown_line_by_line(reader: str) -> None:
    seen = seen_by(reader, "\n".join(quoted("one\ntwo\n\nthree\\\nfour")))
    assert [e for e in seen.elements if e.startswith("<") and "/" not in e] == [
        "<blockquote>",
        "<p>",
        "<br>",
        "<p>",
        "<br>",
    ]
    assert seen.text == "one two three\\ four"


def test_an_empty_note_has_no_lines() -> None:
    assert quoted(" \n\t\n") == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [("v1", "`v1`"), ("a`b", "``a`b``"), ("`a", "`` `a ``"), ("a|*b*", "`a|*b*`"), ("\n", ""), ("a\nb", "`a b`")],
)
def test_a_name_is_a_code_span_that_it_cannot_end(text: str, shown: str) -> None:
    assert code(text) == shown


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("https://ci.example/run/8812?a=b&c=d#e", "<https://ci.example/run/8812?a=b&c=d#e>"),
        ("http://localhost:8080", "<http://localhost:8080>"),
        ("HTTPS://ci.example/A", "<https://ci.example/A>"),
        ("https://[::1]:80/", "<https://[::1]:80/>"),
        ("https://ci.example/[a]|<b>`*é", "<https://ci.example/%5Ba%5D%7C%3Cb%3E%60*%C3%A9>"),
        ("https://ci.example/100%/%41", "<https://ci.example/100%25/%41>"),
    ],
)
def test_a_web_address_is_a_link(target: str, shown: str) -> None:
    assert link(target) == shown


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://ci.example/x",
        "//ci.example/x",
        "https:/ci.example",
        "https://",
        "https://user@ci.example/",
        "https://ci.example@evil.example/",
        "https://ci.example\\@evil.example/",
        "https://payрal.example/",
        "https://ci.example:99999999/",
        "https://[x",
        "https://ci.example/a b",
        "https://ci.example/a\nb",
        "https://ci.example/\u202egpj.exe",
        "https://ci.example/?a&copy;b",
        "https://ci.example/\ud800",
        "https://ci.example/" + "a" * 2000,
    ],
)
def test_any_other_target_is_text_to_copy(target: str) -> None:
    assert web_link(target) == ""
    assert link(target) == code(target)


@given(st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=()), max_size=30)))
def test_a_link_is_one_link_to_where_it_says_for_every_reader(text: str) -> None:
    shown = web_link(f"https://ci.example/{text}")
    if not shown:
        return
    for reader in READERS:
        seen = seen_by(reader, f"- Evidence: {shown}, gathered in `prod`")
        assert seen.elements == ["<ul>", "<li>", "<a>", "</a>", "<code>", "</code>", "</li>", "</ul>"]
        assert len(seen.links) == 1
        assert seen.links[0].startswith("https://ci.example/")
