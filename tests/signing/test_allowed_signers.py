from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from signing_support import BODY, RM, SIGNED_AT, TestKey, header_for, known, signed, ssh_keygen_accepts

from signoff.errors import BrokenFileError, SigningError, StorageError
from signoff.signing.allowed_signers import REVOKED, load_allowed_signers, parse_allowed_signers
from signoff.signing.container import append
from signoff.signing.openssh_time import format_openssh_time, parse_openssh_time
from signoff.signing.patterns import matches_list
from signoff.signing.trust import OtherKeyKnownError, retire, trust
from signoff.signing.verify import Standing, verify

LINES = [
    "rm@example.com {key}",
    "rm@example.com {key} a comment, with, commas",
    "  rm@example.com\t {key}",
    "# rm@example.com {key}",
    "boss@example.com {key}",
    "boss@example.com,rm@example.com {key}",
    "RM@example.com {key}",
    "*@example.com {key}",
    "*@example.org {key}",
    "* {key}",
    "rm@example.co? {key}",
    "rm@example.com? {key}",
    "r*e*c?m {key}",
    "[rR]m@example.com {key}",
    "!rm@example.com,* {key}",
    "*,!rm@example.com {key}",
    "!boss@example.com,* {key}",
    "!boss@example.com {key}",
    '"rm@example.com" {key}',
    '"rm example,rm@example.com" {key}',
    'rm@example.com namespaces="signoff-report" {key}',
    'rm@example.com namespaces="git" {key}',
    'rm@example.com namespaces="git,signoff-*" {key}',
    'rm@example.com namespaces="*,!signoff-report" {key}',
    'rm@example.com NameSpaces="signoff-report" {key}',
    'rm@example.com namespaces="" {key}',
    'rm@example.com valid-after="20261124" {key}',
    'rm@example.com valid-after="20261124Z" {key}',
    'rm@example.com valid-after="20261125Z" {key}',
    'rm@example.com valid-after="202611240300Z" {key}',
    'rm@example.com valid-after="20261124030001Z" {key}',
    'rm@example.com valid-before="20261124030000Z" {key}',
    'rm@example.com valid-before="20261124025959UTC" {key}',
    'rm@example.com valid-before="19700101000001Z" {key}',
    'rm@example.com namespaces="signoff-report",valid-before="19700101000001Z" {key}',
    'rm@example.com valid-before="20261124030001utc" {key}',
    'rm@example.com valid-after="20260101Z",valid-before="20260101Z" {key}',
    'rm@example.com valid-before="20261124025959" {key}',
    'rm@example.com valid-before="202611240301z" {key}',
    'rm@example.com namespaces="signoff-report",valid-after="20260101Z",valid-before="20270101Z" {key}',
    'rm@example.com valid-after="20270101Z",valid-before="20260101Z" {key}',
    'rm@example.com valid-after="2026" {key}',
    'rm@example.com valid-after="20261301" {key}',
    "rm@example.com valid-after=20260101 {key}",
    'rm@example.com namespaces="signoff-report {key}',
    'rm@example.com namespaces="a",namespaces="b" {key}',
    'rm@example.com namespaces="signoff-report", {key}',
    'rm@example.com unknown="x" {key}',
    "rm@example.com no-touch-required {key}",
    "rm@example.com cert-authority {key}",
    'rm@example.com cert-authority,namespaces="signoff-report" {key}',
    "rm@example.com",
    "rm@example.com ssh-ed25519",
    "rm@example.com ssh-ed25519 AAAA",
    "rm@example.com {other}",
    "rm@example.com {other}\nrm@example.com {key}",
    'rm@example.com valid-before="20260101Z" {key}\nrm@example.com {key}',
    "boss@example.com {key}\n\n# comment\n{empty}\nrm@example.com {key}",
    "rm@example.com {key}\r",
    "rm@example.com \x0c",
    "rm@example.com\x0c{key}",
    "rm@example.com \u00a0{key}",
    "rm@example.com {key_type}\x0c{key_text}",
    "rm@example.com {key_type}\u00a0{key_text}",
    "rm@example.com {key_type}\t {key_text}\tlaptop",
]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kolkata", "America/New_York"])
def test_a_line_allows_what_ssh_keygen_allows(
    ed25519: TestKey, other: TestKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    report = signed(BODY, ed25519)
    (sign_off,) = verify(report, known()).report.sign_offs
    message = BODY + sign_off.header.encode()
    different = []
    for line in LINES:
        kind, _, key_text = ed25519.public.line.partition(" ")
        words = {"key": ed25519.public.line, "key_type": kind, "key_text": key_text, "other": other.public.line}
        text = line.format(**words, empty="") + "\n"
        theirs = ssh_keygen_accepts(tmp_path, text, sign_off.armour, message)
        try:
            ours = verify(report, parse_allowed_signers(text.encode(), "x")).all_valid
        except BrokenFileError:
            ours = False
        if ours != theirs:
            different.append((line, ours, theirs))
    monkeypatch.undo()
    time.tzset()
    assert different == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{key} a comment", "name in front"),
        ("rm@example.com", "names, options if any, key"),
        ("\ufeffrm@example.com {key}", "invisible character"),
        ("rm@example.com\u200b {key}", "invisible character"),
        ("rm@example.com ssh-ed25519", "a type and a base64"),
        ("rm@example.com ssh-ed25519 AAAA", "cut short"),
        ("rm@example.com ssh-dss AAAAB3NzaC1kc3M=", "'ssh-dss' is not supported"),
        ("rm@example.com cert-authority {key}", "cert-authority is not supported"),
        ("rm@example.com Cert-Authority {key}", "cert-authority is not supported"),
        ('rm@example.com unknown="x" {key}', "'unknown=\"x\"' is not known"),
        ('rm@example.com namespaces="x {key}', "has no key"),
        ('rm@example.com namespaces="x", {key}', "malformed"),
        ('rm@example.com namespaces="a",namespaces="b" {key}', "twice"),
        ('rm@example.com valid-after="tomorrow" {key}', "not a time"),
        ('rm@example.com valid-after="20261301" {key}', "not a time that exists"),
        ('rm@example.com valid-after="20270101Z",valid-before="20260101Z" {key}', "not later"),
        ('rm@example.com valid-after="20270101Z",valid-before="20270101Z" {key}', "not later"),
        ('"rm@example.com {key}', "names, options if any, key"),
        ('rm"x"@example.com {key}', "names, options if any, key"),
    ],
)
def test_a_line_that_is_not_understood_is_named(ed25519: TestKey, line: str, reason: str) -> None:
    text = "# comment\n\n" + line.format(key=ed25519.public.line) + "\n"
    with pytest.raises(BrokenFileError, match=reason) as caught:
        parse_allowed_signers(text.encode(), "team/allowed_signers")
    assert str(caught.value).startswith("team/allowed_signers:3: ")


