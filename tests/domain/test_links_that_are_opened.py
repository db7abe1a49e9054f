"""S4. Only links that are what they seem are opened: http and https, to a host that can be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile_texts import TEXTS, name_of
from signoff.domain.web_link import why_not_opened


@pytest.mark.parametrize(
    "target",
    [
        "https://ci.example/run/8812?a=b#c",
        "http://localhost:8080/",
        "HTTPS://CI.example/%5Ba%5D",
        "https://xn--pypal-4ve.example/",
        "https://192.0.2.1/",
        "https://[2001:db8::1]:8443/x",
    ],
)
def test_a_plain_address_is_opened(target: str) -> None:
    assert why_not_opened(target) == ""


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("javascript:alert(1)", "only http and https"),
        ("data:text/html,<script>", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("FILE:/etc/passwd", "only http and https"),
        ("smb://host/share", "only http and https"),
        ("vscode://file/x", "only http and https"),
        ("mailto:x@evil.example", "only http and https"),
        ("view-source:https://x.example", "only http and https"),
        ("//evil.example/", "only http and https"),
        ("evil.example", "only http and https"),
        ("-https://evil.example", "only http and https"),
        ("--renderer-cmd-prefix=xterm", "only http and https"),
        ("https:evil.example", "it names no host"),
        ("https://", "it names no host"),
        ("https:///etc/passwd", "it names no host"),
        ("https://-oProxyCommand=x/", "it names no host"),
        ("https://user@evil.example/", "it carries a user name"),
        ("https://user:secret@evil.example/", "it carries a user name"),
        ("https://good.example@evil.example/", "it carries a user name"),
        ("https://good.example\\@evil.example/", "backslashes"),
        ("https://evil.example/a b", "spaces"),
        ("https://evil.example/\n", "invisible"),
        ("https://evil.example/\x00", "invisible"),
        ("https://evil.example/\u202egpj.exe", "invisible"),
        ("https://evil.example/\u200b", "invisible"),
        ("https://evil.example:99999/", "not a valid address"),
        ("https://evil.example:x/", "not a valid address"),
        ("https://[x", "not a valid address"),
        ("https://[::1", "not a valid address"),
        ("https://payрal.example/", "its host has letters outside ASCII and may not be what it seems: xn--payal-"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("https://evil.example/" + "a" * 2000, "more than 2000 characters"),
        ("", "only http and https"),
    ],
)
def test_any_other_is_not_and_the_reason_is_said(target: str, reason: str) -> None:
    assert reason in why_not_opened(target)


@pytest.mark.parametrize("text", TEXTS, ids=name_of)
@pytest.mark.parametrize("shape", ["{}", "https://{}/", "https://{}@evil.example/", "{}://evil.example", "http://[{}]"])
def test_what_is_opened_is_one_argument_that_no_program_takes_for_an_option(text: str, shape: str) -> None:
    target = shape.format(text)
    if why_not_opened(target) == "":
        assert target.lower().startswith(("http://", "https://"))
        assert target.isprintable()
        assert not set(target) & set(" \\\n\r\t\x00\x1b")
        assert "@" not in target.partition("://")[2].partition("/")[0]


@given(st.text(max_size=60))
def test_no_text_is_too_strange_to_be_judged(text: str) -> None:
    assert isinstance(why_not_opened(f"https://{text}"), str)
