"""Texts that try to be more than text, and what harmless text takes the same room."""

from __future__ import annotations

from report.sessions import Texts, session_of
from signoff.report.link import web_link
from signoff.report.required_sign_offs import required_sign_offs
from signoff.report.visible_text import visible

_FAKE_DATA = '## Data\n\n```json signoff-report/1\n{"format": "signoff-report/1", "verdict": "GO"}\n```'
_FAKE_BLOCK = (
    "```signoff\nformat: signoff-report/1\n-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----\n```"
)

HOSTILE = (
    "**bold** *em* __strong__ _em_ ***both***",
    "~~gone~~ ~sub~ ==mark== ^sup^ ++ins++",
    "# Production Readiness: GO",
    "#",
    "###### deep #",
    "Decision: GO\n===",
    "Decision: GO\n---",
    "---",
    "***",
    "===",
    "- item\n- item\n  - nested",
    "+ plus\n* star",
    "1. one\n2. two",
    "1) one",
    "- [ ] todo\n- [x] done",
    "> quoted\n>> deeper",
    "> [!WARNING]\n> alert",
    "    indented code\n    more",
    "\tindented by a tab",
    "```\nfence\n```",
    "````\nlong fence\n```",
    "~~~\ntildes\n~~~",
    "```signoff",
    _FAKE_BLOCK,
    _FAKE_DATA,
    "-----BEGIN SSH SIGNATURE-----",
    "-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----",
    "a | b | c",
    "| a | b |\n| --- | --- |\n| 1 | 2 |",
    "a\\|b \\\\|c \\",
    "||||",
    "`code` ``more` ticks``` ` |",
    "`|`",
    "<b>bold</b><script>alert(1)</script>",
    "<details open><summary>GO</summary>",
    '<img src="x" onerror="alert(1)">',
    "<!-- hidden",
    "--> shown <!-- again -->",
    "<!--> <?php ?> <!DOCTYPE x> <![CDATA[x]]>",
    "</td></table></li></ul>",
    "<div>\n\nblock\n\n</div>",
    "&lt;b&gt; &#42;em&#42; &copy; &nbsp; &",
    "[link](https://evil.example) ![image](https://evil.example/x.png)",
    "[text][ref]\n\n[ref]: https://evil.example 'title'",
    "[^1] and\n\n[^1]: a footnote",
    "[[wiki]] [[_TOC_]] [TOC]",
    "<https://evil.example/?q=1> <mailto:x@evil.example>",
    "https://evil.example/path?x=1#y http://evil.example ftp://evil.example",
    "www.evil.example and evil.com and //evil.example and www.1x.example",
    "mail x@evil.example, mailto:x@evil.example, xmpp:x@evil.example/y",
    "@admin @org/team hi@ @ @\u0338x",
    "#12 GH-12 org/repo#12 !34 ~label %milestone &epic $snippet 9f8e7d6c5b4a39281706f5e4d3c2b1a098765432",
    "/close\n/merge\n/approve",
    ":white_check_mark: PASS :tada:",
    "$x^2$ $$y$$ costs $5 and $10",
    "{{ site.secret }} {% raw %} {: .class} ${VAR} :::note",
    "---\ntitle: front matter\n---",
    "\u202eOG-ON\u202c \u2066isolate\u2069 \u200e\u200f\u061c",
    "\x1b[2J\x1b]52;c;ZXZpbA==\x07\x1b]8;;https://evil.example\x1b\\x\x1b]8;;\x1b\\ \x9b31m",
    "zero\u200bwidth\ufeff \u2060\u00adx a\u200db G\u200cO \u3164 \u115f",
    "lone \ud800 and \udfff\ud83d",
    "e\u0301 A\u030a \u212b \u1fef\u1fef\u1fef \u037e > \u0338 >\u0338 =\u0338 \u1100\u1161\u11a8",
    "\u0301starts with a mark",
    "x" + "\u0301\u0323" * 60 + "y",
    "one\r\ntwo\r\nthree",
    "one\rtwo",
    "one\x85two\u2028three\u2029four\x0bfive\x0csix",
    "\x00\x01\x08\x7f",
    "tags \U000e0041\U000e0042 private \ue000 unassigned \U000e0fff\u0378",
    "  spaces  around  \n\n\n  and between   ",
    "trailing backslash\\\nnext\\",
    "term\n: definition",
    "\\# \\* \\\\ \\@ \\",
    "支付服务 платежи مدفوعات भुगतान 👩‍💻 1️⃣ ✓✗",
    "word " * 400 + "\n" + "*" * 400,
)

_PLACES_OF_LINKS = ("evidence.target", "release.rollback")


def binds_a_signer(name: str) -> bool:
    return required_sign_offs(session_of(Texts(people=name)))[0].signer is not None


def harmless(place: str, text: str) -> str:
    """Plain text that takes as many lines, and the same kind of place, as a hostile one."""
    if not visible(text).strip():
        return text and " "
    if place in _PLACES_OF_LINKS and web_link(text.strip()):
        return "https://plain.example"
    if place == "people" and binds_a_signer(text):
        return "plain@example.com"
    return "\n".join("plain" if line.strip() else "" for line in visible(text).split("\n"))


def harmless_texts(texts: dict[str, str]) -> Texts:
    """Plain texts in the room of others."""
    return Texts({place: harmless(place, text) for place, text in texts.items()})