def test_a_file_that_is_not_text_is_named_with_its_line(ed25519: TestKey) -> None:
    with pytest.raises(BrokenFileError, match=r"x:2: .*UTF-8"):
        parse_allowed_signers(b"# a\n\xff\xfe\n", "x")


def test_a_file_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="There is no file"):
        load_allowed_signers(tmp_path / "nothing")


@given(text=st.text("ab.@", max_size=12), pattern=st.text("ab.@*?", max_size=10))
def test_a_pattern_matches_what_its_regular_expression_does(text: str, pattern: str) -> None:
    expression = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    assert matches_list(text, pattern) == (re.fullmatch(expression, text) is not None)


def test_a_hostile_pattern_is_quick() -> None:
    started = time.monotonic()
    assert not matches_list("a" * 5_000, "*a" * 200 + "b")
    assert time.monotonic() - started < 2


@given(moment=st.datetimes(min_value=datetime(1000, 1, 1), timezones=st.just(UTC)))
def test_a_time_survives_being_written_and_read(moment: datetime) -> None:
    assert parse_openssh_time(format_openssh_time(moment)) == moment.replace(microsecond=0)


def test_trusting_adds_one_line_and_touches_no_other(tmp_path: Path, ed25519: TestKey, other: TestKey) -> None:
    path = tmp_path / "folder" / "allowed_signers"
    assert trust(path, RM, ed25519.public)
    assert path.read_text() == f'{RM} namespaces="signoff-report" {ed25519.public.line}\n'
    before = b"# ours\r\n\n  boss@example.com   " + other.public.line.encode() + b"  laptop"
    path.write_bytes(before)
    assert trust(path, RM, ed25519.public)
    added = f'\n{RM} namespaces="signoff-report" {ed25519.public.line}\n'
    assert path.read_bytes() == before + added.encode()
    assert not trust(path, RM, ed25519.public)
    assert path.read_bytes() == before + added.encode()


def test_trusting_over_another_key_is_an_alarm(tmp_path: Path, ed25519: TestKey, other: TestKey) -> None:
    path = tmp_path / "allowed_signers"
    trust(path, RM, other.public)
    before = path.read_bytes()
    with pytest.raises(OtherKeyKnownError, match=re.escape(other.public.fingerprint)):
        trust(path, RM, ed25519.public)
    assert path.read_bytes() == before
    assert trust(path, RM, ed25519.public, beside_others=True)
    path.write_bytes(before)
    retire(path, other.public, SIGNED_AT)
    assert trust(path, RM, ed25519.public)


@pytest.mark.parametrize("name", ["", "a b", "a,b", "*", "a?", "!a", "#a", '"a"', "a\nb", "a\u202eb"])
def test_a_name_that_could_mean_more_than_itself_is_not_trusted(tmp_path: Path, ed25519: TestKey, name: str) -> None:
    with pytest.raises(SigningError):
        trust(tmp_path / "allowed_signers", name, ed25519.public)
    assert not (tmp_path / "allowed_signers").exists()


