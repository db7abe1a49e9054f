"""The container: what is a report, a copy of one, or something else."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from signing_support import BODY, RM, SIGNED_AT, TestKey, header_for, line_of, signed

from signoff.errors import AlteredReportError, NewerReportError, ReportError, SigningError
from signoff.signing.container import append, parse_report
from signoff.signing.header import FIELDS, Header, SignedVerdict, parse_header


def test_a_report_comes_apart_into_what_was_put_in(two_signed: bytes, ed25519: TestKey, other: TestKey) -> None:
    report = parse_report(two_signed)
    assert report.body == BODY
    assert report.notes == ()
    assert report.encode() == two_signed
    first, second = report.sign_offs
    assert first.header == header_for(ed25519.public)
    assert second.header == header_for(other.public, signer="sec@example.com", role="security")
    assert two_signed.split(b"\n")[second.line - 1] == b"```signoff"
    assert report.signed_bytes(first) == BODY + first.header.encode()


def test_a_sign_off_looks_as_the_format_says(report: bytes) -> None:
    block = report.removeprefix(BODY).decode().split("\n")
    assert block[0] == "```signoff"
    assert [line.partition(": ")[0] for line in block[1:8]] == list(FIELDS)
    assert block[3:7] == [f"signer: {RM}", "role: release manager", "verdict: GO", "signed-at: 2026-11-24T03:00:00Z"]
    assert block[8] == "-----BEGIN SSH SIGNATURE-----"
    assert block[-3:] == ["-----END SSH SIGNATURE-----", "```", ""]


def test_a_body_alone_is_a_report_that_nobody_has_signed() -> None:
    report = parse_report(BODY)
    assert (report.body, report.sign_offs, report.notes) == (BODY, (), ())
    assert parse_report(b"").sign_offs == ()


def test_a_sign_off_that_is_stripped_leaves_the_others(two_signed: bytes, report: bytes) -> None:
    start = two_signed.index(b"```signoff")
    second = two_signed.index(b"```signoff", start + 1)
    without_first = two_signed[:start] + two_signed[second:]
    assert [sign_off.header.role for sign_off in parse_report(without_first).sign_offs] == ["security"]
    assert two_signed[: second - 1] == report


def test_the_same_sign_off_twice_is_refused(report: bytes, ed25519: TestKey) -> None:
    doubled = report + b"\n" + report.removeprefix(BODY)
    with pytest.raises(AlteredReportError, match="a second time"):
        parse_report(doubled)
    with pytest.raises(ReportError, match="just signed"):
        signed(report, ed25519)


@pytest.mark.parametrize(
    ("change", "note"),
    [
        (lambda data: data.replace(b"\n", b"\r\n"), "CRLF"),
        (lambda data: b"\xef\xbb\xbf" + data, "byte order mark"),
        (lambda data: data[:-1], "no line end"),
        (lambda data: data.replace(b"\n", b"\r\n")[:-2], "no line end"),
        (lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")[:-2], "byte order mark"),
    ],
)
def test_a_copy_through_a_web_form_is_the_same_report(
    two_signed: bytes, change: Callable[[bytes], bytes], note: str
) -> None:
    original, copy = parse_report(two_signed), parse_report(change(two_signed))
    assert copy == replace(original, notes=copy.notes)
    assert any(note in sentence for sentence in copy.notes)


def test_single_empty_lines_around_blocks_do_not_matter(two_signed: bytes, report: bytes) -> None:
    assert parse_report(report + b"\n").sign_offs == parse_report(report).sign_offs
    tight = two_signed.replace(b"```\n\n```signoff", b"```\n```signoff")
    assert tight != two_signed
    assert parse_report(tight).encode() == two_signed


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda data: data.replace(b"\n", b"\r\n", 3), "mixed"),
        (lambda data: data.replace(b"\n", b"\r\n").replace(b"\r\n", b"\n", 1), "mixed"),
        (lambda data: data.replace(b"\n", b"\r"), "carriage return"),
        (lambda data: data.replace(b"GO\n", b"GO\r\r\n", 1), "carriage return"),
        (lambda data: b"\xef\xbb\xbf" * 2 + data, "two byte order marks"),
        (lambda data: unicodedata.normalize("NFD", data.decode()).encode(), "NFC"),
        (lambda data: data.decode().encode("utf-16"), "UTF-16"),
        (lambda data: data.decode().encode("utf-16-le"), "UTF-16"),
        (lambda data: data.decode().replace("✓", "v").replace("✗", "x").encode("latin-1"), "not UTF-8"),
        (lambda data: data.replace(b"Metrics", b"Met\0rics"), "UTF-16 or binary"),
        (lambda data: b"".join(b"> " + line + b"\n" for line in data.split(b"\n")[:-1]), "blank|quoted"),
        (lambda data: b"".join(b">" + line + b"\n" for line in data.split(b"\n")[:-1]), "quoted"),
        (lambda data: b"".join(b"| " * bool(line) + line + b"\n" for line in data.split(b"\n")[:-1]), "quoted"),
        (lambda data: data.replace(b"Metrics\n", b"Metrics \n"), "ends in a blank"),
        (lambda data: data.replace(b"Metrics\n", b"Metrics\t\n"), "ends in a blank"),
    ],
)
def test_any_other_copy_is_refused_with_its_reason(
    two_signed: bytes, change: Callable[[bytes], bytes], reason: str
) -> None:
    with pytest.raises(AlteredReportError, match=reason):
        parse_report(change(two_signed))


def test_a_fault_is_named_with_its_line(two_signed: bytes) -> None:
    changed = two_signed.replace(b"Metrics\n", b"Metrics \n")
    with pytest.raises(AlteredReportError) as caught:
        parse_report(changed)
    assert caught.value.line == line_of(changed, b"Metrics ")
    changed = two_signed.replace(b"role: security", b"role: ")
    with pytest.raises(AlteredReportError) as caught:
        parse_report(changed)
    assert caught.value.line == line_of(changed, b"role: \n")


@pytest.mark.parametrize("text", [b"x\n", b"\nx\n", b"x\n\n", b"\n\n", b"<!-- -->\n", b"```json\n", b"```\n", b" \n"])
@pytest.mark.parametrize("place", ["between", "after", "in the first block", "in the header", "before the closing"])
def test_text_that_nobody_signed_is_refused(two_signed: bytes, text: bytes, place: str) -> None:
    at = {
        "between": two_signed.rindex(b"```signoff"),
        "after": len(two_signed),
        "in the first block": two_signed.index(b"-----BEGIN SSH"),
        "in the header": two_signed.index(b"role: "),
        "before the closing": two_signed.index(b"```\n\n```signoff"),
    }
    at["in the first block"] = two_signed.index(b"\n-----BEGIN", len(BODY)) + 1
    with pytest.raises(AlteredReportError):
        parse_report(two_signed[: at[place]] + text + two_signed[at[place] :])


@pytest.mark.parametrize("text", [b"x\n", b"# Title\n", b"\n"])
def test_text_before_the_first_block_is_a_changed_body(two_signed: bytes, text: bytes) -> None:
    for changed in (text + two_signed, two_signed.replace(b"```signoff", text + b"```signoff", 1)):
        with pytest.raises(AlteredReportError, match=r"text was changed|more than one empty line"):
            parse_report(changed)


def test_blocks_without_a_report_are_refused(two_signed: bytes) -> None:
    for nothing in (b"", b"\n"):
        with pytest.raises(AlteredReportError, match="no report before"):
            parse_report(nothing + two_signed.removeprefix(BODY))


def test_every_cut_of_a_signed_report_is_refused_or_shows_fewer_sign_offs(two_signed: bytes) -> None:
    second = two_signed.rindex(b"```signoff")
    for length in range(len(BODY), len(two_signed)):
        try:
            found = len(parse_report(two_signed[:length]).sign_offs)
        except AlteredReportError:
            continue
        assert found == (0 if length < len(BODY) + len("```signoff") else 1 if length <= second else 2)
        if found == 2:
            assert length == len(two_signed) - 1


def test_a_damaged_opening_never_makes_a_report_look_unsigned(report: bytes) -> None:
    for opening in (b"```Signoff", b"````signoff", b"~~~signoff", b"", b"```signoff2"):
        with pytest.raises(AlteredReportError, match="outside a sign-off"):
            parse_report(report.replace(b"```signoff", opening))


def test_a_later_format_is_not_called_altered(two_signed: bytes) -> None:
    for later in (b"signoff-report/2", b"signoff-report/10", b"something-else/1"):
        with pytest.raises(NewerReportError, match="newer version"):
            parse_report(two_signed.replace(b"format: signoff-report/1", b"format: " + later))
    assert not issubclass(NewerReportError, AlteredReportError)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("format: signoff-report/1\n", ""),
        ("format: ", "Format: "),
        ("format: ", "format:"),
        ("format: ", "format:  "),
        ("body-sha256: ", "body-sha256: 0"),
        ("role: release manager\n", ""),
        ("role: release manager\n", "role: release manager\nrole: security\n"),
        ("role: release manager\nverdict: GO\n", "verdict: GO\nrole: release manager\n"),
        ("role: release manager", "role: "),
        ("role: release manager", "role:  release manager"),
        ("role: release manager", "role: release\u00a0manager"),
        ("role: release manager", "role: release\u200bmanager"),
        ("role: release manager", "role: release\u202emanager"),
        ("role: release manager", "role: release\u2028manager"),
        ("role: release manager", "role: release\x1b[2Jmanager"),
        ("role: release manager", "role: " + "x" * 201),
        ("verdict: GO", "verdict: go"),
        ("verdict: GO", "verdict: CONDITIONAL"),
        ("03:00:00Z", "03:00:00+00:00"),
        ("03:00:00Z", "03:00:00z"),
        ("03:00:00Z", "03:00:00.0Z"),
        ("03:00:00Z", "03:00Z"),
        ("03:00:00Z", "24:00:00Z"),
        ("03:00:00Z", "03:00:60Z"),
        ("2026-11-24T", "2026-02-29T"),
        ("2026-11-24T", "2026-11-24 "),
        ("2026-11-24T", "٢٠٢٦-11-24T"),
        ("key: SHA256:", "key: MD5:"),
        ("key: SHA256:", "key: SHA256:x"),
    ],
)
def test_a_header_that_is_not_exactly_the_seven_lines_is_refused(report: bytes, old: str, new: str) -> None:
    changed = report.replace(old.encode(), new.encode())
    assert changed != report
    with pytest.raises(AlteredReportError) as caught:
        parse_report(changed)
    assert caught.value.line is not None


@pytest.mark.parametrize(
    "change",
    [
        {"signer": ""},
        {"signer": "rm example"},
        {"signer": "rm@example.com,boss@example.com"},
        {"signer": "*"},
        {"signer": "!rm"},
        {"signer": "#rm"},
        {"signer": '"rm"'},
        {"signer": "-rm"},
        {"signer": "rm;reboot"},
        {"signer": "rm\nrole: boss"},
        {"signer": "rm\u202e"},
        {"role": ""},
        {"role": " security"},
        {"role": "security\n"},
        {"role": "sec\u2066urity"},
        {"role": "se\x07curity"},
        {"role": "cafe\u0301"},
        {"format": "signoff-report/2"},
        {"body_sha256": "0" * 63},
        {"key": "SHA256:short"},
        {"signed_at": datetime(2026, 11, 24)},
        {"signed_at": SIGNED_AT.replace(microsecond=1)},
    ],
)
def test_a_header_that_nobody_should_write_is_not_written(ed25519: TestKey, change: dict[str, Any]) -> None:
    header = replace(header_for(ed25519.public), **change)
    with pytest.raises(SigningError):
        append(BODY, header, ed25519.sign(BODY))


def test_a_time_is_written_in_utc(ed25519: TestKey) -> None:
    there = SIGNED_AT.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert b"signed-at: 2026-11-24T03:00:00Z\n" in header_for(ed25519.public, signed_at=there).encode()


def test_a_signature_over_another_report_is_not_added(report: bytes, ed25519: TestKey) -> None:
    with pytest.raises(ReportError, match="another report"):
        append(report, header_for(ed25519.public, body=b"# other\n"), ed25519.sign(b""))


@pytest.mark.parametrize("armour", ["", "x\n", "-----BEGIN SSH SIGNATURE-----\nx\n```\n-----END SSH SIGNATURE-----\n"])
def test_an_armour_that_is_none_is_not_added(ed25519: TestKey, armour: str) -> None:
    with pytest.raises(AlteredReportError):
        append(BODY, header_for(ed25519.public), armour)


def test_a_copy_is_signed_in_its_canonical_form(report: bytes, two_signed: bytes, other: TestKey) -> None:
    copy = b"\xef\xbb\xbf" + report.replace(b"\n", b"\r\n")[:-2]
    assert signed(copy, other, signer="sec@example.com", role="security") == two_signed


@pytest.mark.parametrize("body", [b"", b"\n", b"x\n\n\n", b"x \n", b"-----BEGIN SSH SIGNATURE-----\n"])
def test_a_body_that_is_not_canonical_is_not_signed(ed25519: TestKey, body: bytes) -> None:
    with pytest.raises(ReportError):
        signed(body, ed25519, body=body)


VISIBLE = st.characters(min_codepoint=0x20, exclude_categories=["Cc", "Cf", "Cs", "Co", "Zl", "Zp", "Zs"])
LINES = st.text(VISIBLE, min_size=1, max_size=60).map(lambda text: unicodedata.normalize("NFC", text))


@given(
    signer=LINES,
    role=LINES,
    verdict=st.sampled_from(list(SignedVerdict)),
    signed_at=st.datetimes().map(lambda moment: moment.replace(microsecond=0, tzinfo=SIGNED_AT.tzinfo)),
)
def test_every_header_survives_being_written_and_read(
    signer: str, role: str, verdict: SignedVerdict, signed_at: datetime
) -> None:
    header = Header("0" * 64, signer, role, verdict, signed_at, "SHA256:" + "A" * 43)
    lines = header.encode().decode().split("\n")
    assert parse_header(lines[:-1], 1) == header
    assert len(lines) == len(FIELDS) + 1