def test_a_broken_file_is_not_written_to(tmp_path: Path, ed25519: TestKey) -> None:
    path = tmp_path / "allowed_signers"
    path.write_text("nonsense\n")
    with pytest.raises(BrokenFileError):
        trust(path, RM, ed25519.public)
    with pytest.raises(BrokenFileError):
        retire(path, ed25519.public, SIGNED_AT)
    assert path.read_text() == "nonsense\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{rm} {key}", '{rm} valid-before="20261124030000Z" {key}'),
        ("  {rm}  {key} old laptop", '  {rm}  valid-before="20261124030000Z" {key} old laptop'),
        ('{rm} namespaces="a b" {key}', '{rm} namespaces="a b",valid-before="20261124030000Z" {key}'),
        ('{rm} valid-before="20300101" {key}', '{rm} valid-before="20261124030000Z" {key}'),
        ('{rm} valid-before="20250101Z" {key}', '{rm} valid-before="20250101Z" {key}'),
        ('"rm x" {key} c\r', '"rm x" valid-before="20261124030000Z" {key} c\r'),
        ('{rm} namespaces="a\\"b" {key}', '{rm} namespaces="a\\"b",valid-before="20261124030000Z" {key}'),
    ],
)
def test_retiring_ends_a_key_and_keeps_its_line(tmp_path: Path, ed25519: TestKey, before: str, after: str) -> None:
    path = tmp_path / "allowed_signers"
    around = "# first\n{}\n\n# last"
    path.write_bytes(around.format(before.format(rm=RM, key=ed25519.public.line)).encode())
    retire(path, ed25519.public, SIGNED_AT)
    assert path.read_bytes().decode() == around.format(after.format(rm=RM, key=ed25519.public.line))
    load_allowed_signers(path)


def test_a_retired_key_verifies_what_it_signed_before_and_nothing_after(
    tmp_path: Path, ed25519: TestKey, report: bytes
) -> None:
    path = tmp_path / "allowed_signers"
    trust(path, RM, ed25519.public)
    assert retire(path, ed25519.public, SIGNED_AT) == 1
    assert retire(path, ed25519.public, SIGNED_AT) == 0
    assert verify(report, load_allowed_signers(path)).all_valid
    later = header_for(ed25519.public, signed_at=SIGNED_AT.replace(second=1))
    data = append(BODY, later, ed25519.sign(BODY + later.encode()))
    assert not verify(data, load_allowed_signers(path)).all_valid
    with pytest.raises(SigningError, match="was retired"):
        trust(path, RM, ed25519.public)


@pytest.mark.parametrize(
    "options", ["", 'valid-before="20261125Z"', 'valid-after="20260101Z",namespaces="*"', 'valid-before="20250101Z"']
)
def test_a_revoked_key_counts_for_nothing_here_and_for_ssh_keygen(
    tmp_path: Path, ed25519: TestKey, report: bytes, options: str
) -> None:
    path = tmp_path / "allowed_signers"
    path.write_text(" ".join(filter(None, (RM, options, ed25519.public.line, "laptop"))) + "\n")
    assert retire(path, ed25519.public, REVOKED) == 1
    assert retire(path, ed25519.public, REVOKED) == 0
    assert 'valid-before="19700101000001Z"' in path.read_text()
    assert path.read_text().endswith(" laptop\n")
    (finding,) = verify(report, load_allowed_signers(path)).findings
    assert finding.standing is Standing.REVOKED
    assert finding.describe().endswith("was revoked: nothing that it ever signed counts")
    message = BODY + finding.sign_off.header.encode()
    assert not ssh_keygen_accepts(tmp_path, path.read_text(), finding.sign_off.armour, message)
    with pytest.raises(SigningError, match="was retired"):
        trust(path, RM, ed25519.public)


def test_a_retired_key_is_told_from_an_expired_and_a_revoked_one(ed25519: TestKey, report: bytes) -> None:
    ends = {"20261124030000Z": Standing.VALID, "20261124025959Z": Standing.EXPIRED, "19700101Z": Standing.REVOKED}
    for end, standing in ends.items():
        (finding,) = verify(report, known(f'{RM} valid-before="{end}" {ed25519.public.line}')).findings
        assert finding.standing is standing
        assert finding.is_valid == (end == "20261124030000Z")
        assert ("which is good until 2026-11-24T03:00:00Z" in finding.describe()) == finding.is_valid


def test_a_key_with_a_line_that_has_no_end_has_none(ed25519: TestKey, report: bytes) -> None:
    endless, ending = f"{RM} {ed25519.public.line}", f'{RM} valid-before="20300101Z" {ed25519.public.line}'
    for lines in ((endless, ending), (ending, endless)):
        (finding,) = verify(report, known(*lines)).findings
        assert (finding.standing, finding.limit) == (Standing.VALID, None)


def test_a_key_that_is_not_there_cannot_be_retired(tmp_path: Path, ed25519: TestKey) -> None:
    with pytest.raises(SigningError, match="nothing to retire"):
        retire(tmp_path / "allowed_signers", ed25519.public, SIGNED_AT)
    path = tmp_path / "allowed_signers"
    path.write_text(f'{RM} valid-after="20270101Z" {ed25519.public.line}\n')
    with pytest.raises(SigningError, match="begins later"):
        retire(path, ed25519.public, SIGNED_AT)
